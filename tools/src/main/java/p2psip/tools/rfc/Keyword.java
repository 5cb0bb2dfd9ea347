package p2psip.tools.rfc;

import module java.base;

/// The words of RFC 2119, strongest first.
public enum Keyword {
    MUST_NOT, MUST, SHALL_NOT, SHALL, REQUIRED,
    SHOULD_NOT, SHOULD, NOT_RECOMMENDED, RECOMMENDED, MAY, OPTIONAL;

    private static final Pattern CAPITALS = Pattern.compile(
            "(?<![\"'])\\b(MUST NOT|MUST|SHALL NOT|SHALL|REQUIRED|SHOULD NOT|SHOULD|NOT RECOMMENDED"
            + "|RECOMMENDED|MAY|OPTIONAL)\\b(?![\"'])");
    private static final Pattern ANY_CASE = Pattern.compile(
            "\\b(must not|must|shall not|shall|should not|should|may)\\b");
    private static final Pattern BOILERPLATE = Pattern.compile(
            "[\"']MUST.*(2119|interpreted)|(key ?words|2119).*[\"']MUST");
    private static final Pattern DECLARED = Pattern.compile(
            "RFC ?-?2119|(?i)key words for use in RFCs");

    enum Level { MUST, SHOULD, MAY }

    /// What it comes to for one who obeys: a duty, a duty with exceptions, or a freedom.
    Level level() {
        return compareTo(REQUIRED) <= 0 ? Level.MUST
                : compareTo(RECOMMENDED) <= 0 ? Level.SHOULD : Level.MAY;
    }

    /// The first of the strongest keywords in capitals.
    static Optional<Keyword> in(String sentence) {
        return BOILERPLATE.matcher(sentence).find() ? Optional.empty()
                : first(CAPITALS.matcher(sentence));
    }

    /// The first of the strongest keywords in small letters, for texts that use no capitals.
    static Optional<Keyword> weakIn(String sentence) { return first(ANY_CASE.matcher(sentence)); }

    /// Whether the text says that it uses its capitals as RFC 2119 does.
    static boolean declaredBy(String text) {
        return DECLARED.matcher(text.replaceAll("\\s+", " ")).find();
    }

    private static Optional<Keyword> first(Matcher words) {
        return words.results().map(m -> valueOf(
                        m.group().toUpperCase(Locale.ROOT).replace(' ', '_')))
                .min(Comparator.comparing(Keyword::level));
    }

    @Override public String toString() { return name().replace('_', ' '); }
}
