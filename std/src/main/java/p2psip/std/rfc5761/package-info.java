/// RTP and RTCP on one port: one hole in a NAT in place of two.
///
/// The second octet tells them apart, if payload types 64 to 95 are not used; that both sides do so
/// is agreed on by an attribute, `a=rtcp-mux`, in offer and answer.
///
/// [RtcpMux] is all of it.
///
/// An example that `RtcpMuxTest` runs:
/// ```java
/// var offer = RtcpMux.offer(medium);                         // with a=rtcp-mux
/// RtcpMux.agreed(offer, RtcpMux.answer(answer, offer, true)); // true
/// RtcpMux.isRtcp(datagram);
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): multicast,
/// and reservation of bandwidth.
package p2psip.std.rfc5761;
