package p2psip.std.rfc2396;

import module java.base;

/// When two SIP URIs are the same.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.4 RFC 3261 §19.1.4
final class SipUriEquality {
    private static final List<String> ALWAYS_COUNT = List.of("user", "ttl", "method", "maddr");

    private SipUriEquality() {}

    static boolean same(SipUri a, SipUri b) {
        return a.scheme().equals(b.scheme())
                //= rfc3261#19.1.4¶3 the userinfo is case-sensitive, the other components are not
                && Escapes.canonical(a.user()).equals(Escapes.canonical(b.user()))
                && Escapes.canonical(a.password()).equals(Escapes.canonical(b.password()))
                && HostName.canonical(a.host()).equals(HostName.canonical(b.host()))
                //= rfc3261#19.1.4¶9 a default port that is written out differs from one omitted
                && a.port().equals(b.port())
                && sameParams(a.params(), b.params())
                && sameHeaders(a.headers(), b.headers());
    }

    private static boolean sameParams(Params a, Params b) {
        for (var p : a.list()) {
            var other = b.raw(p.name());
            //= rfc3261#19.1.4¶12 a parameter of both URIs must match
            //= rfc3261#19.1.1-12 one that nobody understands is ignored where only one has it
            //  of one that is there twice, which none may be, the first counts, as everywhere
            if (other.isPresent() && !same(a.raw(p.name()).orElseThrow(), other.get()))
                return false;
        }
        //= rfc3261#19.1.4¶13 user, ttl and method in only one of the URIs never match
        for (var name : ALWAYS_COUNT) if (a.has(name) != b.has(name)) return false;
        //= rfc3261#19.1.4¶21 a transport in only one of two URIs makes them different as well
        return a.has("transport") == b.has("transport");
    }

    private static boolean sameHeaders(Params a, Params b) {
        //= rfc3261#19.1.4-1 a header component of one URI is present in the other and matches
        return inOrder(a).equals(inOrder(b));
    }

    private static List<String> inOrder(Params headers) {
        return headers.list().stream().map(header -> header.name().toLowerCase(Locale.ROOT) + "="
                + Escapes.canonical(header.value())).sorted().toList();
    }

    private static boolean same(String a, String b) {
        return Escapes.canonical(a).equalsIgnoreCase(Escapes.canonical(b));
    }
}
