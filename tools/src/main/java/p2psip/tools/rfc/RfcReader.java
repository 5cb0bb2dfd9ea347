package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Rfc.Block;
import p2psip.tools.rfc.Rfc.Drawing;
import p2psip.tools.rfc.Rfc.Paragraph;
import p2psip.tools.rfc.Rfc.Section;
import p2psip.tools.rfc.Rfc.Sentence;
import p2psip.tools.rfc.Rfc.Statement;

/// Reads the plain text of an RFC, of the old paged form and of the newer one without pages.
final class RfcReader {
    private static final Pattern HEADING = Pattern.compile(
            "(?:Appendix\\s+)?((?:\\d{1,2}|[A-Z])(?:\\.\\d+)*)(?:[.:]|(?=\\s)|$)(?:\\s+-)?\\s*(\\S.*)?");
    private static final Pattern CONTENTS = Pattern.compile("(?:\\. ?){3,}");

    private static final Pattern ITEM_ENDS = Pattern.compile(".*(?:[.:;]|; (?:and|or))");

    private final boolean weak;
    private final List<Section> sections = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private String number = "", title = "";
    private int paragraphs, statements;

    private RfcReader(boolean weak) { this.weak = weak; }

    static Rfc read(int number, String text) {
        var reader = new RfcReader(!Keyword.declaredBy(text) || number == 3550);
        var lines = Pages.join(text);
        reader.read(lines);
        return new Rfc(number, title(lines), reader.sections);
    }

    /// The title is the block below the one that names authors and number.
    private static String title(List<String> lines) {
        int head = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("Request for Comments")).findFirst().orElse(-1);
        return Sentences.collapse(lines.stream().skip(head + 1).dropWhile(line -> !line.isEmpty())
                .dropWhile(String::isEmpty).takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining(" ")));
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size();) {
            if (lines.get(i).isEmpty()) {
                i++;
                continue;
            }
            int end = i;
            while (end < lines.size() && !lines.get(end).isEmpty()) end++;
            block(lines.subList(i, end));
            i = end;
        }
        close();
    }

    private void block(List<String> block) {
        if (Layout.indent(block.getFirst()) == 0) {
            int end = 1;
            if (block.size() == 2 && Layout.indent(block.get(1)) > 0 && block.get(1).length() < 50
                    && !block.get(1).endsWith(".")) end = 2;
            while (end < block.size() && Layout.indent(block.get(end)) > 3) end++;
            if (heading(Sentences.collapse(String.join(" ", block.subList(0, end))))) {
                if (end < block.size()) block(block.subList(end, block.size()));
                return;
            }
        }
        if (Layout.term(block) && Layout.prose(block.subList(1, block.size()))) term(block);
        else if (!Layout.prose(block)) blocks.add(new Drawing(block));
        else items(block).forEach(this::paragraph);
    }

    private boolean heading(String line) {
        var m = HEADING.matcher(line);
        if (m.matches() && !CONTENTS.matcher(line).find() && follows(m.group(1))) {
            close();
            number = m.group(1);
            title = m.group(2) == null ? "" : m.group(2);
            return true;
        }
        if (line.length() < 60 && Character.isUpperCase(line.charAt(0)) && !line.endsWith(".")
                && BACK.matcher(line).lookingAt()) {
            close();
            number = "";
            title = line;
            return true;
        }
        return false;
    }

    private static final Pattern BACK = Pattern.compile(
            "(?i)(abstract|status of|copyright|table of contents|acknowledg|author|editor|full copyright"
            + "|intellectual|contributors|index|preface|ipr|references|normative ref|informative ref|security con)");

    /// Whether a number may come after the last one: deeper, or later at the same or a higher level.
    private boolean follows(String next) {
        var last = last();
        if (last.isEmpty()) return next.equals("1");
        var a = parts(last);
        var b = parts(next);
        int same = 0;
        while (same < a.size() && same < b.size() && a.get(same).equals(b.get(same))) same++;
        if (same == b.size()) return false;
        if (same == 0) {
            boolean appendix = next.charAt(0) >= 'A';
            if (appendix && last.charAt(0) <= '9') return next.equals("A");
            return b.size() == 1 && b.get(0) == a.get(0) + 1;
        }
        if (b.size() != same + 1) return false;
        int before = same < a.size() ? a.get(same) : 0;
        return b.get(same) > before && b.get(same) <= before + 2;
    }

    private String last() {
        if (!number.isEmpty()) return number;
        return sections.reversed().stream().map(Section::number).filter(n -> !n.isEmpty())
                .findFirst().orElse("");
    }

    private static List<Integer> parts(String number) {
        return Arrays.stream(number.split("\\."))
                .map(p -> p.charAt(0) >= 'A' ? 1000 + p.charAt(0) : Integer.parseInt(p)).toList();
    }

    /// The list items of a block, or the block itself.
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

    /// Whether a line is marked like another item of its list; else the number it begins with is the
    /// end of the line above ("see Section").
    private static boolean beside(String item, String line) {
        return Layout.mark(item).isPresent() && (Layout.indent(item) == Layout.indent(line)
                || !Character.isLetterOrDigit(line.strip().charAt(0)));
    }

    private void paragraph(List<String> lines) {
        var first = lines.getFirst();
        var mark = Layout.mark(first).orElse("");
        var text = first.substring(mark.length()).strip() + lines.stream().skip(1)
                .map(line -> "\n" + line.strip()).collect(Collectors.joining());
        int indent = mark.isEmpty() ? Layout.indent(first) : mark.length();
        blocks.add(new Paragraph(++paragraphs, indent, mark.strip(),
                Sentences.split(text).stream().map(this::sentence).toList()));
    }

    private void term(List<String> block) {
        items(block.subList(1, block.size())).forEach(this::paragraph);
    }

    private Sentence sentence(String text) {
        var strong = Keyword.in(text);
        var keyword = strong.isEmpty() && weak ? Keyword.weakIn(text) : strong;
        return new Sentence(text, keyword.filter(_ -> !number.isEmpty())
                .map(k -> new Statement(++statements, k, strong.isEmpty(), text)));
    }

    private void close() {
        sections.add(new Section(number, title, blocks));
        blocks.clear();
        paragraphs = 0;
        statements = 0;
    }
}
