package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// What a file obeys or proves, in short: how far, of which sections, and its first rule.
record Facts(Book book, Notes notes, String page, Collection<Citation> citations) {
    /// So many sections are named, those with most of the file's rules; the others are folded.
    private static final int NAMED = 5;

    String html() {
        var sections = new LinkedHashMap<String, List<Citation>>();   // by the address
        for (var c : citations) if (book.shown().containsKey(c.place().rfc()))
            sections.computeIfAbsent("RFC " + c.place().rfc() + " §" + c.place().section(),
                    _ -> new ArrayList<>()).add(c);
        if (sections.isEmpty()) return notes.otherSide(citations);
        var body = new StringBuilder();
        var standings = statements(citations).map(book::standing).toList();
        if (!standings.isEmpty()) body.append("<p>").append(Bars.bar(standings)).append(' ')
                .append(standings.size() == 1 ? "one rule" : standings.size() + " rules")
                .append(told(standings)).append("</p>\n");
        var most = sections.entrySet().stream().sorted(Comparator.comparing(
                (Map.Entry<String, List<Citation>> e) -> -e.getValue().size())).toList();
        body.append("<ul class=\"sections\">\n");
        most.stream().limit(NAMED).forEach(e -> section(e, body));
        body.append("</ul>\n");
        if (most.size() > NAMED) {
            body.append("<details><summary>and ").append(most.size() - NAMED)
                    .append(" more</summary>\n<ul class=\"sections\">\n");
            most.stream().skip(NAMED).forEach(e -> section(e, body));
            body.append("</ul></details>\n");
        }
        most.getFirst().getValue().stream().filter(c -> !book.words(c.place()).isEmpty())
                .min(Comparator.comparing(c -> c.place() instanceof Statements s
                        ? s.numbers().getFirst() : Integer.MAX_VALUE))
                .ifPresent(c -> body.append("<blockquote>").append(Html.link("#L" + c.line(),
                        Notes.title(c.place()))).append(' ').append(Keywords.mark(
                                book.words(c.place()).getFirst())).append("</blockquote>\n"));
        return body.append(notes.otherSide(citations)).toString();
    }

    private static Stream<Statements> statements(Collection<Citation> citations) {
        return citations.stream().map(Citation::place).filter(Statements.class::isInstance)
                .map(Statements.class::cast).flatMap(s -> s.each().stream()).distinct();
    }

    private static String told(List<Standing> standings) {
        return standings.stream().collect(Collectors.groupingBy(s -> s, TreeMap::new,
                        Collectors.counting())).entrySet().stream()
                .map(e -> e.getKey().meaning() + " " + e.getValue())
                .collect(Collectors.joining(", ", ": ", ""));
    }

    private void section(Map.Entry<String, List<Citation>> section, StringBuilder body) {
        var place = section.getValue().getFirst().place();
        var title = book.index(place.rfc()).section(place.section()).map(Index.Entry::title)
                .orElse("");
        body.append("<li>").append(Html.link(Html.way(page, Book.page(place.rfc(),
                        place.section())) + "#s" + place.section(), section.getKey())).append(' ')
                .append(Html.escape(title)).append(' ').append(Bars.bar(
                        statements(section.getValue()).map(book::standing).toList()))
                .append("</li>\n");
    }
}
