package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.TransactionId;

/// The requests of the peer that usages are answering: until the final response, or of an INVITE
/// that was accepted until the ACK.
final class Serving {

    /// One request.
    ///
    /// @param tag      for To of the responses
    /// @param dialog   that it is part of
    /// @param maker    whether it has made this dialog
    /// @param accepted whether its 2xx was sent
    record Served(long usage, Request request, String tag, Optional<Dialog> dialog,
            boolean maker, boolean accepted) {
        Served nowAccepted() { return new Served(usage, request, tag, dialog, maker, true); }
    }

    private final Map<TransactionId, Served> all = new HashMap<>();
    private final Map<Long, Set<TransactionId>> usages = new HashMap<>();

    void put(TransactionId id, Served served) {
        all.put(id, served);
        usages.computeIfAbsent(served.usage, _ -> new LinkedHashSet<>()).add(id);
    }

    Optional<Served> find(TransactionId id) { return Optional.ofNullable(all.get(id)); }

    void done(TransactionId id) {
        Optional.ofNullable(all.remove(id)).ifPresent(served ->
                usages.computeIfPresent(served.usage, (_, ids) -> {
                    ids.remove(id);
                    return ids.isEmpty() ? null : ids;
                }));
    }

    /// The ACK for a 2xx of a usage has come.
    void acknowledged(long usage, Request ack) {
        usages.getOrDefault(usage, Set.of()).stream().filter(id -> all.get(id).accepted
                && all.get(id).request.cseq().number() == ack.cseq().number())
                .toList().forEach(this::done);
    }

    /// A usage is over.
    void forget(long usage) {
        Optional.ofNullable(usages.remove(usage)).ifPresent(ids -> ids.forEach(all::remove));
    }
}
