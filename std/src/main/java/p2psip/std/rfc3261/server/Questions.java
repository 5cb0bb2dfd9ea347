package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Owners;
import p2psip.std.rfc3261.TransactionId;

/// The questions of a proxy, where somebody is or where a URI leads: for which server transaction
/// each was asked.
final class Questions {
    private final Owners<Long, TransactionId> askers = new Owners<>();
    private long last;

    /// A number that no question has.
    long next() { return ++last; }

    void asked(long question, TransactionId server) { askers.own(question, server); }

    /// Who asked; nobody who still wants to know, perhaps.
    Optional<TransactionId> answered(long question) { return askers.release(question); }

    void forget(TransactionId server) { askers.forget(server); }

    int size() { return askers.size(); }
}
