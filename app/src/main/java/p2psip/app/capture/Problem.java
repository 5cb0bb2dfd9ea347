package p2psip.app.capture;

import module java.base;

/// Something in a capture that one of our parsers refuses.
///
/// @param packet its number, from 1
/// @param after  the first packet of the capture
/// @param way    `192.0.2.1:5060 -> 192.0.2.2:5060`; empty if not even that could be read
/// @param reason may quote what a peer sent
public record Problem(
        int packet, Duration after, String way, Protocol protocol, String reason) {

    /// One line, without characters that command a terminal.
    @Override public String toString() {
        var line = "packet %d %d.%06d %s: %s".formatted(packet, after.toSeconds(),
                after.toNanosPart() / 1_000, way.isEmpty() ? protocol : way + ": " + protocol,
                reason);
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
