package p2psip.std.rfc4566;

import module java.base;

/// An `a=` line.
///
/// @param value empty for a property such as `sendonly`
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.13 RFC 4566 §5.13
public record Attribute(String name, String value) {
    public Attribute {
        //= rfc4566#5.13-1 names are ASCII
        if (name.isEmpty() || !name.chars().allMatch(c -> c >= ' ' && c < 127 && c != ':'))
            throw new SyntaxException("name of an attribute: " + name);
        //= rfc4566#5-1 attribute values may use all of ISO 10646, names only ASCII
        //= rfc4566#5.13-2 values may hold any octet but three
        Fields.text(value);
    }

    public static Attribute flag(String name) { return new Attribute(name, ""); }

    static Attribute parse(String text) {
        int colon = text.indexOf(':');
        //= rfc4566#5-7 any attribute will do: one that is not understood is not asked for
        //= rfc4566#5.13-4 and so ignored, by whoever receives it
        return colon < 0 ? flag(text)
                : new Attribute(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override public String toString() { return value.isEmpty() ? name : name + ":" + value; }

    /// What has attributes: a session or a medium.
    public interface Holder {
        List<Attribute> attributes();

        default boolean has(String name) { return attribute(name).isPresent(); }

        /// The value of the first attribute of that name.
        default Optional<String> attribute(String name) { return all(name).findFirst(); }

        /// The values of all attributes of that name, in order.
        default Stream<String> all(String name) {
            return attributes().stream().filter(a -> a.name.equals(name)).map(Attribute::value);
        }
    }
}
