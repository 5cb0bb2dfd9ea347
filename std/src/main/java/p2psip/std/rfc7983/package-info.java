/// One port, several protocols: STUN, DTLS, RTP and RTCP (and ZRTP, and TURN's channels) are told
/// apart by their first byte.
///
/// All there is is [PacketKind] (§7), which whoever has a socket asks:
/// ```java
/// switch (PacketKind.of(datagram)) {
///     case STUN -> agent.handle(new Agent.Input.Received(datagram), now);
///     case RTP, RTCP -> session.handle(new Session.Input.RtpReceived(datagram, from), now);
///     default -> { }
/// }
/// ```
package p2psip.std.rfc7983;
