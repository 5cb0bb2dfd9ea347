package p2psip.tools.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.trace.*;
import p2psip.app.trace.Conversation.Step;
import p2psip.tools.htmlify.Frame;

/// The parts of the guide's chapter `The illustrated call`, by the names of their files.
final class Chapter {
    private Chapter() {}

    static SortedMap<String, String> parts(Story story, String outcome, Sentences sentences) {
        var parts = new TreeMap<String, String>();
        var viewer = new Viewer(story.conversation(), sentences);
        part(parts, "ladder", style() + viewer.ladder(), Paper.ladder(story));
        for (var told : story.told()) part(parts, told.id(), viewer.message(told.step(), ""),
                Paper.message(told.step()));
        part(parts, "rest", rest(story).map(step -> viewer.message(step, "")).collect(
                Collectors.joining("", "<div class=\"messages\">\n", "</div>\n")), "");
        var kinds = kinds(story);
        part(parts, "everything", everything(story, kinds), Paper.everything(kinds));
        part(parts, "sentences",
                viewer.sentences() + "<script>\n" + Viewer.js() + "</script>\n", "");
        var all = story.everything().shots();
        parts.put("numbers.adoc", """
                :call-outcome: %s
                :call-datagrams: %d
                :call-bytes: %d
                :call-told: %d
                """.formatted(outcome, all.size(), Paper.bytes(all), story.told().size()));
        return parts;
    }

    /// Two forms of a part: one for the page, one for paper, which may have nothing of it.
    private static void part(Map<String, String> parts, String name, String page, String paper) {
        parts.put(name + ".adoc", "ifdef::backend-html5[]\n++++\n" + page + "++++\nendif::[]\n"
                + "ifndef::backend-html5[]\n\n" + paper + "endif::[]\n");
    }

    private static String style() {
        try (var in = Chapter.class.getResourceAsStream("chapter.css")) {
            return Frame.STYLE + "\n" + Viewer.css() + new String(in.readAllBytes(), UTF_8)
                    + "</style>\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the ladder has and the chapter does not tell of.
    private static Stream<Step> rest(Story story) {
        var told = story.told().stream().map(Story.Told::step).toList();
        return story.conversation().steps().stream()
                .filter(step -> !step.isNote() && !told.contains(step));
    }

    /// All that was sent, by kind.
    private static SequencedMap<String, List<Shot>> kinds(Story story) {
        var kinds = new LinkedHashMap<String, List<Shot>>();
        for (var shot : story.everything().shots())
            kinds.computeIfAbsent(kind(shot), _ -> new ArrayList<>()).add(shot);
        return kinds;
    }

    private static String everything(Story story, Map<String, List<Shot>> kinds) {
        var out = new StringBuilder("<div class=\"wide\"><table class=\"everything\">\n<tr><th>what"
                + "</th><th>datagrams</th><th>bytes</th><th>told of above</th></tr>\n");
        kinds.forEach((kind, shots) -> out.append(
                "<tr><td>%s</td><td>%d</td><td>%d</td><td>%s</td></tr>\n".formatted(kind,
                        shots.size(), Paper.bytes(shots), story.told().stream()
                                .filter(told -> kind(told.step().shot()).equals(kind))
                                .map(told -> "<a href=\"#m" + told.step().number() + "\">"
                                        + told.id() + "</a>").collect(Collectors.joining(" ")))));
        return out.append("</table></div>\n").toString();
    }

    /// `INVITE`, `200 OK (INVITE)`, `Route Put`: a summary without what differs.
    private static String kind(Shot shot) {
        return shot.summary().replaceAll("^(\\d.*)$|^(Route \\w+|STUN .*|RT\\w+ .*|[^ ,]+).*",
                "$1$2");
    }
}
