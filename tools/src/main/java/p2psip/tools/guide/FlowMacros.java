package p2psip.tools.guide;

import module java.base;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.BlockMacroProcessor;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import p2psip.tools.book.*;
import p2psip.tools.book.Flow.Shown;

/// What the book shows of a run, and its exercises: `flow::call[media]` draws it,
/// `message::call[200 OK (INVITE)]` quotes a message of it and `body::call[INVITE]` only its body,
/// `plot::jitter[]` draws a measurement and `ring::stored[]` a ring, `exercises::3[]` sets the
/// exercises of a chapter.
record FlowMacros(Path exercises) {
    private static final Map<String, Flow> FLOWS = new ConcurrentHashMap<>();

    void register(Asciidoctor asciidoctor) {
        asciidoctor.javaExtensionRegistry()
                .blockMacro("flow", new Drawing((name, shown) -> flow(name).svg(shown)))
                .blockMacro("ring", new Drawing((name, _) -> RingDrawing.svg(name)))
                .blockMacro("plot", new Drawing((name, _) -> Plot.of(name).svg()))
                .blockMacro("message", new Lines((flow, what) ->
                        listing(flow(flow).message(what))))
                .blockMacro("body", new Lines((flow, what) ->
                        listing(flow(flow).message(what).split("\r?\n\r?\n", 2)[1])))
                .blockMacro("exercises", new Lines((chapter, _) ->
                        exercises(Integer.parseInt(chapter))));
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
        exercise.task().forEach(paragraph -> lines.addAll(List.of(paragraph, "")));
        lines.addAll(List.of("`app/p2psip exercise " + exercise.number() + "`", "****", ""));
        return lines.stream();
    }

    private static String first(Map<String, Object> attributes) {
        return attributes.entrySet().stream().filter(e -> e.getKey().matches("\\d+"))
                .sorted(Comparator.comparing(e -> Integer.parseInt(e.getKey())))
                .map(e -> String.valueOf(e.getValue())).collect(Collectors.joining(","));
    }

    private static LogRecord mistake(String macro, RuntimeException e, Document document) {
        var folder = Path.of(document.getAttribute("docdir").toString());
        return new LogRecord(Severity.ERROR, Spot.of(macro, folder), macro + ": " + e.getMessage());
    }

    /// A macro that becomes AsciiDoc.
    private static final class Lines extends BlockMacroProcessor {
        private final BiFunction<String, String, List<String>> writer;

        Lines(BiFunction<String, String, List<String>> writer) { this.writer = writer; }

        @Override public StructuralNode process(
                StructuralNode parent, String target, Map<String, Object> attributes) {
            var block = createBlock(parent, "open", List.of());
            try {
                parseContent(block, writer.apply(target, first(attributes)));
            } catch (IllegalArgumentException e) {
                log(mistake(getName() + "::" + target + "[" + first(attributes) + "]", e,
                        parent.getDocument()));
            }
            return block;
        }
    }

    /// Drawn by the code that draws for the programs.
    private static final class Drawing extends BlockMacroProcessor {
        private final BiFunction<String, Set<Shown>, String> drawer;

        Drawing(BiFunction<String, Set<Shown>, String> drawer) { this.drawer = drawer; }

        @Override public StructuralNode process(
                StructuralNode parent, String target, Map<String, Object> attributes) {
            var document = parent.getDocument();
            var what = first(attributes);
            try {
                var shown = EnumSet.noneOf(Shown.class);
                for (var word : what.split(",")) if (!word.isBlank())
                    shown.add(Shown.valueOf(word.strip().toUpperCase(Locale.ROOT)));
                var svg = drawer.apply(target, shown);
                return "html5".equals(document.getAttribute("backend"))
                        ? createBlock(parent, "pass", "<figure class=\"ladder\">" + svg
                                + "</figure>")
                        : createBlock(parent, "image", "", new HashMap<>(Map.of("target",
                                Pictures.file(target, svg), "alt", target, "pdfwidth", "90%")));
            } catch (IllegalArgumentException e) {
                log(mistake(getName() + "::" + target + "[" + what + "]", e, document));
                return createBlock(parent, "open", List.of());
            }
        }
    }
}
