package p2psip.tools.mutate;

import module java.base;

/// A cited statement, broken in one way: some characters of a file replaced by others.
///
/// @param module the module whose file it is, `std`
/// @param file relative to the root of the repository
/// @param target the line that is cited
/// @param line where the change begins, counted from 1
/// @param citations what the statement says that it obeys, `rfc3261#17.1.1.2-22`
/// @param change what becomes what; `(2)` behind it where the like is the second of one statement
/// @param first the lines `first` to `last` run when the change is run
/// @param word a constant that others have copied when they were compiled, empty where none is
/// changed: they must be compiled again
record Mutant(String module, String file, int target, int line, List<String> citations,
        String change, int from, int to, String text, int first, int last, String word)
        implements Serializable {
    Mutant { citations = List.copyOf(citations); }

    boolean cites(int rfc) {
        return citations.stream().anyMatch(c -> c.startsWith("rfc" + rfc + "#"));
    }

    String where() { return file + ":" + line; }

    /// The whole source with the change made.
    String applied(String source) {
        return source.substring(0, from) + text + source.substring(to);
    }

    /// The class of the file: that of its name.
    static String topClass(String file) {
        return file.replaceFirst("^.*?/src/(main|test)/java/", "").replaceFirst("\\.java$", "")
                .replace('/', '.');
    }

    @Override public String toString() {
        return where() + " " + String.join(" ", citations) + ": " + change;
    }
}
