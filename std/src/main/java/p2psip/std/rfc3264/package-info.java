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
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): multicast
/// streams, which are refused (6.2); fmtp parameters that must be equal on both sides, for no codec
/// here has any: each side says its own; several streams of one type (5.1): the phone of
/// p2psip.app.voip takes the first of audio and refuses the others.
package p2psip.std.rfc3264;
