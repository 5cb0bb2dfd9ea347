package p2psip.app.trace;

import module java.base;

/// What text is drawn on: a terminal, which has a width and may have colours and links, or a file.
///
/// @param width    characters of a line
/// @param coloured whether it shows colours
/// @param pages    where citations lead to; nowhere if it has no links
public record Screen(int width, boolean coloured, Optional<Pages> pages) {
    /// Where rules are read.
    public interface Pages {
        /// The page of a section or a sentence, `rfc3261#17.2.1`; nothing if it is not written so.
        Optional<URI> address(String citation);
    }

    /// What a file or a pipe gets.
    public static final Screen PAGE = new Screen(100, false, Optional.empty());

    private static final Pattern CITED = Pattern.compile("\\[(rfc\\d+#[0-9A-Z.]+(?:-\\d+)?)\\]");
    private static final String ESCAPE = "\u001b";

    /// Colours by what they are for; each is legible on black and on white.
    public enum Ink {
        SIP("34"), MEDIA("32"), STUN("35"), RING("33"), STATE("36"), SOFT("2"), STRONG("1"),
        FAULT("31");

        private final String code;

        Ink(String code) { this.code = code; }

        /// A message has that of its subject.
        static Ink of(Trace.What what) {
            return switch (what) {
                case Trace.What.State _ -> STATE;
                case Trace.What.Remark _ -> STRONG;
                case Trace.What.Message _, Trace.What.Sealed _, Trace.What.Wire _ ->
                        what.subject().map(Ink::of).orElse(SOFT);
            };
        }

        private static Ink of(Trace.Subject subject) {
            return switch (subject) {
                case SIP -> SIP;
                case MEDIA -> MEDIA;
                case STUN -> STUN;
                case RING -> RING;
            };
        }
    }

    /// The text in a colour, where there is one.
    public String ink(Ink ink, String text) {
        return coloured && !text.isEmpty()
                ? ESCAPE + "[" + ink.code + "m" + text + ESCAPE + "[0m" : text;
    }

    /// The text with each `[rfc3261#17.2.1]` as a link to its page, by the sequence OSC 8, which
    /// takes no room.
    public String linked(String text) {
        return pages.map(all -> CITED.matcher(text).replaceAll(m -> Matcher.quoteReplacement(
                all.address(m.group(1)).map(uri -> link(uri, m.group())).orElse(m.group()))))
                .orElse(text);
    }

    /// A link, where there are links.
    public String link(URI to, String text) {
        return pages.isEmpty() ? text : ESCAPE + "]8;;" + to + ESCAPE + "\\" + text + ESCAPE
                + "]8;;" + ESCAPE + "\\";
    }
}
