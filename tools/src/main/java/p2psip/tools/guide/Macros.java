package p2psip.tools.guide;

import module java.base;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.ast.Block;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.PhraseNode;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.BlockMacroProcessor;
import org.asciidoctor.extension.InlineMacroProcessor;
import org.asciidoctor.extension.Treeprocessor;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Rules;
import p2psip.tools.rfc.Sources;

/// All macros of the guide. One that means nothing is reported as AsciiDoc reports a mistake, with
/// the file and line it stands on.
record Macros(Sources sources, Rules rules) {

    void register(Asciidoctor asciidoctor) {
        new FlowMacros(sources.root().resolve("docs/exercises")).register(asciidoctor);
        asciidoctor.javaExtensionRegistry().inlineMacro("rfc", new Link())
                .blockMacro("rfc", new Text((rfc, place, document) ->
                        boxes(document).box("rfc" + rfc + "#" + place, "")))
                .blockMacro("coverage", new Text((_, _, document) ->
                        new CoverageTable(sources.root()).asciidoc(isHtml(document))))
                .blockMacro("mutation", new Text((_, _, document) ->
                        new MutationTable(sources.root()).asciidoc(isHtml(document))))
                .blockMacro("lines-of-code", new Text((_, _, _) ->
                        new LinesOfCode(sources).asciidoc()))
                .blockMacro("machine", new Machine()).treeprocessor(new Listings());
    }

    /// On paper there are no pages beside the guide.
    private static boolean isHtml(Document document) {
        return "html5".equals(document.getAttribute("backend"));
    }

    private Boxes boxes(Document document) {
        return new Boxes(rules, isHtml(document));
    }

    private static String first(Map<String, Object> attributes) {
        return String.valueOf(attributes.getOrDefault("1", ""));
    }

    /// A mistake in a macro, where it is found first: a macro is not told where it stands.
    private static LogRecord mistake(String macro, RuntimeException e, Document document) {
        var folder = Path.of(document.getAttribute("docdir").toString());
        return new LogRecord(Severity.ERROR, Spot.of(macro, folder), macro + ": " + e.getMessage());
    }

    /// `rfc:3261[17.1.1.2-22]` within a sentence.
    private final class Link extends InlineMacroProcessor {
        @Override public PhraseNode process(
                StructuralNode parent, String rfc, Map<String, Object> attributes) {
            var place = first(attributes);
            try {
                var boxes = boxes(parent.getDocument());
                var rule = rules.rule("rfc" + rfc + "#" + place);
                return createPhraseNode(parent, "anchor", rule.title(),
                        new HashMap<>(Map.of("title", rule.section(),
                                "role", "rule" + Boxes.colour(rule, " "))),
                        new HashMap<>(Map.of("type", ":link", "target", boxes.address(rule))));
            } catch (IllegalArgumentException e) {
                log(mistake("rfc:" + rfc + "[" + place + "]", e, parent.getDocument()));
                return createPhraseNode(parent, "quoted", "");
            }
        }
    }

    /// A block macro that becomes AsciiDoc.
    private static final class Text extends BlockMacroProcessor {

        private interface Writer {
            List<String> write(String target, String first, Document document);
        }

        private final Writer writer;

        Text(Writer writer) { this.writer = writer; }

        @Override public StructuralNode process(
                StructuralNode parent, String target, Map<String, Object> attributes) {
            var block = createBlock(parent, "open", List.of());
            try {
                parseContent(block, writer.write(target, first(attributes),
                        parent.getDocument()));
            } catch (IllegalArgumentException e) {
                log(mistake(getName() + "::" + target + "[" + first(attributes) + "]", e,
                        parent.getDocument()));
            }
            return block;
        }
    }

    /// `machine::invite-client-transaction[]`, drawn.
    private final class Machine extends BlockMacroProcessor {
        @Override public StructuralNode process(
                StructuralNode parent, String id, Map<String, Object> attributes) {
            var document = parent.getDocument();
            try {
                var svg = FigurePage.svg(id,
                        citation -> boxes(document).address(rules.rule(citation)));
                return !isHtml(document) ? image(parent, id, svg) : createBlock(parent, "pass",
                        "<figure class=\"machine\">" + svg.replace("href=\"#", "href=\""
                                + FigurePage.NAME + "#") + "</figure>");
            } catch (IllegalArgumentException e) {
                log(mistake("machine::" + id + "[]", e, document));
                return createBlock(parent, "open", List.of());
            }
        }

        /// For the PDF.
        private StructuralNode image(StructuralNode parent, String id, String svg) {
            return createBlock(parent, "image", "", new HashMap<>(Map.of(
                    "target", Pictures.file(id, svg), "alt", id, "pdfwidth", "70%")));
        }
    }

    /// Java listings: each line `//= rfc3261#17.1.1.2-22 our words` becomes a comment with a
    /// number, and a box below.
    private final class Listings extends Treeprocessor {
        private static final Pattern CITATION = Pattern.compile("( *)//= (\\S+) +(.*)");
        private static final Pattern TYPE = Pattern.compile("^(?:test|exception|todo) ");

        @Override public Document process(Document document) {
            for (var node : document.findBy(new HashMap<>(Map.of("context", ":listing"))))
                if (node instanceof Block listing
                        && "java".equals(listing.getAttribute("language"))) rewrite(listing);
            return document;
        }

        private void rewrite(Block listing) {
            var lines = new ArrayList<String>();
            var below = new ArrayList<String>();
            int n = 0;
            for (var line : listing.getLines()) {
                var m = CITATION.matcher(line);
                if (m.matches()) {
                    lines.add("%s// (%d) %s".formatted(m.group(1), ++n,
                            TYPE.matcher(m.group(3)).replaceFirst("")));
                    below.addAll(box(m.group(2), "(" + n + ") ", listing.getDocument()));
                } else lines.add(line);
            }
            if (n == 0) return;
            listing.setLines(lines);
            var parent = (StructuralNode) listing.getParent();
            var block = createBlock(parent, "open", List.of());
            parseContent(block, below);
            parent.getBlocks().add(parent.getBlocks().indexOf(listing) + 1, block);
        }

        private List<String> box(String citation, String mark, Document document) {
            try {
                return boxes(document).box(citation, mark);
            } catch (IllegalArgumentException e) {
                log(mistake("//= " + citation, e, document));
                return List.of();
            }
        }
    }
}
