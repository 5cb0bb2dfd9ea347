package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;

/// The body of a message with what says how to read it; a UA core carries it and looks no further.
///
/// @param type the value of Content-Type
public record Content(String type, Bytes bytes) {
    public static final String SDP = "application/sdp";

    public static Content sdp(String text) { return new Content(SDP, Bytes.utf8(text)); }

    public static Content text(String text) {
        return new Content("text/plain;charset=UTF-8", Bytes.utf8(text));
    }

    static Optional<Content> of(Message message) {
        return message.body().isEmpty() ? Optional.empty() : Optional.of(
                new Content(message.first("Content-Type").orElse(""), message.body()));
    }

    /// `type/subtype` without parameters, in lower case.
    public String mediaType() { return mediaType(type); }

    static String mediaType(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip()
                .toLowerCase(Locale.ROOT);
    }
}
