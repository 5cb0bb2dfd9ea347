package p2psip.app.crypto;

import module java.base;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import p2psip.std.Bytes;
import p2psip.std.rfc5763.CertificateFingerprint;

/// A certificate that a handshake on the way of media shows: made for the purpose, signed by
/// itself, with nobody's name in it. It is believed because its fingerprint was told beforehand.
///
/// One is made for each run of a program: calls are not to be told apart by it for longer.
public final class MediaCertificate {
    private static final Duration LIFETIME = Duration.ofDays(30);

    /// Everybody knows this curve, and this way to sign.
    private static final ECNamedDomainParameters CURVE =
            ECNamedDomainParameters.lookup(X9ObjectIdentifiers.prime256v1);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final Bytes der;
    private final AsymmetricKeyParameter key;

    private MediaCertificate(Bytes der, AsymmetricKeyParameter key) {
        this.der = der;
        this.key = key;
    }

    /// A new one, valid from a day ago for a month.
    ///
    /// @param random as good as the key is to be
    //= rfc5763#6.1-3 what names the certificate has tell nobody who calls: it has none
    public static MediaCertificate make(RandomGenerator random, Instant wall) {
        var dice = KeyPairs.secure(random);
        var keys = new ECKeyPairGenerator();
        keys.init(new ECKeyGenerationParameters(CURVE, dice));
        var pair = keys.generateKeyPair();
        var name = new X500Name("CN=media");
        var from = wall.minus(Duration.ofDays(1));
        var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find(SIGNATURE);
        try {
            var signer = new BcECContentSignerBuilder(algorithm,
                    new DefaultDigestAlgorithmIdentifierFinder().find(algorithm))
                    .setSecureRandom(dice).build(pair.getPrivate());
            var made = new X509v3CertificateBuilder(name, new BigInteger(64, dice).setBit(64),
                    Date.from(from), Date.from(from.plus(LIFETIME)), name,
                    SubjectPublicKeyInfo.getInstance(ASN1Sequence.getInstance(
                            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                                    pair.getPublic()).getEncoded())));
            return new MediaCertificate(Bytes.wrap(made.build(signer).getEncoded()),
                    pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /// As it goes over the wire.
    public Bytes der() { return der; }

    /// For whoever makes the handshake.
    public AsymmetricKeyParameter key() { return key; }

    /// What is told of it beforehand.
    public CertificateFingerprint fingerprint() {
        return CertificateFingerprint.of("sha-256", der.toArray());
    }

    /// Never the key.
    @Override public String toString() { return "MediaCertificate[" + fingerprint() + "]"; }
}
