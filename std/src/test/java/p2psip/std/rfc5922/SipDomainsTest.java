package p2psip.std.rfc5922;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/// Whom certificates speak for.
class SipDomainsTest {
    private static List<?> uri(String text) { return List.of(6, text); }

    private static List<?> dns(String text) { return List.of(2, text); }

    private static List<String> of(List<?>... names) {
        return SipDomains.of(new Shown("CN=common.example", List.of(names)));
    }

    private static boolean proves(String domain, List<?>... names) {
        return SipDomains.proves(new Shown("CN=common.example", List.of(names)), domain);
    }

    @Test void a_sip_uri_without_a_user_is_a_domain() {
        //= rfc5922#7.1-6 without userinfo the hostpart of a sip URI is accepted
        assertThat(of(uri("sip:example.com"), uri("sip:example.org:5070;transport=tls")))
                .containsExactly("example.com", "example.org");
        //= rfc5922#7.1-5 one with a userpart is not, for it identifies an individual user
        //= rfc5922#7.1-4 and no URI whose scheme is another than sip
        assertThat(of(uri("sip:bob@example.com"), uri("sips:example.com"), uri("tel:1"),
                uri("http://example.com"), uri("sip:"), uri("")))
                .isEmpty();
    }

    //= rfc5922#7.1-7 a domain name system identifier only if no sip URI is found
    @Test void a_name_of_the_dns_counts_where_no_sip_uri_is() {
        assertThat(of(dns("example.com"), dns("example.org")))
                .containsExactly("example.com", "example.org");
        assertThat(of(dns("www.example.com"), uri("sip:example.com")))
                .containsExactly("example.com");
        assertThat(of(dns("example.com"), uri("sip:bob@example.com")))
                .containsExactly("example.com");
        //= rfc5922#7.1-3 no other types of value are acceptable
        assertThat(of(List.of(1, "bob@example.com"), List.of(7, "192.0.2.1"))).isEmpty();
    }

    @Test void the_common_name_counts_where_there_is_no_other() {
        //= rfc5922#7.1-8,9 a valid DNS name in the CN, if no subjectAltName appears
        assertThat(SipDomains.of(new Shown("O=Ours,CN=example.com,C=DE", null)))
                .containsExactly("example.com");
        assertThat(of(uri("http://example.com"))).isEmpty();
        assertThat(SipDomains.of(new Shown("CN=The Example Company", null))).isEmpty();
        assertThat(SipDomains.of(new Shown("CN=*.example.com", null))).isEmpty();
        //  part of another value is no CN, and a long one is only long
        assertThat(SipDomains.of(new Shown("O=Ours\\,CN=example.com,C=DE", null))).isEmpty();
        var deep = "a.".repeat(20_000) + "example";
        assertThat(SipDomains.of(new Shown("CN=" + deep, null))).containsExactly(deep);
    }

    @Test void domains_are_compared_as_a_whole() {
        //= rfc5922#7.2-2 as DNS names, case insensitive
        assertThat(proves("EXAMPLE.com", dns("Example.COM"))).isTrue();
        assertThat(proves("example.com.", dns("example.com"))).isTrue();
        //= rfc5922#7.2-4,5 in their entirety, no suffixes
        assertThat(proves("foo.example.com", dns("example.com"))).isFalse();
        assertThat(proves("example.com", dns("foo.example.com"))).isFalse();
        //= rfc5922#7.2-6 no form of wildcard
        for (var wild : List.of("*.example.com", ".example.com", "*", "*.com"))
            assertThat(proves("foo.example.com", dns(wild))).as(wild).isFalse();
        //= rfc5922#7.2-1 no scheme and no parameters are used in the comparison
        assertThat(proves("example.com", uri("sip:example.com:5070;lr"))).isTrue();
    }

    //= rfc5922#7.2-3 internationalized domain names
    @Test void a_name_in_another_script_is_its_ascii_form() {
        assertThat(proves("müller.example", dns("xn--mller-kva.example"))).isTrue();
        assertThat(proves("MÜLLER.example", dns("xn--mller-kva.example"))).isTrue();
        assertThat(proves("mueller.example", dns("xn--mller-kva.example"))).isFalse();
    }

    @Test void an_address_is_proven_by_an_address() {
        assertThat(proves("192.0.2.1", List.of(7, "192.0.2.1"))).isTrue();
        assertThat(proves("[2001:db8::1]", List.of(7, "2001:db8:0:0:0:0:0:1"))).isTrue();
        assertThat(proves("192.0.2.1", dns("192.0.2.1"))).isFalse();
    }

    /// A certificate of which nothing is looked at but its names.
    @SuppressWarnings({"deprecation", "serial"})
    private static final class Shown extends X509Certificate {
        private static final long serialVersionUID = 1;

        private final transient String subject;
        private final transient Collection<List<?>> names;

        Shown(String subject, Collection<List<?>> names) {
            this.subject = subject;
            this.names = names;
        }

        @Override public X500Principal getSubjectX500Principal() {
            return new X500Principal(subject);
        }

        @Override public Collection<List<?>> getSubjectAlternativeNames() { return names; }

        @Override public void checkValidity() { }
        @Override public void checkValidity(Date date) { }
        @Override public int getVersion() { return 3; }
        @Override public BigInteger getSerialNumber() { return BigInteger.ONE; }
        @Override public Principal getIssuerDN() { return getSubjectX500Principal(); }
        @Override public Principal getSubjectDN() { return getSubjectX500Principal(); }
        @Override public Date getNotBefore() { return new Date(0); }
        @Override public Date getNotAfter() { return new Date(0); }
        @Override public byte[] getTBSCertificate() { return new byte[0]; }
        @Override public byte[] getSignature() { return new byte[0]; }
        @Override public String getSigAlgName() { return ""; }
        @Override public String getSigAlgOID() { return ""; }
        @Override public byte[] getSigAlgParams() { return new byte[0]; }
        @Override public boolean[] getIssuerUniqueID() { return new boolean[0]; }
        @Override public boolean[] getSubjectUniqueID() { return new boolean[0]; }
        @Override public boolean[] getKeyUsage() { return new boolean[0]; }
        @Override public int getBasicConstraints() { return -1; }
        @Override public byte[] getEncoded() { return new byte[0]; }
        @Override public void verify(PublicKey key) { }
        @Override public void verify(PublicKey key, String provider) { }
        @Override public String toString() { return subject; }
        @Override public PublicKey getPublicKey() { return null; }
        @Override public boolean hasUnsupportedCriticalExtension() { return false; }
        @Override public Set<String> getCriticalExtensionOIDs() { return Set.of(); }
        @Override public Set<String> getNonCriticalExtensionOIDs() { return Set.of(); }
        @Override public byte[] getExtensionValue(String oid) { return new byte[0]; }
    }
}
