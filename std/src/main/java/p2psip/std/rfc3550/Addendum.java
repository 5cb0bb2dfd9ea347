package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.Chunk;

/// Somebody who has something to say in the reports of a session: a mixer about those it mixes,
/// who measures about what he has measured.
public interface Addendum {
    /// Nobody.
    Addendum NONE = new Addendum() { };

    /// What goes along with a regular report.
    default List<RtcpPacket> packets(long ssrc, boolean weSent, Instant now) { return List.of(); }

    /// What is said of others.
    default List<Chunk> others() { return List.of(); }

    /// Who leaves with this participant.
    default List<Long> followers() { return List.of(); }

    /// What has come that is no report, description or goodbye.
    default void heard(RtcpPacket packet, Instant now) { }
}
