package p2psip.app.why;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;

/// A phone that calls once, and plays nothing but a codec that no other has.
final class OddPhone implements Machine<Event, Effect> {
    private final InetSocketAddress proxy;
    private final Id id = new Id(Id.Part.SIP, 0, 0);
    private InetSocketAddress local;
    private boolean begun;

    OddPhone(InetSocketAddress proxy) { this.proxy = proxy; }

    @Override public Instant deadline() { return begun ? Instant.MAX : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        begun = true;
        return List.of(new Effect.Bind(id, new InetSocketAddress(
                InetAddress.ofLiteral("0.0.0.0"), 5060)));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var bound) -> {
                local = bound;
                yield List.of(send("INVITE", "", "v=0\no=- 1 1 IN IP4 192.168.1.9\ns=-\n"
                        + "c=IN IP4 192.168.1.9\nt=0 0\nm=audio 20000 RTP/AVP 18\n"));
            }
            case Event.Datagram(_, _, _, var bytes) when bytes.utf8().startsWith("SIP/2.0 4") ->
                    List.of(send("ACK", bytes.utf8().lines().filter(line ->
                            line.startsWith("To:")).findFirst().orElseThrow(), ""));
            default -> List.of();
        };
    }

    private Effect send(String method, String to, String body) {
        var sdp = body.replace("\n", "\r\n");
        return new Effect.Datagram(local, proxy, Bytes.utf8("""
                %s %s SIP/2.0
                Via: SIP/2.0/UDP 192.168.1.9:5060;branch=z9hG4bKodd;rport
                Max-Forwards: 70
                From: <sip:carol@example.com>;tag=1
                %s
                Call-ID: odd
                CSeq: 1 %s
                Contact: <sip:carol@192.168.1.9:5060>
                Route: <sip:%s;lr>
                Content-Type: application/sdp
                Content-Length: %d

                """.formatted(method, World.BOB, to.isEmpty() ? "To: <" + World.BOB + ">" : to,
                method, HostName.text(proxy), sdp.length()).replace("\n", "\r\n") + sdp));
    }
}
