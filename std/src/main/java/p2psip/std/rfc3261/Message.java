package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;

/// A SIP message: a start line, the header fields in the order received, a body.
///
/// Header values stay text, so what nobody understands travels on untouched; a typed view
/// ([Via], [CSeq], [Address]) is made where one is needed. A message never changes: `with` and
/// `without` answer another.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-7 RFC 3261 §7
public sealed interface Message {

    List<Header> headers();

    Bytes body();

    /// A request: `INVITE sip:bob@biloxi.com SIP/2.0`.
    ///
    /// @param uri as written: a parsed view is `Uri.parse(uri)`
    record Request(String method, String uri, List<Header> headers, Bytes body) implements Message {
        public Request { headers = List.copyOf(headers); }

        @Override public Request change(Consumer<List<Header>> change) {
            return new Request(method, uri, changed(headers, change), body);
        }

        @Override public Request with(String name, String text) { return change(set(name, text)); }

        @Override public Request without(String name) { return change(remove(name)); }

        public Request withUri(String uri) { return new Request(method, uri, headers, body); }

        /// With a body that is not encoded.
        public Request withBody(String contentType, Bytes body) {
            //= rfc3261#7.4.1-1 Content-Type gives the media type of the body
            //= rfc3261#20.15-1 so it is present whenever there is one
            //= rfc3261#7.4.1-2 and Content-Encoding is omitted
            return new Request(method, uri, headers, body).with("Content-Type", contentType)
                    .without("Content-Encoding");
        }

        public boolean is(String method) { return this.method.equals(method); }

        //= rfc3261#7.1-4 every message that is sent says SIP/2.0
        @Override public String startLine() { return method + " " + uri + " SIP/2.0"; }

        @Override public String toString() { return Printer.text(this); }
    }

    /// A response: `SIP/2.0 180 Ringing`.
    record Response(int status, String reason, List<Header> headers, Bytes body)
            implements Message {
        public Response { headers = List.copyOf(headers); }

        @Override public Response change(Consumer<List<Header>> change) {
            return new Response(status, reason, changed(headers, change), body);
        }

        @Override public Response with(String name, String text) { return change(set(name, text)); }

        @Override public Response without(String name) { return change(remove(name)); }

        /// With a body that is not encoded.
        public Response withBody(String contentType, Bytes body) {
            //= rfc3261#20.12-5 no encoding is used, whatever Accept-Encoding lists
            return new Response(status, reason, headers, body).with("Content-Type", contentType)
                    .without("Content-Encoding");
        }

        /// For how long its sender wants to be left alone.
        public Optional<Duration> retryAfter() {
            return first("Retry-After").map(value -> value.split("[^0-9]", 2)[0])
                    .flatMap(Grammar::seconds);
        }

        public boolean provisional() { return status < 200; }

        public boolean success() { return status >= 200 && status < 300; }

        @Override public String startLine() { return "SIP/2.0 " + status + " " + reason; }

        @Override public String toString() { return Printer.text(this); }
    }

    String startLine();

    /// Another message whose header fields were changed in place by `change`.
    Message change(Consumer<List<Header>> change);

    /// With this field once: in place of the first of that name, or at the end.
    Message with(String name, String text);

    Message without(String name);

    /// The first value of a header field, whatever the case or compact form of its name.
    default Optional<String> first(String name) {
        var wanted = Header.canonical(name);
        for (var h : headers()) if (h.is(wanted)) return Optional.of(h.value());
        return Optional.empty();
    }

    default boolean has(String name) { return first(name).isPresent(); }

    /// All values of a header field in order, a value per line of the message.
    default List<String> all(String name) {
        var wanted = Header.canonical(name);
        var values = new ArrayList<String>(4);
        for (var h : headers()) if (h.is(wanted)) values.add(h.value());
        return values;
    }

    /// All elements of a header field that is a comma-separated list: Via, Contact, Allow ...
    default List<String> list(String name) {
        var elements = new ArrayList<String>(4);
        //= rfc3261#7.3.1-3,5 rows of a name may be combined with commas, or not: it means the same
        for (var value : all(name)) CommaList.split(value, elements);
        return elements;
    }

    /// Whether one of the values is this token, an option tag for example.
    default boolean lists(String name, String token) {
        //= rfc3261#7.3.1¶11 tokens are always case-insensitive
        return list(name).stream().anyMatch(token::equalsIgnoreCase);
    }

    /// @throws SyntaxException if the field is missing
    default String need(String name) {
        return first(name).orElseThrow(() -> new SyntaxException("no " + name + " header field"));
    }

    default Via topVia() { return Via.parse(CommaList.first(need("Via"))); }

    default Address from() { return Address.parse(need("From")); }

    default Address to() { return Address.parse(need("To")); }

    default String callId() { return need("Call-ID"); }

    default CSeq cseq() { return CSeq.parse(need("CSeq")); }

    private static List<Header> changed(List<Header> headers, Consumer<List<Header>> change) {
        var list = new ArrayList<Header>(headers.size() + 4);
        list.addAll(headers);
        change.accept(list);
        return list;
    }

    private static Consumer<List<Header>> set(String name, String value) {
        return list -> {
            var header = new Header(name, value);
            int at = Header.first(list, header.name());
            list.subList(at, list.size()).removeIf(h -> h.is(header.name()));
            list.add(at, header);
        };
    }

    private static Consumer<List<Header>> remove(String name) {
        var wanted = Header.canonical(name);
        return list -> list.removeIf(h -> h.is(wanted));
    }

    /// Reads one whole message from a datagram: a `Request-Line` or a `Status-Line`, header fields,
    /// an empty line, and a body, which is what Content-Length says, or the rest.
    ///
    /// @throws SyntaxException if not even a start line and header fields can be told apart
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    static Message parse(Bytes datagram) { return Parser.parse(datagram.toArray()); }

    /// Reads a message written as text with line ends of any kind, for tests and examples.
    static Message parse(String text) {
        return parse(Bytes.utf8(text.replace("\r\n", "\n").replace("\n", "\r\n")));
    }

    /// The message as sent, with a Content-Length that is right.
    default Bytes encode() { return Printer.bytes(this); }

    /// One line for a ladder: `INVITE sip:bob@example.com`, `200 OK (INVITE)`.
    default String summary() {
        return switch (this) {
            case Request request -> request.method + " " + request.uri;
            case Response response -> response.status + " " + response.reason + " ("
                    + first("CSeq").orElse("").replaceAll("^\\S*\\s*", "") + ")";
        };
    }
}
