package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Trace.What;

/// A line of a ladder: an arrow or a note.
///
/// @param to   of a note its `from`
/// @param more others that this arrow stands for, too; it grows while rows are made
record Row(Trace trace, String from, String to, String label, boolean arrived, boolean arrow,
        List<Trace> more) {
    /// What is long and says nothing in a drawing: branches, and ids after their first digits.
    private static final Pattern BRANCH = Pattern.compile(" z9hG4bK[^ :]*"),
            ID = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{8,}~?");
    /// Messages of these protocols are too many to draw each: a run of them is one arrow.
    private static final Set<String> MEDIA = Set.of("RTP", "RTCP");
    /// And so are these: what is sealed in them nobody sees.
    private static final Set<String> SEALED = Set.of("Data", "keep-alive");

    Row arrivedNow() { return new Row(trace, from, to, label, true, arrow, more); }

    /// Whether this is one more of a run of media that another row has begun.
    boolean continues(Row before) {
        return isMedia() && before.arrow && before.from.equals(from) && before.to.equals(to)
                && before.label.equals(label);
    }

    /// This one and one that continues it.
    Row with(Row later) {
        return new Row(trace, from, to, label, arrived, arrow, Stream.of(more.stream(),
                Stream.of(later.trace), later.more.stream()).flatMap(each -> each).toList());
    }

    boolean isMedia() {
        return trace.what() instanceof What.Message m && isMedia(m);
    }

    int count() { return 1 + more.size(); }

    Instant at() { return trace.at(); }

    String text() { return brief(label) + (more.isEmpty() ? "" : " x" + count()); }

    static boolean isMedia(What.Message message) {
        return MEDIA.contains(message.protocol()) || SEALED.contains(message.summary());
    }

    private static String brief(String label) {
        return ID.matcher(BRANCH.matcher(label).replaceAll("")).replaceAll("$1");
    }
}
