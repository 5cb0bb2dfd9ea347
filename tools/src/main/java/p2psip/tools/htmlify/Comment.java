package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.htmlify.Program.*;

/// What a file says first: the comment of its package or of its first type.
///
/// @param from its first line, counted from 1
/// @param to   the line after its last; `from` where there is none
record Comment(Unit unit, int from, int to) {
    private static final Pattern SENTENCE = Pattern.compile("\\.(?:\\s|$)");

    static Comment of(Unit unit) {
        var lines = unit.text().lines().map(String::strip).toList();
        int type = unit.door() ? 1 + IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("package ")).findFirst().orElse(0)
                : unit.declarations().stream().filter(d -> d.kind() == Kind.TYPE)
                        .mapToInt(Declaration::firstLine).findFirst().orElse(1);
        int from = type;
        while (from > 1 && lines.get(from - 2).startsWith("///")) from--;
        return new Comment(unit, from, type);
    }

    /// Its lines, without their slashes.
    List<String> lines() { return lines(from, to); }

    /// The comments of these lines of the file, without their slashes.
    List<String> lines(int from, int to) {
        return unit.text().lines().skip(from - 1).limit(to - from)
                .map(line -> line.strip().replaceFirst("^/// ?", "")).toList();
    }

    /// Its first sentence.
    String summary() {
        var first = lines().stream().takeWhile(line -> !line.isBlank())
                .collect(Collectors.joining(" "));
        var end = SENTENCE.matcher(first);
        return new Prose(_ -> Optional.empty()).inline(
                end.find() ? first.substring(0, end.start() + 1) : first);
    }
}
