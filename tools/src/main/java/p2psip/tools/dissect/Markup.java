package p2psip.tools.dissect;

import module java.base;

/// What the figures and tables of a message share: colours, links, escaped text.
final class Markup {
    /// How many colours the fields take in turn.
    static final int COLOURS = 8;

    private Markup() {}

    /// A link to where something is specified: a section of an RFC, or a file of ours.
    static String link(String source) {
        int hash = source.indexOf('#');
        if (hash < 0) {
            boolean file = Character.isUpperCase(source.charAt(source.lastIndexOf('/') + 1));
            return "<a href=\"source/app/p2psip/%s%s.html\">%s</a>".formatted(
                    source, file ? "" : "/package-info", source);
        }
        var rfc = source.substring("rfc".length(), hash);
        var section = source.substring(hash + 1);
        return "<a href=\"source/rfc%s/%s.html#s%s\">RFC&nbsp;%s&nbsp;§%s</a>".formatted(
                rfc, section.split("\\.")[0], section, rfc, section);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
