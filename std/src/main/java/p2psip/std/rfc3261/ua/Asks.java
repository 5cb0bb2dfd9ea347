package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Owners;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.TransactionId;

/// Whose is what comes back: the usage of each ask, and the ask of each transaction and look-up.
final class Asks {

    /// What a request of ours has in common with all that comes of it.
    record Origin(String callId, String localTag) {}

    private final Owners<Long, Long> usages = new Owners<>();
    private final Owners<TransactionId, Long> clients = new Owners<>();
    private final Owners<Long, Long> lookUps = new Owners<>();
    private final Map<Origin, SequencedSet<Long>> origins = new HashMap<>();
    private final Map<Long, Sequence> sequences = new HashMap<>();

    void add(long ask, Origin origin, long usage) {
        usages.own(ask, usage);
        origins.computeIfAbsent(origin, _ -> new LinkedHashSet<>()).add(ask);
    }

    /// Takes note of what the answer to an output is for.
    void said(long ask, Core.Output output) {
        switch (output) {
            //  what becomes of a CANCEL is seen by what becomes of its INVITE
            case Core.Output.Send(_, var request, _) when request.is("CANCEL") -> { }
            case Core.Output.Send(var id, _, _) -> {
                clients.forget(ask);
                clients.own(id, ask);
            }
            case Core.Output.Resolve(long id, _) -> lookUps.own(id, ask);
            case Core.Output.Forget(var id) -> clients.release(id);
            case Core.Output.SendAck _, Core.Output.Respond _, Core.Output.Told _,
                    Core.Output.Changed _ -> { }
        }
    }

    /// The usage that has asked; empty if it is over.
    Optional<Long> usage(long ask) { return usages.owner(ask); }

    Optional<Long> client(TransactionId id) { return clients.owner(id); }

    Optional<Long> lookUp(long id) { return lookUps.release(id); }

    /// What was asked under this Call-ID and From tag, oldest first.
    List<Long> of(Origin origin) {
        return List.copyOf(origins.getOrDefault(origin, Collections.emptyNavigableSet()));
    }

    /// The numbers of what a usage asks outside of dialogs.
    Sequence sequence(long usage) {
        return sequences.computeIfAbsent(usage, _ -> new Sequence(0));
    }

    /// Nothing more comes of an ask.
    void over(long ask, Origin origin) {
        usages.release(ask);
        clients.forget(ask);
        lookUps.forget(ask);
        origins.computeIfPresent(origin, (_, asks) -> {
            asks.remove(ask);
            return asks.isEmpty() ? null : asks;
        });
    }

    /// A usage is over: what it has asked comes to its end without it.
    void forget(long usage) {
        usages.forget(usage);
        sequences.remove(usage);
    }
}
