package p2psip.std.rfc4568;

import module java.base;

/// What an `a=crypto` line says besides suite and keys.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4568#section-6.3 RFC 4568 §6.3
public sealed interface SessionParameter {
    /// Keys are derived anew each `2^power` packets.
    record KeyDerivationRate(int power) implements SessionParameter {}

    record UnencryptedSrtp() implements SessionParameter {}

    record UnencryptedSrtcp() implements SessionParameter {}

    record UnauthenticatedSrtp() implements SessionParameter {}

    /// @param afterwards whether FEC is applied after SRTP, which is not the default
    record FecOrder(boolean afterwards) implements SessionParameter {}

    /// Keys of its own for forward error correction: a secret.
    record FecKey(String keys) implements SessionParameter {
        @Override public String toString() { return "FecKey[]"; }
    }

    record WindowSizeHint(int size) implements SessionParameter {}

    /// One that nobody here knows.
    ///
    /// @param text with the `-` in front of it, if it may be ignored
    record Extension(String text) implements SessionParameter {
        boolean optional() { return text.startsWith("-"); }
    }

    static SessionParameter parse(String text) {
        int equals = text.indexOf('=');
        var value = text.substring(equals + 1);
        return switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            //= rfc4568#6.3.1-1 1 to 24, without leading zeroes
            case "KDR=" -> new KeyDerivationRate(number(value, "[1-9]|1[0-9]|2[0-4]"));
            case "UNENCRYPTED_SRTP" -> new UnencryptedSrtp();
            case "UNENCRYPTED_SRTCP" -> new UnencryptedSrtcp();
            case "UNAUTHENTICATED_SRTP" -> new UnauthenticatedSrtp();
            case "FEC_ORDER=" -> switch (value) {
                case "FEC_SRTP" -> new FecOrder(false);
                case "SRTP_FEC" -> new FecOrder(true);
                default -> throw new SyntaxException(text);
            };
            case "FEC_KEY=" -> new FecKey(value);
            //= rfc4568#6.3.6-2 a decimal integer without leading zeroes, 64 at least
            case "WSH=" -> new WindowSizeHint(
                    number(value, "6[4-9]|[7-9][0-9]|[1-9][0-9]{2,8}"));
            default -> new Extension(text);
        };
    }

    private static int number(String text, String form) {
        if (!text.matches(form)) throw new SyntaxException("session parameter of " + text);
        return Integer.parseInt(text);
    }

    /// As it stands in the line.
    default String text() {
        return switch (this) {
            case KeyDerivationRate(int power) -> "KDR=" + power;
            case UnencryptedSrtp() -> "UNENCRYPTED_SRTP";
            case UnencryptedSrtcp() -> "UNENCRYPTED_SRTCP";
            case UnauthenticatedSrtp() -> "UNAUTHENTICATED_SRTP";
            case FecOrder(boolean afterwards) ->
                    "FEC_ORDER=" + (afterwards ? "SRTP_FEC" : "FEC_SRTP");
            case FecKey(var keys) -> "FEC_KEY=" + keys;
            case WindowSizeHint(int size) -> "WSH=" + size;
            case Extension(var text) -> text;
        };
    }

    /// Whether both sides have to say it, or each for what it sends.
    default boolean negotiated() {
        return this instanceof UnencryptedSrtp || this instanceof UnencryptedSrtcp
                || this instanceof UnauthenticatedSrtp;
    }
}
