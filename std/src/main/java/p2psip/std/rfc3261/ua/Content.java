package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;

/// A session description with what says how to read it; a UA core carries it and looks no further.
///
/// @param type the value of Content-Type
public record Content(String type, Bytes bytes) {
    public static final String SDP = "application/sdp";

    public static Content sdp(String text) { return new Content(SDP, Bytes.utf8(text)); }

    public static Content text(String text) {
        return new Content("text/plain;charset=UTF-8", Bytes.utf8(text));
    }

    /// The session description in a message; empty if its body is none, or is something else.
    static Optional<Content> of(Message message) {
        return message.body().isEmpty() || !disposition(message).equals("session")
                ? Optional.empty() : Optional.of(new Content(type(message), message.body()));
    }

    /// The type of the body: of one that has none it is what a call would have there.
    static String type(Message message) { return message.first("Content-Type").orElse(SDP); }

    /// What the body is for: `session`, `render` ...
    static String disposition(Message message) {
        return message.first("Content-Disposition").map(Content::mediaType)
                //= rfc3261#20.11-1 where it is missing SDP is for the session, the rest to render
                .orElseGet(() -> mediaType(type(message)).equals(SDP) ? "session" : "render");
    }

    /// `type/subtype` without parameters, in lower case.
    public String mediaType() { return mediaType(type); }

    static String mediaType(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip()
                .toLowerCase(Locale.ROOT);
    }
}
