package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;

/// The parts of a SIP message: the start line, a field for each header field, the empty line, and
/// the lines of a session description.
final class SipParts {
    private static final String CRLF = "\r\n";

    private SipParts() {}

    static void message(Knife knife, Bytes bytes) {
        var message = Message.parse(bytes);
        switch (message) {
            case Request request -> {
                knife.text("method", request.method() + " ", HeaderMeaning.method(request.method()),
                        "rfc3261#7.1");
                knife.text("Request-URI", request.uri() + " ", "Who is meant, at this hop.",
                        "rfc3261#8.1.1.1");
                knife.text("SIP-Version", "SIP/2.0" + CRLF, "The version, and the end of the line.",
                        "rfc3261#7.1");
            }
            case Response response -> {
                knife.text("SIP-Version", "SIP/2.0 ", "The version.", "rfc3261#7.2");
                knife.text("Status-Code", response.status() + " ",
                        HeaderMeaning.status(response.status()), "rfc3261#21");
                knife.text("Reason-Phrase", response.reason() + CRLF, "The same for people.",
                        "rfc3261#7.2");
            }
        }
        for (var header : message.headers())
            knife.text(header.name(), header.name() + ": " + header.value() + CRLF,
                    HeaderMeaning.of(header, message), HeaderMeaning.section(header.name()));
        knife.bytes("empty line", Bytes.utf8(CRLF), "CR LF", "The header ends, the body begins.",
                "rfc3261#7");
        if (message.first("Content-Type").filter("application/sdp"::equals).isPresent())
            SdpParts.description(knife, message.body());
        else knife.bytes("body", message.body(), message.body().utf8(), "The body.", "rfc3261#7.4");
    }

    /// The value of a header field alone, as the tables show it beside its name.
    static String value(Field field) {
        var begin = field.name() + ": ";
        return field.value().startsWith(begin) ? field.value().substring(begin.length())
                : field.value();
    }
}
