package p2psip.std.rfc5922;

import module java.base;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2396.SyntaxException;

/// For which SIP domains a certificate speaks that was found valid.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5922#section-7.1 RFC 5922 §7.1
public final class SipDomains {
    /// Kinds of alternative names (RFC 5280 §4.2.1.6).
    private static final int DNS = 2, URI = 6, IP = 7;

    /// Of a name as RFC 2253 writes it: a comma behind a backslash is of the value before. It is
    /// possessive, for who has made the certificate may have made it long.
    private static final Pattern COMMON_NAME = Pattern.compile(
            "(?:^|(?<!\\\\)[,+])CN=((?:[A-Za-z0-9-]++\\.)*+[A-Za-z0-9-]++)(?:$|[,+])");

    private SipDomains() {}

    /// Its SIP domain identities, as they are written.
    public static List<String> of(X509Certificate certificate) {
        var names = alternatives(certificate);
        if (names.isEmpty()) return List.of();
        //= rfc5922#7.1-8,9 the CN alone where there is no subjectAltName, if it is a DNS name
        if (names.get().isEmpty()) return commonName(certificate);
        //= rfc5922#7.1-3 types that are acceptable for a SIP domain identity: URI and DNS
        var uris = of(names.get(), URI).flatMap(SipDomains::domain).toList();
        //= rfc5922#7.1-7 one of the DNS only if no identity of the sip URI type is found
        return uris.isEmpty() ? of(names.get(), DNS).toList() : uris;
    }

    /// Whether it speaks for a domain, or for the text of an address.
    public static boolean proves(X509Certificate certificate, String domain) {
        var address = HostName.literal(domain);
        //  an address is no domain, but who is called by it can be no other
        if (address.isPresent()) return of(alternatives(certificate).orElse(List.of()), IP)
                .anyMatch(ip -> HostName.literal(ip).equals(address));
        return of(certificate).stream().anyMatch(identity -> same(identity, domain));
    }

    /// Whether two domains are one.
    static boolean same(String identity, String domain) {
        //= rfc5922#7.2-2 values are compared as DNS names, without regard to case
        //= rfc5922#7.2-4,5,6 in their entirety: no suffixes match, and no wildcard
        return ascii(identity).equals(ascii(domain));
    }

    private static String ascii(String name) {
        try {
            //= rfc5922#7.2-3 internationalized domain names are handled as their ASCII form
            var text = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        } catch (IllegalArgumentException e) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private static Stream<String> domain(String uri) {
        try {
            //= rfc5922#7.1-4 a URI whose scheme is not sip is not accepted
            return SipUri.parse(uri) instanceof SipUri sip && !sip.secure()
                    //= rfc5922#7.1-5 nor one with a userpart, which is an individual user
                    && sip.user().isEmpty()
                    //= rfc5922#7.1-6 without userinfo the hostpart is an identity
                    //= rfc5922#7.2-1 and nothing else, whatever parameters there are
                    ? Stream.of(sip.host()) : Stream.of();
        } catch (SyntaxException e) {
            return Stream.of();
        }
    }

    private static List<String> commonName(X509Certificate certificate) {
        return COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName()).results()
                .map(found -> found.group(1)).limit(1).toList();
    }

    private static Stream<String> of(List<List<?>> names, int kind) {
        return names.stream().filter(name -> name.get(0).equals(kind))
                .map(name -> "" + name.get(1));
    }

    /// Nothing if they cannot be read, which is not as if there were none.
    private static Optional<List<List<?>>> alternatives(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return Optional.of(names == null ? List.of() : List.copyOf(names));
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }
}
