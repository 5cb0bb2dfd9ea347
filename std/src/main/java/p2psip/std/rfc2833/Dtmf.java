package p2psip.std.rfc2833;

import module java.base;

/// The keys of a telephone and the events they make.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2833#section-3.10 RFC 2833 §3.10
public final class Dtmf {
    private static final String KEYS = "0123456789*#ABCD";

    /// A hook flash.
    public static final int FLASH = 16;

    private Dtmf() {}

    //= rfc2833#3.3-1 digits, star, pound and A to D are the events 0 to 15
    /// The event of a key: `0`-`9`, `*`, `#`, `A`-`D` in any case; empty if there is no such key.
    public static OptionalInt event(char key) {
        int event = KEYS.indexOf(Character.toUpperCase(key));
        return event < 0 ? OptionalInt.empty() : OptionalInt.of(event);
    }

    /// The key of an event.
    public static Optional<Character> key(int event) {
        return event >= 0 && event < KEYS.length()
                ? Optional.of(KEYS.charAt(event)) : Optional.empty();
    }
}
