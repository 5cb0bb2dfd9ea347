package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.Unit;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.Type;

/// A page for each package: its door, which section stands in which file, and its files with a line
/// each.
record PackagePages(Book book, Frame frame) {

    Map<String, String> html() {
        var pages = new LinkedHashMap<String, String>();
        byPackage(book).forEach((page, units) -> pages.put(page, html(page, units)));
        return pages;
    }

    /// The sources by the page of their package, the main ones before the tests.
    static SequencedMap<String, List<Unit>> byPackage(Book book) {
        var packages = new TreeMap<String, List<Unit>>();
        book.program().units().stream().sorted(Comparator.comparing(unit -> !unit.main()))
                .forEach(unit -> packages.computeIfAbsent(unit.packagePage(),
                        _ -> new ArrayList<>()).add(unit));
        return packages;
    }

    private String html(String page, List<Unit> units) {
        var name = units.getFirst().packageName();
        var storey = units.getFirst().path().getName(0).toString();
        var body = new StringBuilder("<h1>").append(Html.escape(name)).append("</h1>\n");
        var door = units.stream().filter(Unit::door).findFirst();
        door.ifPresent(unit -> body.append("<div class=\"doc door\">\n").append(new Prose(
                        new Names(book, unit, page)).html(linked(unit, units)))
                .append("</div>\n").append(LeftOutPages.beside(book, unit.path(), page)));
        machines(page, units, body);
        if (units.getFirst().main())
            body.append(frame.api(page, name.replace('.', '/') + "/package-summary.html"));
        files("The files", page, units.stream().filter(u -> u.main() && !u.door()).toList(), body);
        sections(page, units, body);
        files("The tests", page, units.stream().filter(u -> !u.main()).toList(), body);
        return frame.page(page, name, door.map(d -> Comment.of(d).summary()).orElse(name),
                storey + " / " + Html.escape(name), body.toString());
    }

    /// The lines of a door, with a way to each file that it names.
    private static List<String> linked(Unit door, List<Unit> units) {
        var names = units.stream().map(Unit::name).collect(Collectors.toSet());   // asked only
        return Comment.of(door).lines().stream().map(line -> CODE.matcher(line).replaceAll(m ->
                names.contains(m.group(1)) ? "[" + m.group(1) + "]" : "$0")).toList();
    }

    private static final Pattern CODE = Pattern.compile("`([A-Z]\\w+)`");

    private static void machines(String page, List<Unit> units, StringBuilder body) {
        var drawn = units.stream().flatMap(unit -> FigurePage.place(unit.path()).map(place ->
                Html.link(Html.way(page, place), unit.name())).stream()).toList();
        if (!drawn.isEmpty()) body.append("<p>Drawn from their own transitions: ")
                .append(String.join(", ", drawn)).append("</p>\n");
    }

    /// The files that obey each section, two levels deep.
    private void sections(String page, List<Unit> units, StringBuilder body) {
        var obeyed = new TreeMap<Integer, Map<String, SequencedSet<Unit>>>();
        for (var unit : units) if (unit.main())
            for (var c : book.sources().file(unit.path()).orElseThrow().citations())
                if (c.type() == Type.IMPLEMENTED && book.shown().containsKey(c.place().rfc()))
                    obeyed.computeIfAbsent(c.place().rfc(), _ -> new HashMap<>())
                            .computeIfAbsent(outer(c.place().section()),
                                    _ -> new LinkedHashSet<>()).add(unit);
        if (obeyed.isEmpty()) return;
        body.append("<h2>Which section stands where</h2>\n<table class=\"files\">\n");
        obeyed.forEach((rfc, sections) -> book.index(rfc).sections().stream()
                .filter(s -> sections.containsKey(s.number()))
                .forEach(s -> body.append("<tr><th scope=\"row\">").append(Html.link(Html.way(page,
                                Book.page(rfc, s.number())) + "#s" + s.number(),
                                "RFC " + rfc + " §" + s.number())).append(' ')
                        .append(Html.escape(s.title())).append("</th><td>")
                        .append(sections.get(s.number()).stream().map(u -> Html.link(Html.way(page,
                                Html.page(u.path())), "<code>" + Html.breakable(u.name())
                                + "</code>")).collect(Collectors.joining(", ")))
                        .append("</td></tr>\n")));
        body.append("</table>\n");
    }

    private static String outer(String section) {
        return Arrays.stream(section.split("\\.")).limit(2).collect(Collectors.joining("."));
    }

    private static void files(String title, String page, List<Unit> units, StringBuilder body) {
        if (units.isEmpty()) return;
        body.append("<h2>").append(title).append("</h2>\n<table class=\"files\">\n");
        for (var unit : units) body.append("<tr><th scope=\"row\">").append(Html.link(Html.way(page,
                        Html.page(unit.path())), "<code>" + Html.breakable(unit.name())
                        + "</code>")).append("</th><td>").append(Comment.of(unit).summary())
                .append(" <small>").append(unit.text().lines().count())
                .append(" lines</small></td></tr>\n");
        body.append("</table>\n");
    }
}
