package p2psip.std.rfc1035;

import module java.base;

/// What is asked of the DNS: the records of one type that a name has.
///
/// @param name in lower case, without the dot of the root, whose own name is empty
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.2 RFC 1035 §4.1.2
public record Question(String name, Type type) {

    /// The types that are asked for, by the DNS's numbers.
    public enum Type {
        A(1), AAAA(28), SRV(33), NAPTR(35);

        private final int number;

        Type(int number) { this.number = number; }

        public int number() { return number; }
    }

    public Question { name = plain(name); }

    /// The one spelling of a name.
    static String plain(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override public String toString() { return name + " " + type; }
}
