package p2psip.app.host;

import module java.base;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Somebody who signs certificates for tests.
public final class Authority {
    private static final X500Name NAME = new X500Name("CN=authority of a test");

    private final KeyPair pair = pair();
    private final X509Certificate own;
    private long serial;

    public Authority() {
        own = sign(NAME, pair.getPublic(), Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(3_600), List.of(), true);
    }

    public X509Certificate certificate() { return own; }

    /// Valid now, for names or literals.
    public Certified certify(String... names) {
        return certify(Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600), names);
    }

    public Certified certify(Instant from, Instant until, String... names) {
        var theirs = pair();
        return new Certified(List.of(sign(new X500Name("CN=" + names[0]), theirs.getPublic(), from,
                until, List.of(names), false), own), theirs.getPrivate());
    }

    /// With a common name alone.
    public Certified old(String name) {
        var theirs = pair();
        return new Certified(List.of(sign(new X500Name("CN=" + name), theirs.getPublic(),
                Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600), List.of(),
                false)), theirs.getPrivate());
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(X500Name subject, PublicKey key, Instant from, Instant until,
            List<String> names, boolean signs) {
        try {
            var builder = new JcaX509v3CertificateBuilder(NAME, BigInteger.valueOf(++serial),
                    Date.from(from), Date.from(until), subject, key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(signs));
            if (!names.isEmpty()) builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(names.stream().map(Authority::name)
                            .toArray(GeneralName[]::new)));
            return new JcaX509CertificateConverter().getCertificate(builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName name(String text) {
        return new GeneralName(text.matches("[\\d.]+|.*:.*") ? GeneralName.iPAddress
                : GeneralName.dNSName, text);
    }

    /// As text: certificates and keys.
    public static String pem(Object... all) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var each : all) writer.writeObject(each instanceof PrivateKey key
                    ? new JcaPKCS8Generator(key, null) : each);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }
}
