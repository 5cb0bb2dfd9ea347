package p2psip.std.xml;

/// Octets into characters, one at a time. What is ill-formed is refused, not mended: two readers
/// who mend differently read two documents.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3629#section-4 RFC 3629 §4
final class Utf8 {
    /// The character has not ended.
    static final int MORE = -1;

    /// What has come of a character, how many octets it lacks, and between which the next must be.
    private int code, missing, low, high;

    boolean partial() { return missing > 0; }

    /// The character that ends with this octet, or [#MORE].
    int take(byte octet) {
        int b = octet & 0xff;
        if (missing == 0) return first(b);
        if (b < low || b > high) throw ill(b);
        expect(code << 6 | b & 0x3f, missing - 1, 0x80, 0xbf);
        return missing == 0 ? code : MORE;
    }

    private int first(int b) {
        if (b < 0x80) return b;
        switch (b) {
            case 0xe0 -> expect(0x0, 2, 0xa0, 0xbf);       // else it would be overlong
            case 0xed -> expect(0xd, 2, 0x80, 0x9f);       // else a surrogate
            case 0xf0 -> expect(0x0, 3, 0x90, 0xbf);       // overlong
            case 0xf4 -> expect(0x4, 3, 0x80, 0x8f);       // beyond U+10FFFF
            default -> {
                if (b >= 0xc2 && b <= 0xdf) expect(b & 0x1f, 1, 0x80, 0xbf);
                else if (b >= 0xe1 && b <= 0xef) expect(b & 0xf, 2, 0x80, 0xbf);
                else if (b >= 0xf1 && b <= 0xf3) expect(b & 0x7, 3, 0x80, 0xbf);
                else throw ill(b);
            }
        }
        return MORE;
    }

    private void expect(int code, int missing, int low, int high) {
        this.code = code;
        this.missing = missing;
        this.low = low;
        this.high = high;
    }

    private static SyntaxException ill(int b) {
        return new SyntaxException(String.format("no UTF-8: octet %02x", b));
    }
}
