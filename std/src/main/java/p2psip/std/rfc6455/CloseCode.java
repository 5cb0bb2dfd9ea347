package p2psip.std.rfc6455;

/// Why a connection ends, as a number. Those from 3000 on are for libraries and those from 4000 on
/// for programs.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-7.4 RFC 6455 §7.4
public final class CloseCode {
    //= rfc6455#7.4.1-1 the pre-defined status codes that a Close frame may have
    public static final int NORMAL = 1000, GOING_AWAY = 1001, PROTOCOL_ERROR = 1002,
            UNSUPPORTED_DATA = 1003, INVALID_PAYLOAD = 1007, POLICY_VIOLATION = 1008,
            TOO_BIG = 1009, INTERNAL_ERROR = 1011;

    /// Stand for what was not said: there was no status code, no Close frame.
    public static final int NO_STATUS = 1005, ABNORMAL = 1006;

    private static final int LAST_DEFINED = 1014, LIBRARIES = 3000, END = 5000;

    private CloseCode() {}

    /// Whether a Close frame may say it.
    static boolean maySay(int code) {
        //= rfc6455#7.4.1-3,4,6 reserved values: 1005, 1006 and 1015 are in no Close frame
        return code >= NORMAL && code <= UNSUPPORTED_DATA
                || code >= INVALID_PAYLOAD && code <= LAST_DEFINED
                || code >= LIBRARIES && code < END;
    }
}
