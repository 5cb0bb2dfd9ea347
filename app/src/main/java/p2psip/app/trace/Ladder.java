package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Screen.Ink;
import p2psip.app.trace.Trace.What;
import p2psip.std.rfc2396.HostName;

/// Draws what happened between any number of participants as the RFCs draw it: a column for each,
/// time downwards, arrows for messages, and the states that machines entered with their sections.
///
/// A participant is a node, or an address that no node of the trace has. An arrow that ends in `x`
/// is a message that never arrived, though its receiver is in the trace. As text it is for a
/// terminal ([#draw]), as SVG for a page ([#svg]); both have the same rows.
public final class Ladder implements Consumer<Trace> {
    /// How many entries are kept; those after it are only counted.
    private static final int LIMIT = 10_000;

    /// Characters: what stands left of the first column, how wide a column may be.
    private static final int MARGIN = 10, NARROW = 14, WIDE = 60;

    /// So many participants at most are set in the order that makes the arrows shortest.
    private static final int ORDERED = 7;

    private final int limit;
    private final List<Trace> traces = new ArrayList<>();
    private int more;

    public Ladder() { this(LIMIT); }

    Ladder(int limit) { this.limit = limit; }

    @Override public synchronized void accept(Trace trace) {
        if (trace.what() instanceof What.Wire || trace.what() instanceof What.Sealed) return;
        if (traces.size() < limit) traces.add(trace);
        else more++;
    }

    /// The drawing for a file, lines that end in newlines.
    public String draw() { return draw(Screen.PAGE); }

    /// The drawing as wide as what it is drawn on, in its colours and with its links.
    public synchronized String draw(Screen screen) {
        var rows = rows();
        return rows.isEmpty() ? "" : draw(columns(rows, 1), rows, screen)
                + (more == 0 ? "" : "... and " + more + " more\n");
    }

    /// The drawing as an SVG element for a page, on its own or within HTML; empty if there is
    /// nothing to draw. It takes its colour from the text around it, so it is dark on light and
    /// light on dark, and it can be read at a width of 400 pixels.
    ///
    /// ```java
    /// var ladder = new Ladder();
    /// traces.stream().filter(t -> isOfTheCall(t)).forEach(ladder);
    /// Files.writeString(file, ladder.svg("A call", t -> "#frame-" + frames.indexOf(t)));
    /// ```
    ///
    /// @param title what is drawn, for those who do not see it
    /// @param link  where an arrow or note leads to, by the trace that began it; empty for nowhere
    public synchronized String svg(String title, Function<Trace, String> link) {
        var rows = rows();
        return rows.isEmpty() ? "" : new Sequence(title, columns(rows, 1), rows, link).svg(more);
    }

    /// The participants in the order in which the signalling has the shortest way, and of such
    /// orders in the one nearest to that in which they appeared.
    ///
    /// @param fixed how many of the first who appeared stand left in any case
    static List<String> columns(List<Row> rows, int fixed) {
        var appeared = rows.stream().flatMap(row -> Stream.of(row.from(), row.to())).distinct()
                .toList();
        if (appeared.size() > ORDERED) return appeared;
        var talk = rows.stream().filter(row -> row.arrow() && !row.isMedia()).collect(
                Collectors.groupingBy(row -> List.of(row.from(), row.to()), Collectors.counting()));
        return orders(appeared.subList(0, fixed), appeared.subList(fixed, appeared.size()))
                .min(Comparator.comparingLong(order -> way(order, talk))).orElseThrow();
    }

    private static Stream<List<String>> orders(List<String> left, List<String> rest) {
        return rest.isEmpty() ? Stream.of(left) : rest.stream().flatMap(next -> orders(
                Stream.concat(left.stream(), Stream.of(next)).toList(),
                rest.stream().filter(each -> !each.equals(next)).toList()));
    }

    /// @param talk how often who speaks to whom
    private static long way(List<String> order, Map<List<String>, Long> talk) {
        return talk.entrySet().stream().mapToLong(pair -> pair.getValue() * Math.abs(
                order.indexOf(pair.getKey().getFirst()) - order.indexOf(pair.getKey().getLast())))
                .sum();
    }

    synchronized List<Row> rows() {
        traces.sort(Comparator.comparing(Trace::at));   // several hosts may have added to them
        var owners = new HashMap<InetSocketAddress, String>();
        for (var trace : traces)
            if (trace.what() instanceof What.Message m) owners.put(m.local(), trace.node());
        return rows(owners);
    }

    private List<Row> rows(Map<InetSocketAddress, String> owners) {
        var rows = new ArrayList<Row>();
        var flying = new HashMap<String, Deque<Integer>>();   // sent, not yet seen to arrive
        for (var trace : traces) {
            var node = trace.node();
            switch (trace.what()) {
                case What.Message m -> {
                    var peer = owners.getOrDefault(m.remote(), HostName.text(m.remote()));
                    var label = m.summary();
                    var from = m.sent() ? m.local() : m.remote();
                    var key = from + " " + (m.sent() ? m.remote() : m.local()) + " " + label;
                    var waiting = flying.computeIfAbsent(key, _ -> new ArrayDeque<>());
                    boolean inside = owners.containsKey(m.remote());
                    boolean media = Row.isMedia(m);
                    if (media && inside && !m.sent()) continue;   // its sender counted it
                    if (!m.sent() && inside && !waiting.isEmpty()) {
                        int row = waiting.pollLast();   // what came before it was lost
                        rows.set(row, rows.get(row).arrivedNow());
                        continue;
                    }
                    var row = new Row(trace, m.sent() ? node : peer, m.sent() ? peer : node, label,
                            !(m.sent() && inside) || media, true,
                            media ? new ArrayList<>() : List.of());
                    if (media && again(rows, row)) continue;
                    if (m.sent() && inside) waiting.add(rows.size());
                    rows.add(row);
                }
                case What.State(var machine, var state) -> rows.add(note(trace,
                        machine + ": " + state.name() + " [" + state.citation() + "]"));
                case What.Remark(_, var text, var citation) -> rows.add(note(trace,
                        text + (citation.isEmpty() ? "" : " [" + citation + "]")));
                case What.Sealed _, What.Wire _ -> { }
            }
        }
        return rows;
    }

    private static Row note(Trace trace, String text) {
        return new Row(trace, trace.node(), trace.node(), text, true, false, List.of());
    }

    /// Whether this is one more of a run of media that is drawn already, a few rows up at most.
    private static boolean again(List<Row> rows, Row row) {
        for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - 4); i--) {
            if (!row.continues(rows.get(i))) continue;
            rows.get(i).more().add(row.trace());
            return true;
        }
        return false;
    }

    static String draw(List<String> columns, List<Row> rows, Screen screen) {
        int width = rows.stream().filter(row -> row.arrow())
                .mapToInt(row -> (row.text().length() + 6) / Math.max(1,
                        Math.abs(columns.indexOf(row.from()) - columns.indexOf(row.to()))))
                .max().orElse(NARROW);
        int names = columns.stream().mapToInt(String::length).max().orElse(0) + 2;
        int fits = (screen.width() - MARGIN - columns.getLast().length())
                / Math.max(1, columns.size() - 1);
        width = Math.clamp(Math.max(Math.min(width, fits), names), NARROW, WIDE);
        var out = new StringBuilder();
        var head = new StringBuilder(" ".repeat(MARGIN + columns.size() * width));
        for (int i = 0; i < columns.size(); i++) put(head, MARGIN + i * width, columns.get(i));
        out.append(screen.ink(Ink.STRONG, head.toString().stripTrailing())).append('\n');
        var begin = rows.getFirst().at();
        for (var row : rows)
            out.append(line(columns, width, row, begin, screen)).append('\n');
        return out.toString();
    }

    private static String line(List<String> columns, int width, Row row, Instant begin,
            Screen screen) {
        var line = new StringBuilder(" ".repeat(MARGIN + columns.size() * width));
        for (int i = 0; i < columns.size(); i++) line.setCharAt(MARGIN + i * width, '|');
        var after = Duration.between(begin, row.at());
        put(line, 0, "%8.3f".formatted(after.getSeconds() + after.getNano() / 1e9));
        int from = MARGIN + columns.indexOf(row.from()) * width;
        int to = MARGIN + columns.indexOf(row.to()) * width;
        var drawn = !row.arrow() || from == to ? note(line, from, row, screen.width())
                : arrow(line, from, to, row);
        return screen.linked(screen.ink(Ink.SOFT, line.substring(0, MARGIN))
                + line.substring(MARGIN, drawn.from)
                + screen.ink(row.ink(), line.substring(drawn.from, drawn.to))
                + line.substring(drawn.to).stripTrailing());
    }

    /// Which characters of a line were put there last.
    private record Drawn(int from, int to) {}

    /// Right of its column, or left of it where the page would end.
    private static Drawn note(StringBuilder line, int at, Row row, int page) {
        var text = Printer.visible(row.text());
        boolean fits = at + 2 + text.length() <= page || at - text.length() - 1 < MARGIN;
        int from = fits ? at : at - text.length() - 1;
        put(line, from, fits ? "* " + text : text + " *");
        return new Drawn(from, from + text.length() + 2);
    }

    private static Drawn arrow(StringBuilder line, int from, int to, Row row) {
        int left = Math.min(from, to) + 1, right = Math.max(from, to) - 1;
        for (int i = left; i <= right; i++) line.setCharAt(i, '-');
        int room = right - left - 3;
        var label = row.text(room);
        put(line, left + 1 + (room - label.length()) / 2, " " + label + " ");
        char tip = row.arrived() ? from < to ? '>' : '<' : 'x';
        line.setCharAt(from < to ? right : left, tip);
        return new Drawn(left, right + 1);
    }

    private static void put(StringBuilder line, int at, String text) {
        line.replace(at, Math.min(line.length(), at + text.length()), text);
    }
}
