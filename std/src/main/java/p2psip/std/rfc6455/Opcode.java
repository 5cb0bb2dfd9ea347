package p2psip.std.rfc6455;

import module java.base;

/// What a frame is for.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-11.8 RFC 6455 §11.8
enum Opcode {
    CONTINUATION(0), TEXT(1), BINARY(2), CLOSE(8), PING(9), PONG(10);

    private final int number;

    Opcode(int number) { this.number = number; }

    int number() { return number; }

    boolean isControl() { return number >= 8; }

    /// @throws SyntaxException if no frame is for that
    static Opcode of(int number) {
        //= rfc6455#5.2-4 an unknown opcode fails the connection
        return Arrays.stream(values()).filter(each -> each.number == number).findFirst()
                .orElseThrow(() -> new SyntaxException("opcode " + number + " is not known"));
    }
}
