package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc5621.*;

/// A session description with what says how to read it; a UA core carries it and looks no further.
///
/// @param type the value of Content-Type
public record Content(String type, Bytes bytes) {
    public static final String SDP = "application/sdp";

    public static Content sdp(String text) { return new Content(SDP, Bytes.utf8(text)); }

    /// The session description in a message; empty if its body is none, or is something else.
    static Optional<Content> of(Message message) {
        //= rfc3261#7.4.1-3 a multipart body may be in a message: its part for the session
        return Multipart.find(message, part -> part.disposition().equals("session"))
                .map(part -> new Content(part.type(), part.bytes()));
    }

    /// `type/subtype` without parameters, in lower case.
    public String mediaType() { return BodyPart.plain(type); }
}
