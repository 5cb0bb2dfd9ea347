package p2psip.std.xml;

import module java.base;
import p2psip.std.Bytes;

/// An element with all that is in it. It never changes: what is called `with` makes another.
///
/// Two are equal if their names, attributes and children are, in order; by which prefixes or
/// references they were written makes no difference.
///
/// @param children in which no text is empty or follows another
public record Element(Name name, List<Attribute> attributes, List<Node> children) implements Node {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /// @throws SyntaxException if two attributes have one name
    public Element {
        attributes = told(name, attributes);
        children = joined(children);
    }

    /// An empty one, which declares its namespace as the default.
    ///
    /// @param namespace empty for none
    public Element(String namespace, String local) {
        this(new Name(namespace, local), List.of(), List.of());
    }

    /// What a peer sent as a whole document.
    ///
    /// @throws SyntaxException with line and column, if it is none or refused
    public static Element parse(Bytes document) { return parse(document, Limits.WIRE); }

    /// @throws SyntaxException with line and column, if it is none or refused
    public static Element parse(Bytes document, Limits limits) {
        var parser = Parser.ofDocument(limits);
        var events = new ArrayList<>(parser.feed(document));
        events.addAll(parser.end());
        var tree = new Tree();
        var root = Optional.<Element>empty();
        for (var event : events) switch (event) {
            case Event.Start(var tag) -> tree.start(tag);
            case Event.Text(var text) -> tree.text(text);
            case Event.End _ -> root = tree.end();
            case Event.Broken broken -> throw new SyntaxException(broken.toString());
        }
        return root.orElseThrow();
    }

    /// The same from text.
    public static Element parse(String document) { return parse(Bytes.utf8(document)); }

    public String namespace() { return name.namespace(); }

    public String local() { return name.local(); }

    public boolean is(String namespace, String local) {
        return name.is(namespace, local);
    }

    /// Those of its children that are elements.
    public List<Element> elements() {
        return children.stream().filter(Element.class::isInstance).map(Element.class::cast)
                .toList();
    }

    /// The first child of that name, in the namespace of this element.
    public Optional<Element> child(String local) { return child(namespace(), local); }

    public Optional<Element> child(String namespace, String local) {
        return elements().stream().filter(each -> each.is(namespace, local)).findFirst();
    }

    /// All children of that name, in the namespace of this element.
    public List<Element> children(String local) { return children(namespace(), local); }

    public List<Element> children(String namespace, String local) {
        return elements().stream().filter(each -> each.is(namespace, local)).toList();
    }

    /// The value of an attribute in no namespace.
    public Optional<String> attribute(String local) { return attribute("", local); }

    public Optional<String> attribute(String namespace, String local) {
        return attributes.stream().filter(each -> each.name().is(namespace, local)).findFirst()
                .map(Attribute::value);
    }

    /// Its own text, without that of its children.
    public String text() {
        return children.stream().filter(Text.class::isInstance).map(each -> ((Text) each).text())
                .collect(Collectors.joining());
    }

    /// With an attribute in no namespace, in the place of one of that name.
    public Element with(String attribute, String value) {
        return with(new Attribute(attribute, value));
    }

    public Element with(Attribute attribute) {
        var all = new ArrayList<>(attributes);
        int at = attributes.stream().map(Attribute::name).toList().indexOf(attribute.name());
        if (at < 0) all.add(attribute);
        else all.set(at, attribute);
        return new Element(name, all, children);
    }

    /// With more children, after those that are there.
    public Element with(Node... more) {
        return new Element(name, attributes,
                Stream.concat(children.stream(), Stream.of(more)).toList());
    }

    /// With this text alone.
    public Element withText(String text) {
        return new Element(name, attributes, List.of(new Text(text)));
    }

    /// Printed with this prefix.
    public Element withPrefix(String prefix) {
        return new Element(name.withPrefix(prefix), attributes, children);
    }

    /// As a document of its own, in UTF-8.
    public Bytes encode() { return Bytes.utf8(DECLARATION + this); }

    /// As it may stand in any place of any document: each namespace is declared where it is needed.
    @Override public String toString() { return toString(Map.of()); }

    /// As it may stand where these prefixes, or the empty one, are known to stand for these
    /// namespaces.
    public String toString(Map<String, String> known) { return Printer.element(this, known); }

    /// Only the tag that begins it, for a root that stays open.
    ///
    /// @param known what it declares for the children to come: namespaces by prefix
    public String startTag(Map<String, String> known) { return Printer.startTag(this, known); }

    /// The attributes with prefixes that tell their namespaces from each other and from that of
    /// the element.
    ///
    /// @spec https://www.w3.org/TR/xml-names/#uniqAttrs Namespaces in XML 1.0 §6.3
    private static List<Attribute> told(Name element, List<Attribute> attributes) {
        var names = new HashSet<Name>();
        var taken = new HashMap<>(Map.of(element.prefix(), element.namespace()));
        var told = new ArrayList<Attribute>(attributes.size());
        for (var each : attributes) {
            var name = each.name();
            if (!names.add(name))
                throw new SyntaxException("attribute twice: " + Grammar.shown(name.toString()));
            if (!name.namespace().isEmpty()) name = told(name, taken);
            told.add(new Attribute(name, each.value()));
        }
        return List.copyOf(told);
    }

    private static Name told(Name name, Map<String, String> taken) {
        var wanted = name.prefix();
        for (int i = 1; wanted.isEmpty() || taken.containsKey(wanted)
                && !taken.get(wanted).equals(name.namespace()); i++) wanted = "ns" + i;
        taken.put(wanted, name.namespace());
        return name.withPrefix(wanted);
    }

    private static List<Node> joined(List<Node> children) {
        var joined = new ArrayList<Node>(children.size());
        var text = new StringBuilder();
        for (var child : children) {
            if (child instanceof Text(var more)) text.append(more);
            else {
                if (!text.isEmpty()) joined.add(new Text(text.toString()));
                text.setLength(0);
                joined.add(child);
            }
        }
        if (!text.isEmpty()) joined.add(new Text(text.toString()));
        return List.copyOf(joined);
    }
}
