package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.xml.Element;

/// What a document says in attributes and cannot leave out.
public final class Attributes {
    private static final long MOST = 0xffffffffL;

    private Attributes() {}

    /// @throws SyntaxException if it is not there
    public static String need(Element element, String name) {
        return element.attribute(name).orElseThrow(() ->
                new SyntaxException("no " + name + " in " + element.local()));
    }

    /// @throws SyntaxException if it is not there, or no number of 32 bits
    public static long number(Element element, String name) {
        return number(element.local(), need(element, name));
    }

    /// The same of one that may be left out.
    public static Optional<Long> count(Element element, String name) {
        return element.attribute(name).map(text -> number(element.local(), text));
    }

    private static long number(String where, String text) {
        if (!Grammar.isNumber(text.strip(), MOST))
            throw new SyntaxException("no number in " + where + ": " + text);
        return Long.parseLong(text.strip());
    }

    /// One of a few words, which are the names of constants in lower case, with hyphens.
    ///
    /// @throws SyntaxException if it is none of them
    public static <E extends Enum<E>> E word(Class<E> of, String text) {
        return Stream.of(of.getEnumConstants()).filter(each -> word(each).equals(text.strip()))
                .findFirst().orElseThrow(() -> new SyntaxException("not one of "
                        + Stream.of(of.getEnumConstants()).map(Attributes::word).toList()
                        + ": " + text));
    }

    /// As it is written.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the document says all, or what is new.
    ///
    /// @throws SyntaxException if it says neither
    public static boolean full(Element root) {
        return switch (need(root, "state").strip()) {
            case "full" -> true;
            case "partial" -> false;
            default -> throw new SyntaxException("neither full nor partial: " + root.local());
        };
    }

    /// The root, if it is what it should be.
    ///
    /// @throws SyntaxException if it is another
    public static Element root(Element root, String namespace, String local) {
        if (!root.is(namespace, local))
            throw new SyntaxException("no " + local + ", but " + root.local());
        return root;
    }
}
