package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.*;

/// From bytes to a [Message]: finds the lines, and leaves their values as they are.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-7 RFC 3261 §7
final class Parser {
    /// More header fields than this in one message are refused.
    static final int MAX_HEADERS = 512;

    private static final String VERSION = " SIP/2.0";

    private final byte[] bytes;
    private String trouble = "";
    private int status = 400;

    private Parser(byte[] bytes) { this.bytes = bytes; }

    static Message parse(byte[] bytes) { return new Parser(bytes).message(); }

    private Message message() {
        //= rfc3261#7.5-1 CRLF before the start-line is ignored
        int start = skipLineEnds(0), end = endOfHeaders(bytes, start, bytes.length);
        if (end < 0) {
            trouble("no empty line after the header fields");
            end = bytes.length;
        }
        // what is no UTF-8 is not removed
        var text = Bytes.utf8(bytes, start, end);
        int lineEnd = endOfLine(text, 0);
        var startLine = text.substring(0, lineEnd);
        if (endsForOthers(startLine)) trouble("NUL or CR in the start line");
        var headers = headers(text, nextLine(text, lineEnd));
        int bodyStart = end == bytes.length ? end : nextLine(bytes, end);
        var body = Bytes.slice(bytes, bodyStart, bodyEnd(headers, bodyStart));
        if (startLine.startsWith("SIP/")) {
            var response = response(startLine, headers, body);
            if (!trouble.isEmpty()) throw new SyntaxException(trouble);
            return response;
        }
        var request = request(startLine, headers, body);
        if (!trouble.isEmpty()) throw new SyntaxException(trouble, status, Optional.of(request));
        return request;
    }

    private void trouble(String what) { if (trouble.isEmpty()) trouble = what; }

    private Request request(String line, List<Header> headers, Bytes body) {
        int blank = line.indexOf(' ');
        if (blank < 1) throw new SyntaxException("bad start line: " + line);
        var method = line.substring(0, blank);
        int version = line.length() - VERSION.length();
        //= rfc3261#7.1-5 the version string is compared without regard to case
        if (version <= blank || !line.regionMatches(true, version, VERSION, 0, VERSION.length())) {
            var last = line.substring(line.lastIndexOf(' ') + 1);
            if (last.matches("SIP/[0-9]+\\.[0-9]+")) status = 505;
            trouble(status == 505 ? "SIP version " + last : "bad start line: " + line);
            version = line.length();
        }
        //= rfc3261#7.1-1 no space within the Request-URI, so there are just two in the line
        var uri = line.substring(blank + 1, version);
        if (uri.isEmpty() || uri.indexOf(' ') >= 0 || uri.indexOf('\t') >= 0)
            trouble("blank in the start line: " + line);
        return new Request(method, uri, headers, body);
    }

    private static Response response(String line, List<Header> headers, Bytes body) {
        if (!line.regionMatches(true, 0, "SIP/2.0 ", 0, 8) || line.length() < 11
                || line.length() > 11 && line.charAt(11) != ' '
                || !Grammar.isNumber(line.substring(8, 11), 999))
            throw new SyntaxException("bad start line: " + line);
        int status = Integer.parseInt(line, 8, 11, 10);
        if (status < 100 || status > 699) throw new SyntaxException("no such status: " + line);
        return new Response(status, line.length() > 12 ? line.substring(12) : "", headers, body);
    }

    private List<Header> headers(String text, int at) {
        var headers = new ArrayList<Header>(16);
        while (at < text.length()) {
            int end = endOfLine(text, at), next = nextLine(text, end);
            String line = text.substring(at, end);
            //= rfc3261#7.3.1¶4 a line that begins with a blank continues the field above, as one SP
            if (next < text.length() && isBlank(text.charAt(next))) {
                var unfolded = new StringBuilder(line);
                for (; next < text.length() && isBlank(text.charAt(next));
                        next = nextLine(text, end)) {
                    end = endOfLine(text, next);
                    //= rfc3261#25.1-1 the linear white space of a line break becomes a single SP
                    unfolded.append(' ').append(text.substring(next, end).strip());
                }
                line = unfolded.toString();
            }
            if (headers.size() == MAX_HEADERS) {
                trouble("more than " + MAX_HEADERS + " header fields");
                break;
            }
            header(line).ifPresentOrElse(headers::add, () -> trouble("bad header field"));
            at = next;
        }
        return headers;
    }

    private static Optional<Header> header(String line) {
        int colon = line.indexOf(':');
        int end = colon;
        while (end > 0 && isBlank(line.charAt(end - 1))) end--;
        return end > 0 && Grammar.isToken(line, 0, end) && !endsForOthers(line)
                ? Optional.of(new Header(line.substring(0, end), line.substring(colon + 1)))
                : Optional.empty();
    }

    /// Whether some other element would see the end of this line, or of a text in it, before we do.
    private static boolean endsForOthers(String line) {
        //= rfc3261#25.1¶12 a CR cannot be escaped, a NUL can
        return line.contains("\r")
                || line.contains("\0") && line.replace("\\\0", "").contains("\0");
    }

    /// A length that is no number, or more than there is, is left to the validator.
    private int bodyEnd(List<Header> headers, int start) {
        boolean typed = false;
        for (var h : headers) {
            //= rfc3261#18.3-1 bytes behind the end of the body are discarded
            if (h.is("Content-Length")) return Grammar.isNumber(h.value(), bytes.length - start)
                    ? start + Integer.parseInt(h.value()) : bytes.length;
            typed |= h.is("Content-Type");
        }
        //= rfc3261#18.3¶1 no length: it ends with the datagram; but stray line ends are no body
        return typed || skipLineEnds(start) < bytes.length ? bytes.length : start;
    }

    private int skipLineEnds(int at) {
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        return at;
    }

    /// Where the empty line begins, or -1. A lone LF ends a line too, as many senders have it.
    static int endOfHeaders(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') continue;
            if (i + 1 < to && bytes[i + 1] == '\n') return i + 1;
            if (i + 2 < to && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 1;
        }
        return -1;
    }

    static int nextLine(byte[] bytes, int at) { return bytes[at] == '\r' ? at + 2 : at + 1; }

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
