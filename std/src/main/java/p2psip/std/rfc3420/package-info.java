/// A part of a SIP message as the body of another: what is told of a request that somebody was
/// asked to make.
///
/// [Sipfrag] is such a part (§2): perhaps a start line, some header fields, perhaps a body.
///
/// ```java
/// var body = Sipfrag.of(180, "Ringing").content();
/// int status = Sipfrag.parse(body.bytes()).status().orElseThrow();
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3420;
