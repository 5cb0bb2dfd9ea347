package p2psip.tools.rfc;

import module java.base;

/// Finds words copied from an RFC: eleven in a row in a comment of ours are not ours.
final class Borrowed {
    private static final int RUN = 11;
    private static final Pattern COMMENT = Pattern.compile(
            "^\\s*(?://[/=]?|/?\\*+)|(?<=[\\s;{}])//[/=]?");

    private static final Pattern ANY = Pattern.compile("^");

    private Borrowed() {}

    /// A line `file:line: what` for each comment that repeats a run of an RFC's words.
    static List<String> words(Sources sources, List<Rfc> rfcs) {
        var ours = new HashMap<String, String>();   // asked only, never iterated
        for (var source : sources.files()) runs(source.path(), source.lines(), COMMENT, ours);
        for (var left : sources.leftOut()) runs(left.path(), left.lines(), ANY, ours);
        var faults = new TreeSet<String>();
        for (var rfc : rfcs)
            for (var section : rfc.sections())
                for (var paragraph : section.paragraphs()) {
                    var words = Words.all(paragraph.text());
                    for (int i = 0; i + RUN <= words.size(); i++) {
                        var where = ours.get(String.join(" ", words.subList(i, i + RUN)));
                        if (where != null) faults.add(where + ": copied from RFC " + rfc.number()
                                + " §" + section.number() + "; say it in our own words");
                    }
                }
        return List.copyOf(faults);
    }

    /// The runs of words in the comments of a file, each with the line where it begins.
    private static void runs(Path file, List<String> lines, Pattern begin,
            Map<String, String> runs) {
        record Word(String word, int line) {}
        var comment = new ArrayList<Word>();
        for (int i = 0; i <= lines.size(); i++) {
            var line = i < lines.size() ? lines.get(i) : "";
            var m = begin.matcher(line);
            boolean in = m.find();
            if (in) {
                int at = i + 1;
                Words.all(line.substring(m.end())).forEach(word -> comment.add(new Word(word, at)));
                if (i < lines.size()) continue;
            }
            for (int k = 0; k + RUN <= comment.size(); k++) {
                var run = comment.subList(k, k + RUN).stream().map(Word::word);
                runs.putIfAbsent(run.collect(Collectors.joining(" ")),
                        file + ":" + comment.get(k).line());
            }
            comment.clear();
        }
    }
}
