package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// The ACKs for the 2xx responses of a call: each is made once, and sent again whenever its 2xx
/// comes again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2.4 RFC 3261 §13.2.2.4
final class Acks {
    /// How many are kept; the oldest is forgotten at the limit.
    static final int LIMIT = 32;

    private record Key(String remoteTag, long cseq) {}

    private static final class Ack {
        final RouteSet.Routed routed;
        long lookUp;
        Optional<Target> target = Optional.empty();

        Ack(RouteSet.Routed routed, long lookUp) {
            this.routed = routed;
            this.lookUp = lookUp;
        }
    }

    private final Self local;
    private final Map<Key, Ack> acks = new LinkedHashMap<>();

    Acks(Self local) { this.local = local; }

    /// Acknowledges the 2xx of an INVITE for the first time.
    List<Output> acknowledge(Dialog dialog, Request invite, Optional<Content> answer) {
        //= rfc3261#17.1.1.3-1 the UAC core generates the ACK for a 2xx, as Section 13 says
        var routed = dialog.ack(invite);
        var ack = new Ack(new RouteSet.Routed(
                //= rfc3261#13.2.1-13 the answer to an offer in the 2xx goes into the ACK
                //= rfc3261#13.2.2.4-6 which must carry it in its body
                Self.body(routed.request(), answer), routed.nextHop()), local.lookUp());
        acks.put(new Key(dialog.id().remoteTag(), invite.cseq().number()), ack);
        if (acks.size() > LIMIT) acks.remove(acks.keySet().iterator().next());
        //= rfc3261#13.2.2.4¶5 the destination of the ACK is found out as that of any request
        return List.of(new Output.Resolve(ack.lookUp, ack.routed.nextHop()));
    }

    /// Whether a question is one of these.
    boolean awaits(long id) { return acks.values().stream().anyMatch(a -> a.lookUp == id); }

    List<Output> resolved(long id, List<Target> targets) {
        for (var ack : acks.values())
            if (ack.lookUp == id) {
                ack.target = targets.stream().findFirst();
                return send(ack);
            }
        return List.of();
    }

    /// Answers a 2xx that has come again; nothing if it was never acknowledged.
    List<Output> again(Response response) {
        var ack = acks.get(key(response));
        //= rfc3261#13.2.2.4-8 the same ACK each time that the 2xx comes again
        return ack == null ? List.of() : send(ack);
    }

    boolean contains(Response response) { return acks.containsKey(key(response)); }

    private static Key key(Response response) {
        return new Key(response.to().tag().orElse(""), response.cseq().number());
    }

    private static List<Output> send(Ack ack) {
        return ack.target.<List<Output>>map(target ->
                List.of(new Output.SendAck(ack.routed.request(), target))).orElse(List.of());
    }
}
