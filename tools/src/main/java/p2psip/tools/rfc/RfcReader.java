package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Rfc.*;

/// Reads the plain text of an RFC, of the old paged form and of the newer one without pages.
final class RfcReader {
    private static final Pattern ITEM_ENDS = Pattern.compile(".*(?:[.:;]|; (?:and|or))");

    private final boolean weak;
    private final Outline outline = new Outline();
    private final List<Section> sections = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private Outline.Heading heading = new Outline.Heading("", "");
    private int paragraphs, statements;

    private RfcReader(boolean weak) { this.weak = weak; }

    /// Sentences with the words in small letters are numbered where the text does not say that its
    /// capitals are those of RFC 2119; and in RFC 3550, which says so and often forgets it.
    static Rfc read(int number, String text) {
        var reader = new RfcReader(!Keyword.declaredBy(text) || number == 3550);
        var lines = Pages.join(text);
        reader.read(lines);
        return new Rfc(number, title(lines), reader.sections);
    }

    /// The title is the block below the one that names authors and number.
    private static String title(List<String> lines) {
        return Sentences.collapse(lines.stream()
                .dropWhile(line -> !line.startsWith("Request for Comments"))
                .dropWhile(line -> !line.isEmpty()).dropWhile(String::isEmpty)
                .takeWhile(line -> !line.isEmpty()).collect(Collectors.joining(" ")));
    }

    private void read(List<String> lines) {
        for (int i = 0, end; i < lines.size(); i = end + 1) {
            for (end = i; end < lines.size() && !lines.get(end).isEmpty(); end++);
            if (end > i) block(lines.subList(i, end));
        }
        close();
    }

    /// Reads what stands between two blank lines: a heading, a drawing, a paragraph or a list.
    private void block(List<String> block) {
        int title = titleLines(block);
        var next = outline(Sentences.collapse(String.join(" ", block.subList(0, title))), title);
        if (next.isPresent()) {
            close();
            heading = next.get();
            if (title < block.size()) block(block.subList(title, block.size()));
        } else if (Layout.term(block) && Layout.prose(block.subList(1, block.size()))) {
            paragraphs(block.subList(1, block.size()), block.getFirst().strip());
        } else if (Layout.prose(block)) {
            paragraphs(block, "");
        } else {
            blocks.add(new Drawing(block));
        }
    }

    private Optional<Outline.Heading> outline(String line, int title) {
        return title == 0 ? Optional.empty() : outline.heading(line);
    }

    /// How many lines the block's heading would take, 0 if it is none: headings begin at the left
    /// margin and go on far from it, or on a short second line.
    private static int titleLines(List<String> block) {
        if (Layout.indent(block.getFirst()) > 0) return 0;
        int end = 1;
        if (block.size() == 2 && Layout.indent(block.get(1)) > 0 && block.get(1).length() < 50
                && !block.get(1).endsWith(".")) end = 2;
        while (end < block.size() && Layout.indent(block.get(end)) > 3) end++;
        return end;
    }

    /// The paragraphs of a block, one for each list item; a term stands before the first of them.
    private void paragraphs(List<String> block, String term) {
        var mark = term;
        for (var item : items(block)) {
            paragraph(item, mark);
            mark = "";
        }
    }

    private static List<List<String>> items(List<String> block) {
        var items = new ArrayList<List<String>>();
        for (var line : block) {
            if (items.isEmpty() || Layout.mark(line).isPresent()
                    && (items.stream().anyMatch(item -> beside(item.getFirst(), line))
                            || ITEM_ENDS.matcher(items.getLast().getLast()).matches()))
                items.add(new ArrayList<>());
            items.getLast().add(line);
        }
        return items;
    }

    /// Whether a line is marked like another item of its list; else the number it begins with is
    /// the end of the line above ("see Section").
    private static boolean beside(String item, String line) {
        return Layout.mark(item).isPresent() && (Layout.indent(item) == Layout.indent(line)
                || !Character.isLetterOrDigit(line.strip().charAt(0)));
    }

    private void paragraph(List<String> lines, String term) {
        var first = lines.getFirst();
        var mark = Layout.mark(first).orElse("");
        var text = first.substring(mark.length()).strip() + lines.stream().skip(1)
                .map(line -> "\n" + line.strip()).collect(Collectors.joining());
        int indent = mark.isEmpty() ? Layout.indent(first) : mark.length();
        blocks.add(new Paragraph(++paragraphs, indent, (term + " " + mark.strip()).strip(),
                Sentences.split(text).stream().map(this::sentence).toList()));
    }

    private Sentence sentence(String text) {
        var strong = Keyword.in(text);
        var keyword = strong.isEmpty() && weak ? Keyword.weakIn(text) : strong;
        return new Sentence(text, keyword.filter(_ -> !heading.number().isEmpty())
                .map(k -> new Statement(++statements, k, strong.isEmpty(), text)));
    }

    private void close() {
        sections.add(new Section(heading.number(), heading.title(), blocks));
        blocks.clear();
        paragraphs = 0;
        statements = 0;
    }
}
