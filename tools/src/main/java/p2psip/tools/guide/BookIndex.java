package p2psip.tools.guide;

import module java.base;
import p2psip.tools.guide.Chapter.Section;
import p2psip.tools.htmlify.*;
import p2psip.tools.rfc.Sources;

/// The index of the book, made of its text: for each term, each class or each rule the sections
/// in which it is to be found, by the number of the chapter and the heading.
///
/// @param linked whether there are pages to lead to, as there are not on paper
record BookIndex(Glossary glossary, Sources sources, boolean linked) {
    /// A section that says a term so often is about it.
    private static final int OFTEN = 3;

    /// Sections of one term, beside the one that introduces it: those that say it most.
    private static final int MOST = 5;

    private static final Pattern RULE = Pattern.compile("(?<!\\\\)rfc::?(\\d+)\\[([^\\]]+)\\]"),
            CLASS = Pattern.compile(
                    "(?<![\\\\\\w-])code::?([\\w.]+)\\[|include::\\S*?(\\w+)\\.java\\["),
            ATTRIBUTE = Pattern.compile(":(\\w+): (\\S+)"), NUMBER = Pattern.compile("\\d+");

    /// @param what `terms`, `classes` or `rules`
    List<String> asciidoc(String what) {
        var entries = switch (what) {
            case "terms" -> terms();
            case "classes" -> classes();
            case "rules" -> rules();
            default -> throw new IllegalArgumentException("there are terms, classes and rules");
        };
        var lines = new ArrayList<>(List.of("[.index]"));
        entries.forEach((name, ways) -> lines.add("* " + name + ": " + String.join(", ", ways)));
        return lines;
    }

    /// A section, what is to be read of it, and the way to it.
    private record Place(Chapter chapter, Section section, String prose, String way) {}

    /// A section, and how often it says a term.
    private record Use(String way, long times) {}

    /// First where a term is introduced, in bold.
    private Map<String, List<String>> terms() {
        var entries = new LinkedHashMap<String, List<String>>();
        var places = places();
        for (var term : glossary.terms()) {
            var ways = new ArrayList<String>();
            var uses = new ArrayList<Use>();
            for (var place : places) {
                long times = times(term, place.prose)
                        + OFTEN * times(term, place.section.title());
                if (term.chapter().equals(place.chapter.file())
                        && term.introduction(place.prose).isPresent())
                    ways.addFirst("*" + place.way + "*");
                else if (times >= OFTEN) uses.add(new Use(place.way, times));
            }
            var most = uses.stream().sorted(Comparator.comparingLong(Use::times).reversed())
                    .limit(MOST).toList();
            uses.stream().filter(most::contains).map(Use::way).forEach(ways::add);
            entries.put(Boxes.plain(term.name().replace("`", "")), ways);
        }
        return entries;
    }

    private long times(Term term, String text) {
        return term.uses(text, glossary.terms()).count();
    }

    private Map<String, List<String>> classes() {
        var entries = new TreeMap<String, List<String>>(Comparator.comparing((String entry) ->
                entry.replaceFirst(".*`(\\w+)`.*", "$1"), String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Comparator.naturalOrder()));
        for (var place : places()) {
            var attributes = new HashMap<String, String>();
            place.chapter.lines().stream().map(ATTRIBUTE::matcher).filter(Matcher::matches)
                    .forEach(m -> attributes.put("{" + m.group(1) + "}", m.group(2)));
            for (var line : place.section.lines()) {
                for (var attribute : attributes.entrySet())
                    line = line.replace(attribute.getKey(), attribute.getValue());
                CLASS.matcher(line).results().forEach(m -> add(entries, shown(
                        m.group(1) != null ? m.group(1) : m.group(2)), place.way));
            }
        }
        return entries;
    }

    private String shown(String name) {
        var code = "`" + name.replaceFirst(".*\\.", "") + "`";
        return linked ? "link:++" + Site.page(sources.named(name)) + "++[" + code + "]" : code;
    }

    /// By RFC, section and sentence.
    private Map<String, List<String>> rules() {
        var entries = new TreeMap<String, List<String>>(Comparator.comparing(BookIndex::padded));
        for (var place : places()) place.section.lines().forEach(line ->
                RULE.matcher(line).results().forEach(m -> add(entries,
                        "rfc:" + m.group(1) + "[" + m.group(2) + "]", place.way)));
        return entries;
    }

    /// With numbers that are in their order as text.
    private static String padded(String name) {
        return NUMBER.matcher(name).replaceAll(m -> "0".repeat(9 - Math.min(9, m.group().length()))
                + m.group());
    }

    private List<Place> places() {
        return glossary.chapters().stream().flatMap(chapter -> chapter.sections().stream()
                .map(section -> new Place(chapter, section, section.prose(),
                        way(chapter.entry(), section)))).toList();
    }

    private static void add(Map<String, List<String>> entries, String name, String way) {
        var ways = entries.computeIfAbsent(name, _ -> new ArrayList<>());
        if (!ways.contains(way)) ways.add(way);
    }

    /// `3 Why ACK`.
    private String way(Chapters.Chapter chapter, Section section) {
        var name = chapter.number() + " "
                + (section.title().isEmpty() ? chapter.title() : section.title());
        return linked ? "link:" + chapter.page()
                + (section.title().isEmpty() ? "" : "#" + section.anchor())
                + "[" + name.replace("]", "\\]") + "]" : name;
    }
}
