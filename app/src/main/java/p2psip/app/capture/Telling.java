package p2psip.app.capture;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;

/// Tells what a capture holds as if its hosts had noted it themselves: what each packet says
/// ([What.Message]), its bytes ([What.Wire]), what is wrong with it ([What.Remark]).
final class Telling {
    private static final int SIP = 5060;

    private final Consumer<Trace> listener;
    private final Map<InetSocketAddress, String> names = new HashMap<>();

    Telling(Consumer<Trace> listener) { this.listener = listener; }

    /// A port belongs to whoever has another.
    void name(InetSocketAddress port, InetSocketAddress owner) {
        names.putIfAbsent(port, name(owner));
    }

    /// Who connects does so from any port; where it listens it says in Via.
    void learn(Packet packet, Message message) {
        if (!(message instanceof Request) || packet.transport() != Packet.Transport.TCP) return;
        var via = message.topVia();
        HostName.literal(via.host()).ifPresent(ip -> names.putIfAbsent(packet.from(),
                HostName.text(new InetSocketAddress(ip, via.port().orElse(SIP)))));
    }

    private String name(InetSocketAddress address) {
        return names.getOrDefault(address, HostName.text(address));
    }

    void message(Packet packet, boolean sent, String protocol, String label) {
        var local = sent ? packet.from() : packet.to();
        var remote = sent ? packet.to() : packet.from();
        note(packet, sent, new What.Message(sent, protocol, local, remote, label, label));
    }

    void bytes(Packet packet, Bytes bytes) {
        wire(packet, packet.transport() == Packet.Transport.UDP ? What.Wire.Kind.DATAGRAM
                : What.Wire.Kind.DATA, bytes);
    }

    /// A connection begins anew: what was left unfinished in this direction is over.
    void opened(Packet packet) { wire(packet, What.Wire.Kind.OPEN, Bytes.EMPTY); }

    /// What left also arrived, for all that a capture can tell.
    private void wire(Packet packet, What.Wire.Kind kind, Bytes bytes) {
        note(packet, true, new What.Wire(kind, true, packet.from(), packet.to(), bytes));
        note(packet, false, new What.Wire(kind, false, packet.to(), packet.from(), bytes));
    }

    void refused(Packet packet, Protocol protocol, String reason) {
        note(packet, true, new What.Remark(switch (protocol) {
            case IP, SIP, SDP, PLAIN -> Subject.SIP;
            case RTP, RTCP, TELEPHONE_EVENT, SRTP, SRTCP, DTLS -> Subject.MEDIA;
            case STUN -> Subject.STUN;
            case OVERLAY -> Subject.RING;
        }, protocol + ": " + reason, ""));
    }

    private void note(Packet packet, boolean sent, What what) {
        listener.accept(new Trace(name(sent ? packet.from() : packet.to()), packet.at(), what));
    }
}
