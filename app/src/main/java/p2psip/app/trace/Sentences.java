package p2psip.app.trace;

import module java.base;

/// What a citation names, in the RFC's own words where a reader has its text: this room has none,
/// so whoever shows a conversation hands them in, and tools has them (a `ServiceLoader` finds it).
@FunctionalInterface
public interface Sentences {

    /// @param title   `RFC 3261 §20.10`
    /// @param words   what stands there; none where nobody has the text
    /// @param address where it is to be read; empty for nowhere
    record Sentence(String title, List<String> words, String address) {
        public Sentence { words = List.copyOf(words); }
    }

    /// What is named by `rfc3261#17.1.1.2-22`, `rfc3550#5.1¶3`, `rfc3261#17.1.1.2`, or by
    /// `app/dht`, which is a room of ours.
    Sentence of(String citation);

    /// What names a section, and what may stand behind it.
    Pattern SECTION = Pattern.compile("rfc(\\d+)#([0-9A-Z]+(?:\\.\\d+)*)(.*)");

    /// Without any text: the section, and where everybody can read it.
    Sentences LINKS = citation -> {
        var m = SECTION.matcher(citation);
        return !m.matches() ? new Sentence(citation, List.of(), "")
                : new Sentence("RFC " + m.group(1) + " §" + m.group(2), List.of(),
                        "https://www.rfc-editor.org/rfc/rfc" + m.group(1) + "#"
                                + (Character.isDigit(m.group(2).charAt(0)) ? "section-"
                                : "appendix-") + m.group(2));
    };
}
