package p2psip.tools.htmlify;

import module java.base;

/// Whether pages are whole: tags closed in order, each id once, each link leading to a page and an
/// id that are there, or to a file beside them, or to another site.
record Check(Map<String, String> pages, Predicate<Path> beside) {
    /// So many characters may the page of a source file have: it is read on a telephone too.
    static final int LARGEST = 300_000;
    private static final Pattern SOURCE = Pattern.compile("source/(?!rfc\\d).+/.+");
    private static final Set<String> VOID = new TreeSet<>(
            List.of("meta", "link", "input", "br", "wbr", "col", "img", "hr"));
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+>");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");

    /// A line `page: what` for each fault.
    List<String> faults() {
        var ids = pages.entrySet().parallelStream().collect(Collectors.toMap(Map.Entry::getKey,
                page -> ID.matcher(page.getValue()).results().map(m -> m.group(1)).toList()));
        return pages.entrySet().parallelStream().flatMap(page -> Stream.of(
                        unclosed(page.getValue()).stream(), large(page.getKey(), page.getValue()),
                        twice(ids.get(page.getKey())),
                        dead(page.getKey(), page.getValue(), ids))
                .flatMap(Function.identity()).map(what -> page.getKey() + ": " + what)).toList();
    }

    private static Stream<String> large(String name, String page) {
        return SOURCE.matcher(name).matches() && page.length() > LARGEST
                ? Stream.of(page.length() + " characters are more than " + LARGEST) : Stream.of();
    }

    private static Optional<String> unclosed(String page) {
        var open = new ArrayDeque<String>();
        for (var m = TAG.matcher(page); m.find();)
            if (page.charAt(m.end() - 2) == '/') {
                continue;   // closed at once, as in a drawing
            } else if (m.group(1).isEmpty()) {
                if (!VOID.contains(m.group(2))) open.push(m.group(2));
            } else if (open.isEmpty() || !open.pop().equals(m.group(2))) {
                return Optional.of("</" + m.group(2) + "> closes what is not open, at "
                        + m.start());
            }
        return open.isEmpty() ? Optional.empty() : Optional.of("<" + open.peek() + "> stays open");
    }

    private static Stream<String> twice(List<String> ids) {
        var seen = new HashSet<String>();   // asked only
        return ids.stream().filter(id -> !seen.add(id)).map(id -> "id " + id + " is there twice");
    }

    private static final Pattern OUTSIDE = Pattern.compile("[a-z]+:");

    private Stream<String> dead(String name, String page, Map<String, List<String>> ids) {
        var known = new HashMap<String, Set<String>>();   // asked only
        return HREF.matcher(page).results().map(m -> m.group(1)).distinct()
                .filter(href -> !OUTSIDE.matcher(href).lookingAt()).filter(href -> {
                    var to = href.split("#", 2);
                    var target = to[0].isEmpty() ? Path.of(name)
                            : Path.of(name).resolveSibling(to[0]).normalize();
                    if (!pages.containsKey(target.toString())) return !beside.test(target);
                    var there = known.computeIfAbsent(target.toString(),
                            file -> new HashSet<>(ids.getOrDefault(file, List.of())));
                    return to.length == 2 && !there.contains(to[1]);
                }).map(href -> "nothing is at " + href);
    }
}
