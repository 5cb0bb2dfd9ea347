package p2psip.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.figures.Moves.Situation;
import p2psip.tools.figures.Walk.Step;
import p2psip.tools.rfc.*;

class StepperTest {
    private static final Path ROOT = Sources.repository().orElseThrow();
    private static final List<Path> CLASSES = Stream.of("tools", "app", "std")
            .map(module -> ROOT.resolve(module, "target/classes")).toList();

    @TempDir Path folder;

    private static FigurePage page() {
        return new FigurePage(cite -> "https://example.org/" + cite, _ -> Optional.empty(),
                _ -> Optional.empty());
    }

    private static Step step(Situation from, String input) {
        var first = from.due().keySet().stream().findFirst();
        return first.equals(Optional.of(input)) ? new Step.Wake()
                : input.equals(Moves.PASS) ? new Step.Rest(Moves.REST) : new Step.Tell(input);
    }

    private interface Each {
        void accept(Kind kind, Moves moves, Supplier<Subject> fresh);
    }

    private static void each(Each what) {
        for (var table : Stepper.tables())
            table.found().variants().forEach((name, moves) -> what.accept(table.figures().kind(),
                    moves, table.figures().kind().circumstances().get(name)));
    }

    /// One move of a walk, in the data and with the machine itself, which must agree.
    private static int moved(Moves moves, int at, String input, Walk walk) {
        var from = moves.situations().get(at);
        var move = from.moves().get(input);
        var before = walk.lasted();
        var edge = walk.take(step(from, input));
        var to = moves.situations().get(move.to());
        assertThat(edge).isEqualTo(input.equals(Moves.PASS) ? Optional.empty()
                : Optional.of(moves.edge(from, input)));
        assertThat(walk.subject().state()).isEqualTo(to.state());
        assertThat(walk.due()).isEqualTo(to.due());
        assertThat(walk.lasted().minus(before)).isEqualTo(move.after());
        assertThat(walk.subject().over()).isEqualTo(!to.over().isEmpty());
        return move.to();
    }

    @Test void every_move_is_what_the_machine_does_and_what_is_no_move_it_cannot_do() {
        each((kind, moves, fresh) -> {
            var paths = new HashMap<Integer, List<String>>(Map.of(0, List.of()));
            var queue = new ArrayDeque<>(List.of(0));
            while (!queue.isEmpty()) {
                int at = queue.poll();
                var inputs = new LinkedHashSet<>(moves.situations().get(at).moves().keySet());
                if (at > 0) inputs.addAll(kind.events());
                for (var input : inputs) {
                    var walk = new Walk(fresh.get());
                    int here = 0;
                    for (var earlier : paths.get(at)) here = moved(moves, here, earlier, walk);
                    if (!moves.situations().get(at).moves().containsKey(input)) {
                        assertThat(walk.take(new Step.Tell(input))).isEmpty();
                        continue;
                    }
                    int to = moved(moves, here, input, walk);
                    if (paths.putIfAbsent(to, Stream.concat(paths.get(at).stream(),
                            Stream.of(input)).toList()) == null) queue.add(to);
                }
            }
            assertThat(paths).hasSameSizeAs(moves.situations());
        });
    }

    /// Two situations that were taken for one would part here.
    @Test void every_walk_through_the_data_is_one_of_the_machine() {
        each((kind, moves, fresh) -> {
            for (int seed = 0; seed < 60; seed++) {
                var random = new SplittableRandom(seed);
                var walk = new Walk(fresh.get());
                for (int at = 0, n = 0; n < 25; n++) {
                    var inputs = List.copyOf(moves.situations().get(at).moves().keySet());
                    at = moved(moves, at, inputs.get(random.nextInt(inputs.size())), walk);
                }
            }
        });
    }

    @Test void the_moves_are_the_transitions_that_are_drawn() {
        for (var table : Stepper.tables()) {
            var moved = new HashSet<Edge>();
            table.found().variants().values().forEach(moves -> moves.situations().forEach(from ->
                    from.moves().keySet().stream().filter(input -> !input.equals(Moves.PASS))
                            .forEach(input -> moved.add(moves.edge(from, input)))));
            assertThat(moved).isEqualTo(table.figures().edges().keySet());
        }
    }

    @Test void each_machine_with_a_figure_has_its_stepper_and_each_input_a_row_or_a_reason() {
        var html = page().html();
        for (var table : Stepper.tables()) {
            var kind = table.figures().kind();
            assertThat(html).containsOnlyOnce("data-machine=\"" + kind.id() + "\"");
            var data = JsonParser.parseString(new Stepper(table, c -> c, _ -> Optional.empty())
                    .json()).getAsJsonObject();
            var rows = data.getAsJsonArray("rows");
            assertThat(rows).hasSameSizeAs(table.rows());
            for (var situations : data.getAsJsonObject("variants").asMap().values())
                for (var here : situations.getAsJsonArray()) {
                    var state = here.getAsJsonObject().get("state").getAsString();
                    assertThat(state.isEmpty() || data.getAsJsonObject("sections").has(state))
                            .as("where to read what " + state + " hears").isTrue();
                    here.getAsJsonObject().getAsJsonObject("moves").asMap().forEach((input, move) ->
                            row(table, state, input, move.getAsJsonArray()));
                }
        }
        assertThat(Stepper.tables()).hasSameSizeAs(Figures.all());
    }

    /// A move's row is of its state and input, and says all sentences of the move.
    private static void row(Table table, String state, String input, JsonArray move) {
        int number = move.get(2).getAsInt();
        if (number < 0) {
            assertThat(input).isEqualTo(Moves.PASS);
            return;
        }
        var row = table.rows().get(number);
        var sentences = table.sentences();
        assertThat(row.edge().from()).isEqualTo(state);
        assertThat(row.events()).contains(input);
        assertThat(move.asList().stream().skip(3).map(c -> sentences.get(c.getAsInt())))
                .isSubsetOf(row.cites());
    }

    private static Table.Row row(String machine, String from, String event) {
        return Stepper.tables().stream().filter(t -> t.figures().kind().name().equals(machine))
                .flatMap(t -> t.rows().stream()).filter(r -> r.edge().from().equals(from)
                        && r.events().contains(event)).findFirst().orElseThrow();
    }

    @Test void a_move_cites_the_lines_that_ran_and_no_others() {
        var invite = "INVITE client transaction";
        assertThat(row(invite, "COMPLETED", "300-699").cites()).containsExactly(
                "rfc6026#8.4-5", "rfc3261#17.1.1.2-22");
        assertThat(row(invite, "CALLING", "1xx").cites()).containsExactly(
                "rfc3261#17.1.1.2-16", "rfc3261#17.1.1.2-17",
                // a label that has nothing to do: its state is entered
                "rfc3261#17.1.1.2-9", "rfc3261#17.1.1.2-15");
        // an `if` that is not so, with its statement below or beside it
        assertThat(row("non-INVITE client transaction", "TRYING", "1xx").cites())
                .containsExactly("rfc3261#17.1.2.2-5");
        assertThat(row("non-INVITE server transaction", "TRYING", "200-699 from TU").cites())
                .containsExactly("rfc3261#17.2.2-5", "rfc3261#17.2.2-6");
        assertThat(row("non-INVITE server transaction", "COMPLETED", "200-699 from TU").cites())
                .containsExactly("rfc3261#17.2.2-8");
        // a constant is made at no move
        assertThat(row("branch of a proxied INVITE", "", "target found").cites()).isEmpty();
    }

    @Test void what_a_figure_draws_and_the_machine_ignores_has_the_reason_of_the_difference() {
        assertThat(row("non-INVITE server transaction", "TRYING", "101-199 from TU").reasons())
                .extracting(RfcFigure.Departure::citation).contains("rfc4320#4.1");
        assertThat(Table.covers("1xx from TU", "100 from TU")).isTrue();
        assertThat(Table.covers("1xx from TU", "101-199")).isFalse();
        assertThat(Table.covers("1xx", "2xx")).isFalse();
    }

    @Test void the_words_of_the_rfc_are_those_of_the_readers_copy() {
        var text = new Rfc(3261, "SIP", List.of(new Rfc.Section("17.2.2", "One", List.of(
                new Rfc.Paragraph(1, 0, "", List.of()), new Rfc.Paragraph(2, 0, "", List.of(
                        new Rfc.Sentence("The second one.", Optional.empty()),
                        new Rfc.Sentence("It MUST & will.", Optional.of(new Rfc.Statement(8,
                                Keyword.MUST, false, "It MUST & will.")))))))));
        var html = new Stepper(Stepper.tables().get(3), c -> "rfc.html#" + c,
                rfc -> Optional.of(text).filter(t -> t.number() == rfc)).html();
        assertThat(html).contains("<a href=\"rfc.html#rfc3261#17.2.2-8\">RFC 3261 §17.2.2-8</a> "
                + "<q>It MUST &amp; will.</q>", "RFC 3261 §17.2.2 ¶2</a> <q>The second one. It",
                "RFC 6026 §8.8-1</a> the TU is informed");
    }

    @Test void timers_are_told_with_their_times() {
        assertThat(page().html()).contains("<code>begin &rarr; CALLING</code></td>"
                + "<td>INVITE from TU</td><td><i>send INVITE</i>; starts Timer A 0.5 s, "
                + "starts Timer B 32 s</td>",
                "starts Timer A 1, 2, 4, 8, 16, 32 s", "starts Timer D 32 s (TCP: 0 s)",
                "starts Timer G 1, 2, 4 s", "starts Timer C 181 s");
    }

    @Test void a_machine_that_is_changed_changes_its_drawing_its_table_and_its_data() {
        var row = "<code>ACCEPTED</code></td><td>2xx</td><td><i>response to TU</i>";
        var as = List.of(row, "ACCEPTED | 2xx | ACCEPTED | response to TU",
                "starts Timer A 1, 2, 4, 8, 16, 32 s");
        assertThat(page().html()).contains(as);
        assertThat(pageOf(Path.of("p2psip/std/rfc3261/InviteClientTransaction.java"), Map.of(
                "case ACCEPTED -> response.success()", "case ACCEPTED -> response.provisional()",
                "gap.multipliedBy(2)", "gap.multipliedBy(3)"))).doesNotContain(as)
                .contains(row.replace("2xx", "1xx"), "ACCEPTED | 1xx | ACCEPTED | response to TU",
                        "<td>2xx, 300-699</td><td>ignored</td>",
                        "starts Timer A 1.5, 4.5, 13.5, 40.5 s");
    }

    /// The page that is made when a source says something else.
    private String pageOf(Path source, Map<String, String> changes) {
        Changed.compile(ROOT.resolve("std/src/main/java").resolve(source), changes, folder,
                CLASSES.getLast());
        try (var loader = new Changed("p2psip.", Stream.concat(Stream.of(folder),
                CLASSES.stream()).toList())) {
            return (String) loader.loadClass(FigurePage.class.getName()).getMethod("html")
                    .invoke(page(loader));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A page of these classes, as [#page] makes one of ours.
    private static Object page(ClassLoader classes) throws ReflectiveOperationException {
        Function<String, String> address = cite -> "https://example.org/" + cite;
        Function<Path, Optional<String>> source = _ -> Optional.empty();
        IntFunction<Optional<Object>> texts = _ -> Optional.empty();
        return classes.loadClass(FigurePage.class.getName()).getConstructor(Function.class,
                Function.class, IntFunction.class).newInstance(address, source, texts);
    }
}
