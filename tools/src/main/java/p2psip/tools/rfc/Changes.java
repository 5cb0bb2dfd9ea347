package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.*;

/// What has changed since the snapshot was checked in, told so that the place is found: the
/// sentence, who cites it and which of its tests did not pass.
///
/// @param citations all of the sources
/// @param counted   those that count, see [Snapshot]
/// @param library   the RFC of a number, asked once for each
record Changes(List<Citation> citations, Set<Citation> counted,
        IntFunction<Optional<Rfc>> library) {
    Changes {
        var read = new HashMap<Integer, Optional<Rfc>>();
        var shelf = library;
        library = rfc -> read.computeIfAbsent(rfc, shelf::apply);
    }

    private static String meaning(Character letter) {
        return Arrays.stream(Standing.values()).filter(s -> letter != null && s.letter == letter)
                .map(Standing::meaning).findFirst().orElse("not there");
    }

    /// Some lines for each sentence whose standing is not the one that was checked in.
    List<String> told(String before, String after) {
        var then = letters(before);
        var now = letters(after);
        var changed = new LinkedHashSet<>(then.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
        var lines = new ArrayList<String>();
        for (var sentence : changed) {
            lines.add(sentence + " was " + meaning(then.get(sentence)) + " and is "
                    + meaning(now.get(sentence)));
            said(sentence).ifPresent(words -> lines.add("    it says: " + words));
            places(sentence, lines);
        }
        return lines;
    }

    /// Each sentence and its letter.
    private static Map<Statements, Character> letters(String snapshot) {
        var letters = new LinkedHashMap<Statements, Character>();
        int rfc = 0;
        for (var line : snapshot.lines().skip(1).toList()) {
            var parts = line.split(" ", 2);
            if (parts[0].startsWith("rfc")) rfc = Integer.parseInt(parts[0].substring(3));
            else for (int n = 1; n <= parts[1].length(); n++)
                letters.put(Statements.of(rfc, parts[0], n), parts[1].charAt(n - 1));
        }
        return letters;
    }

    /// The sentence where its text is at hand, else its keyword.
    private Optional<String> said(Statements sentence) {
        int n = sentence.numbers().getFirst();
        return library.apply(sentence.rfc()).flatMap(rfc -> rfc.statement(sentence.section(), n))
                .or(() -> Index.of(sentence.rfc())
                        .flatMap(index -> index.section(sentence.section()))
                        .filter(entry -> n <= entry.items().size())
                        .map(entry -> entry.items().get(n - 1).keyword() + " ..."));
    }

    /// Where it is cited; where nothing cites it any more, the nearest sentence that is cited.
    private void places(Statements sentence, List<String> lines) {
        int n = sentence.numbers().getFirst();
        var mine = citations.stream().filter(c -> c.place().rfc() == sentence.rfc()).toList();
        var citing = mine.stream().filter(c -> c.place().names(sentence.section(), n)).toList();
        for (var c : citing) lines.add("    " + c.where() + ": " + (c.type() != Type.TEST
                ? "says " + c.words() : counted.contains(c) ? "tests it"
                : "its test did not run or did not pass"));
        if (citing.stream().noneMatch(c -> c.type() == Type.IMPLEMENTED))
            mine.stream().filter(c -> c.type() == Type.IMPLEMENTED)
                    .filter(c -> c.place() instanceof Statements s
                            && s.section().equals(sentence.section()))
                    .min(Comparator.comparingInt(c -> ((Statements) c.place()).numbers().stream()
                            .mapToInt(number -> Math.abs(number - n)).min().orElseThrow()))
                    .ifPresent(near -> lines.add("    no code cites it; its neighbour "
                            + near.place() + " is cited at " + near.where()));
    }
}
