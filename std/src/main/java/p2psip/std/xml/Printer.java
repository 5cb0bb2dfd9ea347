package p2psip.std.xml;

import module java.base;

/// Writes elements with the prefixes that they have, each declared in the first tag that needs it
/// and has no other around it that says the same.
///
/// @spec https://www.w3.org/TR/xml-names/#ns-decl Namespaces in XML 1.0 §3
final class Printer {
    private final StringBuilder out = new StringBuilder();

    private Printer() {}

    static String element(Element element, Map<String, String> known) {
        var printer = new Printer();
        printer.print(element, Scope.OUTERMOST.with(known));
        return printer.out.toString();
    }

    static String startTag(Element element, Map<String, String> known) {
        var printer = new Printer();
        printer.tag(element, Scope.OUTERMOST, known);
        return printer.out.append('>').toString();
    }

    private void print(Element element, Scope outer) {
        var scope = tag(element, outer, Map.of());
        if (element.children().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (var child : element.children()) switch (child) {
            case Element within -> print(within, scope);
            case Text text -> out.append(text);
        }
        out.append("</").append(element.name()).append('>');
    }

    /// All of a tag but its end.
    private Scope tag(Element element, Scope outer, Map<String, String> known) {
        var declared = new TreeMap<>(known);
        declare(element.name(), outer, declared);
        for (var each : element.attributes())
            if (!each.name().namespace().isEmpty()) declare(each.name(), outer, declared);
        out.append('<').append(element.name());
        declared.forEach((prefix, namespace) -> out.append(' ')
                .append(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix)
                .append("=\"").append(Attribute.escaped(namespace)).append('"'));
        for (var each : element.attributes()) out.append(' ').append(each);
        return outer.with(declared);
    }

    private static void declare(Name name, Scope outer, Map<String, String> declared) {
        var means = outer.with(declared).namespace(name.prefix());
        if (!means.equals(Optional.of(name.namespace())))
            declared.put(name.prefix(), name.namespace());
    }
}
