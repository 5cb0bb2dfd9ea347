package p2psip.tools.rfc;

import module java.base;

/// One line `//= rfc3261#17.1.1.2-22 our own words`, and where it stands; or what a line of
/// [LeftOut] says.
///
/// @param line counted from 1
/// @param target the line below the last citation of the row, the one that obeys
public record Citation(Path file, int line, int target, Place place, Type type, String words) {

    /// What the word after the place says of it: a test is the default in test sources, and what
    /// has no such word is implemented. From DEPARTS on it says why a sentence is not obeyed.
    public enum Type {
        IMPLEMENTED, TEST,
        /// It applies, and it is planned.
        TODO,
        /// It applies, and it is not obeyed.
        DEPARTS,
        /// It is for a role that is not played here.
        NOT_OURS,
        /// It explains.
        NOTHING_ASKED,
        /// It permits what is not done here.
        PERMISSION,
        /// A later RFC took it back.
        SUPERSEDED;

        private static final String WORDS = Arrays.stream(values()).skip(1).map(Type::toString)
                .collect(Collectors.joining("|"));

        /// Whether such a sentence asks nothing of us.
        public boolean asksNothing() { return compareTo(DEPARTS) > 0; }

        static Type of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /// The word as it is written.
        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What is cited: the sentence `-22`, the sentences `-3,42..44`, the paragraph `¶4`, or all
    /// sentences of a section and of those below it, `.*`.
    public sealed interface Place {
        int rfc();
        String section();

        /// The same, each sentence by itself.
        default List<? extends Place> each() { return List.of(this); }

        /// Whether it is this sentence that is named, be it with others.
        default boolean names(String section, int sentence) {
            return this instanceof Statements s && s.section.equals(section)
                    && s.numbers.contains(sentence);
        }
    }

    /// One sentence or several of a section.
    public record Statements(int rfc, String section, List<Integer> numbers) implements Place {
        public Statements { numbers = List.copyOf(numbers); }

        public static Statements of(int rfc, String section, int number) {
            return new Statements(rfc, section, List.of(number));
        }

        @Override public List<Statements> each() {
            return numbers.stream().map(n -> of(rfc, section, n)).toList();
        }

        private static Statements parse(int rfc, String section, String list) {
            return new Statements(rfc, section, Arrays.stream(list.split(",")).flatMap(part -> {
                var ends = part.split("\\.\\.");
                int first = Integer.parseInt(ends[0]);
                int last = Integer.parseInt(ends[ends.length - 1]);
                return (first <= last ? IntStream.rangeClosed(first, last)
                        : IntStream.of(first, last)).boxed();
            }).toList());
        }

        /// Whether the numbers are in their order, each once.
        public boolean inOrder() { return numbers.equals(List.copyOf(new TreeSet<>(numbers))); }

        /// The numbers as they are written, `3,42..44`.
        public String list() {
            var out = new StringJoiner(",");
            for (int i = 0, end; i < numbers.size(); i = end) {
                for (end = i + 1; end < numbers.size()
                        && numbers.get(end) == numbers.get(end - 1) + 1; end++);
                if (end - i < 3) end = i + 1;
                out.add(numbers.get(i) + (end == i + 1 ? "" : ".." + numbers.get(end - 1)));
            }
            return out.toString();
        }

        @Override public String toString() { return name(rfc, section) + "-" + list(); }
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
    private static final String NUMBER = "\\d{1,3}(?:\\.\\.\\d{1,3})?";
    private static final Pattern PLACE = Pattern.compile("rfc(\\d{1,6})#([0-9A-Z]+(?:\\.\\d+)*)"
            + "(?:-(" + NUMBER + "(?:," + NUMBER + ")*)|¶(\\d{1,3})|(\\.\\*))");
    private static final Pattern TYPED = Pattern.compile("(" + Type.WORDS + ") +(.*)");

    static boolean is(String line) { return LINE.matcher(line).matches(); }

    /// The place named by `rfc3261#17.1.1.2-22` and the like.
    public static Optional<Place> place(String text) {
        var m = PLACE.matcher(text);
        if (!m.matches()) return Optional.empty();
        int rfc = Integer.parseInt(m.group(1));
        var section = m.group(2);
        return Optional.of(m.group(3) != null ? Statements.parse(rfc, section, m.group(3))
                : m.group(4) != null ? new Paragraph(rfc, section, Integer.parseInt(m.group(4)))
                : new All(rfc, section));
    }

    /// The kind and the words of `departs our reason`, if there is such a word.
    static Optional<Map.Entry<Type, String>> typed(String words) {
        var m = TYPED.matcher(words);
        return m.matches() ? Optional.of(Map.entry(Type.of(m.group(1)), m.group(2)))
                : Optional.empty();
    }

    /// The citation a line makes, empty when it is not written as one should be.
    static Optional<Citation> parse(Path file, int line, int target, boolean test, String text) {
        var m = LINE.matcher(text);
        if (!m.matches()) return Optional.empty();
        var parts = m.group(1).strip().split("\\s+", 2);
        var words = parts.length == 2 ? parts[1].strip() : "";
        var typed = typed(words).filter(t -> test || t.getKey() != Type.TEST)
                .orElse(Map.entry(test ? Type.TEST : Type.IMPLEMENTED, words));
        return words.isEmpty() ? Optional.empty() : place(parts[0]).map(place ->
                new Citation(file, line, target, place, typed.getKey(), typed.getValue()));
    }

    private static String name(int rfc, String section) { return "rfc" + rfc + "#" + section; }

    /// `file:line`, as an editor understands it.
    String where() { return file + ":" + line; }
}
