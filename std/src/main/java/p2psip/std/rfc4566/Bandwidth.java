package p2psip.std.rfc4566;

/// A `b=` line; types not known are kept and mean nothing.
///
/// @param type `CT` for the whole conference, `AS` for one medium, `RR`, `RS`, `TIAS` ...
/// @param value of CT and AS in kilobits per second
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.8 RFC 4566 §5.8
public record Bandwidth(String type, long value) {
    public Bandwidth {
        Fields.word(type);
        if (type.indexOf(':') >= 0 || value < 0) throw new SyntaxException("bandwidth: " + type);
    }

    static Bandwidth parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) throw new SyntaxException("bandwidth without a type: " + text);
        //= rfc4566#5.8-5 a modifier that is unknown is kept, and ignored
        return new Bandwidth(text.substring(0, colon), Fields.number(text.substring(colon + 1)));
    }

    @Override public String toString() { return type + ":" + value; }
}
