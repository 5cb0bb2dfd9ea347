package p2psip.tools.guide;

import module java.base;

/// A term of the glossary, and where it is met.
///
/// @param name     a term in code marks, `` `To` ``, is met in code marks only
/// @param meant    a word that is plain English, too, is the term in these phrases alone
/// @param sentence what it means
/// @param chapter  the one that introduces it, `rtp.adoc`
record Term(String name, List<String> meant, String sentence, String chapter) {
    private static final Pattern ENTRY = Pattern.compile("(\\S.*)::");
    private static final Pattern MEANT = Pattern.compile("// the term is meant in: (.*)");
    private static final Pattern CHAPTER = Pattern.compile("xref:([\\w-]+\\.adoc)#[^\\[]*\\[.*");
    private static final Pattern EMPHASIS = Pattern.compile("(?<!\\w)_([^_`]+)_(?!\\w)");
    private static final Pattern LISTED = Pattern.compile("(?m)^(?:The )?(\\S.*?)::(?: .*)?$");

    Term { meant = List.copyOf(meant); }

    /// The entries of a glossary: `term::`, perhaps the phrases in which it is meant, a sentence,
    /// and a line that begins with the link to its chapter.
    static List<Term> in(List<String> lines) {
        var terms = new ArrayList<Term>();
        for (int i = 0; i < lines.size(); i++) {
            var entry = ENTRY.matcher(lines.get(i));
            if (!entry.matches()) continue;
            var body = lines.stream().skip(i + 1)
                    .takeWhile(line -> !line.isBlank() && !ENTRY.matcher(line).matches()).toList();
            terms.add(of(entry.group(1), body));
        }
        return terms;
    }

    private static Term of(String name, List<String> body) {
        var meant = body.stream().map(MEANT::matcher).filter(Matcher::matches)
                .flatMap(m -> Arrays.stream(m.group(1).split(", "))).toList();
        var sentence = body.stream().filter(line -> !MEANT.matcher(line).matches())
                .takeWhile(line -> !CHAPTER.matcher(line).matches())
                .collect(Collectors.joining(" "));
        var chapter = body.stream().map(CHAPTER::matcher).filter(Matcher::matches)
                .map(m -> m.group(1)).findFirst().orElseThrow(() ->
                        new IllegalArgumentException(name + " has no chapter"));
        return new Term(name, meant, sentence, chapter);
    }

    /// Where it is made known, if it is: in emphasis, or as an entry of a list. It is the place in
    /// the prose.
    OptionalInt introduction(String prose) {
        var name = Pattern.compile(spelled());
        return Stream.of(EMPHASIS, LISTED).flatMap(p -> p.matcher(prose).results())
                .filter(m -> name.matcher(m.group(1)).matches()
                        || name.matcher(m.group(1).replace("`", "")).matches())
                .mapToInt(MatchResult::start).min();
    }

    /// Where it is used, as a whole word or in the plural, but not as a part of a longer term.
    IntStream uses(String prose, List<Term> all) {
        var longer = all.stream().filter(t -> t.name.length() > name.length()
                        && t.name.contains(name))
                .flatMap(t -> t.pattern().matcher(prose).results()).toList();
        return pattern().matcher(prose).results()
                .filter(m -> longer.stream().noneMatch(l -> l.start() <= m.start()
                        && m.end() <= l.end())).mapToInt(MatchResult::start);
    }

    private Pattern pattern() {
        var words = meant.isEmpty() ? spelled() : meant.stream()
                .map(Term::spaced).collect(Collectors.joining("|", "(?i:", ")"));
        return Pattern.compile(name.startsWith("`") ? words
                : "(?<![A-Za-z0-9-])(?:" + words + ")(?![A-Za-z0-9-])");
    }

    /// A name with a capital has it always; others may begin a sentence.
    private String spelled() {
        var words = name.split("(?= of )", 2);
        var all = name.startsWith("`") ? spaced(name)
                : plural(words[0]) + (words.length > 1 ? spaced(words[1]) : "");
        return name.equals(name.toLowerCase(Locale.ROOT)) ? "(?i:" + all + ")" : all;
    }

    private static String plural(String word) {
        if (word.matches(".*[^aeiou]y"))
            return spaced(word.substring(0, word.length() - 1)) + "(?:y|ies)";
        return spaced(word) + (word.matches(".*(?:s|x|ch|sh)") ? "(?:es)?" : "s?");
    }

    private static String spaced(String words) {
        return Arrays.stream(words.split(" ", -1)).map(w -> w.isEmpty() ? "" : Pattern.quote(w))
                .collect(Collectors.joining("\\s+"));
    }
}
