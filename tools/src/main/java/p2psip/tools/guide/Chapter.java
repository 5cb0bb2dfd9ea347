package p2psip.tools.guide;

import module java.base;
import p2psip.tools.book.Exercise;
import p2psip.tools.htmlify.Chapters;
import p2psip.tools.rfc.Sources;

/// A chapter of the book, as a program reads it that looks for words.
///
/// @param entry in the index that includes it
/// @param lines as they are written
/// @param tasks of its exercises
record Chapter(Chapters.Chapter entry, List<String> lines, List<String> tasks) {
    private static final Pattern EXERCISES = Pattern.compile("exercises::(\\d+)\\[\\]");
    private static final Pattern FENCE = Pattern.compile("-{4}|\\.{4}");
    /// Headings, attributes, remarks, the borders of tables, and macros that draw or quote.
    private static final Pattern NO_PROSE = Pattern.compile(
            "=+ .*|:[\\w-]+:.*|//.*|\\[.*\\]|\\|===|[a-z-]+::\\S*\\[.*\\]");
    private static final Pattern CITED = Pattern.compile("rfc:\\d+\\[[^\\]]*\\]");
    private static final Pattern LINK = Pattern.compile("(?:xref|link):[^\\s\\[]*\\[([^\\]]*)\\]");
    /// A class, which may have its package before its name.
    private static final Pattern CODE = Pattern.compile("code:(?:[\\w.]*\\.)?(\\w+)\\[\\]");
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
        for (var entry : Chapters.of(docs.resolve("src")).all()) {
            var lines = Sources.lines(docs.resolve("src").resolve(file(entry)));
            chapters.add(new Chapter(entry, lines, tasks(lines, exercises)));
        }
        return chapters;
    }

    private static String file(Chapters.Chapter entry) { return entry.name() + ".adoc"; }

    /// `transactions.adoc`
    String file() { return file(entry); }

    private static List<String> tasks(List<String> lines, List<Exercise> exercises) {
        return lines.stream().map(EXERCISES::matcher).filter(Matcher::matches)
                .map(set -> Integer.parseInt(set.group(1)))
                .flatMap(n -> exercises.stream().filter(e -> e.chapter() == n))
                .flatMap(e -> e.task().stream()).toList();
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
        String title = "", anchor = "", before = "";
        var fenced = fenced(lines);
        for (int i = 0; i < lines.size(); i++) {
            var heading = HEADING.matcher(lines.get(i));
            if (!fenced.get(i) && heading.matches()) {
                sections.add(new Section(title, anchor, below));
                below.clear();
                title = heading.group(1);
                anchor = anchor(title, before);
            } else below.add(lines.get(i));
            before = lines.get(i);
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
        var fenced = fenced(lines);
        return IntStream.range(0, lines.size()).filter(i -> !fenced.get(i)).mapToObj(lines::get)
                .filter(line -> !NO_PROSE.matcher(line).matches())
                .map(line -> ANCHOR.matcher(words(line)).replaceAll("") + "\n")
                .collect(Collectors.joining());
    }

    /// The numbers, from 0, of the lines that belong to a listing.
    private static BitSet fenced(List<String> lines) {
        var fenced = new BitSet();
        var fence = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            boolean border = FENCE.matcher(line).matches()
                    && (fence.isEmpty() || fence.equals(line));
            fenced.set(i, border || !fence.isEmpty());
            if (border) fence = fence.isEmpty() ? line : "";
        }
        return fenced;
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
