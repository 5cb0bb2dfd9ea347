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
/// Left out: `charset` is kept but not applied, text is UTF-8; `k=` is kept as text and never used.
//= rfc4566#5-5 exception notation
//= rfc4566#5.2-5 exception a telephone has no domain name: it says its address
//= rfc4566#5.6-2 exception history
//= rfc4566#5.6-4 exception phone numbers are kept as they are
//= rfc4566#5.6-5..7 exception email and phone fields are kept as they are
//= rfc4566#5.7-8 exception multicast is described, but not used
//= rfc4566#5.8-2 exception for those who register bandwidth types
//= rfc4566#5.8-3 exception no bandwidth is proposed
//= rfc4566#5.8-4 exception for those who register bandwidth types
//= rfc4566#5.8-6 exception a modifier is any word, so that none is refused
//= rfc4566#5.8-7 exception for those who register bandwidth types
//= rfc4566#5.9-3 exception calls are permanent sessions: they end when somebody hangs up
//= rfc4566#5.9-4 exception for announcements, which are not made here
//= rfc4566#5.13-3 exception for those who define attributes
//= rfc4566#5.14-2 exception RTCP is on the next port in all that is made here
//= rfc4566#5.14-7 exception the proto udp is kept, its formats are not looked into
//= rfc4566#5.14-8 exception for those who register media types
//= rfc4566#5.14-9 exception for those who register protocols
//= rfc4566#6-3 exception for those who write profiles
//= rfc4566#6-5..6 exception for those who define encodings
//= rfc4566#6-15 exception for those who define character sets
//= rfc4566#6-16..19 exception descriptions here are in no language
//= rfc4566#4.1-2 exception for those who define media types
//= rfc4566#5-10..11 exception no name is written, but an address; a peer's is kept, not resolved
//= rfc4566#5.2-2 exception versions count from 1: RFC 3264 asks for less than 2^62, and no clock
//= rfc4566#5.2-7 exception a permission: the user name is a dash, the session id a random number
//= rfc4566#5.12-1..6 exception k= is kept as text and never used or made
//= rfc4566#6-2 exception no codec of frames
//= rfc4566#6-11..13 exception charset is kept but not applied: texts are shown to nobody
//= rfc4566#7-1..2 exception whether to trust a description is known to SIP, which carries it
//= rfc4566#7-3 exception no description starts any software
//= rfc4566#7-5..6 exception for who alters descriptions under way; a call sends when taken
//= rfc4566#8.2.1.* exception registrations with IANA
//= rfc4566#8.2.2.* exception registrations with IANA
//= rfc4566#8.2.3-3..7 exception registrations with IANA
//= rfc4566#8.2.4.* exception registrations with IANA
//= rfc4566#8.2.5.* exception registrations with IANA
//= rfc4566#8.2.6.* exception registrations with IANA
//= rfc4566#8.2.7.* exception registrations with IANA
//= rfc4566#8.2.8.* exception registrations with IANA
//= rfc4566#8.3.* exception registrations with IANA
package p2psip.std.rfc4566;
