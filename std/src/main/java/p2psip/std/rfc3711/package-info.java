/// SRTP: the packets of RTP and RTCP, enciphered and proven, so that nobody on the way can read
/// them, change them, or send some again.
///
/// A packet stays where it is, in the buffer of whoever has it: its payload is enciphered there and
/// a tag is written behind it. All keys of a session come from one master key, which somebody else
/// has brought to both sides ([p2psip.std.rfc4568] in the signalling, [p2psip.std.rfc5764] from a
/// DTLS handshake). How often its sequence number has begun again (ROC) stands in no packet: each
/// side counts for itself, and a receiver believes only what proves genuine.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 3.2.1 the master key; 8.2 what both have agreed on | [MasterKey], [SrtpPolicy] |
/// | 3.3 what is done with a packet | [SrtpSender], [SrtpReceiver], `Layout`, [Verdict] |
/// | 3.2 contexts, one for each source | `SrtpStream`, `SrtpStreams` |
/// | 3.3.1 the index, 3.3.2 replay | `ReplayWindow` |
/// | 3.4 SRTCP | [SrtpSender], [SrtpReceiver] |
/// | 4 transforms | [Transform], `HmacTransform`, `Keystream` |
/// | 4.1.1 counter mode, 4.1.2 f8 | `AesCounter`, `CounterMode`, `F8Mode` |
/// | 4.3 session keys | [KeyDerivation], `Keyring` |
/// | 5 suites (and those of RFC 6188) | [CryptoSuite], [HmacSuite] |
///
/// An example that `SrtpTest` runs:
/// ```java
/// var sender = new SrtpSender(SrtpPolicy.DEFAULT, key);
/// var receiver = new SrtpReceiver(SrtpPolicy.DEFAULT, key);
/// sender.protectRtp(packet);        // DONE: ten bytes longer
/// receiver.unprotectRtp(packet);    // DONE: as it was; REPLAYED, if it comes again
/// ```
///
/// 172 bytes are protected in 0.4 to 0.6 us of processor time; 40 bytes are allocated, by the JDK's
/// hash.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): packets
/// without authentication (9.5), forward error correction (10), master keys by ranges of indices
/// (8.1.1), groups that share a key (11.2).
package p2psip.std.rfc3711;
