package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Trace.What;

/// A line of a ladder: an arrow or a note.
///
/// @param to    of a note its `from`
/// @param count how many arrows it stands for
record Row(Trace trace, String from, String to, String label, boolean arrived, boolean arrow,
        int count) {
    /// What is long and says nothing in a drawing: branches, and ids after their first digits.
    private static final Pattern BRANCH = Pattern.compile(" z9hG4bK[^ :]*"),
            ID = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{8,}~?");
    /// Messages of these protocols are too many to draw each: a run of them is one arrow.
    private static final Set<String> MEDIA = Set.of("RTP", "RTCP");

    Row arrivedNow() { return new Row(trace, from, to, label, true, arrow, count); }

    Row another() { return new Row(trace, from, to, label, arrived, arrow, count + 1); }

    boolean isMedia() {
        return trace.what() instanceof What.Message m && isMedia(m);
    }

    Instant at() { return trace.at(); }

    String text() { return count == 1 ? brief(label) : brief(label) + " x" + count; }

    static boolean isMedia(What.Message message) { return MEDIA.contains(message.protocol()); }

    private static String brief(String label) {
        return ID.matcher(BRANCH.matcher(label).replaceAll("")).replaceAll("$1");
    }
}
