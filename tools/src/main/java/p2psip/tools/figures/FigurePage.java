package p2psip.tools.figures;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.tools.figures.Comparison.Difference;
import p2psip.tools.rfc.Rfc;

/// The page of all figures: what the code does, drawn, beside what the RFC draws, and the
/// differences between the two.
///
/// @param address where a section or sentence (`rfc3261#17.1.1.2-22`) is to be read
/// @param source  the page of a source file, if there is one
/// @param texts   the RFCs, as far as the reader has them
public record FigurePage(Function<String, String> address, Function<Path, Optional<String>> source,
        IntFunction<Optional<Rfc>> texts) {

    /// Its place, from the root of the site.
    public static final String NAME = "source/figures.html";

    /// The place on the page where a source file's machine is drawn, if it is one.
    public static Optional<String> place(Path source) {
        return Figures.all().stream().map(Figures::kind).filter(k -> k.source().equals(source))
                .findFirst().map(FigurePage::place);
    }

    private static String place(Kind kind) { return NAME + "#" + kind.id(); }

    /// The machines that a section describes, each with its place on the page.
    public static SequencedMap<String, String> places(int rfc, String section) {
        var places = new LinkedHashMap<String, String>();
        for (var figures : Figures.all())
            if (figures.sections().contains("rfc" + rfc + "#" + section))
                places.put(figures.kind().name(), place(figures.kind()));
        return places;
    }

    /// The drawing of one machine, named by its anchor on the page: `invite-client-transaction`.
    ///
    /// @param address where a state's section is to be read
    /// @throws IllegalArgumentException if there is no such machine
    public static String svg(String id, Function<String, String> address) {
        return Figures.all().stream().filter(f -> f.kind().id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no machine " + id
                        + "; there are " + Figures.all().stream().map(f -> f.kind().id()).toList()))
                .svg(address);
    }

    /// The main part of the page.
    public String html() {
        var body = new StringBuilder("""
                <h1>The state machines</h1>
                <p>Each is drawn from its own transitions: the machine was run, every event in every
                situation and every timer until it fired, and what it did is shown. Beside it stands
                the figure of the RFC, where it has one; what is in one and not in the other is
                listed with the reason. A line of a box says what happens and, <i>in italics</i>,
                what is sent and told; &#8635; leads back to the same state, a coloured lane to
                another.</p>
                <p>Below stands every move, with the sentences that the lines which ran say they
                obey. Where scripts may run a machine can be moved by hand: press what happens to
                it, or ask why it may not, and drawing, table and sentence light up.</p>
                """);
        body.append("<ul class=\"jump\">\n");
        for (var figures : Figures.all())
            body.append("<li><a href=\"#").append(figures.kind().id()).append("\">")
                    .append(Svg.escape(figures.kind().name())).append("</a></li>\n");
        body.append("</ul>\n");
        Stepper.tables().forEach(table -> machine(table, body));
        return body.append(Stepper.script()).toString();
    }

    private void machine(Table table, StringBuilder body) {
        var figures = table.figures();
        var stepper = new Stepper(table, address, texts);
        var kind = figures.kind();
        body.append("<section id=\"").append(kind.id()).append("\">\n<h2>")
                .append(Svg.escape(kind.name())).append("</h2>\n<p class=\"spec\">")
                .append(source.apply(kind.source()).map(page -> Sentence.link(page,
                        kind.source().getFileName().toString()) + " &middot; ").orElse(""))
                .append(cited(kind.citation())).append("</p>\n")
                .append("<div class=\"figures\">\n<figure>\n").append(figures.svg(address))
                .append("<figcaption>The code</figcaption>\n</figure>\n")
                .append(stepper.controls());
        for (var comparison : figures.comparisons()) drawing(comparison.figure(), body);
        body.append("</div>\n").append(stepper.html());
        figures.comparisons().forEach(c -> differences(figures, c, body));
        body.append("</section>\n");
    }

    private void drawing(RfcFigure figure, StringBuilder body) {
        var caption = cited("rfc" + figure.rfc() + "#" + figure.section()) + ", "
                + figure.caption();
        body.append("<figure>\n");
        texts.apply(figure.rfc()).flatMap(figure::drawing).ifPresentOrElse(
                lines -> body.append("<pre class=\"drawing\">")
                        .append(String.join("\n", lines).stripIndent().lines().map(Svg::escape)
                                .collect(Collectors.joining("\n"))).append("</pre>\n"),
                () -> body.append("<p class=\"spec\">No text of RFC ").append(figure.rfc())
                        .append(" was found: <a href=\"https://www.rfc-editor.org/rfc/rfc")
                        .append(figure.rfc()).append("#section-").append(figure.section())
                        .append("\">the figure at rfc-editor.org</a>.</p>\n"));
        body.append("<figcaption>").append(caption).append("</figcaption>\n</figure>\n");
    }

    private void differences(Figures figures, Comparison comparison, StringBuilder body) {
        var name = comparison.figure().name();
        if (comparison.differences().isEmpty()) {
            body.append("<p>No difference from ").append(name).append(": all ")
                    .append(comparison.figure().edges().size())
                    .append(" transitions are the same.</p>\n");
            return;
        }
        body.append("<h3>Differences from ").append(name).append("</h3>\n");
        body.append("<table class=\"differences\">\n");
        for (var difference : comparison.differences()) row(figures, comparison, difference, body);
        body.append("</table>\n");
    }

    private void row(Figures figures, Comparison comparison, Difference difference,
            StringBuilder body) {
        var edge = difference.edge();
        var number = comparison == figures.comparisons().getFirst()
                ? figures.numbers().getOrDefault(edge, "") : "";
        body.append("<tr").append(number.isEmpty() ? "" : " id=\"" + figures.kind().id() + "-"
                + number + "\"").append("><td>").append(number).append("</td><td>")
                .append(difference.drawn() ? "in the figure, not in the code"
                        : "in the code, not in the figure").append("</td><td><code>")
                .append(edge.from().isEmpty() ? "begin" : edge.from()).append(" &rarr; ")
                .append(edge.to()).append("</code> ").append(Svg.escape(edge.event()))
                .append(edge.action().isEmpty() ? "" : ": <i>" + Svg.escape(edge.action())
                        + "</i>").append("</td><td>");
        difference.departure().ifPresent(d -> body.append(Svg.escape(d.reason())).append(' ')
                .append(cited(d.citation())));
        body.append("</td></tr>\n");
    }

    private String cited(String citation) {
        return Sentence.link(address.apply(citation), Sentence.title(citation));
    }
}
