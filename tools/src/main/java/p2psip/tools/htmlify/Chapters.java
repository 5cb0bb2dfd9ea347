package p2psip.tools.htmlify;

import module java.base;

/// The chapters of the guide, in the order in which its `index.adoc` includes them: a line
/// `= Title` there, after the first, begins a part, and a line `include::name.adoc[leveloffset=+1]`
/// is a chapter, whose title its own file has. Chapters are numbered through all parts.
public record Chapters(List<Part> parts) {
    private static final Pattern TITLE = Pattern.compile("= (.+)"),
            INCLUDE = Pattern.compile("include::([\\w-]+)\\.adoc\\[leveloffset=\\+1]");
    private static final List<String> ROMAN =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X");

    public Chapters { parts = List.copyOf(parts); }

    /// @param number `II`; empty in a guide without parts
    public record Part(String number, String title, List<Chapter> chapters) {
        public Part { chapters = List.copyOf(chapters); }

        String name() { return number.isEmpty() ? title : "Part " + number + ": " + title; }
    }

    /// @param name of its file, `how-to-read`
    public record Chapter(int number, String name, String title) {
        public String page() { return name + ".html"; }

        String link(String from) {
            return Html.link(Html.way(from, page()), Html.escape(title));
        }
    }

    /// @param source the folder of the guide; without an index there is no chapter
    public static Chapters of(Path source) {
        var index = source.resolve("index.adoc");
        if (!Files.isRegularFile(index)) return new Chapters(List.of());
        var parts = new ArrayList<Part>();
        var here = new ArrayList<Chapter>();
        String number = "", title = "The book";
        int chapter = 0;
        for (var line : lines(index).stream().dropWhile(l -> !TITLE.matcher(l).matches()).skip(1)
                .toList()) {
            var part = TITLE.matcher(line);
            var include = INCLUDE.matcher(line);
            if (part.matches()) {
                if (!here.isEmpty()) parts.add(new Part(number, title, here));
                here.clear();
                number = ROMAN.get(parts.size());
                title = part.group(1);
            } else if (include.matches()) {
                var name = include.group(1);
                here.add(new Chapter(++chapter, name, title(source.resolve(name + ".adoc"))));
            }
        }
        if (!here.isEmpty()) parts.add(new Part(number, title, here));
        return new Chapters(parts);
    }

    /// Those of which there is a page in a folder.
    Chapters in(Path folder) {
        return new Chapters(parts.stream().map(part -> new Part(part.number, part.title,
                        part.chapters.stream().filter(c -> Files.exists(folder.resolve(c.page())))
                                .toList())).filter(part -> !part.chapters.isEmpty()).toList());
    }

    private static String title(Path chapter) {
        return lines(chapter).stream().map(TITLE::matcher).filter(Matcher::matches).findFirst()
                .map(m -> m.group(1)).orElse(chapter.getFileName().toString());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Chapter> all() {
        return parts.stream().flatMap(part -> part.chapters.stream()).toList();
    }

    Part part(Chapter chapter) {
        return parts.stream().filter(p -> p.chapters.contains(chapter)).findFirst().orElseThrow();
    }

    /// The chapter so many after another; before it, if less than 0.
    Optional<Chapter> beside(Chapter chapter, int step) {
        return all().stream().filter(c -> c.number == chapter.number + step).findFirst();
    }
}
