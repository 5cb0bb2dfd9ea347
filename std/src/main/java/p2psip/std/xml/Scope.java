package p2psip.std.xml;

import module java.base;
import p2psip.std.Bytes;

/// What prefixes stand for in one element: what its tag declares, and else what they did outside.
/// To look one up costs a step for each element that is open, of which there are few.
///
/// @spec https://www.w3.org/TR/xml-names/#scoping-defaulting Namespaces in XML 1.0 §6
final class Scope {
    /// Around the root: names without prefix are in no namespace.
    static final Scope OUTERMOST = new Scope(null, Map.of("", "", "xml", Name.XML));

    private final Scope outer;
    private final Map<String, String> declared;

    private Scope(Scope outer, Map<String, String> declared) {
        this.outer = outer;
        this.declared = declared;
    }

    Scope with(Map<String, String> more) { return more.isEmpty() ? this : new Scope(this, more); }

    Optional<String> namespace(String prefix) {
        for (var scope = this; scope != null; scope = scope.outer)
            if (scope.declared.containsKey(prefix)) return Optional.of(scope.declared.get(prefix));
        return Optional.empty();
    }

    /// The scope within a tag.
    Scope inside(Tag tag, int longest) {
        var more = new HashMap<String, String>();
        for (var each : tag.attributes()) {
            if (!declares(each.name())) continue;
            var prefix = each.name().prefix().isEmpty() ? "" : each.name().local();
            refuseDeclaration(prefix, each, longest);
            if (more.put(prefix, each.value()) != null)
                throw wrong("attribute twice: ", each.name());
        }
        return with(more);
    }

    /// @spec https://www.w3.org/TR/xml-names/#ns-decl Namespaces in XML 1.0 §3
    private static void refuseDeclaration(String prefix, Tag.Value declaration, int longest) {
        var namespace = declaration.value();
        if (Bytes.utf8(Attribute.escaped(namespace)).size() > longest)
            throw wrong("namespace of more than " + longest + " octets: ", declaration.name());
        if (prefix.equals("xmlns") || namespace.equals(Name.XMLNS)
                || prefix.equals("xml") != namespace.equals(Name.XML))
            throw wrong("xml and xmlns stand for themselves: ", declaration.name());
        if (!prefix.isEmpty() && namespace.isEmpty())
            throw wrong("prefix for no namespace: ", declaration.name());
    }

    private static boolean declares(Tag.Written name) {
        return name.prefix().equals("xmlns")
                || name.prefix().isEmpty() && name.local().equals("xmlns");
    }

    /// The attributes of a tag within this scope, without its declarations.
    List<Attribute> attributes(Tag tag) {
        var attributes = new ArrayList<Attribute>();
        for (var each : tag.attributes())
            if (!declares(each.name()))
                attributes.add(new Attribute(attributeName(each.name()), each.value()));
        return attributes;
    }

    /// A default namespace is not for attributes.
    private Name attributeName(Tag.Written name) {
        return name.prefix().isEmpty() ? new Name("", name.local()) : name(name);
    }

    Name name(Tag.Written name) {
        var namespace = namespace(name.prefix())
                .orElseThrow(() -> wrong("prefix that nobody declares: ", name));
        return new Name(namespace, name.local(), name.prefix());
    }

    private static SyntaxException wrong(String why, Tag.Written name) {
        return new SyntaxException(why + name, name.at());
    }
}
