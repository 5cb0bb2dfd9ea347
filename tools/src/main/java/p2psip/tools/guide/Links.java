package p2psip.tools.guide;

import module java.base;

/// The links of the pages in a folder to each other and to what lies in folders below.
record Links(Path folder) {
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

    /// Those that lead nowhere, a line each: `page.html: nothing is at other.html#there`.
    SequencedSet<String> dead() throws IOException {
        var dead = new LinkedHashSet<String>();
        var ids = new HashMap<Path, Set<String>>();   // asked only
        for (var page : pages())
            for (var href : find(HREF, page)) {
                if (href.contains(":")) continue;
                var to = href.split("#", 2);
                var target = to[0].isEmpty() ? page : folder.resolve(to[0]);
                if (!Files.isRegularFile(target) || to.length == 2
                        && !ids.computeIfAbsent(target, t -> find(ID, t)).contains(to[1]))
                    dead.add(page.getFileName() + ": nothing is at " + href);
            }
        return dead;
    }

    private List<Path> pages() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".html")).sorted().toList();
        }
    }

    private static Set<String> find(Pattern pattern, Path page) {
        try {
            return pattern.matcher(Files.readString(page)).results().map(m -> m.group(1))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
