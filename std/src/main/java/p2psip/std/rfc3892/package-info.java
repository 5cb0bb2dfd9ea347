/// Referred-By: who is behind a request that somebody was asked to make.
///
/// [ReferredBy] is that field (§3): a referrer puts it into his REFER, the referee copies it as it
/// is, and whom he calls may look at it. Nothing proves it: the token that would is a body part
/// signed by S/MIME, which is left out, as all of that is here. So nothing may hang on it but what
/// its reader would do for anybody.
///
/// ```java
/// var by = ReferredBy.of(Address.parse("<sip:alice@atlanta.com>"));
/// var refer = request.with(ReferredBy.NAME, by.value());
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3892;
