package p2psip.tools.guide;

import module java.base;
import p2psip.tools.rfc.Sources;

/// The size of each module and package: lines of code, of imports, of comments and of citations;
/// tests apart. Blank lines count nowhere, but in a text block.
record LinesOfCode(Sources sources) {
    /// RFC 3261 with its rooms, and what patches it.
    private static final Set<String> SIP = Set.of("rfc3261", "rfc3262", "rfc3311", "rfc3891",
            "rfc3911", "rfc4028", "rfc4916", "rfc5393");

    private static final String HEAD = "|Package |Files |Code |Imports |Comments |Citations"
            + " |Code of tests";

    /// @param imports   lines `import` and `package`, which are not among the code
    /// @param citations lines `//=`, which are not among the comments
    record Count(int files, int code, int imports, int comments, int citations) {
        static final Count NONE = new Count(0, 0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(files + other.files, code + other.code, imports + other.imports,
                    comments + other.comments, citations + other.citations);
        }

        /// Counts a file as [Sources] reads it, a text block being code: what begins as a comment
        /// is one, and so is all of `/* */`.
        static Count of(List<String> lines) {
            int code = 0, imports = 0, comments = 0, citations = 0;
            boolean comment = false;
            for (var raw : lines) {
                var line = raw.strip();
                if (line.isEmpty()) continue;
                comment |= line.startsWith("/*");
                if (line.startsWith("//=")) citations++;
                else if (comment || line.startsWith("//")) comments++;
                else if (line.startsWith("import ") || line.startsWith("package ")) imports++;
                else code++;
                comment &= !line.contains("*/");
            }
            return new Count(1, code, imports, comments, citations);
        }
    }

    record Size(Count main, Count test) {
        Size plus(Size other) { return new Size(main.plus(other.main), test.plus(other.test)); }

        static Size sum(Collection<Size> sizes) {
            return sizes.stream().reduce(new Size(Count.NONE, Count.NONE), Size::plus);
        }
    }

    /// @param what empty for all packages, or `sip`
    List<String> asciidoc(String what) {
        return switch (what) {
            case "" -> all();
            case "sip" -> sip();
            default -> throw new IllegalArgumentException("no such table: there is sip");
        };
    }

    /// By module.
    private List<String> all() {
        var rows = new ArrayList<String>();
        var modules = new ArrayList<Size>();
        packages().forEach((module, packages) -> {
            modules.add(Size.sum(packages.values()));
            rows.add(row("*" + module + "*", modules.getLast()));
            packages.forEach((name, size) -> rows.add(row("`" + name + "`", size)));
        });
        return table(rows, "all", Size.sum(modules));
    }

    /// RFC 3261 with its rooms, and what patches it: each room, and their sum.
    private List<String> sip() {
        var rows = new ArrayList<String>();
        sipRooms().forEach((name, size) -> rows.add(row("`" + name + "`", size)));
        return table(rows, "RFC 3261 with its rooms, and what patches it",
                Size.sum(sipRooms().values()));
    }

    SortedMap<String, Size> sipRooms() {
        var rooms = new TreeMap<>(packages().getOrDefault("std", new TreeMap<>()));
        rooms.keySet().removeIf(name -> !SIP.contains(name.split("[.]")[0]));
        return rooms;
    }

    private static List<String> table(List<String> rows, String foot, Size sum) {
        var lines = new ArrayList<>(List.of(
                "[.lines%autowidth.stretch,cols=\"<,>,>,>,>,>,>\",options=\"header,footer\"]",
                "|===", HEAD));
        lines.addAll(rows);
        lines.add(row(foot, sum));
        lines.add("|===");
        return lines;
    }

    private static String row(String name, Size size) {
        return "|" + name + CoverageTable.counts(List.of(size.main.files, size.main.code,
                size.main.imports, size.main.comments, size.main.citations, size.test.code));
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
