package p2psip.app.media;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;

/// Descriptions in messages.
final class SdpBodies {
    private SdpBodies() {}

    /// That of a message; nothing if it has none that can be read.
    static Optional<SessionDescription> in(Message message) {
        if (message.body().isEmpty() || message.first("Content-Type").filter(type ->
                type.toLowerCase(Locale.ROOT).startsWith("application/sdp")).isEmpty())
            return Optional.empty();
        try {
            return Optional.of(SessionDescription.parse(message.body()));
        } catch (p2psip.std.SyntaxException e) {
            return Optional.empty();   // what it is owed the telephone will say
        }
    }

    /// The same message with another.
    static Message into(Message message, SessionDescription description) {
        var body = Bytes.utf8(description.toString());
        return switch (message) {
            case Request request -> request.withBody("application/sdp", body);
            case Response response -> response.withBody("application/sdp", body);
        };
    }
}
