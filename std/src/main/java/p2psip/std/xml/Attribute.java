package p2psip.std.xml;

/// An attribute of an element, its value as it is meant: references resolved, white space spaces.
public record Attribute(Name name, String value) {

    /// @throws SyntaxException if no attribute can be so
    public Attribute {
        if (name.namespace().isEmpty() && name.local().equals("xmlns"))
            throw new SyntaxException("no attribute, but a declaration: xmlns");
        Grammar.text(value);
    }

    /// In no namespace, as most are.
    public Attribute(String name, String value) { this(new Name("", name), value); }

    /// `to="bob"`, with all escaped that would end it or be taken for a space.
    @Override public String toString() { return name + "=\"" + escaped(value) + "\""; }

    static String escaped(String value) {
        return Text.escaped(value).replace("\"", "&quot;").replace("\t", "&#9;")
                .replace("\n", "&#10;");
    }
}
