package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// What comes of a [Query].
public sealed interface Answer {

    /// The record is kept where others find it.
    ///
    /// @param holding how, where that is known
    record Done(Optional<Holding> holding) implements Answer {
        public Done() { this(Optional.empty()); }
    }

    /// How a record is kept.
    ///
    /// @param copies  how many nodes have it at least: one of the places where it belongs has
    ///                said so
    /// @param holders those that have said that it is kept there
    record Holding(int copies, List<NodeId> holders) {
        public Holding { holders = List.copyOf(holders); }
    }

    /// The newest valid record of each owner, in the order of owners, tombstones among them: one
    /// that was there and is gone can be told from one that never was. None if nobody has had one.
    ///
    /// @param records any that are valid; of one owner the newest is taken
    record Found(List<SignedRecord> records) implements Answer {
        public Found {
            var newest = new TreeMap<Bytes, SignedRecord>(Comparator.comparing(Bytes::buffer));
            for (var record : records)
                newest.merge(record.owner(), record, SignedRecord::newer);
            records = List.copyOf(newest.values());
        }
    }

    /// @param text for people: who refuses, and what
    record Failed(Why why, String text) implements Answer {}

    /// Why a query has failed, as far as who asked may act on it.
    enum Why {
        /// Nothing can be asked yet, or any more.
        NOT_READY,
        /// Nobody has answered in time.
        SILENCE,
        /// What was asked is not right, whenever it is asked again.
        REFUSED,
        /// There is no room for it now.
        FULL
    }
}
