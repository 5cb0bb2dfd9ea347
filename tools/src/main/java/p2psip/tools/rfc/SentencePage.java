package p2psip.tools.rfc;

import module java.base;
import p2psip.app.p2psip.UserMistake;
import p2psip.app.trace.Screen;
import p2psip.app.trace.Screen.Ink;
import p2psip.tools.rfc.Citation.*;

/// Sentences of an RFC, or a paragraph, as lines for a terminal: its words, and below them the
/// lines of code that obey them and those that test them, each with its method.
record SentencePage(Coverage coverage, Optional<Rfc> text, Optional<Sources> sources,
        Screen screen) {

    List<String> lines(Index.Entry section, Place place) {
        var lines = new ArrayList<String>();
        for (var each : place.each()) {
            if (!lines.isEmpty()) lines.add("");
            one(section, each, lines);
        }
        return lines;
    }

    private void one(Index.Entry section, Place place, List<String> lines) {
        var items = section.items();
        var cited = switch (place) {
            case Statements s -> {
                check(section, s.numbers().getFirst(), items.size(), "sentence", "-");
                yield coverage.of(section.number(), s.numbers().getFirst());
            }
            case Paragraph p -> {
                check(section, p.number(), section.paragraphs().size(), "paragraph", "¶");
                yield coverage.ofParagraph(section.number(), p.number());
            }
            case All _ -> List.<Citation>of();
        };
        var what = switch (place) {
            case Statements s -> "-" + s.numbers().getFirst() + "  "
                    + items.get(s.numbers().getFirst() - 1).keyword();
            case Paragraph p -> "¶" + p.number();
            case All _ -> "";
        };
        lines.add(screen.ink(Ink.STRONG, "RFC " + place.rfc() + " §" + section.number() + what)
                + "  " + section.title());
        lines.add(SectionPage.address(screen, place.rfc(), section.number()));
        lines.add("");
        text.flatMap(t -> t.words(place).stream().findFirst()).ifPresentOrElse(
                words -> SectionPage.wrap(screen, "", words, lines),
                () -> lines.add("The text of RFC " + place.rfc() + " is not here, these are our own"
                        + " words; app/p2psip rfc fetch gets it once."));
        methods(cited, lines);
        var types = cited.stream().map(Citation::type).toList();
        if (types.isEmpty()) lines.addAll(List.of("", "  nothing here cites it"));
        else if (types.contains(Type.IMPLEMENTED) && !types.contains(Type.TEST))
            lines.addAll(List.of("", "  no test cites it"));
    }

    private static void check(Index.Entry section, int number, int size, String what, String sign) {
        if (number >= 1 && number <= size) return;
        throw new UserMistake("§" + section.number() + " has " + switch (size) {
            case 0 -> "no numbered " + what;
            case 1 -> "one " + what + ", " + sign + "1,";
            default -> size + " " + what + "s, " + sign + "1 to " + sign + size + ",";
        } + " and no " + sign + number);
    }

    /// The code before the tests, and each with the line that the citation stands over.
    private void methods(List<Citation> cited, List<String> lines) {
        var java = cited.stream().map(Citation::file).filter(f -> f.toString().endsWith(".java"))
                .distinct().toList();
        var methods = sources.map(s -> Methods.of(s.root(), java)).orElse(Map.of());
        cited.stream().sorted(Comparator.comparing(Citation::type)).forEach(c -> {
            var kind = switch (c.type()) {
                case IMPLEMENTED -> "code";
                default -> c.type().toString();
            };
            lines.add("");
            boolean code = methods.containsKey(c.file());
            lines.add("  " + screen.ink(c.type() == Type.TEST ? Ink.MEDIA : Ink.SIP, kind) + "  "
                    + c.file() + ":" + (code ? c.target() : c.line()));
            if (code) {
                lines.add("        " + screen.ink(Ink.STRONG,
                        sources.orElseThrow().line(c)));
                lines.add("        " + screen.ink(Ink.SOFT,
                        "in " + name(methods.get(c.file()), c)));
            }
            SectionPage.wrap(screen, "", c.words(), lines);
        });
    }

    /// `Class.method`, or the class alone.
    private static String name(Methods methods, Citation citation) {
        return methods.name(citation).replaceFirst("^([a-z0-9]+\\.)+", "").replace('$', '.')
                .replace(".<init>", "");
    }
}
