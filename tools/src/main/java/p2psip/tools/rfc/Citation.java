package p2psip.tools.rfc;

import module java.base;

/// One line `//= rfc3261#17.1.1.2-22 our own words`, and where it stands.
///
/// @param line counted from 1
/// @param target the line below the last citation of the row, the one that obeys
public record Citation(Path file, int line, int target, Place place, Type type, String words) {

    /// What the words after the place say of it: a test is the default in test sources.
    public enum Type { IMPLEMENTED, TEST, EXCEPTION, TODO }

    /// What is cited: the sentence `-22`, the sentences `-23..25`, the paragraph `¶4`, or all
    /// sentences of a section and of those below it, `.*`.
    public sealed interface Place {
        int rfc();
        String section();

        /// Whether it is this sentence that is named, be it with others.
        default boolean names(String section, int sentence) {
            return section().equals(section) && switch (this) {
                case Sentence s -> s.number == sentence;
                case Range r -> r.first <= sentence && sentence <= r.last;
                case Paragraph _, All _ -> false;
            };
        }
    }

    public record Sentence(int rfc, String section, int number) implements Place {
        @Override public String toString() { return name(rfc, section) + "-" + number; }
    }

    public record Range(int rfc, String section, int first, int last) implements Place {
        @Override public String toString() {
            return name(rfc, section) + "-" + first + ".." + last;
        }
    }

    public record Paragraph(int rfc, String section, int number) implements Place {
        @Override public String toString() { return name(rfc, section) + "¶" + number; }
    }

    public record All(int rfc, String section) implements Place {
        @Override public String toString() { return name(rfc, section) + ".*"; }

        boolean covers(String other) {
            return other.equals(section) || other.startsWith(section + ".");
        }
    }

    private static final Pattern LINE = Pattern.compile("\\s*//=(.*)");
    private static final Pattern PLACE = Pattern.compile(
            "rfc(\\d+)#([0-9A-Z]+(?:\\.\\d+)*)(?:-(\\d+)(?:\\.\\.(\\d+))?|¶(\\d+)"
            + "|(\\.\\*))");
    private static final Pattern TYPED = Pattern.compile("(test|exception|todo) +(.*)");

    static boolean is(String line) { return LINE.matcher(line).matches(); }

    /// The place named by `rfc3261#17.1.1.2-22` and the like.
    public static Optional<Place> place(String text) {
        var m = PLACE.matcher(text);
        if (!m.matches()) return Optional.empty();
        int rfc = Integer.parseInt(m.group(1));
        var section = m.group(2);
        return Optional.of(
                m.group(4) != null ? new Range(rfc, section, Integer.parseInt(m.group(3)),
                        Integer.parseInt(m.group(4)))
                : m.group(3) != null ? new Sentence(rfc, section, Integer.parseInt(m.group(3)))
                : m.group(5) != null ? new Paragraph(rfc, section, Integer.parseInt(m.group(5)))
                : new All(rfc, section));
    }

    /// The citation a line makes, empty when it is not written as one should be.
    static Optional<Citation> parse(Path file, int line, int target, boolean test, String text) {
        var m = LINE.matcher(text);
        if (!m.matches()) return Optional.empty();
        var parts = m.group(1).strip().split("\\s+", 2);
        var words = parts.length == 2 ? parts[1].strip() : "";
        var typed = TYPED.matcher(words);
        boolean named = typed.matches() && (test || !typed.group(1).equals("test"));
        var type = named ? Type.valueOf(typed.group(1).toUpperCase(Locale.ROOT))
                : test ? Type.TEST : Type.IMPLEMENTED;
        return words.isEmpty() ? Optional.empty() : place(parts[0]).map(place -> new Citation(
                file, line, target, place, type, named ? typed.group(2) : words));
    }

    private static String name(int rfc, String section) { return "rfc" + rfc + "#" + section; }

    /// `file:line`, as an editor understands it.
    String where() { return file + ":" + line; }
}
