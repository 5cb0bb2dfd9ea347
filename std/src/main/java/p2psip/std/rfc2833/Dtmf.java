package p2psip.std.rfc2833;

import module java.base;

/// The keys of a telephone and the events they make.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2833#section-3.10 RFC 2833 §3.10
public final class Dtmf {
    //= rfc2833#6.1-1 events 0 through 15 are supported
    private static final String KEYS = "0123456789*#ABCD";
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?");

    /// The last event that is a DTMF digit.
    static final int LAST = 15;

    /// A hook flash.
    public static final int FLASH = 16;

    private Dtmf() {}

    /// The event of a key: `0`-`9`, `*`, `#`, `A`-`D` in any case; empty if there is no such key.
    public static OptionalInt event(char key) {
        //= rfc2833#3.3-1 digits, star, pound and A to D are the events 0 to 15
        int event = KEYS.indexOf(Character.toUpperCase(key));
        return event < 0 ? OptionalInt.empty() : OptionalInt.of(event);
    }

    /// Whether each character is a key.
    public static boolean areKeys(String text) {
        return text.chars().allMatch(key -> event((char) key).isPresent());
    }

    /// The events that a peer takes, as the fmtp of its format lists them: `0-15,66,70`. What
    /// cannot be read is left out.
    public static SortedSet<Integer> events(String fmtp) {
        var events = new TreeSet<Integer>();
        //= rfc4733#2.5.1.1-3 without a list the DTMF events and no others are supported
        //= rfc4733#A-1 that is what to assume of a receiver that says nothing
        for (var range : (fmtp.isBlank() ? "0-15" : fmtp.replaceFirst("^events=", "")).split(",")) {
            var ends = RANGE.matcher(range.strip());
            if (!ends.matches()) continue;
            int first = Integer.parseInt(ends.group(1));
            int last = ends.group(2) == null ? first : Integer.parseInt(ends.group(2));
            for (int event = first; event <= Math.min(last, 255); event++) events.add(event);
        }
        return events;
    }

    /// The key of an event.
    public static Optional<Character> key(int event) {
        return event >= 0 && event < KEYS.length()
                ? Optional.of(KEYS.charAt(event)) : Optional.empty();
    }
}
