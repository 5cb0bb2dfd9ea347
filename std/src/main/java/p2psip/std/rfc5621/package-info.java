/// Bodies of several parts: what of them is understood, and whether that is enough.
///
/// [Multipart] takes a message apart into [BodyPart]s; whoever reads it says which he understands.
///
/// ```java
/// var parts = Multipart.read(message, part -> part.mediaType().equals("application/sdp"));
/// ```
///
/// No body of several parts is made here. What else is left out stands in `left-out.txt` beside
/// this file.
package p2psip.std.rfc5621;
