package p2psip.tools.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import com.google.gson.Gson;
import p2psip.app.trace.Svg;
import p2psip.tools.figures.Moves.*;
import p2psip.tools.figures.Table.Row;
import p2psip.tools.rfc.Rfc;

/// A machine to be moved by hand, on the page of figures: its moves as a table, which says all
/// without a script, and as data for the script that steps through them.
///
/// @param address where a section or sentence is to be read
/// @param texts   the RFCs, as far as the reader has them
record Stepper(Table table, Function<String, String> address, IntFunction<Optional<Rfc>> texts) {

    /// What the script is told of a machine. A row is what is done; a move, by its input,
    /// `[ms, to, row, cite, cite ...]`, where a cite is the number of a sentence in the list below
    /// the table.
    private record Data(String begin, String above, String below, List<String> fromAbove,
            List<String> inputs, List<String> timers, Map<String, String> sections, String pass,
            List<List<String>> rows, Map<String, List<Here>> variants) {}

    private record Here(String state, Map<String, Long> due, Map<String, List<Long>> moves,
            List<Integer> over) {}

    private static final class All {
        static final List<Table> LIST = tables();

        private static List<Table> tables() {
            var found = Watched.run(Figures.all().stream().map(Figures::kind).toList());
            return Figures.all().stream().map(figures -> new Table(figures,
                    found.get(figures.kind()), Cites.of(figures.kind().source()))).toList();
        }
    }

    /// Of all machines, in their order.
    static List<Table> tables() { return All.LIST; }

    /// The place where the script puts what is pressed.
    String controls() {
        return "<div class=\"stepper\" data-machine=\"" + kind().id() + "\" hidden>"
                + "<script type=\"application/json\">" + json() + "</script></div>\n";
    }

    private Kind kind() { return table.figures().kind(); }

    String json() {
        var kind = kind();
        var sentences = table.sentences();
        var variants = new LinkedHashMap<String, List<Here>>();
        var timers = new TreeSet<String>();
        table.found().variants().forEach((name, moves) -> {
            variants.put(name, moves.situations().stream()
                    .map(s -> here(moves, s, sentences)).toList());
            moves.situations().forEach(s -> timers.addAll(s.due().keySet()));
        });
        var inputs = Stream.concat(Stream.of(kind.begin()), kind.events().stream()).distinct();
        return new Gson().toJson(new Data(kind.begin(), kind.sides().above(),
                kind.sides().below(), kind.sides().fromAbove(), inputs.toList(),
                List.copyOf(timers), kind.states(), Moves.PASS, table.rows().stream()
                .map(r -> r.edge().actions()).toList(), variants));
    }

    private Here here(Moves moves, Situation from, List<String> sentences) {
        var due = new LinkedHashMap<String, Long>();
        from.due().forEach((timer, time) -> due.put(timer, time.toMillis()));
        var to = new LinkedHashMap<String, List<Long>>();
        from.moves().forEach((input, move) -> to.put(input, Stream.concat(
                Stream.of(move.after().toMillis(), (long) move.to(), input.equals(Moves.PASS) ? -1L
                        : (long) table.row(moves.edge(from, input))),
                table.cites(moves, from, move).stream().map(c -> (long) sentences.indexOf(c)))
                .toList()));
        return new Here(from.state(), due, to,
                table.over(from).stream().map(sentences::indexOf).toList());
    }

    /// The moves, and the sentences that they name.
    String html() {
        var body = new StringBuilder("<h3>Every move</h3>\n<table class=\"differences moves\">\n");
        for (int n = 0; n < table.rows().size(); n++) row(n, table.rows().get(n), body);
        body.append("</table>\n<details class=\"sentences\"><summary>The sentences behind them"
                + "</summary>\n<ol>\n");
        for (var cite : table.sentences()) {
            var sentence = Sentence.of(cite, address, texts);
            body.append("<li id=\"").append(anchor(cite)).append("\">")
                    .append(Sentence.link(sentence.address(), sentence.title())).append(' ')
                    .append(sentence.words().isEmpty() ? Svg.escape(table.cites().words(cite))
                            : "<q>" + Svg.escape(sentence.words()) + "</q>").append("</li>\n");
        }
        return body.append("</ol>\n</details>\n").toString();
    }

    private String anchor(String cite) {
        return kind().id() + "-" + cite.replace("#", "-").replace("¶", "-p");
    }

    private void row(int number, Row row, StringBuilder body) {
        var edge = row.edge();
        body.append("<tr data-from=\"").append(edge.from())
                .append(row.ignored() ? "\" class=\"ignored" : "").append("\"><td><code>")
                .append(edge.from().isEmpty() ? "begin" : edge.from())
                .append(edge.stays() ? "" : " &rarr; " + edge.to()).append("</code></td><td>")
                .append(Svg.escape(String.join(", ", row.events()))).append("</td><td>");
        var done = Stream.of(row.ignored() ? "ignored" : edge.action().isEmpty() ? "nothing sent"
                : "<i>" + Svg.escape(edge.action()) + "</i>", started(row),
                row.stopped().isEmpty() ? "" : "stops " + String.join(", ", row.stopped()));
        body.append(done.filter(d -> !d.isEmpty()).collect(Collectors.joining("; ")))
                .append("</td><td>").append(links(row.cites()));
        for (var reason : row.reasons()) body.append(" <span>").append(Svg.escape(reason.reason()))
                .append(' ').append(Sentence.link(address.apply(reason.citation()),
                        Sentence.title(reason.citation()))).append("</span>");
        body.append("</td></tr>\n");
    }

    /// `RFC 3261 §17.1.1.2-8, -12`.
    private String links(List<String> cites) {
        var links = new StringJoiner(", ");
        var section = "";
        for (var cite : cites) {
            var own = cite.replaceFirst("(-\\d+|¶\\d+)$", "");
            links.add(Sentence.link("#" + anchor(cite), own.equals(section)
                    ? cite.substring(own.length()) : Sentence.title(cite)));
            section = own;
        }
        return links.toString();
    }

    /// `Timer D 32 s (TCP: 0 s)`: the second where it is another.
    private static String started(Row row) {
        return row.started().entrySet().stream().map(timer -> {
            var times = List.copyOf(timer.getValue().entrySet());
            var first = times.getFirst();
            return Svg.escape("starts " + timer.getKey()) + " " + times(first.getValue())
                    + times.stream().skip(1).filter(t -> !t.getValue().equals(first.getValue()))
                    .map(t -> " (" + t.getKey() + ": " + times(t.getValue()) + ")")
                    .collect(Collectors.joining());
        }).collect(Collectors.joining(", "));
    }

    private static String times(Set<Duration> times) {
        return times.stream().map(t -> BigDecimal.valueOf(t.toMillis(), 3).stripTrailingZeros()
                .toPlainString()).collect(Collectors.joining(", ")) + " s";
    }

    /// What all steppers of a page have in common, to stand at its end; who makes the page puts the
    /// style sheet into its head.
    static String script() {
        return "<style class=\"page\">\n" + resource("stepper.css")
                + "</style>\n<script>\n" + resource("stepper.js") + "</script>\n";
    }

    private static String resource(String name) {
        try (var in = Stepper.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
