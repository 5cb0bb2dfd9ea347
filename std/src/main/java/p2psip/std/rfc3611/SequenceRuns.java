package p2psip.std.rfc3611;

import module java.base;

/// A yes or no for each packet of a range, written as runs of the same and as bits.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.1 RFC 3611 §4.1
final class SequenceRuns {
    private static final int VECTOR = 15, MAX_RUN = 0x3fff;

    private SequenceRuns() {}

    /// How many packets of a range are reported on: those whose number is a multiple.
    static int count(int thinning, int begin, int end) {
        int step = 1 << thinning, first = first(thinning, begin), length = end - begin & 0xffff;
        int skipped = first - begin;
        return skipped >= length ? 0 : (length - skipped + step - 1) / step;
    }

    /// The first number of those, perhaps beyond 65535.
    static int first(int thinning, int begin) {
        int step = 1 << thinning;
        return (begin + step - 1) / step * step;
    }

    static List<Integer> chunks(List<Boolean> events) {
        var chunks = new ArrayList<Integer>();
        for (int at = 0; at < events.size();) {
            int run = run(events, at);
            //= rfc3611#4.1.1-1 a run length is not zero
            //= rfc3611#4.1.1-2 shorter runs are described so where nothing else is left
            if (run > VECTOR || at + run == events.size()) {
                chunks.add((events.get(at) ? 0x4000 : 0) | run);
                at += run;
            } else {
                int vector = 0;
                //= rfc3611#4.1-10 bits beyond the last sequence number are zero
                for (int i = 0; i < VECTOR && at + i < events.size(); i++)
                    if (events.get(at + i)) vector |= 1 << VECTOR - 1 - i;
                chunks.add(0x8000 | vector);
                at += VECTOR;
            }
        }
        //= rfc3611#4.1-11,12 a null chunk at the end of an odd number, and nowhere else
        if (chunks.size() % 2 == 1) chunks.add(0);
        return chunks;
    }

    private static int run(List<Boolean> events, int at) {
        int run = 1;
        while (run < MAX_RUN && at + run < events.size()
                && events.get(at + run).equals(events.get(at))) run++;
        return run;
    }

    /// @param count how many packets there are
    static List<Boolean> events(ByteBuffer in, int count) {
        var events = new ArrayList<Boolean>();
        while (in.hasRemaining()) {
            int chunk = in.getShort() & 0xffff;
            if (chunk >= 0x8000) {
                for (int i = VECTOR - 1; i >= 0; i--) add(events, (chunk >> i & 1) == 1, count);
            } else {
                for (int i = chunk & MAX_RUN; i > 0; i--)
                    add(events, (chunk & 0x4000) != 0, count);
            }
        }
        if (events.size() < count) throw new SyntaxException("fewer packets than " + count);
        return events;
    }

    //= rfc3611#4.1-10 what is beyond the last is ignored by the receiver
    private static void add(List<Boolean> events, boolean event, int count) {
        if (events.size() < count) events.add(event);
    }
}
