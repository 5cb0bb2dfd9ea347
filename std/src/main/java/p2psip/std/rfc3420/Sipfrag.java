package p2psip.std.rfc3420;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.ua.Content;

/// What is left of a SIP message when its start line, some of its header fields or its body are
/// taken away.
///
/// @param startLine empty if there is none
/// @spec https://www.rfc-editor.org/rfc/rfc3420#section-2 RFC 3420 §2
public record Sipfrag(String startLine, List<Header> headers, Bytes body) {
    public static final String TYPE = "message/sipfrag";

    private static final Pattern STATUS_LINE = Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d)( .*)?");
    private static final Pattern REQUEST_LINE = Pattern.compile("\\S+ \\S+ SIP/2\\.0");
    private static final Pattern END_OF_HEAD = Pattern.compile("(?:\\A|\r?\n)\r?\n");
    private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]+");

    public Sipfrag { headers = List.copyOf(headers); }

    /// A status line alone.
    public static Sipfrag of(int status, String reason) {
        return new Sipfrag("SIP/2.0 " + status + " " + reason, List.of(), Bytes.EMPTY);
    }

    /// @throws SyntaxException if it is no part of a message
    public static Sipfrag parse(Bytes bytes) {
        var text = bytes.utf8();
        var end = END_OF_HEAD.matcher(text);
        boolean whole = end.find();
        var head = whole ? text.substring(0, end.start()) : text;
        var lines = FOLD.matcher(head).replaceAll(" ").lines().filter(l -> !l.isBlank()).toList();
        var start = lines.stream().findFirst().filter(Sipfrag::isStartLine).orElse("");
        return new Sipfrag(start,
                lines.stream().skip(start.isEmpty() ? 0 : 1).map(Sipfrag::header).toList(),
                whole ? Bytes.utf8(text.substring(end.end())) : Bytes.EMPTY);
    }

    private static boolean isStartLine(String line) {
        return STATUS_LINE.matcher(line).matches() || REQUEST_LINE.matcher(line).matches();
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || !Grammar.isToken(line.substring(0, colon).strip()))
            throw new SyntaxException("no header field: " + line);
        return new Header(line.substring(0, colon).strip(), line.substring(colon + 1));
    }

    /// What a status line says; empty if there is none.
    public OptionalInt status() {
        var line = STATUS_LINE.matcher(startLine);
        return line.matches() ? OptionalInt.of(Integer.parseInt(line.group(1)))
                : OptionalInt.empty();
    }

    /// The reason of a status line; empty if there is none.
    public String reason() {
        var line = STATUS_LINE.matcher(startLine);
        return line.matches() && line.group(2) != null ? line.group(2).strip() : "";
    }

    public Content content() {
        return new Content(TYPE + ";version=2.0", Bytes.utf8(toString()));
    }

    @Override public String toString() {
        var text = new StringBuilder();
        if (!startLine.isEmpty()) text.append(startLine).append("\r\n");
        for (var header : headers)
            if (!header.is("Content-Length")) text.append(header).append("\r\n");
        //= rfc3420#2-1 a body has the fields that describe it, and an empty line before it
        return body.isEmpty() ? text.toString() : text.append("Content-Length: ")
                .append(body.size()).append("\r\n\r\n").append(body.utf8()).toString();
    }
}
