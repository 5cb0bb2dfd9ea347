package p2psip.tools.guide;

import module java.base;
import p2psip.tools.rfc.Sources;

/// The size of each module and package: lines of code, of comments and of citations; tests apart.
/// Blank lines count nowhere, but in a text block.
record LinesOfCode(Sources sources) {

    /// @param citations lines `//=`, which are not among the comments
    record Count(int files, int code, int comments, int citations) {
        static final Count NONE = new Count(0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(files + other.files, code + other.code, comments + other.comments,
                    citations + other.citations);
        }

        /// Counts a file as [Sources] reads it, a text block being code: what begins as a comment
        /// is one, and so is all of `/* */`.
        static Count of(List<String> lines) {
            int code = 0, comments = 0, citations = 0;
            boolean comment = false;
            for (var raw : lines) {
                var line = raw.strip();
                if (line.isEmpty()) continue;
                comment |= line.startsWith("/*");
                if (line.startsWith("//=")) citations++;
                else if (comment || line.startsWith("//")) comments++;
                else code++;
                comment &= !line.contains("*/");
            }
            return new Count(1, code, comments, citations);
        }
    }

    private record Size(Count main, Count test) {
        Size plus(Size other) { return new Size(main.plus(other.main), test.plus(other.test)); }
    }

    List<String> asciidoc() {
        var packages = packages();
        var lines = new ArrayList<>(List.of(
                "[.lines%autowidth.stretch,cols=\"<,>,>,>,>,>\",options=\"header,footer\"]", "|===",
                "|Package |Files |Code |Comments |Citations |Code of tests"));
        var all = new Size(Count.NONE, Count.NONE);
        for (var module : packages.entrySet()) {
            var sum = module.getValue().values().stream().reduce(Size::plus).orElseThrow();
            all = all.plus(sum);
            lines.add(row("*" + module.getKey() + "*", sum));
            module.getValue().forEach((name, size) -> lines.add(row("`" + name + "`", size)));
        }
        lines.add(row("all", all));
        lines.add("|===");
        return lines;
    }

    private static String row(String name, Size size) {
        return "|" + name + CoverageTable.counts(List.of(size.main.files, size.main.code,
                size.main.comments, size.main.citations, size.test.code));
    }

    /// By module, then by package.
    private SequencedMap<String, SortedMap<String, Size>> packages() {
        var modules = new LinkedHashMap<String, SortedMap<String, Size>>();
        for (var file : sources.files()) {
            var path = file.path();
            var count = Count.of(file.lines());
            boolean test = path.getName(2).toString().equals("test");
            // std/src/main/java/p2psip/std/rfc3261/Via.java
            var name = path.getNameCount() <= 7 ? path.getName(5).toString()
                    : path.subpath(6, path.getNameCount() - 1).toString().replace('/', '.');
            modules.computeIfAbsent(path.getName(0).toString(), _ -> new TreeMap<>())
                    .merge(name, test ? new Size(Count.NONE, count) : new Size(count, Count.NONE),
                            Size::plus);
        }
        return modules;
    }
}
