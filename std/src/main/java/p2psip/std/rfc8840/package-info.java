/// Trickle ICE for SIP: what is found after an offer or an answer is told within the call, in INFO.
///
/// A [Fragment] is what one INFO says; its package, for [p2psip.std.rfc6086.InfoPackages], is
/// [Fragment#PACKAGE]. The candidates are found, and those of the peer checked, by an agent of
/// [p2psip.std.rfc8445].
///
/// ```java
/// var fragment = Fragment.parse(body).sections().get("0");
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): to tell
/// anything before a call is taken, and streams that share a port with others.
package p2psip.std.rfc8840;
