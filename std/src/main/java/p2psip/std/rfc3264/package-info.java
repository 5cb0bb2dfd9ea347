/// How two sides come to agree on media: one offers a description, the other answers it.
///
/// An answer has a stream for every stream of the offer, at the same place: accepted with the
/// formats both have, or refused with port zero. Either side may offer again at any time, to
/// add, change, hold or end streams; two offers at once are *glare*, which SIP resolves.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 4 whose turn it is; 5 offer, 6 answer, 8 what a later offer may change | [OfferAnswer] |
/// | 5.1, 6.1 formats and their numbers | [Format] |
/// | 8.4 hold, 9 capabilities | [Local] |
/// | 6, 7 what is sent then, where to and in which format | [Stream] |
///
/// An example that `OfferAnswerTest` runs:
/// ```java
/// var audio = Local.audio(5004, Duration.ofMillis(20), List.of(Format.of(0), Format.of(8),
///         Format.of(101, "telephone-event", 8000, "0-15")));
/// var session = new OfferAnswer(head);
/// var offer = session.offer(List.of(audio));
/// session.receiveAnswer(answer);                     // TAKEN
/// session.streams().getFirst().rtp();                // where to send
/// session.streams().getFirst().format();             // and in what
/// var hold = session.offer(List.of(audio.held()));   // version + 1, a=sendonly
/// ```
///
/// Left out: multicast streams, which are refused (6.2); fmtp parameters that must be equal on both
/// sides, for no codec here has any: each side says its own; mixing of several streams of one
/// type (5.1), which is the application's.
//= rfc3264#5-1 exception rfc4566 makes and reads valid descriptions
//= rfc3264#5-2 exception e= and p= are optional in RFC 4566
//= rfc3264#5-3 exception the origin is handed in; a peer's may have more than 64 bits
//= rfc3264#5-4 exception the origin is handed in by the application
//= rfc3264#5-5 exception the parser of rfc4566 reads one description
//= rfc3264#5-6 exception the head is handed in; rfc4566 names a session by a space
//= rfc3264#5-7 exception the head is handed in; rfc4566 makes it permanent, t=0 0
//= rfc3264#5-8 exception multicast streams are refused
//= rfc3264#5.1-4 exception sendrecv is always said, though it need not be
//= rfc3264#5.1-6 exception a permission to use any format listed: Stream lists them
//= rfc3264#5.1-7..9 exception which formats a stream has is the application's
//= rfc3264#5.1-15 exception attributes are handed in; a ptime of zero is not read
//= rfc3264#5.1-16 exception a permission that asks nothing of an implementation
//= rfc3264#5.1-17..18 exception what becomes of received media is the application's
//= rfc3264#5.1-19 exception where media comes from is the application's
//= rfc3264#5.1-20..21 exception ports are the application's: it opens them before it offers
//= rfc3264#6-6 exception a permission; streams without a taker are refused
//= rfc3264#6.1-1 exception the address is in the head that is handed in
//= rfc3264#6.1-5 exception a permission; the wish of the application decides
//= rfc3264#6.1-7 exception the formats in common are those of the offer
//= rfc3264#6.1-8 exception no formats are added that were not offered
//= rfc3264#6.1-9..10 exception the formats in common are those of the offer
//= rfc3264#6.1-11 exception no formats are added that were not offered
//= rfc3264#6.1-12 exception the address is in the head that is handed in
//= rfc3264#6.1-15 exception answers keep the order of the offer
//= rfc3264#6.1-16 exception the offerer's choice: Stream names the first format
//= rfc3264#6.1-18 exception an example
//= rfc3264#6.1-19 exception no codec here has parameters that must be equal
//= rfc3264#6.1-20 exception each side says its own parameters
//= rfc3264#6.1-21 exception for those who write extensions
//= rfc3264#6.1-22 exception a permission; ptime is among the attributes handed in
//= rfc3264#6.1-23 exception no bandwidth is asked for
//= rfc3264#6.1-25..27 exception ports are the application's: it opens them before it answers
//= rfc3264#6.1-29 exception G.711 has one bandwidth; only zero is obeyed
//= rfc3264#6.2.* exception multicast streams are refused
//= rfc3264#7-3 exception an explanation
//= rfc3264#7-5 exception a permission; what was offered is listened for all the time
//= rfc3264#8-1 exception a permission, as in section 4
//= rfc3264#8-3 exception a permission; answers are made anew each time
//= rfc3264#8.3.1-2 exception the application hands in what is to be offered
//= rfc3264#8.3.1-3..5 exception ports are the application's, old and new
//= rfc3264#8.3.1-6 exception a permission; answers are made anew each time
//= rfc3264#8.3.1-7 exception sending is the application's: Stream says where to
//= rfc3264#8.3.1-8..11 exception ports are the application's, old and new
//= rfc3264#8.3.1-12 exception a stream with another transport takes another place
//= rfc3264#8.3.2-1..2 exception a permission; the application hands in the formats
//= rfc3264#8.3.3.* exception a stream of another type takes another place
//= rfc3264#8.3.4.* exception attributes are the application's
//= rfc3264#8.4-2 exception hold with 0.0.0.0 is understood, but not done here
//= rfc3264#9-1 exception rfc4566 makes valid descriptions
//= rfc3264#9-4 exception the origin is handed in by the application
//= rfc3264#11.* exception security of the bodies is that of the protocol that carries them
package p2psip.std.rfc3264;
