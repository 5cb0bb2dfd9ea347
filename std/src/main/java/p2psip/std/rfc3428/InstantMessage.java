package p2psip.std.rfc3428;

import module java.base;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.Tokens;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3261.ua.UserAgent.Command;

/// A text to somebody, in a request of its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3428#section-4 RFC 3428 §4
public final class InstantMessage {
    public static final String METHOD = "MESSAGE";

    /// The longest text: with the header fields around it a message stays under 1300 bytes.
    //= rfc3428#8-2 a MESSAGE may not be larger than 1300 bytes: a text has at most 600 of them
    public static final int MAX_BYTES = 600;

    private static final String TEXT = "text/plain";

    private InstantMessage() {}

    /// Sends a text; the user agent tells the outcome under this id.
    ///
    /// @throws IllegalArgumentException if the text is longer than [#MAX_BYTES]
    public static Command.Send send(long id, String uri, String text) {
        //= rfc3428#4-1 the body is of the type text/plain
        var content = Content.text(text);
        if (content.bytes().size() > MAX_BYTES)
            throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
        //= rfc3428#4-2 a lone request of the user agent has no Contact
        //= rfc3428#2-1 and no dialog is created for it
        //= rfc3428#9-1 it contains a body, with its type
        return new Command.Send(id, METHOD, uri, Optional.of(content));
    }

    /// The text that somebody sent; empty if it is none.
    public static Optional<String> text(Request message) {
        //= rfc3428#7-5 bodies of the type text/plain are shown
        var type = new Content(message.first("Content-Type").orElse(TEXT), message.body());
        return type.mediaType().equals(TEXT) ? Optional.of(message.body().utf8())
                : Optional.empty();
    }

    /// The answer to it, to be sent at once.
    public static Response answer(Request message, RandomGenerator random) {
        //= rfc3428#7-2 the 200 has no body
        //= rfc3428#7-3 and no Contact
        var ok = Reply.to(message, 200, Tokens.token(random));
        return text(message).isPresent() ? ok
                : Reply.to(message, 415, Tokens.token(random)).with("Accept", TEXT);
    }
}
