package p2psip.app.host;

import module java.base;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Certificates and keys as text, as every other server's files have them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7468#section-5 RFC 7468 §5
public final class Pem {
    private Pem() {}

    /// A certificate, its chain, and its key.
    ///
    /// @throws IllegalArgumentException if one is missing or they do not belong together; the
    ///                                  message is for the user
    public static Certified certified(String certificates, String key) {
        var chain = certificates(certificates);
        var found = objects(key).map(each -> switch (each) {
            case PrivateKeyInfo info -> Optional.of(info);
            case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
            default -> Optional.<PrivateKeyInfo>empty();
        }).flatMap(Optional::stream).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "there is no private key (without a passphrase)"));
        try {
            var made = new Certified(chain, new JcaPEMKeyConverter().getPrivateKey(found));
            if (!belong(made)) throw new IllegalArgumentException(
                    "the key is not that of the certificate");
            return made;
        } catch (PEMException e) {
            throw new IllegalArgumentException("the key cannot be read: " + Why.of(e), e);
        }
    }

    /// All certificates of a text.
    ///
    /// @throws IllegalArgumentException if there is none
    public static List<X509Certificate> certificates(String text) {
        var converter = new JcaX509CertificateConverter();
        var all = objects(text).filter(X509CertificateHolder.class::isInstance).map(each -> {
            try {
                return converter.getCertificate((X509CertificateHolder) each);
            } catch (CertificateException e) {
                throw new IllegalArgumentException("a certificate cannot be read", e);
            }
        }).toList();
        if (all.isEmpty()) throw new IllegalArgumentException("there is no certificate in it");
        return all;
    }

    private static Stream<Object> objects(String text) {
        var all = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object next; (next = parser.readObject()) != null;) all.add(next);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("it is no PEM", e);
        }
        return all.stream();
    }

    /// Whether what the key signs is what the certificate verifies.
    private static boolean belong(Certified made) {
        var publicKey = made.chain().getFirst().getPublicKey();
        var algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(made.key());
            signer.update(new byte[32]);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(new byte[32]);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
