package p2psip.tools.dissect;

import module java.base;
import p2psip.app.trace.*;
import p2psip.app.trace.Conversation.Step;

/// The parts of the chapter as they are printed: nothing unfolds on paper, so what was passed on is
/// told by what changed, and bytes stand in the tables only.
final class Paper {
    /// Longer values are cut: paper cannot be scrolled.
    private static final int LONG = 200;

    /// Characters that a line of literal text has room for.
    private static final int WIDTH = 84;

    private Paper() {}

    static String ladder(Story story) {
        return literal(story.conversation().only(step -> !step.isNote())
                .drawn(new Screen(WIDTH, false, Optional.empty())));
    }

    static String message(Step step) {
        var shot = step.shot();
        var out = new StringBuilder("_" + shot.outside().bytes().size() + " bytes_\n\n");
        var changes = Viewer.changes(shot);
        if (changes.isPresent()) return out + literal(changes.get());
        var shown = shot.told();
        if (!shot.inside().isEmpty()) out.append("What is sealed in it:\n\n");
        boolean text = shown.protocol().equals("SIP");
        out.append("[cols=\"").append(text ? "5,4,2" : "2,3,4,5,2")
                .append("\",options=\"header\"]\n")
                .append("|===\n").append(text ? "|as sent |says |from\n"
                        : "|bytes |field |value |says |from\n");
        for (var field : shown.fields()) {
            if (!text) out.append("|" + field.place() + " |" + plain(field.name()) + " ");
            out.append("|`" + plain(cut(field.value())) + "` |" + plain(field.meaning()) + " |"
                    + plain(Sentences.LINKS.of(field.source()).title()) + "\n");
        }
        return out.append("|===\n\n").toString();
    }

    static String everything(SequencedMap<String, List<Shot>> kinds) {
        var out = new StringBuilder("[cols=\"4,1,1\",options=\"header\"]\n|===\n"
                + "|what |datagrams |bytes\n");
        kinds.forEach((kind, shots) -> out.append(
                "|" + plain(kind) + " |" + shots.size() + " |" + bytes(shots) + "\n"));
        return out.append("|===\n\n").toString();
    }

    static int bytes(List<Shot> shots) {
        return shots.stream().mapToInt(shot -> shot.outside().bytes().size()).sum();
    }

    private static String cut(String text) {
        return text.length() <= LONG ? text : text.substring(0, LONG) + " …";
    }

    private static String literal(String text) {
        return "[%autofit]\n....\n" + text + "....\n\n";
    }

    /// Text in which nothing means anything to AsciiDoc, within a table.
    private static String plain(String text) {
        return text.isEmpty() ? "" : "pass:c[" + text.replace("]", "\\]").replace("|", "\\|") + "]";
    }
}
