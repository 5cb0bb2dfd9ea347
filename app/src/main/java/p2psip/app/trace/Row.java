package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Screen.Ink;
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
    /// What the ring says, in the words of one who does not know its messages.
    private static final Map<Pattern, String> RING = new LinkedHashMap<>();

    static {
        RING.put(Pattern.compile("Route Put .*"), "put a record");
        RING.put(Pattern.compile("Route Get (\\S+) .*"), "get $1");
        RING.put(Pattern.compile("Route Find .*"), "who is nearest?");
        RING.put(Pattern.compile("Values 1, part 1/1"), "1 record");
        RING.put(Pattern.compile("Values (\\d+), part 1/1"), "$1 records");
    }

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

    /// The words cut to so many characters: first by what a reader misses least.
    String text(int room) {
        var text = Printer.visible(text());
        if (text.length() > room) text = text.replaceFirst(" sips?:", " ");
        return text.length() > room ? text.substring(0, room - 1) + "~" : text;
    }

    /// How it is coloured; what never arrived is a fault.
    Ink ink() { return arrived ? Ink.of(trace.what()) : Ink.FAULT; }

    boolean isMedia() {
        return trace.what() instanceof What.Message m && isMedia(m);
    }

    int count() { return 1 + more.size(); }

    Instant at() { return trace.at(); }

    String text() { return brief(label) + (more.isEmpty() ? "" : " x" + count()); }

    static boolean isMedia(What.Message message) {
        return MEDIA.contains(message.protocol()) || SEALED.contains(message.summary());
    }

    private String brief(String label) {
        if (trace.what() instanceof What.Message m && m.protocol().equals("DHT"))
            for (var each : RING.entrySet()) {
                var said = each.getKey().matcher(label);
                if (said.matches()) return said.replaceFirst(each.getValue());
            }
        return ID.matcher(BRANCH.matcher(label).replaceAll("")).replaceAll("$1");
    }
}
