package p2psip.app.trace;

import module java.base;

/// The sentences that a page names, each once, with a number in the order in which they are named.
final class Quotes {
    private final Sentences sentences;
    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();

    Quotes(Sentences sentences) { this.sentences = sentences; }

    /// A link to the sentence in the list; nothing for bytes that nobody can explain.
    String link(String citation) {
        if (citation.isEmpty()) return "";
        int number = numbers.computeIfAbsent(citation, _ -> numbers.size() + 1);
        return "<a href=\"#q" + number + "\">" + title(sentences.of(citation)) + "</a>";
    }

    private static String title(Sentences.Sentence sentence) {
        return Html.escape(sentence.title()).replace("RFC ", "RFC&nbsp;").replace(" §", "&nbsp;§");
    }

    /// The list; empty if nothing was named.
    String html() {
        if (numbers.isEmpty()) return "";
        var out = new StringBuilder("<ol class=\"quotes\">\n");
        numbers.forEach((citation, number) -> {
            var sentence = sentences.of(citation);
            var title = title(sentence);
            out.append("<li id=\"q" + number + "\"><b>").append(sentence.address().isEmpty() ? title
                    : "<a href=\"" + Html.escape(sentence.address()) + "\">" + title + "</a>")
                    .append("</b>");
            sentence.words().forEach(words -> out.append(" <q>" + Html.escape(words) + "</q>"));
            out.append("</li>\n");
        });
        return out.append("</ol>\n").toString();
    }
}
