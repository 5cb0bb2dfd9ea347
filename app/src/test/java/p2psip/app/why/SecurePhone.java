package p2psip.app.why;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;

/// A phone that registers by UDP, and says that it is called by TLS as bob.example; the certificate
/// it has is for other.example.
final class SecurePhone implements Machine<Event, Effect> {
    private static final Id SIP = new Id(Id.Part.SIP, 0, 0), TLS = new Id(Id.Part.SIP, 1, 0);

    private final InetSocketAddress registrar;
    private final InetAddress at;
    private boolean begun;

    SecurePhone(InetSocketAddress registrar, String at) {
        this.registrar = registrar;
        this.at = InetAddress.ofLiteral(at);
    }

    @Override public Instant deadline() { return begun ? Instant.MAX : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        begun = true;
        return List.of(new Effect.Bind(SIP, new InetSocketAddress(at, 5060)), new Effect.Listen(
                TLS, new Way.Tls("other.example"), new InetSocketAddress(at, 5061)));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return event instanceof Event.Bound(var id, var local) && id.equals(SIP)
                ? List.of(new Effect.Datagram(local, registrar, Bytes.utf8(register())))
                : List.of();
    }

    private String register() {
        return """
                REGISTER sip:example.com SIP/2.0
                Via: SIP/2.0/UDP %s:5060;branch=z9hG4bKdesk;rport
                Max-Forwards: 70
                From: <sip:bob@example.com>;tag=1
                To: <sip:bob@example.com>
                Call-ID: desk
                CSeq: 1 REGISTER
                Contact: <sip:bob@bob.example;transport=tls>
                Expires: 3600
                Content-Length: 0

                """.formatted(at.getHostAddress()).replace("\n", "\r\n");
    }
}
