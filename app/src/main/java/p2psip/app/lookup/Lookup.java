package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.std.Machine;

/// Keeps records where others find them, and finds those of others.
///
/// P2P-SIP needs no more: REGISTER is a put, locating is a get. One that keeps its records
/// elsewhere says so by [Output.Ask] and hears by [Input.Told] what came of it; one that decorates
/// another does the same.
public interface Lookup extends Machine<Lookup.Input, Lookup.Output> {

    /// How many entries its tables have, for those who watch that they do not grow.
    int size();

    /// What can happen.
    sealed interface Input {

        /// Keep a record until it expires. Answered by [Output.Done] or [Output.Failed].
        record Put(long id, SignedRecord record) implements Input {}

        /// Find the records of a key. Answered by [Output.Found] or [Output.Failed].
        record Get(long id, String key) implements Input {}

        /// Put its owner's tombstone in the place of a record. Answered as [Put] is.
        record Remove(long id, SignedRecord tombstone) implements Input {}

        /// The answer to an [Output.Ask].
        record Told(Output answer) implements Input {}
    }

    /// What is told or asked for; an answer carries the id of its request.
    sealed interface Output {
        record Done(long id) implements Output {}

        /// The newest valid record of each owner, tombstones among them: one that was there and is
        /// gone can be told from one that never was. None if nobody has had one.
        record Found(long id, List<SignedRecord> records) implements Output {
            public Found { records = List.copyOf(records); }
        }

        record Failed(long id, String why) implements Output {}

        /// A request to whoever is below: the overlay, or another lookup.
        record Ask(Input request) implements Output {}
    }
}
