package p2psip.tools.figures;

import module java.base;
import p2psip.tools.rfc.*;

/// A sentence or paragraph to be read: `RFC 3261 §17.1.1.2-22`.
///
/// @param address where it stands
/// @param words   of the RFC; empty where the reader has no copy of it
record Sentence(String title, String address, String words) {

    static Sentence of(String cite, Function<String, String> address,
            IntFunction<Optional<Rfc>> texts) {
        var place = Citation.place(cite).orElseThrow();
        var section = texts.apply(place.rfc()).flatMap(rfc -> rfc.section(place.section()));
        return switch (place) {
            case Citation.Statements s -> new Sentence(title(cite), address.apply(cite),
                    section.stream().flatMap(in -> in.statements().stream())
                            .filter(t -> t.number() == s.numbers().getFirst())
                            .map(Rfc.Statement::text).collect(Collectors.joining()));
            case Citation.Paragraph p -> new Sentence(title(cite),
                    address.apply("rfc" + p.rfc() + "#" + p.section()),
                    section.stream().flatMap(in -> in.paragraphs().stream())
                            .filter(t -> t.number() == p.number()).map(Rfc.Paragraph::text)
                            .collect(Collectors.joining()));
            case Citation.All _ -> throw new IllegalArgumentException(cite);
        };
    }

    static String title(String cite) {
        return cite.replaceFirst("rfc(\\d+)#", "RFC $1 §").replace("¶", " ¶");
    }
}
