package p2psip.app.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.trace.Conversation.Step;

/// Shows a conversation as one interactive page: the ladder is the way around, a message unfolds as
/// text or bit by bit, and byte, row and sentence of the RFC light up together.
///
/// [#page] is a file that stands alone; [#body], [#css] and [#js] are its parts, for a page with a
/// frame of its own. All text is there without the script. What a peer sent is text, never markup:
/// the page forbids itself everything that is not its own style and script.
public final class Viewer {
    /// Rows of the ladder that are shown; the rest is only counted.
    public static final int SHOWN = 1_000;

    private final Conversation conversation;
    private final Quotes quotes;
    private final List<Step> steps;

    public Viewer(Conversation conversation, Sentences sentences) {
        this.conversation = conversation;
        quotes = new Quotes(sentences);
        steps = conversation.steps().stream().limit(SHOWN).toList();
    }

    /// The ladder, with what a script adds to it: filters and buttons.
    public String ladder() {
        var kinds = steps.stream().map(step -> step.isNote() ? "notes"
                : MessageView.kind(step.shot())).collect(Collectors.toCollection(TreeSet::new));
        var out = new StringBuilder("<div class=\"ladder\">\n<div class=\"t-bar\" hidden>");
        BUTTONS.forEach((button, says) -> out.append("<button type=\"button\" data-do=\"" + button
                + "\" title=\"" + says.getFirst() + "\">" + says.getLast() + "</button>"));
        kinds.forEach(kind -> out.append(" <label class=\"" + kind + "\"><input type=\"checkbox\" "
                + "value=\"" + kind + "\" checked>" + KINDS.getOrDefault(kind, kind) + "</label>"));
        out.append(KEYS + "</div>\n<div class=\"shaft\">\n")
                .append(new LadderView(conversation, quotes).html(steps)).append(left());
        return out.append("</div>\n</div>\n").toString();
    }

    private static final SequencedMap<String, List<String>> BUTTONS = new LinkedHashMap<>();

    static {
        BUTTONS.put("back", List.of("one message back (←)", "◀"));
        BUTTONS.put("play", List.of("play (p)", "play"));
        BUTTONS.put("on", List.of("one message on (→)", "▶"));
        BUTTONS.put("up", List.of("back to the ladder (Esc)", "▲"));
    }

    /// What people call the kinds that can be hidden.
    private static final Map<String, String> KINDS = Map.of("sip", "SIP", "media", "RTP, RTCP",
            "stun", "STUN", "notes", "states", "other", "others");

    private static final String KEYS = "<details class=\"t-keys\"><summary>keys</summary><p><kbd>↑"
            + "</kbd> <kbd>↓</kbd> along the ladder or the fields · <kbd>Enter</kbd> opens · <kbd>←"
            + "</kbd> <kbd>→</kbd> one message back or on · <kbd>p</kbd> plays · <kbd>x</kbd> bytes"
            + " · <kbd>Esc</kbd> back to the ladder</p></details>";

    private String left() {
        int more = conversation.more() + conversation.steps().size() - steps.size();
        return more == 0 ? "" : "<p class=\"trouble\">... and %d more. This page shows %d; cut what"
                .formatted(more, SHOWN) + " it is made of into pieces, as editcap does.</p>\n";
    }

    /// A message.
    ///
    /// @param words what is to be said of it, as HTML; may be empty
    public String message(Step step, String words) {
        return new MessageView(conversation.begin(), quotes).html(step, words);
    }

    /// The sentences that were named so far: to be asked for last.
    public String sentences() { return quotes.html(); }

    /// Ladder, messages and sentences.
    public String body() {
        var messages = steps.stream().filter(step -> !step.isNote()).map(step -> message(step, ""))
                .collect(Collectors.joining());
        return "<div class=\"talk\">\n" + ladder() + "<div class=\"messages\">\n" + messages
                + "<h2>What the sources say</h2>\n" + sentences() + "</div>\n</div>\n";
    }

    public static String css() { return resource("conversation.css"); }

    public static String js() { return resource("conversation.js"); }

    /// What differs from the same message one hop earlier, as text, for paper; nothing of a message
    /// that is none of several alike.
    public static Optional<String> changes(Shot shot) {
        return shot.before().map(before -> Hops.text(before, shot));
    }

    /// A whole file that asks for nothing else.
    ///
    /// @param lines what is to be said of it, a paragraph each
    public String page(String title, List<String> lines) {
        var css = resource("alone.css") + css();
        var js = js();
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
                style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s
                %s</main>
                <script>%s</script>
                </body>
                </html>
                """.formatted(hash(css), hash(js), Html.escape(title), css, Html.escape(title),
                lines.stream().map(line -> "<p>" + Html.escape(line) + "</p>")
                        .collect(Collectors.joining("\n")), body(), js);
    }

    private static String hash(String text) {
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has SHA-256
        }
    }

    private static String resource(String name) {
        try (var in = Viewer.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
