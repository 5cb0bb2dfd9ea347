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
/// sides, for no codec here has any: each side says its own; several streams of one type (5.1): the
/// phone of p2psip.app.voip takes the first of audio and refuses the others.
//= rfc3264#5-8 exception multicast streams are refused
//= rfc3264#5.1-8 exception no offer of a phone is for a recvonly stream
//= rfc3264#5.1-17..18 exception one stream of a type is taken, another one refused: none to mix
//= rfc3264#5.1-19 exception a stream has one source: while keys are sent, no sound is
//= rfc3264#6.1-8 exception no formats are added that were not offered
//= rfc3264#6.1-11 exception no formats are added that were not offered
//= rfc3264#6.1-19 exception no codec here has parameters that must be equal
//= rfc3264#6.1-21 exception for those who write extensions
//= rfc3264#6.1-23 exception no bandwidth is asked for
//= rfc3264#6.1-29 exception G.711 has one bandwidth; only zero is obeyed
//= rfc3264#6.2.* exception multicast streams are refused
//= rfc3264#7-3 exception an explanation
//= rfc3264#7-5 exception a permission; what was offered is listened for all the time
//= rfc3264#8.3.1-3..5 exception a phone keeps its ports as long as a call lasts
//= rfc3264#8.3.1-8..11 exception a phone keeps its ports as long as a call lasts
//= rfc3264#8.3.1-12 exception a stream with another transport takes another place
//= rfc3264#8.3.3.* exception phones here have audio only: a stream keeps its type or is refused
//= rfc3264#8.4-2 exception hold by 0.0.0.0 is deprecated: it is understood, but never asked for
//= rfc3264#11.* exception a demand on the protocol that carries the descriptions: SIP
package p2psip.std.rfc3264;
