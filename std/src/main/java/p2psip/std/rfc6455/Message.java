package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.Bytes;

/// What one end says to the other: as a whole, and in order.
///
/// @param isText whether its bytes are text in UTF-8; else they are anything
public record Message(boolean isText, Bytes bytes) {

    public static Message text(String text) { return new Message(true, Bytes.utf8(text)); }

    public static Message binary(Bytes bytes) { return new Message(false, bytes); }

    /// Text, if these bytes are text.
    public static Message of(Bytes bytes) {
        try {
            return of(Opcode.TEXT, bytes);
        } catch (SyntaxException e) {
            return binary(bytes);
        }
    }

    /// @throws SyntaxException if it is not as it says
    static Message of(Opcode opcode, Bytes bytes) {
        boolean isText = opcode == Opcode.TEXT;
        //= rfc6455#5.6-1 the whole of a text message is valid UTF-8
        if (isText) checkText(bytes);
        return new Message(isText, bytes);
    }

    /// @throws SyntaxException if these bytes are no text
    static String checkText(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.buffer()).toString();
        } catch (CharacterCodingException e) {
            //= rfc6455#8.1-1 text that is not valid UTF-8 fails the connection
            throw new SyntaxException(CloseCode.INVALID_PAYLOAD, "text that is no UTF-8");
        }
    }
}
