package p2psip.app.portmap;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;

/// One answer of a router by HTTP/1.1, taken as its bytes come in; and how it is asked.
final class Http {
    /// Bytes of the longest answer that is read.
    static final int MAX = 65_536;

    /// What can stand in a request line and means nothing else there.
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,500}");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    /// A whole answer.
    record Reply(int status, String body) {}

    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    static boolean isPath(String path) { return PATH.matcher(path).matches(); }

    static Bytes get(InetSocketAddress at, String path) {
        return Bytes.utf8("GET " + path + " HTTP/1.1\r\nHost: " + HostName.text(at)
                + "\r\nConnection: close\r\n\r\n");
    }

    /// @param action of SOAP, as its header has it
    static Bytes post(InetSocketAddress at, String path, String action, String body) {
        var bytes = Bytes.utf8(body);
        return Bytes.utf8("POST " + path + " HTTP/1.1\r\nHost: " + HostName.text(at)
                + "\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \"" + action
                + "\"\r\nConnection: close\r\nContent-Length: " + bytes.size() + "\r\n\r\n"
                + body);
    }

    /// Takes more of it; answers it when it is whole.
    ///
    /// @throws SyntaxException if it is no answer, or too long
    Optional<Reply> take(Bytes more) {
        if (got.size() + more.size() > MAX) throw new SyntaxException("an answer without end");
        got.writeBytes(more.toArray());
        return reply(false);
    }

    /// The stream has ended, and with it an answer that does not say how long it is.
    ///
    /// @throws SyntaxException if it is none
    Optional<Reply> end() { return reply(true); }

    private Optional<Reply> reply(boolean ended) {
        var text = got.toString(StandardCharsets.ISO_8859_1);
        int blank = text.indexOf("\r\n\r\n");
        if (blank < 0) return Optional.empty();
        var lines = text.substring(0, blank).split("\r\n", -1);
        var status = STATUS.matcher(lines[0]);
        if (!status.matches()) throw new SyntaxException("no HTTP");
        var body = text.substring(blank + 4);
        var length = field(lines, "content-length").map(Http::number);
        var whole = field(lines, "transfer-encoding").isPresent() ? chunks(body)
                : length.isPresent() ? length.filter(n -> body.length() >= n)
                        .map(n -> body.substring(0, n))
                : ended ? Optional.of(body) : Optional.<String>empty();
        return whole.map(octets -> new Reply(Integer.parseInt(status.group(1)), new String(
                octets.getBytes(StandardCharsets.ISO_8859_1), UTF_8)));
    }

    private static Optional<String> field(String[] lines, String name) {
        return Stream.of(lines).skip(1).filter(line -> line.toLowerCase(Locale.ROOT)
                .startsWith(name + ":")).map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,6}")) throw new SyntaxException("no length: " + text);
        return Integer.parseInt(text);
    }

    /// What stands in chunks, when the last one is there.
    private static Optional<String> chunks(String text) {
        var body = new StringBuilder();
        for (int at = 0; ; ) {
            int end = text.indexOf("\r\n", at);
            if (end < 0) return Optional.empty();
            var size = text.substring(at, end).replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9a-fA-F]{1,5}")) throw new SyntaxException("no chunk");
            int length = Integer.parseInt(size, 16);
            if (length == 0) return Optional.of("" + body);
            if (text.length() < end + 2 + length + 2) return Optional.empty();
            body.append(text, end + 2, end + 2 + length);
            at = end + 2 + length + 2;
        }
    }
}
