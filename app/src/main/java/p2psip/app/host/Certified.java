package p2psip.app.host;

import module java.base;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Names and the key that may speak for them: what a listener by TLS shows.
///
/// @param chain its certificate, then those of who has signed it
public record Certified(List<X509Certificate> chain, PrivateKey key) {
    private static final int DNS = 2, IP = 7;

    public Certified {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("no certificate");
    }

    /// The first name that it proves, or nothing if it proves none.
    public Optional<String> name() { return names(chain.getFirst()).stream().findFirst(); }

    /// Whether it is a certificate for a name or the text of an address.
    public boolean proves(String wanted) { return proves(chain.getFirst(), wanted); }

    /// Never the key.
    @Override public String toString() { return "certified " + names(chain.getFirst()); }

    /// Whether a certificate is for a name or the text of an address.
    static boolean proves(X509Certificate certificate, String wanted) {
        if (isAddress(wanted)) return alternatives(certificate, IP).stream().anyMatch(
                ip -> isAddress(ip) && address(ip).equals(address(wanted)));
        return names(certificate).stream().anyMatch(each -> matches(each, wanted));
    }

    //= rfc8489#6.2.3-10 the identity of a server: DNS-ID, else CN-ID; a wildcard is a first label
    private static boolean matches(String shown, String wanted) {
        var name = plain(wanted);
        var pattern = plain(shown);
        if (!pattern.startsWith("*.")) return pattern.equals(name);
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1))
                && pattern.indexOf('.', 2) > 0;
    }

    private static String plain(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /// The names of a certificate: those of the DNS, else its common name.
    static List<String> names(X509Certificate certificate) {
        var names = alternatives(certificate, DNS);
        if (!names.isEmpty()) return names;
        return alternatives(certificate, IP).isEmpty() ? commonName(certificate)
                : alternatives(certificate, IP);
    }

    private static List<String> commonName(X509Certificate certificate) {
        try {
            var subject = certificate.getSubjectX500Principal().getName();
            return new LdapName(subject).getRdns().reversed().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> "" + part.getValue()).limit(1).toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static List<String> alternatives(X509Certificate certificate, int kind) {
        try {
            var all = certificate.getSubjectAlternativeNames();
            return all == null ? List.of() : all.stream().filter(each -> each.get(0).equals(kind))
                    .map(each -> "" + each.get(1)).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static boolean isAddress(String text) {
        return text.contains(":") || text.matches("[\\d.]+");
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal.replaceAll("[\\[\\]]", ""));
    }
}
