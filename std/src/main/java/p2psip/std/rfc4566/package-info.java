/// SDP, the text that says which media a session has, where to send them and how they are encoded.
///
/// A description is one part for the session and one for each medium, lines of a letter, `=` and
/// a value in a fixed order. RFC 4566 is what SIP's RFCs speak of; RFC 8866, its successor, changes
/// no line of it.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 5 the whole, and its order | [SessionDescription], `Parser` |
/// | 5.2 o= | [Origin] |
/// | 5.7 c= | [Connection] |
/// | 5.8 b= | [Bandwidth] |
/// | 5.9 - 5.11 t= r= z= | [Time] |
/// | 5.13 a=, and 6 what some of them mean | [Attribute], [Direction], [RtpMap] |
/// | 5.14 m= | [Media] |
///
/// An example that `SessionDescriptionTest` runs:
/// ```java
/// var offer = SessionDescription.parse(body);
/// var audio = offer.media().getFirst();
/// audio.rtpMaps();               // [97 iLBC/8000, 101 telephone-event/8000]
/// offer.connection(audio);       // IN IP6 2001:db8::7
/// offer.direction(audio);        // sendonly
/// ```
///
/// A peer's description is read as what it must mean, written is what the RFC allows: lines in
/// another order, a removed stream without address or format and the like are mended where they are
/// read, with a [SessionDescription.Departure] for each.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): `charset`
/// is kept but not applied, text is UTF-8; `k=` is kept as text and never used.
package p2psip.std.rfc4566;
