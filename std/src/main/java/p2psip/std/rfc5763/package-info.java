/// DTLS-SRTP, as far as it is said in descriptions: who begins the handshake (`a=setup`), and which
/// certificate has to be shown in it (`a=fingerprint`).
///
/// The handshake goes where the media go, so nobody on the way of the signalling learns a key; but
/// whoever can change a description can have another certificate believed. What the handshake gives
/// is the business of [p2psip.std.rfc5764]; the handshake itself is somebody else's.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 5 what is said in offer and answer, and what follows | [DtlsAgreement] |
/// | 6.7.2 a check by STUN where there is no ICE | [LatchingControl] |
/// | RFC 8122 §5 fingerprints | [CertificateFingerprint] |
/// | RFC 4145 §4 who begins | [DtlsSetup] |
///
/// An example that `DtlsAgreementTest` runs:
/// ```java
/// var dtls = new DtlsAgreement(List.of(CertificateFingerprint.of("sha-256", der)), true);
/// var session = new OfferAnswer(head, dtls);
/// session.offer(List.of(audio));                      // a=setup:actpass, a=fingerprint
/// session.receiveAnswer(answer);
/// dtls.answered(answer);                              // the places where it has failed: none
/// dtls.association(0);                                // SERVER: the answer was active
/// CertificateFingerprint.prove(peer, presented);      // whether it is the one that was told
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): the
/// handshake, which `app.host` has a library make; identities in certificates (RFC 8122
/// §6.1), for a fingerprint is as good as the signalling it came by; all of RFC 4145 that is about
/// TCP.
package p2psip.std.rfc5763;
