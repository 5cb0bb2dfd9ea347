package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;

/// The verified corrections of a section, each beside the words it corrects.
record Errata(List<Erratum> all) {
    private static final int RUN = 3;
    static final int NOWHERE = -1;

    static Errata of(List<Erratum> errata, String section) {
        return new Errata(errata.stream().filter(e -> e.section().equals(section)).toList());
    }

    /// By the block they speak of, counted from 0: the one that has most runs of three words in
    /// common with what should be replaced; NOWHERE where none has any.
    Map<Integer, List<Erratum>> byBlock(List<Rfc.Block> blocks) {
        var runs = blocks.stream().map(block -> switch (block) {
            case Rfc.Paragraph p -> p.text();
            case Rfc.Drawing d -> String.join(" ", d.lines());
        }).map(Errata::runs).toList();
        return all.stream().collect(Collectors.groupingBy(erratum -> {
            var original = runs(erratum.original());
            return IntStream.range(0, runs.size())
                    .filter(i -> !Collections.disjoint(runs.get(i), original)).boxed()
                    .max(Comparator.comparing((Integer i) -> runs.get(i).stream()
                            .filter(original::contains).count())
                            .thenComparing(Comparator.reverseOrder())).orElse(NOWHERE);
        }, TreeMap::new, Collectors.toList()));
    }

    private static Set<String> runs(String text) {
        var words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty()).toList();
        return IntStream.rangeClosed(0, words.size() - RUN)
                .mapToObj(i -> String.join(" ", words.subList(i, i + RUN)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String html(List<Erratum> errata) {
        return errata.stream().map(e -> "<details class=\"erratum\"><summary>Erratum "
                + Html.escape(e.id()) + " (" + Html.escape(e.type()) + ", verified)</summary>\n<p>"
                + Html.link("https://www.rfc-editor.org/errata/eid" + e.id(), "It")
                + " says that the text</p><pre>"
                + Html.escape(e.original()) + "</pre><p>should say</p><pre>"
                + Html.escape(e.corrected()) + "</pre><p>" + Html.escape(e.notes())
                + "</p></details>\n").collect(Collectors.joining());
    }
}
