package p2psip.tools.guide;

import module java.base;
import p2psip.tools.mutate.Scores;
import p2psip.tools.rfc.Index;

/// What the tests notice of each RFC's lines when they are broken, and what not, as it is checked
/// in.
///
/// @param root of the repository
record MutationTable(Path root) {

    /// @param linked whether there are pages to lead to
    List<String> asciidoc(boolean linked) {
        var scores = Scores.under(root).scores().values();
        var lines = new ArrayList<String>();
        lines.add("[%autowidth.stretch,cols=\"<,<,>,>,>,>,>,>,<\",options=\"header\"]");
        lines.add("|===");
        lines.add("|RFC |Title |Noticed |Goal |Lines |Whole |Killed |Survived |Day");
        for (var score : scores) {
            var name = "RFC " + score.rfc();
            lines.add("|" + (linked ? Boxes.link("source/rfc" + score.rfc() + "/index.html", name)
                    : name) + " |" + Boxes.plain(Index.of(score.rfc()).map(Index::title).orElse(""))
                    + " |" + score.share() + " |" + (int) score.goal() + "%"
                    + CoverageTable.counts(List.of(score.lines(), score.whole(), score.killed(),
                            score.survivors().size())) + " |" + score.day());
        }
        lines.add("|===");
        for (var score : scores) if (!score.survivors().isEmpty()) lines.addAll(survivors(score));
        return lines;
    }

    private static List<String> survivors(Scores.Score score) {
        var lines = new ArrayList<>(List.of("", ".What no test notices of RFC " + score.rfc(),
                "[%collapsible]", "====", "...."));
        lines.addAll(score.survivors());
        lines.addAll(List.of("....", "===="));
        return lines;
    }
}
