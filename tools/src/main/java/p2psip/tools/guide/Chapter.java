package p2psip.tools.guide;

import module java.base;
import p2psip.tools.book.Exercise;
import p2psip.tools.htmlify.Chapters;

/// A chapter of the book, as a program reads it that looks for words.
///
/// @param number in the book, from 1
/// @param file   `transactions.adoc`
/// @param lines  as they are written
/// @param tasks  of its exercises
record Chapter(int number, String file, List<String> lines, List<String> tasks) {
    private static final Pattern EXERCISES = Pattern.compile("exercises::(\\d+)\\[\\]");
    private static final Pattern FENCE = Pattern.compile("-{4}|\\.{4}");
    /// Headings, attributes, remarks, the borders of tables, and macros that draw or quote.
    private static final Pattern NO_PROSE = Pattern.compile(
            "=+ .*|:[\\w-]+:.*|//.*|\\[.*\\]|\\|===|[a-z-]+::\\S*\\[.*\\]");
    private static final Pattern CITED = Pattern.compile("rfc:\\d+\\[[^\\]]*\\]");
    private static final Pattern LINK = Pattern.compile("(?:xref|link):[^\\s\\[]*\\[([^\\]]*)\\]");
    /// A class, which may have its package before its name.
    static final Pattern CODE = Pattern.compile("code:(?:[\\w.]*\\.)?(\\w+)\\[\\]");
    private static final Pattern HEADING = Pattern.compile("==+ (.*)");
    private static final Pattern ANCHOR = Pattern.compile("\\[\\[[\\w-]+\\]\\]");

    Chapter {
        lines = List.copyOf(lines);
        tasks = List.copyOf(tasks);
    }

    /// All that the index includes, in its order.
    static List<Chapter> all(Path docs) {
        var exercises = Exercise.in(docs.resolve("exercises"));
        var chapters = new ArrayList<Chapter>();
        for (var chapter : Chapters.of(docs.resolve("src")).all()) {
            var file = chapter.name() + ".adoc";
            var lines = lines(docs.resolve("src").resolve(file));
            chapters.add(new Chapter(chapter.number(), file, lines, tasks(lines, exercises)));
        }
        return chapters;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tasks(List<String> lines, List<Exercise> exercises) {
        return lines.stream().map(EXERCISES::matcher).filter(Matcher::matches)
                .map(set -> Integer.parseInt(set.group(1)))
                .flatMap(n -> exercises.stream().filter(e -> e.chapter() == n))
                .flatMap(e -> e.task().stream()).toList();
    }

    String title() {
        return lines.stream().filter(line -> line.startsWith("= ")).findFirst()
                .map(line -> line.substring(2)).orElse(file);
    }

    /// What stands below one heading; what stands before the first has none.
    ///
    /// @param anchor of the heading in a page; empty for its top
    record Section(String title, String anchor, List<String> lines) {
        Section { lines = List.copyOf(lines); }

        String prose() { return Chapter.prose(lines); }
    }

    List<Section> sections() {
        var sections = new ArrayList<Section>();
        var below = new ArrayList<String>();
        String title = "", anchor = "", fence = "", before = "";
        for (var line : lines) {
            var heading = HEADING.matcher(line);
            if (fence.isEmpty() && heading.matches()) {
                sections.add(new Section(title, anchor, below));
                below.clear();
                title = heading.group(1);
                anchor = anchor(title, before);
            } else below.add(line);
            if (FENCE.matcher(line).matches() && (fence.isEmpty() || fence.equals(line)))
                fence = fence.isEmpty() ? line : "";
            before = line;
        }
        sections.add(new Section(title, anchor, below));
        return sections;
    }

    /// As the line before a heading says, `[#night]`; or else as AsciiDoc makes it of the title.
    private static String anchor(String title, String before) {
        var given = GIVEN.matcher(before);
        return given.matches() ? given.group(1) : "_" + title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _.-]", "").replaceAll("[ .-]+", "_");
    }

    private static final Pattern GIVEN = Pattern.compile("\\[#([\\w-]+)]");

    /// What is to be read: no headings, listings and drawings, and of links only their words.
    String prose() { return prose(lines) + prose(tasks); }

    private static String prose(List<String> lines) {
        var prose = new StringBuilder();
        var fence = "";
        for (var line : lines) {
            if (FENCE.matcher(line).matches() && (fence.isEmpty() || fence.equals(line)))
                fence = fence.isEmpty() ? line : "";
            else if (fence.isEmpty() && !NO_PROSE.matcher(line).matches())
                prose.append(ANCHOR.matcher(words(line)).replaceAll("")).append('\n');
        }
        return prose.toString();
    }

    private static String words(String line) {
        return CODE.matcher(LINK.matcher(CITED.matcher(line).replaceAll("")).replaceAll("$1"))
                .replaceAll("`$1`");
    }

    /// The prose behind `[[anchor]]`, as far as its paragraph goes, or the row of its table, or its
    /// entry of a list; empty if there is no such anchor.
    Optional<String> paragraph(String anchor) {
        var mark = "[[" + anchor + "]]";
        for (int i = 0; i < lines.size(); i++) {
            int at = lines.get(i).indexOf(mark);
            if (at < 0) continue;
            var first = lines.get(i).substring(at + mark.length());
            var rest = lines.stream().skip(i + 1).takeWhile(line -> !line.isBlank()
                    && (first.isEmpty() || !line.matches("\\|.*|\\. .*|.*::( .*)?")));
            return Optional.of(prose(Stream.concat(Stream.of(first), rest).toList()).strip());
        }
        return Optional.empty();
    }
}
