package p2psip.std.rfc8656;

/// The methods that TURN adds to STUN.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-17 RFC 8656 §17
public final class Method {
    public static final int ALLOCATE = 3, REFRESH = 4, SEND = 6, DATA = 7, CREATE_PERMISSION = 8,
            CHANNEL_BIND = 9;

    private Method() {}
}
