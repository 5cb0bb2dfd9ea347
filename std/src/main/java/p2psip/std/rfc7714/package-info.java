/// AES-GCM for SRTP: one operation enciphers a packet and proves it, and needs no hash beside.
///
/// The tag of 16 bytes stands behind what is enciphered, before the MKI (and, in SRTCP, before the
/// index); headers, extensions and the index of SRTCP are proven and stay readable.
///
/// | section | file |
/// |---|---|
/// | 8.1, 9.1 the IV; 8.2, 9.2, 9.3 what is enciphered and what is only proven | `GcmTransform` |
/// | 11, 12, 14.1 the suites | [AeadSuite] |
///
/// A suite goes into a [p2psip.std.rfc3711.SrtpPolicy], and all else is SRTP as it was. An example
/// that `GcmVectorsTest` runs:
/// ```java
/// var policy = SrtpPolicy.of(AeadSuite.AEAD_AES_128_GCM);
/// var sender = new SrtpSender(policy, policy.suite().randomKey(random));
/// sender.protectRtp(packet);                         // DONE, 16 bytes longer
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): header
/// extensions that are encrypted (8.3), the older tag besides that of AEAD (7.1), and keys that
/// several endpoints send under (8.4): here each side has its own.
package p2psip.std.rfc7714;
