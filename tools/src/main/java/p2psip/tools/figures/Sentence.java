package p2psip.tools.figures;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.tools.rfc.*;

/// A sentence or paragraph to be read: `RFC 3261 §17.1.1.2-22`.
///
/// @param address where it stands
/// @param words   of the RFC; empty where the reader has no copy of it
record Sentence(String title, String address, String words) {

    static Sentence of(String cite, Function<String, String> address,
            IntFunction<Optional<Rfc>> texts) {
        var place = Citation.place(cite).orElseThrow();
        return new Sentence(title(cite), address.apply(switch (place) {
            case Citation.Statements _ -> cite;
            case Citation.Paragraph p -> "rfc" + p.rfc() + "#" + p.section();
            case Citation.All _ -> throw new IllegalArgumentException(cite);
        }), texts.apply(place.rfc()).map(rfc -> String.join("", rfc.words(place))).orElse(""));
    }

    /// The way to an address, as HTML.
    static String link(String address, String text) {
        return "<a href=\"" + Svg.escape(address) + "\">" + Svg.escape(text) + "</a>";
    }

    static String title(String cite) {
        return cite.replaceFirst("rfc(\\d+)#", "RFC $1 §").replace("¶", " ¶");
    }
}
