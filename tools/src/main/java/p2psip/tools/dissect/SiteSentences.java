package p2psip.tools.dissect;

import module java.base;
import p2psip.app.trace.Sentences;
import p2psip.tools.htmlify.Rules;

/// The sentences of the RFCs as a page at the root of the site names them: with links to the pages
/// beside it, those of our own rooms too.
record SiteSentences(Rules rules) implements Sentences {
    @Override public Sentence of(String citation) {
        if (!citation.startsWith("rfc")) return own(citation);
        var section = rules.rule(citation.replaceFirst("[¶-].*", ""));
        return new Sentence(Sentences.LINKS.of(citation).title(), rules.rule(citation).words(),
                section.page().orElse(section.original()));
    }

    /// A package, or a file of ours.
    private static Sentence own(String name) {
        boolean file = Character.isUpperCase(name.charAt(name.lastIndexOf('/') + 1));
        return new Sentence(name, List.of(), "source/app/p2psip/" + name
                + (file ? "" : "/package-info") + ".html");
    }
}
