package p2psip.tools.rfc;

import module java.base;

/// The words of a sentence, as far as two sentences about one thing share them.
final class Words {
    private static final Set<String> SMALL = new TreeSet<>(List.of((
            "a an the of to in on at by for from with without as if is are was were be been being"
            + " it its that this these those which who whom what when where while until then than"
            + " and or nor not no any all each every some such only also but so do does done has"
            + " have"
            + " had may must should shall can could will would one two more most other same own"
            + " into onto over under between within after before there here they them their we our"
            + " us you your he she his her rfc section").split(" ")));

    private Words() {}

    /// Lower-case words and numbers, in order.
    static List<String> all(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}*]+"))
                .filter(word -> !word.isEmpty()).toList();
    }

    /// The stems of the words that say something.
    static Set<String> content(String text) {
        return all(text).stream().filter(word -> !SMALL.contains(word)).map(Words::stem)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Five letters are enough to see that `retransmitted` and `retransmission` are one word.
    private static String stem(String word) {
        var stem = word.length() > 3 ? word.replaceFirst("(es|s)$", "") : word;
        return stem.length() > 5 ? stem.substring(0, 5) : stem;
    }
}
