package p2psip.tools.figures;

import module java.base;
import p2psip.tools.rfc.*;

/// The sentences that the lines of a machine's source say they obey.
///
/// @param lines     of the source
/// @param citations those that are obeyed
record Cites(List<String> lines, List<Citation> citations) {

    /// Those of the file where the machine stands; none where it is not at hand.
    static Cites of(Path source) {
        var file = Sources.repository().map(root -> root.resolve(source)).filter(Files::exists);
        if (file.isEmpty()) return new Cites(List.of(), List.of());
        try {
            var read = new Sources.Source(source, Files.readAllLines(file.get()));
            return new Cites(read.lines(), read.citations().stream()
                    .filter(c -> c.type() == Citation.Type.IMPLEMENTED).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each sentence and paragraph by itself, of the lines that ran.
    ///
    /// @param all     the lines that can tell that they run
    /// @param entered the state that was entered; empty if none was
    List<String> of(List<Integer> ran, BitSet all, String entered) {
        return citations.stream().filter(c -> ran(c.target(), ran, all, entered))
                .flatMap(c -> c.place().each().stream()).map(Object::toString).distinct().toList();
    }

    /// An `if` that leaves the method runs when it does, one with its statement below when that
    /// does, and so does a label; one with nothing to do, when the state that it names is entered.
    private boolean ran(int line, List<Integer> ran, BitSet all, String entered) {
        var text = lines.get(line - 1).strip();
        if (text.startsWith("if (") && text.endsWith(")")) return ran.contains(line + 1);
        if (text.matches("if \\(.*\\) return\\b.*;")) return ran.contains(line + Lines.RETURN);
        if (all.get(line)) return ran.contains(line);
        return text.endsWith("->") && ran.contains(line + 1)
                || text.startsWith("case ") && text.contains("-> { }") && !entered.isEmpty()
                && List.of(text.substring(5, text.indexOf(" ->")).split(", ")).contains(entered);
    }

    /// What we say of a sentence where it is cited first.
    String words(String cite) {
        return citations.stream().filter(c -> c.place().each().stream()
                .anyMatch(p -> p.toString().equals(cite))).findFirst().map(Citation::words)
                .orElse("");
    }
}
