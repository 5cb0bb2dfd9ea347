package p2psip.app.lookup;

import p2psip.app.crypto.*;

/// What can be asked of whoever keeps records, wherever he keeps them: the same words for all, from
/// who asks first down to the ring.
public sealed interface Query {

    /// What is asked of those who keep records.
    sealed interface OfRecords extends Query {}

    /// Keep a record until it expires; a tombstone takes the place of its owner's record. Answered
    /// by [Answer.Done] or [Answer.Failed].
    record Put(SignedRecord record) implements OfRecords {}

    /// Find the records of a key. Answered by [Answer.Found] or [Answer.Failed].
    record Get(String key) implements OfRecords {}

    /// Tell the records of a key now and whenever they change, until [Lookup.Input.Drop]. Answered
    /// by [Answer.Found] again and again, or once by [Answer.Failed].
    record Watch(String key) implements Query {}

    /// Is the node there that a record names? Answered by [Answer.Done] if it is, by
    /// [Answer.Failed] with [Answer.Why#SILENCE] if it is not, with another reason if nobody can
    /// say.
    record Ping(SignedRecord record) implements Query {}

    /// Is this node there, with which we speak or have spoken? Answered as [Ping] is.
    record Reach(Peer peer) implements Query {}
}
