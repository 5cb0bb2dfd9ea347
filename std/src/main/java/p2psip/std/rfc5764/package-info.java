/// DTLS-SRTP: a handshake on the way of the media agrees on a suite and gives the keys, then SRTP
/// goes beside it.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 4.1.2 profiles, and those of RFC 7714 §14.2 | [ProtectionProfile] |
/// | 4.1.1, 4.1.3 the extension `use_srtp` | [UseSrtp] |
/// | 4.2 which bytes are whose key | [ExtractedKeys] |
/// | 5.1.2 what comes to the port | [p2psip.std.rfc7983.PacketKind] |
/// | 5.2 old and new keys | [p2psip.std.rfc3711.SrtpReceiver] |
///
/// An example that `Rfc5764Test` runs:
/// ```java
/// var offer = UseSrtp.offer(List.of(ProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80));
/// var profile = offer.agreed(answer).orElseThrow();
/// // 60 bytes, by the exporter, under the label EXTRACTOR-dtls_srtp
/// var keys = ExtractedKeys.of(profile, material);
/// new SrtpSender(keys.policy(), keys.sending(client));
/// new SrtpReceiver(keys.policy(), keys.receiving(client));
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): the
/// handshake itself, which `app.host` has a library make, MKIs of our own, several associations on
/// one port.
package p2psip.std.rfc5764;
