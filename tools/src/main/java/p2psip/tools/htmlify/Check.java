package p2psip.tools.htmlify;

import module java.base;

/// Whether pages are whole: tags closed in order, each id once, each link inside the site leading
/// to a page and an id that are there.
record Check(Map<String, String> pages) {
    private static final Set<String> VOID = new TreeSet<>(
            List.of("meta", "link", "input", "br", "wbr"));
    private static final Set<String> FILES = new TreeSet<>(List.of("style.css"));
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^>]*[^/>])?>");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");

    /// A line `page: what` for each fault.
    List<String> faults() {
        var ids = pages.entrySet().parallelStream().collect(Collectors.toMap(Map.Entry::getKey,
                page -> ID.matcher(page.getValue()).results().map(m -> m.group(1)).toList()));
        return pages.entrySet().parallelStream().flatMap(page -> Stream.of(
                        unclosed(page.getValue()).stream(), twice(ids.get(page.getKey())),
                        dead(page.getKey(), page.getValue(), ids))
                .flatMap(Function.identity()).map(what -> page.getKey() + ": " + what)).toList();
    }

    private static Optional<String> unclosed(String page) {
        var open = new ArrayDeque<String>();
        for (var m = TAG.matcher(page); m.find();)
            if (m.group(1).isEmpty()) {
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

    private Stream<String> dead(String name, String page, Map<String, List<String>> ids) {
        var known = new HashMap<String, Set<String>>();   // asked only
        return HREF.matcher(page).results().map(m -> m.group(1)).distinct()
                .filter(href -> !href.contains("://")).filter(href -> {
                    var to = href.split("#", 2);
                    var target = to[0].isEmpty() ? Path.of(name)
                            : Path.of(name).resolveSibling(to[0]).normalize();
                    if (target.startsWith("..") || FILES.contains(target.toString())) return false;
                    var there = known.computeIfAbsent(target.toString(),
                            file -> new HashSet<>(ids.getOrDefault(file, List.of())));
                    return !pages.containsKey(target.toString())
                            || to.length == 2 && !there.contains(to[1]);
                }).map(href -> "nothing is at " + href);
    }
}
