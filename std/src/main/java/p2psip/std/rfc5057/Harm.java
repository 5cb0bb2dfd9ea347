package p2psip.std.rfc5057;

/// What a failure of a request within a dialog ends: nothing but its transaction, the usage that it
/// is part of, or the dialog with all its usages.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.1 RFC 5057 §5.1
public enum Harm {
    TRANSACTION, USAGE, DIALOG;

    public static Harm of(int status) {
        return switch (status) {
            //= rfc3261#12.2.1.2-2,3 481, 408 or no response within a dialog end it, for who asked
            case 405, 408, 480, 481, 489, 501 -> USAGE;
            case 404, 410, 416, 482, 483, 484, 485, 502, 604 -> DIALOG;
            default -> TRANSACTION;
        };
    }
}
