package p2psip.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import p2psip.tools.rfc.Rfc;

class FiguresTest {

    @Test void every_difference_between_code_and_figure_is_explained() {
        assertThat(Figures.all()).flatMap(Figures::comparisons)
                .flatMap(Comparison::unexplained).isEmpty();
    }

    /// A transition that is missing over TCP alone would not be missing from the drawing.
    @Test void only_what_belongs_to_an_unreliable_transport_depends_on_it() {
        var some = new ArrayList<String>();
        for (var figures : Figures.all())
            figures.edges().forEach((edge, variants) -> {
                if (edge.absorbs() || figures.kind().variants().size() == variants.size()) return;
                assertThat(variants).allMatch(v -> v.startsWith("UDP"));
                some.add(edge.toString());
            });
        assertThat(some).containsExactly(
                "CALLING | Timer A | CALLING | send INVITE",
                "TRYING | Timer E | TRYING | send request",
                "PROCEEDING | Timer E | PROCEEDING | send request",
                "COMPLETED | Timer G | COMPLETED | send response");
    }

    /// A switch that counts how often it was pressed; a lamp goes out by itself.
    private static final class Lamp implements Subject {
        private Instant out = Instant.MAX;
        private String state = "";
        private int pressed;

        @Override public Optional<List<String>> tell(String event, Instant now) {
            if (state.isEmpty()) {
                state = "OFF";
                return Optional.of(List.of());
            }
            if (event.equals("break") && pressed < 3) return Optional.empty();
            state = event.equals("break") ? "BROKEN" : "ON";
            pressed++;
            out = event.equals("break") ? Instant.MAX : now.plusSeconds(60);
            return Optional.of(List.of("click"));
        }

        @Override public List<String> wake(Instant now) {
            if (now.isBefore(out)) return List.of();
            out = Instant.MAX;
            state = "OFF";
            return List.of("dark", "cold");
        }

        @Override public SortedMap<String, Instant> timers() {
            return out.equals(Instant.MAX)
                    ? new TreeMap<>() : new TreeMap<>(Map.of("Timer O", out));
        }

        @Override public String state() { return state; }

        @Override public String memory() { return "" + Math.min(pressed, 3); }
    }

    private static final Set<Edge> LAMP =
            new Explorer(Lamp::new, "build", List.of("press", "break")).edges();

    @Test void what_a_machine_does_is_found_by_running_it() {
        assertThat(LAMP).extracting(Edge::toString).containsExactlyInAnyOrder(
                "begin | build | OFF | -", "OFF | press | ON | click", "ON | press | ON | click",
                "ON | Timer O | OFF | dark, cold", "ON | break | BROKEN | click",
                "OFF | break | BROKEN | click", "BROKEN | press | ON | click",
                "BROKEN | break | BROKEN | click");
    }

    @Test void what_is_in_the_figure_alone_or_in_the_code_alone_wants_a_reason() {
        var figure = RfcFigure.parse("""
                RFC 1 §2 Figure 3: lamp
                begin  | build   | OFF    | -
                OFF    | press   | ON     | click
                ON     | press   | OFF    | click
                ON     | Timer O | OFF    | dark, cold
                OFF    | break   | BROKEN | click
                ON     | break   | BROKEN | click
                BROKEN | press   | BROKEN | -
                BROKEN | press   | ON     | click | rfc1#2-1 | It is repaired by force.
                BROKEN | break   | BROKEN | - | rfc1#2-2 | There is no such difference.
                """);
        assertThat(Comparison.of(figure, LAMP).unexplained()).containsExactlyInAnyOrder(
                "ON | press | OFF | click: in the figure, not in the code",
                "BROKEN | press | BROKEN | -: in the figure, not in the code",
                "ON | press | ON | click: in the code, not in the figure",
                "BROKEN | break | BROKEN | click: in the code, not in the figure",
                "BROKEN | break | BROKEN | -: explained, but no difference");
    }

    @Test void each_transaction_is_held_against_the_figures_of_its_rfcs() {
        assertThat(Figures.all()).map(f -> f.comparisons().stream()
                .map(c -> c.figure().name()).toList()).containsExactly(
                List.of("RFC 6026 Figure 5", "RFC 3261 Figure 5"), List.of("RFC 3261 Figure 6"),
                List.of("RFC 6026 Figure 7", "RFC 3261 Figure 7"), List.of("RFC 3261 Figure 8"),
                List.of());
    }

    @Test void each_drawing_has_every_state_and_event_and_fits_a_phone() throws Exception {
        for (var figures : Figures.all()) {
            var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(figures.svg(s -> "rfc.html#" + s))))
                    .getDocumentElement();
            assertThat(Double.parseDouble(svg.getAttribute("width"))).isLessThan(400);
            var texts = svg.getElementsByTagName("text");
            var words = IntStream.range(0, texts.getLength())
                    .mapToObj(i -> (Element) texts.item(i)).map(Element::getTextContent).toList();
            assertThat(words).containsAll(figures.kind().states().keySet());
            var lines = figures.edges().keySet().stream()
                    .filter(e -> !e.absorbs() || figures.numbers().containsKey(e))
                    .map(Edge::event).collect(Collectors.groupingBy(e -> e, Collectors.counting()));
            lines.forEach((event, times) -> assertThat(words.stream().filter(w ->
                    w.equals(event) || w.equals(event + " (UDP)"))).as(event).hasSize(
                    times.intValue()));
        }
    }

    @Test void the_figure_of_the_rfc_is_the_drawing_above_its_caption() {
        var text = new Rfc(6026, "A title", List.of(new Rfc.Section("8.4", "One", List.of(
                new Rfc.Drawing(List.of("another")),
                new Rfc.Drawing(List.of("  +---+", "  | A |")),
                new Rfc.Drawing(List.of("   Figure 5: what it shows"))))));
        assertThat(RfcFigure.of("INVITE client transaction").getFirst().drawing(text)).contains(
                List.of("  +---+", "  | A |"));
        assertThat(RfcFigure.of("INVITE server transaction").getFirst().drawing(text)).isEmpty();
    }

    @Test void without_the_texts_the_page_says_where_they_are() {
        var page = new FigurePage(c -> "https://example.org/" + c,
                path -> Optional.of(path.toString()), _ -> Optional.empty()).html();
        assertThat(page).contains("No text of RFC 6026 was found",
                "https://www.rfc-editor.org/rfc/rfc3261#section-17.2.2",
                "No difference from RFC 3261 Figure 6");
    }
}
