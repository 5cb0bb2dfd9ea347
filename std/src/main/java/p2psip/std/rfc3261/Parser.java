package p2psip.std.rfc3261;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// From bytes to a [Message]: finds the lines, and leaves their values as they are.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-7 RFC 3261 §7
final class Parser {
    /// More header fields than this in one message are refused.
    static final int MAX_HEADERS = 512;

    private Parser() {}

    static Message parse(byte[] bytes) {
        int start = skipEmptyLines(bytes);
        int end = endOfHeaders(bytes, start);
        if (end < 0) throw new SyntaxException("no empty line after the header fields");
        var text = new String(bytes, start, end - start, UTF_8);
        int lineEnd = endOfLine(text, 0);
        var startLine = text.substring(0, lineEnd);
        var headers = headers(text, nextLine(text, lineEnd));
        int bodyStart = nextLine(bytes, end);
        var body = Bytes.slice(bytes, bodyStart, bodyEnd(headers, bodyStart, bytes.length));
        return startLine.startsWith("SIP/")
                ? response(startLine, headers, body) : request(startLine, headers, body);
    }

    private static Request request(String line, List<Header> headers, Bytes body) {
        int method = line.indexOf(' '), version = line.lastIndexOf(' ');
        if (method < 1 || version <= method + 1 || !line.startsWith("SIP/", version + 1)
                || line.indexOf(' ', method + 1) != version)
            throw new SyntaxException("bad start line: " + line);
        return new Request(line.substring(0, method), line.substring(method + 1, version),
                headers, body);
    }

    private static Response response(String line, List<Header> headers, Bytes body) {
        if (!line.regionMatches(true, 0, "SIP/2.0 ", 0, 8) || line.length() < 11
                || line.length() > 11 && line.charAt(11) != ' ')
            throw new SyntaxException("bad start line: " + line);
        int status = 0;
        for (int i = 8; i < 11; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) throw new SyntaxException("bad start line: " + line);
            status = status * 10 + digit;
        }
        if (status < 100 || status > 699) throw new SyntaxException("no such status: " + line);
        return new Response(status, line.length() > 12 ? line.substring(12) : "", headers, body);
    }

    private static List<Header> headers(String text, int at) {
        var headers = new ArrayList<Header>(16);
        while (at < text.length()) {
            int end = endOfLine(text, at), next = nextLine(text, end);
            String line = text.substring(at, end);
            if (next < text.length() && isBlank(text.charAt(next))) {
                var unfolded = new StringBuilder(line);
                for (; next < text.length() && isBlank(text.charAt(next)); next = nextLine(text, end)) {
                    end = endOfLine(text, next);
                    unfolded.append(' ').append(text.substring(next, end).strip());
                }
                line = unfolded.toString();
            }
            headers.add(header(line));
            if (headers.size() > MAX_HEADERS) throw new SyntaxException("too many header fields");
            at = next;
        }
        return headers;
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        int end = colon;
        while (end > 0 && isBlank(line.charAt(end - 1))) end--;
        if (end < 1 || isBlank(line.charAt(0)))
            throw new SyntaxException("header field without a name: " + line);
        return new Header(line.substring(0, end), line.substring(colon + 1));
    }

    /// A length that is no number, or more than there is, is left to the validator.
    private static int bodyEnd(List<Header> headers, int start, int end) {
        for (var h : headers)
            if (h.is("Content-Length")) {
                try {
                    int length = Integer.parseInt(h.value());
                    return length < 0 || length > end - start ? end : start + length;
                } catch (NumberFormatException e) {
                    return end;
                }
            }
        return end;
    }

    /// Empty lines before a message are keep-alives.
    private static int skipEmptyLines(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        return at;
    }

    /// Where the empty line begins, or -1; a lone LF ends a line too.
    static int endOfHeaders(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != '\n') continue;
            if (i + 1 < bytes.length && bytes[i + 1] == '\n') return i + 1;
            if (i + 2 < bytes.length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 1;
        }
        return -1;
    }

    private static int nextLine(byte[] bytes, int at) { return bytes[at] == '\r' ? at + 2 : at + 1; }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        if (end < 0) end = text.length();
        return end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static int nextLine(String text, int end) {
        int next = text.indexOf('\n', end);
        return next < 0 ? text.length() : next + 1;
    }

    private static boolean isBlank(char c) { return c == ' ' || c == '\t'; }
}
