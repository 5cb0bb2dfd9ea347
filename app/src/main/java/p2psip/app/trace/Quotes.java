package p2psip.app.trace;

import module java.base;

/// The sentences that a page names, each once, with a number in the order in which they are named.
final class Quotes {
    private record Named(int number, String title, Sentences.Sentence sentence) {}

    private final Sentences sentences;
    private final SequencedMap<String, Named> named = new LinkedHashMap<>();

    Quotes(Sentences sentences) { this.sentences = sentences; }

    /// A link to the sentence in the list; nothing for bytes that nobody can explain.
    String link(String citation) {
        if (citation.isEmpty()) return "";
        var quote = named.computeIfAbsent(citation, _ -> {
            var sentence = sentences.of(citation);
            return new Named(named.size() + 1, title(sentence), sentence);
        });
        return "<a href=\"#q" + quote.number + "\">" + quote.title + "</a>";
    }

    private static String title(Sentences.Sentence sentence) {
        return Html.escape(sentence.title()).replace("RFC ", "RFC&nbsp;").replace(" §", "&nbsp;§");
    }

    /// The list; empty if nothing was named.
    String html() {
        if (named.isEmpty()) return "";
        var out = new StringBuilder("<ol class=\"quotes\">\n");
        for (var quote : named.values()) {
            var address = quote.sentence.address();
            out.append("<li id=\"q" + quote.number + "\"><b>").append(address.isEmpty()
                    ? quote.title : "<a href=\"" + Html.escape(address) + "\">" + quote.title
                    + "</a>").append("</b>");
            quote.sentence.words().forEach(words ->
                    out.append(" <q>" + Html.escape(words) + "</q>"));
            out.append("</li>\n");
        }
        return out.append("</ol>\n").toString();
    }
}
