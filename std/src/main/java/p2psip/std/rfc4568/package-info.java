/// SDES: each side tells in its description by which keys it sends, in `a=crypto` lines.
///
/// An offer has a line for each suite that would do, an answer the one it has taken, with a key of
/// its own. Keys are in clear there, so all depends on who can read the signalling, which a library
/// cannot know: whoever uses it has to say ([Signalling]).
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 4, 9.1 the line; 6.2 suites, with those of RFC 6188 and RFC 7714 | [CryptoAttribute] |
/// | 6.1 keys, lifetimes, MKIs | [InlineKey] |
/// | 6.3 session parameters | [SessionParameter] |
/// | 5.1, 7.1 offer, answer, and what changes later | [Sdes] |
/// | 8 who can read it | [Signalling] |
///
/// An example that `SdesTest` runs:
/// ```java
/// var sdes = new Sdes(new Sdes.Rules(suites, false, Signalling.SECURED), random);
/// var session = new OfferAnswer(head, sdes);
/// var offer = session.offer(List.of(audio));          // audio is over RTP/SAVP: with a=crypto
/// session.receiveAnswer(answer);
/// sdes.answered(answer);                              // the places where it has failed: none
/// var agreed = sdes.agreed(0).orElseThrow();
/// new SrtpSender(agreed.sending().policy(), agreed.sending().keys().getFirst());
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): forward
/// error correction and keys for it, packets without authentication (a line that asks for either is
/// refused), use without an answer (5.2).
package p2psip.std.rfc4568;
