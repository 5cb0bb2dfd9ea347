package p2psip.std.xml;

/// The name of an element or attribute. Two are equal if namespace and local name are: the prefix
/// is how somebody wrote it, kept to write it so again.
///
/// @param namespace empty if it is in none
/// @param prefix    empty if none, or none that can stand for this namespace, was given
/// @spec https://www.w3.org/TR/xml-names/#ns-qualnames Namespaces in XML 1.0 §4
public record Name(String namespace, String local, String prefix) {
    /// What the prefix `xml` stands for, everywhere.
    public static final String XML = "http://www.w3.org/XML/1998/namespace";
    /// What `xmlns` stands for: no element or attribute is in it.
    static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    /// @throws SyntaxException if nothing can have that name
    public Name {
        if (!Grammar.isName(local)) throw new SyntaxException("no name: " + Grammar.shown(local));
        Grammar.text(namespace);
        if (namespace.equals(XMLNS)) throw new SyntaxException("no element or attribute is xmlns");
        if (namespace.equals(XML)) prefix = "xml";
        else if (namespace.isEmpty() || reserved(prefix) || !Grammar.isName(prefix)) prefix = "";
    }

    public Name(String namespace, String local) { this(namespace, local, ""); }

    /// Prefixes that nobody gives a meaning to.
    static boolean reserved(String prefix) {
        return prefix.equals("xml") || prefix.equals("xmlns");
    }

    Name withPrefix(String other) { return new Name(namespace, local, other); }

    boolean is(String inNamespace, String named) {
        return local.equals(named) && namespace.equals(inNamespace);
    }

    @Override public boolean equals(Object o) {
        return o instanceof Name other && is(other.namespace, other.local);
    }

    @Override public int hashCode() { return 31 * namespace.hashCode() + local.hashCode(); }

    /// As it stands in a tag: `dm:person`.
    @Override public String toString() { return prefix.isEmpty() ? local : prefix + ":" + local; }
}
