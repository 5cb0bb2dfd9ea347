package p2psip.app.crypto;

import module java.base;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Self-signed X.509 certificates, which key stores and TLS ask for. They prove nothing but that
/// the key names itself: who is who is decided by keys and records.
public final class Certificates {
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private Certificates() {}

    /// A certificate with the identity's name as common name and, where it is a URI, as
    /// `subjectAltName`; valid for ten years from a day ago.
    public static X509Certificate selfSigned(Identity identity, Instant wall) {
        var name = new X500NameBuilder().addRDN(BCStyle.CN, identity.name()).build();
        var from = wall.minus(Duration.ofDays(1));
        try {
            var builder = new JcaX509v3CertificateBuilder(name, identity.id().number(),
                    Date.from(from), Date.from(from.plus(LIFETIME)), name, identity.publicKey());
            if (identity.name().contains(":"))
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
                        new GeneralName(GeneralName.uniformResourceIdentifier, identity.name())));
            var signer = new JcaContentSignerBuilder("Ed25519").build(identity.privateKey());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot certify " + identity, e);
        }
    }
}
