package p2psip.app.host;

import module java.base;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import p2psip.std.Bytes;
import p2psip.std.rfc5764.*;

/// What both ends of a handshake by DTLS are alike in: [DtlsClient], [DtlsServer].
///
/// DTLS 1.2 and nothing else: the library has no DTLS 1.3, and what is older is given up.
final class DtlsEnd {
    // DTLS 1.0, which is TLS 1.1, is not negotiated
    static final ProtocolVersion[] VERSIONS = ProtocolVersion.DTLSv12.only();

    //= rfc8122#7-1 no cipher without encryption is among them, nor any without authentication
    /// With forward secrecy, and with authentication of what is enciphered; the last for those who
    /// are older.
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};

    /// A server may show a certificate of the other kind.
    private static final int[] RSA_SUITES = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA};

    private final Effect.Associate asked;
    private final BcTlsCrypto crypto;
    private Optional<ProtectionProfile> profile = Optional.empty();
    private Optional<ExtractedKeys> keys = Optional.empty();
    private Optional<Bytes> certificate = Optional.empty();
    private boolean closed;

    DtlsEnd(Effect.Associate asked, BcTlsCrypto crypto) {
        this.asked = asked;
        this.crypto = crypto;
    }

    BcTlsCrypto crypto() { return crypto; }

    int[] suites(boolean client) {
        return TlsUtils.getSupportedCipherSuites(crypto, client
                ? IntStream.concat(IntStream.of(SUITES), IntStream.of(RSA_SUITES)).toArray()
                : SUITES);
    }

    //= rfc5763#6.10-1 DTLS-SRTP is what is supported
    //= rfc5764#4.1-2 DTLS with the extension use_srtp, when SRTP is what it is for
    Bytes offer() { return UseSrtp.offer(asked.profiles()).encode(); }

    /// What a server makes of a client's extension.
    ///
    /// @throws TlsFatalAlert if there is nothing that both know: without SRTP it is of no use
    Bytes answer(byte[] extension) throws TlsFatalAlert {
        var offered = parse(extension);
        var answer = offered.answer(asked.profiles()).orElseThrow(DtlsEnd::none);
        profile = offered.agreed(answer);
        return answer.encode();
    }

    /// What a server has made of ours.
    void answered(byte[] extension) throws TlsFatalAlert {
        //= rfc5764#4.1.1-6 a server that answers with what was not offered: illegal_parameter
        profile = Optional.of(UseSrtp.offer(asked.profiles()).agreed(parse(extension))
                .orElseThrow(DtlsEnd::none));
    }

    private static UseSrtp parse(byte[] extension) throws TlsFatalAlert {
        if (extension == null) throw none();
        try {
            return UseSrtp.parse(Bytes.wrap(extension));
        } catch (SyntaxException e) {
            throw new TlsFatalAlert(AlertDescription.decode_error, e);
        }
    }

    private static TlsFatalAlert none() {
        return new TlsFatalAlert(AlertDescription.illegal_parameter,
                "no profile of SRTP that both know");
    }

    /// The peer has shown this; that it has the key to it the handshake proves.
    //= rfc8122#6.2-2,7 a certificate that the fingerprint does not match: bad_certificate
    //= rfc8122#6.2-4 and so it is with none, or with one that does not match
    void shown(Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty())
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        var shown = Bytes.wrap(chain.getCertificateAt(0).getEncoded());
        if (!asked.believes(shown)) throw new TlsFatalAlert(AlertDescription.bad_certificate,
                "the peer's certificate is another than it has told of");
        certificate = Optional.of(shown);
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        var chain = new Certificate(new TlsCertificate[] {
            crypto.createCertificate(asked.certificate().der().toArray())});
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto,
                asked.certificate().key(), chain, SignatureAndHashAlgorithm.getInstance(
                        HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /// The handshake is complete.
    void complete(TlsContext context) throws TlsFatalAlert {
        var made = profile.orElseThrow(DtlsEnd::none);
        keys = Optional.of(ExtractedKeys.of(made, Bytes.wrap(context.exportKeyingMaterial(
                ExtractedKeys.LABEL, null, ExtractedKeys.size(made)))));
    }

    ExtractedKeys keys() { return keys.orElseThrow(); }

    Bytes certificate() { return certificate.orElseThrow(); }

    void heard(short alert) { closed |= alert == AlertDescription.close_notify; }

    boolean closed() { return closed; }
}
