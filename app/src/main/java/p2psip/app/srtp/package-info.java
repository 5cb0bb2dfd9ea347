/// What keeps the sound of a call secret, for whoever carries it: a telephone, or a node between
/// two of them.
///
/// [DtlsKeying] is DTLS-SRTP without its handshake: it has the engine of the host make that
/// ([p2psip.app.host.Effect.Associate]), and believes nobody but who was told of in a description.
/// One is needed for each port, so one where RTP and RTCP share theirs. Whoever has it
///
/// - makes a certificate for each run of the program ([p2psip.app.crypto.MediaCertificate]), and
///   tells of its fingerprint by a [p2psip.std.rfc5763.DtlsAgreement];
/// - gives it what comes to the port and is DTLS, by [p2psip.std.rfc7983.PacketKind];
/// - says [DtlsKeying.Input.Agree] when descriptions and ICE have said all that is needed;
/// - gives it the events of the host that bear its id;
/// - carries out what it answers, and closes it with the stream.
package p2psip.app.srtp;
