package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Target;

/// The ACKs for the 2xx responses to one INVITE: each is made once, and sent again whenever its 2xx
/// comes again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2.4 RFC 3261 §13.2.2.4
final class Acks {
    /// How many are kept; the oldest is forgotten at the limit.
    static final int LIMIT = 32;

    private record Ack(RouteSet.Routed routed, long lookUp, Optional<Target> target) {}

    private final Self self;
    private final SequencedMap<String, Ack> acks = new LinkedHashMap<>();

    Acks(Self self) { this.self = self; }

    /// Acknowledges the 2xx of a dialog for the first time.
    Output acknowledge(Dialog dialog, Request invite, Optional<Content> answer) {
        //= rfc3261#17.1.1.3-1 the UAC core generates the ACK for a 2xx, as Section 13 says
        //= rfc3261#13.2.2.4-3 the core makes an ACK for each 2xx
        var routed = dialog.ack(invite);
        var ack = new Ack(new RouteSet.Routed(
                //= rfc3261#13.2.1-13 the answer to an offer in the 2xx goes into the ACK
                //= rfc3261#13.2.2.4-6 which must carry it in its body
                Self.body(routed.request(), answer), routed.nextHop()), self.lookUp(),
                Optional.empty());
        acks.put(dialog.id().remoteTag(), ack);
        if (acks.size() > LIMIT) acks.pollFirstEntry();
        //= rfc3261#13.2.2.4¶5 the destination of the ACK is found out as that of any request
        return new Output.Resolve(ack.lookUp, ack.routed.nextHop());
    }

    List<Output> resolved(long id, List<Target> targets) {
        acks.replaceAll((_, ack) -> ack.lookUp != id ? ack
                : new Ack(ack.routed, id, targets.stream().findFirst()));
        return acks.values().stream().filter(ack -> ack.lookUp == id)
                .flatMap(ack -> send(ack).stream()).toList();
    }

    /// Answers a 2xx that has come again; nothing if it was never acknowledged.
    List<Output> again(String remoteTag) {
        //= rfc3261#13.2.2.4-8 the same ACK each time that the 2xx comes again
        return Optional.ofNullable(acks.get(remoteTag)).map(Acks::send).orElse(List.of());
    }

    private static List<Output> send(Ack ack) {
        return ack.target.<Output>map(target ->
                new Output.SendAck(ack.routed.request(), target)).stream().toList();
    }
}
