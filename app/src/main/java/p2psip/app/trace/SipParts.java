package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// The parts of a SIP message: the start line, a field for each header field, the empty line, and
/// the lines of a session description.
final class SipParts {
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]+");

    private SipParts() {}

    /// @param message what the codec has read
    static void message(Knife knife, Message message) {
        int empty = emptyLines(knife);
        knife.bytes("empty line", knife.next(empty), "CR LF",
                "Before the start line it is passed over.", "rfc3261#7.5-1");
        startLine(knife, message);
        for (var header : message.headers()) header(knife, header, message);
        knife.bytes("empty line", knife.next(Math.min(emptyLine(knife), knife.left())), "CR LF",
                "The header ends, the body begins.", "rfc3261#7-1");
        var body = message.body();
        if (SdpParts.isBodyOf(message)) SdpParts.description(knife, body);
        else knife.bytes("body", body, body.utf8(), "The body.", "rfc3261#7.4-1");
        knife.rest("Behind the end of the body: nobody reads it.", "rfc3261#18.3-1");
    }

    /// Of what looks like a SIP message and is none: its lines, as far as anybody reads them.
    static void lines(Knife knife) {
        for (int n = 0; n < Knife.LINES && knife.left() > 0; n++) {
            var line = line(knife, false);
            knife.bytes("line", line, line.utf8().strip(), "A line of text.", "");
        }
        knife.rest("More lines than are shown.", "");
    }

    private static int emptyLines(Knife knife) {
        int n = 0;
        while (n < knife.left() && (knife.peek(n) == '\r' || knife.peek(n) == '\n')) n++;
        return n;
    }

    private static int emptyLine(Knife knife) {
        return knife.left() > 0 && knife.peek(0) == '\r' ? 2 : 1;
    }

    /// The next line with its end.
    ///
    /// @param folded whether lines that continue it belong to it
    private static Bytes line(Knife knife, boolean folded) {
        int end = 0, left = knife.left();
        do {
            while (end < left && knife.peek(end) != '\n') end++;
            end = Math.min(end + 1, left);
        } while (folded && end < left && (knife.peek(end) == ' ' || knife.peek(end) == '\t'));
        return knife.next(end);
    }

    private static void startLine(Knife knife, Message message) {
        var line = line(knife, false).utf8();
        switch (message) {
            case Request request -> {
                var method = request.method() + " ";
                var uri = request.uri() + " ";
                knife.text("method", method, HeaderMeaning.method(request.method()),
                        HeaderMeaning.methodSource(request.method()));
                knife.text("Request-URI", uri, "Who is meant, at this hop.", "rfc3261#8.1.1.1-1");
                knife.text("SIP-Version", line.substring(method.length() + uri.length()),
                        "The version, and the end of the line.", "rfc3261#7.1-4");
            }
            case Response response -> {
                knife.text("SIP-Version", line.substring(0, 8), "The version.", "rfc3261#7.1-4");
                knife.text("Status-Code", line.substring(8, Math.min(12, line.length())),
                        HeaderMeaning.status(response.status()),
                        HeaderMeaning.statusSource(response.status()));
                knife.text("Reason-Phrase", line.substring(Math.min(12, line.length())),
                        "The same for people.", "rfc3261#7.2¶4");
            }
        }
    }

    private static void header(Knife knife, Header header, Message message) {
        var line = line(knife, true);
        var text = FOLD.matcher(line.utf8().stripTrailing()).replaceAll(" ");
        int colon = text.indexOf(':');
        if (colon < 0 || !new Header(text.substring(0, colon).strip(), text.substring(colon + 1))
                .equals(header)) throw new IllegalStateException(
                header.name() + " is to its codec what is not on the wire");
        knife.bytes(header.name(), line, line.utf8().strip(), meaning(header, message),
                HeaderMeaning.source(header.name()));
    }

    private static String meaning(Header header, Message message) {
        try {
            return HeaderMeaning.of(header, message);
        } catch (p2psip.std.SyntaxException e) {
            return "Not well formed: " + e.getMessage() + ".";
        }
    }
}
