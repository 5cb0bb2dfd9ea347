/// Domains in certificates: whom a certificate speaks for, in SIP.
///
/// Who connects by TLS has a domain in mind, that of the URI which led here, and the certificate of
/// the other side has to name that very domain: not a host of it, and not by a wildcard, for
/// `*.example.com` may be the certificate of a web server that has nothing to say in SIP.
///
/// | a certificate has | it speaks for |
/// |---|---|
/// | `URI:sip:example.com`, `DNS:www.example.com` | example.com alone |
/// | `DNS:example.com`, `DNS:*.example.com` | example.com, and not for its hosts |
/// | `URI:sip:bob@example.com` | no domain |
/// | no alternative name, and CN=example.com | example.com |
///
/// [SipDomains] reads and compares (§7.1, §7.2). The rest is the business of who has the sockets:
/// the validity of a certificate, which name is asked for, what becomes of a connection whose peer
/// does not prove it (§7.3, §7.4).
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): what is
/// for those who get certificates.
package p2psip.std.rfc5922;
