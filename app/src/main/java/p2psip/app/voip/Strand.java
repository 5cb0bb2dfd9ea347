package p2psip.app.voip;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3264.Local;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc4566.Media;

/// What is said in a stream of a call that goes along with its sound: text, or pictures. By which
/// way it goes is the business of its [Side].
///
/// Each method leaves what is to be sent in the outbox of packets that it was made with.
sealed interface Strand permits TextStrand, VideoStrand {
    /// A packet of the stream, without what RTP itself numbers.
    ///
    /// @param timestamp in units of [#clockRate], from any start
    record Packet(boolean marker, int payloadType, long timestamp, Bytes payload) {}

    /// As an `m=` line names it.
    String type();

    int clockRate();

    /// Both ways, with headers; what RTCP has is a share of it.
    long bitsPerSecond();

    /// What is offered.
    Local offer(int port);

    /// What is answered to such a stream, by its numbers; empty if it is not taken.
    Optional<Local> answer(int port, Media offered);

    /// What offer and answer have made of it.
    void agreed(Stream stream, Instant now);

    /// There is no such stream, or no more.
    void refused();

    void heard(RtpPacket packet, Instant now);

    /// The peer has not got that part of what was sent, from 0 to 1.
    void lost(double share, Instant now);

    Instant deadline();

    void wake(Instant now);

    /// Nothing more comes.
    void end();
}
