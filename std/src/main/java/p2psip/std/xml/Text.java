package p2psip.std.xml;

/// Text between tags as it is meant: references and CDATA are ways to write it, and gone.
public record Text(String text) implements Node {

    /// @throws SyntaxException if it has a character that no document can have
    public Text { Grammar.text(text); }

    /// With all escaped that would end it or be lost.
    @Override public String toString() { return escaped(text); }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
