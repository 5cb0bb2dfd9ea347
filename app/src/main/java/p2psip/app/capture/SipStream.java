package p2psip.app.capture;

import module java.base;
import p2psip.std.rfc3261.Framing;

/// One direction of a TCP connection that carries SIP.
final class SipStream {
    private final Assembly assembly = new Assembly();
    private final Framing framing = new Framing();
    private boolean begun, broken;

    /// The messages that are whole with this segment. Of a connection that was there before the
    /// capture, all before the first segment that begins as a message does is passed over.
    List<Framing.Frame> take(Packet segment) {
        begun |= (segment.flags() & Packet.SYN) != 0
                || FirstBytes.areSip(segment.payload());
        var frames = begun ? framing.take(assembly.take(segment))
                : List.<Framing.Frame>of();
        broken |= frames.stream().anyMatch(Framing.Frame.Broken.class::isInstance);
        return frames;
    }

    /// What is wrong with the stream if this was all of it, beside what is known already.
    Optional<String> unfinished() {
        return broken ? Optional.empty()
                : assembly.gap() ? Optional.of("bytes of the stream are missing")
                : framing.partial() ? Optional.of("a message without its end") : Optional.empty();
    }
}
