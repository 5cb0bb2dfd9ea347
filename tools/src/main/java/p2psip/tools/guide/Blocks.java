package p2psip.tools.guide;

import module java.base;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.BlockMacroProcessor;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;

/// What the block macros of the guide have in common: a macro becomes AsciiDoc ([Text]) or a
/// drawing ([Drawing]); one that means nothing is a mistake with the place where it stands.
final class Blocks {
    private Blocks() {}

    /// On paper there are no pages beside the guide.
    static boolean isHtml(Document document) {
        return "html5".equals(document.getAttribute("backend"));
    }

    /// What stands between the brackets.
    static String inside(Map<String, Object> attributes) {
        return attributes.entrySet().stream().filter(e -> e.getKey().matches("\\d+"))
                .sorted(Comparator.comparing(e -> Integer.parseInt(e.getKey())))
                .map(e -> String.valueOf(e.getValue())).collect(Collectors.joining(","));
    }

    /// A mistake in a macro, where it is found first: a macro is not told where it stands.
    static LogRecord mistake(String macro, RuntimeException e, Document document) {
        var folder = Path.of(document.getAttribute("docdir").toString());
        return new LogRecord(Severity.ERROR, Spot.of(macro, folder), macro + ": " + e.getMessage());
    }

    /// Makes something of `name::target[inside]`.
    interface Maker<T> {
        /// @throws IllegalArgumentException if it means nothing
        T make(String target, String inside, Document document);
    }

    /// A macro that becomes AsciiDoc.
    static final class Text extends BlockMacroProcessor {
        private final Maker<List<String>> writer;

        Text(Maker<List<String>> writer) { this.writer = writer; }

        @Override public StructuralNode process(
                StructuralNode parent, String target, Map<String, Object> attributes) {
            var block = createBlock(parent, "open", List.of());
            var inside = inside(attributes);
            try {
                parseContent(block, writer.make(target, inside, parent.getDocument()));
            } catch (IllegalArgumentException e) {
                log(mistake(getName() + "::" + target + "[" + inside + "]", e,
                        parent.getDocument()));
            }
            return block;
        }
    }

    /// A macro that becomes a drawing, in SVG.
    static final class Drawing extends BlockMacroProcessor {
        private final String kind;
        private final String width;
        private final Maker<String> drawer;

        /// @param kind  the class of the figure on a page
        /// @param width how wide it is on paper
        Drawing(String kind, String width, Maker<String> drawer) {
            this.kind = kind;
            this.width = width;
            this.drawer = drawer;
        }

        @Override public StructuralNode process(
                StructuralNode parent, String target, Map<String, Object> attributes) {
            var document = parent.getDocument();
            var inside = inside(attributes);
            try {
                var svg = drawer.make(target, inside, document);
                return isHtml(document) ? createBlock(parent, "pass",
                        "<figure class=\"" + kind + "\">" + svg + "</figure>")
                        : createBlock(parent, "image", "", new HashMap<>(Map.of(
                                "target", file(target, svg), "alt", target, "pdfwidth", width)));
            } catch (IllegalArgumentException e) {
                log(mistake(getName() + "::" + target + "[" + inside + "]", e, document));
                return createBlock(parent, "open", List.of());
            }
        }

        /// For paper, in the letters that a PDF has, and no wider than they are.
        private static String file(String name, String svg) {
            try {
                var file = Files.createTempFile(name, ".svg");
                file.toFile().deleteOnExit();
                Files.writeString(file, svg.replace("currentColor", "#1d2129")
                        .replaceFirst("font-family=\"[^\"]*\"", "font-family=\"M+ 1mn\""));
                return file.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
