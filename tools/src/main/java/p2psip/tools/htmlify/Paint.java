package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.htmlify.Lexer.Style;

/// Coloured Java as HTML, no character lost; no piece goes over the end of a line.
final class Paint {
    private Paint() {}

    /// @param links where the name that begins at an offset leads to
    static String html(String text, IntFunction<Optional<String>> links) {
        var out = new StringBuilder();
        for (var token : Lexer.tokens(text)) {
            var piece = text.substring(token.start(), token.end());
            var style = token.style().name().toLowerCase(Locale.ROOT);
            switch (token.style()) {
                case Style.NAME -> out.append(links.apply(token.start())
                        .map(url -> Html.link(url, Html.escape(piece)))
                        .orElse(Html.escape(piece)));
                case Style.PLAIN -> out.append(Html.escape(piece));
                default -> out.append(piece.lines().map(l -> l.isEmpty() ? ""
                        : "<span class=\"" + style + "\">" + Html.escape(l) + "</span>")
                        .collect(Collectors.joining("\n")));
            }
        }
        return out.toString();
    }
}
