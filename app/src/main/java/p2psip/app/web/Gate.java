package p2psip.app.web;

import module java.base;
import com.sun.net.httpserver.Headers;

/// Who may ask: the node's user by his programs, and no page in his browser.
///
/// @param port where it listens
record Gate(int port, Token token) {

    /// Whether it is asked under its own name, and by no page but its own.
    ///
    /// @throws Refused if not
    void fromHere(Headers headers) {
        var host = one(headers, "Host").orElseThrow(() ->
                new Refused(400, "one Host is needed"));
        //  a name that leads here though it is another's: DNS rebinding
        if (!hosts().contains(host)) throw new Refused(403, "this is not " + printable(host));
        if (headers.containsKey("Origin")
                && one(headers, "Origin").filter(("http://" + host)::equals).isEmpty())
            throw new Refused(403, "not for pages of another site");
        if (headers.containsKey("Sec-Fetch-Site") && one(headers, "Sec-Fetch-Site")
                .filter(site -> site.equals("same-origin") || site.equals("none")).isEmpty())
            throw new Refused(403, "not for pages of another site");
    }

    /// Whether who asks has the token.
    ///
    /// @throws Refused if this is somebody else
    void known(Headers headers) {
        var bearer = one(headers, "Authorization").filter(value ->
                value.regionMatches(true, 0, "Bearer ", 0, 7)).map(value -> value.substring(7));
        if (bearer.filter(token::matches).isEmpty()) throw new Refused(401,
                "the token is needed that stands in " + Plate.TOKEN + " of the node's home",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    private Set<String> hosts() {
        return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /// The value of a field that may come once.
    private static Optional<String> one(Headers headers, String name) {
        var all = headers.getOrDefault(name, List.of());
        return all.size() == 1 ? Optional.of(all.getFirst().strip()) : Optional.empty();
    }

    private static String printable(String text) {
        return text.replaceAll("[^!-~]", "?").substring(0, Math.min(80, text.length()));
    }
}
