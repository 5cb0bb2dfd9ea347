package p2psip.tools.guide;

import module java.base;
import org.asciidoctor.Asciidoctor;
import p2psip.tools.book.*;
import p2psip.tools.book.Flow.Shown;
import p2psip.tools.guide.Blocks.*;

/// What the book shows of a run, and its exercises: `flow::call[media]` draws it and
/// `ladder::call[media]` does so as text, `message::call[200 OK (INVITE)]` quotes a message of it
/// and `body::call[INVITE]` only its body, `plot::jitter[]` draws a measurement and
/// `ring::stored[]` a ring, `exercises::3[]` sets the exercises of a chapter.
record FlowMacros(Path exercises) {
    private static final Map<String, Flow> FLOWS = new ConcurrentHashMap<>();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    void register(Asciidoctor asciidoctor) {
        asciidoctor.javaExtensionRegistry()
                .blockMacro("flow", drawing((name, what) -> flow(name).svg(shown(what))))
                .blockMacro("ring", drawing((name, _) -> RingDrawing.svg(name)))
                .blockMacro("plot", drawing((name, _) -> Plots.of(name).svg()))
                .blockMacro("ladder", new Text((name, what, _) ->
                        listing(flow(name).text(shown(what)))))
                .blockMacro("message", new Text((flow, what, _) ->
                        listing(flow(flow).message(what))))
                .blockMacro("body", new Text((flow, what, _) ->
                        listing(flow(flow).message(what).split("\r?\n\r?\n", 2)[1])))
                .blockMacro("exercises", new Text((chapter, _, _) ->
                        exercises(Integer.parseInt(chapter))));
    }

    private static Drawing drawing(BinaryOperator<String> drawer) {
        return new Drawing("ladder", "65%", (name, what, _) -> drawer.apply(name, what));
    }

    private static Flow flow(String name) { return FLOWS.computeIfAbsent(name, Flow::of); }

    private static List<String> listing(String text) {
        return Stream.of(Stream.of("----"), text.stripTrailing().lines(), Stream.of("----"))
                .flatMap(lines -> lines).toList();
    }

    private List<String> exercises(int chapter) {
        var all = Exercise.in(exercises).stream().filter(e -> e.chapter() == chapter).toList();
        if (all.isEmpty()) throw new IllegalArgumentException("no exercises of " + chapter);
        return all.stream().flatMap(FlowMacros::exercise).toList();
    }

    private static Stream<String> exercise(Exercise exercise) {
        var lines = new ArrayList<>(List.of("[#exercise-" + exercise.number().replace('.', '-')
                + ".exercise]", "." + exercise.number() + " " + exercise.title(), "****"));
        exercise.task().forEach(paragraph -> lines.addAll(List.of(asciidoc(paragraph), "")));
        lines.addAll(List.of("`app/p2psip exercise " + exercise.number() + "`", "****", ""));
        return lines.stream();
    }

    /// A paragraph of Markdown: what stands between code marks means nothing but itself.
    private static String asciidoc(String markdown) {
        return CODE.matcher(markdown).replaceAll(code ->
                Matcher.quoteReplacement("``" + Boxes.plain(code.group(1)) + "``"));
    }

    private static Set<Shown> shown(String words) {
        var shown = EnumSet.noneOf(Shown.class);
        for (var word : words.split(",")) if (!word.isBlank())
            shown.add(Shown.valueOf(word.strip().toUpperCase(Locale.ROOT)));
        return shown;
    }
}
