package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.std.Machine;

/// Keeps records where others find them, and finds those of others.
///
/// P2P-SIP needs no more: REGISTER is a put, locating is a get. A lookup opens its own sockets by
/// [Output.Do]; one that decorates others hands down what it is asked.
public interface Lookup extends Machine<Lookup.Input, Lookup.Output> {

    /// Where others find this node, if that is a place.
    default Optional<InetSocketAddress> address() { return Optional.empty(); }

    /// The other nodes that this one speaks with.
    default List<Neighbour> neighbours(Instant now) { return List.of(); }

    /// Who hands on to this node, where others cannot send to it.
    default List<Peer> relays() { return List.of(); }

    /// The records that are kept here, for others or to be put again.
    default List<SignedRecord> records() { return List.of(); }

    /// How much is remembered, by the kind of memory, for those who watch that it does not grow.
    SortedMap<String, Integer> sizes();

    /// What is said to [Query.Watch] where nobody tells of changes.
    Answer UNWATCHED = new Answer.Failed(
            Answer.Why.REFUSED, "nobody tells of changes here: ask again and again");

    /// What can happen.
    sealed interface Input {

        /// First of all: open what is to be opened. [Output.Ready] or [Output.NotReady] follows.
        record Start() implements Input {}

        /// @param id the asker's own; none is used twice, for an answer may come late
        record Ask(long id, Query query) implements Input {}

        /// Tell no more of what [Query.Watch] has asked for with that id.
        record Drop(long id) implements Input {}

        /// The host says something that is for this lookup.
        record Happened(Event event) implements Input {}

        /// Hand over what is kept for others and end; [Output.Left] follows within two seconds.
        record Leave() implements Input {}
    }

    /// What is told or asked for.
    sealed interface Output {

        /// Answers [Input.Ask] with the same id: once, but for [Query.Watch].
        record Told(long id, Answer answer) implements Output {}
        record Do(Effect effect) implements Output {}

        /// It can be asked from now on.
        record Ready() implements Output {}

        /// Nothing will come of it.
        ///
        /// @param what for people: what could not be opened, `overlay port 127.0.0.1:5063`
        record NotReady(String what, String why) implements Output {}
        record Left() implements Output {}

        /// Others find this node elsewhere now, or by other relays.
        record Moved() implements Output {}
    }
}
