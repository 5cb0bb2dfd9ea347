package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.Digests;

/// What a client asks of a server, and whether an answer is one to it.
///
/// @param protocols what may be spoken, the preferred first
/// @param origin    the page for which the client asks, if it is a browser
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-4.1 RFC 6455 §4.1
public record Call(WebSocketUri uri, List<String> protocols, Optional<String> origin) {
    static final int VERSION = 13;
    static final int KEY = 16;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public Call { protocols = List.copyOf(protocols); }

    /// As a program asks that is no browser.
    public static Call of(WebSocketUri uri, String... protocols) {
        return new Call(uri, List.of(protocols), Optional.empty());
    }

    /// What a server shows that has read the key.
    static String accept(String key) {
        return Base64.getEncoder().encodeToString(
                Digests.hash("SHA-1", (key + GUID).getBytes(StandardCharsets.US_ASCII)));
    }

    /// @param key 16 bytes by chance, in Base64
    Head head(String key) {
        //= rfc6455#4.1-18,19 a valid HTTP request: GET, of at least 1.1
        var first = "GET " + uri.resource() + " HTTP/1.1";   //= rfc6455#4.1-20 the /resource name/
        var words = new ArrayList<>(List.of(
                //= rfc6455#4.1-21 Host: host and port, when that is not the default
                "Host", uri.authority(),
                //= rfc6455#4.1-22,23 Upgrade has websocket, Connection has Upgrade
                "Upgrade", "websocket", "Connection", "Upgrade",
                "Sec-WebSocket-Key", key, "Sec-WebSocket-Version", "" + VERSION));
        if (!protocols.isEmpty())
            words.addAll(List.of("Sec-WebSocket-Protocol", String.join(", ", protocols)));
        //= rfc6455#4.1-25 Origin only for who has pages, as a browser
        origin.ifPresent(page -> words.addAll(List.of("Origin", page)));
        return Head.of(first, words.toArray(String[]::new));
    }

    /// The protocol that a server has chosen.
    ///
    /// @throws SyntaxException if this is no answer to that
    //= rfc6455#4.1-28 the answer is validated
    Optional<String> accepted(Head answer, String key) {
        var status = answer.first().split(" ", 3);
        if (status.length < 2 || !status[0].matches("HTTP/1\\.[1-9]"))
            throw new SyntaxException("no answer of HTTP/1.1");
        if (!status[1].equals("101")) throw new SyntaxException("it answers "
                + answer.first().substring(status[0].length() + 1));
        //= rfc6455#4.1-29 without Upgrade, or with another value than websocket, it fails
        if (!answer.one("Upgrade").orElse("").equalsIgnoreCase("websocket"))
            throw new SyntaxException("it does not upgrade to websocket");
        //= rfc6455#4.1-33 and without Connection it does not conform to what is required
        if (!answer.lists("Connection", "Upgrade"))
            throw new SyntaxException("it does not upgrade the connection");
        //= rfc6455#11.3.3-1 nor does that header field appear twice
        //= rfc6455#4.1-30 Sec-WebSocket-Accept must be the hash of the key
        if (!answer.one("Sec-WebSocket-Accept").orElse("").equals(accept(key)))
            throw new SyntaxException("it has not read the key");
        //= rfc6455#4.1-31 an extension was not asked for
        if (!answer.list("Sec-WebSocket-Extensions").isEmpty())
            throw new SyntaxException("it has extensions that nobody asked for");
        var chosen = answer.one("Sec-WebSocket-Protocol");
        //= rfc6455#4.1-32 a subprotocol that was not asked for
        if (chosen.isPresent() && !protocols.contains(chosen.get()))
            throw new SyntaxException("it has chosen a protocol that nobody asked for");
        return chosen;
    }
}
