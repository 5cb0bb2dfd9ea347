package p2psip.tools.guide;

import static p2psip.tools.guide.Blocks.*;

import module java.base;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.ast.Block;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.PhraseNode;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.InlineMacroProcessor;
import org.asciidoctor.extension.Treeprocessor;
import p2psip.app.p2psip.Main;
import p2psip.app.trace.Svg;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.*;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.Type;

/// All macros of the guide. One that means nothing is reported as AsciiDoc reports a mistake, with
/// the file and line it stands on.
record Macros(Sources sources, Rules rules) {

    void register(Asciidoctor asciidoctor) {
        new FlowMacros(sources.root().resolve("docs/exercises")).register(asciidoctor);
        asciidoctor.javaExtensionRegistry().inlineMacro("rfc", new Link())
                .inlineMacro("code", new Code())
                .blockMacro("rfc", new Text((rfc, place, document) ->
                        boxes(document).box("rfc" + rfc + "#" + place, "")))
                .blockMacro("coverage", new Text((_, _, document) ->
                        new CoverageTable(sources.root()).asciidoc(isHtml(document))))
                .blockMacro("mutation", new Text((_, _, document) ->
                        new MutationTable(sources.root()).asciidoc(isHtml(document))))
                .blockMacro("verbs", new Text((_, _, _) -> new Verbs(Main.command()).asciidoc()))
                .blockMacro("lines-of-code", new Text((what, _, _) ->
                        new LinesOfCode(sources).asciidoc(what)))
                .blockMacro("code", new Text((name, methods, _) ->
                        methods(name, Set.of(methods.split(", *")))))
                .blockMacro("book-index", new Text((what, _, document) ->
                        new BookIndex(Glossary.of(sources.root().resolve("docs")), sources,
                                isHtml(document)).asciidoc(what)))
                .blockMacro("machine", new Drawing("machine", "70%", (id, _, document) ->
                        machine(id, document)))
                .treeprocessor(new Listings());
    }

    private Boxes boxes(Document document) {
        return new Boxes(rules, isHtml(document));
    }

    /// A machine; what its drawing leads to stands on the page of all machines.
    private String machine(String id, Document document) {
        var svg = FigurePage.svg(id, cite -> boxes(document).address(rules.rule(cite)));
        return isHtml(document) ? svg.replace("href=\"#", "href=\"" + FigurePage.NAME + "#") : svg;
    }

    /// Methods of a class as they are, in their order, below the way to its page.
    private List<String> methods(String name, Set<String> wanted) {
        var path = sources.named(name);
        var all = Methods.of(sources.root(), List.of(path)).get(path).methods();
        for (var one : wanted) if (all.stream().noneMatch(m -> m.name().equals(one)))
            throw new IllegalArgumentException("no method " + one + "; there are "
                    + all.stream().map(Methods.Method::name).distinct().toList());
        var lines = Sources.lines(sources.root().resolve(path));
        var listing = all.stream().filter(m -> wanted.contains(m.name()))
                .map(m -> String.join("\n", lines.subList(begin(lines, m), m.lastLine())))
                .collect(Collectors.joining("\n\n")).stripIndent();
        var below = new ArrayList<>(List.of("[source,java]", ".code:" + name + "[]", "----"));
        listing.lines().forEach(below::add);
        below.add("----");
        return below;
    }

    /// The first line of a method, with what stands over it.
    private static int begin(List<String> lines, Methods.Method method) {
        int first = method.firstLine() - 1;
        while (first > 0 && lines.get(first - 1).strip().startsWith("//")) first--;
        return first;
    }

    /// `rfc:3261[17.1.1.2-22]` within a sentence.
    private final class Link extends InlineMacroProcessor {
        @Override public PhraseNode process(
                StructuralNode parent, String rfc, Map<String, Object> attributes) {
            var place = inside(attributes);
            try {
                var boxes = boxes(parent.getDocument());
                var rule = rules.rule("rfc" + rfc + "#" + place);
                return createPhraseNode(parent, "anchor", rule.title(),
                        new HashMap<>(Map.of("title", Svg.escape(rule.section()),
                                "role", "rule" + Boxes.colour(rule, " "))),
                        new HashMap<>(Map.of("type", ":link", "target", boxes.address(rule))));
            } catch (IllegalArgumentException e) {
                log(mistake("rfc:" + rfc + "[" + place + "]", e, parent.getDocument()));
                return createPhraseNode(parent, "quoted", "");
            }
        }
    }

    /// `code:Proxy[]` within a sentence: a class, and the way to its page.
    private final class Code extends InlineMacroProcessor {
        @Override public PhraseNode process(
                StructuralNode parent, String name, Map<String, Object> attributes) {
            var document = parent.getDocument();
            var shown = "<code>" + Svg.escape(name.replaceFirst(".*\\.", "")) + "</code>";
            try {
                var page = Site.page(sources.named(name));
                return isHtml(document) ? createPhraseNode(parent, "anchor", shown, new HashMap<>(),
                        new HashMap<>(Map.of("type", ":link", "target", page)))
                        : createPhraseNode(parent, "quoted", shown);
            } catch (IllegalArgumentException e) {
                log(mistake("code:" + name + "[]", e, document));
                return createPhraseNode(parent, "quoted", shown);
            }
        }
    }

    /// Java listings: each line `//= rfc3261#17.1.1.2-22 our words` becomes a comment with a
    /// number, and a box below.
    private final class Listings extends Treeprocessor {
        private static final Pattern CITATION = Pattern.compile("( *)//= (\\S+) +(.*)");
        private static final Pattern TYPE = Pattern.compile("^(" + Arrays.stream(Type.values())
                .map(Type::toString).collect(Collectors.joining("|")) + ") ");

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
                            TYPE.matcher(m.group(3)).replaceFirst("$1: ")));
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
