package p2psip.std.rfc2396;

import module java.base;

/// A telephone number: `tel:+1-201-555-0123;ext=7`.
///
/// @param number as written, visual separators included
/// @spec https://www.rfc-editor.org/rfc/rfc3966#section-3 RFC 3966 §3
public record TelUri(String number, Params params) implements Uri {

    static TelUri parse(String rest) {
        int semicolon = rest.indexOf(';');
        int end = semicolon < 0 ? rest.length() : semicolon;
        var uri = new TelUri(rest.substring(0, end), Params.parse(rest.substring(end)));
        if (!uri.digits().matches(uri.global() ? "\\+[0-9]+" : "[0-9A-Fa-f*#]+"))
            throw new SyntaxException("not a telephone number: " + rest);
        return uri;
    }

    @Override public String scheme() { return "tel"; }

    public boolean global() { return number.startsWith("+"); }

    /// The number without its visual separators.
    public String digits() { return number.replaceAll("[-.()]", ""); }

    @Override public boolean matches(Uri other) {
        return other instanceof TelUri tel && digits().equalsIgnoreCase(tel.digits())
                && inOrder(params).equals(inOrder(tel.params));
    }

    private static List<String> inOrder(Params params) {
        return params.list().stream().map(param -> (param.name() + "="
                + Escapes.canonical(param.value())).toLowerCase(Locale.ROOT)).sorted().toList();
    }

    @Override public String toString() { return "tel:" + number + params; }
}
