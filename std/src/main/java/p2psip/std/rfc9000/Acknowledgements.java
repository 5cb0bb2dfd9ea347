package p2psip.std.rfc9000;

import module java.base;
import p2psip.std.rfc9000.Ranges.Range;

/// Which packets have come, and when to say so. All packets it is told of ask for an answer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-13.2 RFC 9000 §13.2
public final class Acknowledgements {

    /// How long an answer may wait for another packet.
    public static final Duration MAX_DELAY = Duration.ofMillis(25);

    /// After so many packets it waits no longer; after more where none has been missing for long:
    /// an answer costs both ends as much as a packet.
    static final int PACKETS = 2, MANY = 10;

    /// And after so many bytes, for of large packets few are on their way at a time.
    static final int BYTES = MANY * 1_200;

    /// How many in a row make it one more.
    private static final int ROW = 16;

    /// Ranges that are said, and kept: of older packets nothing is known any more.
    public static final int MAX_RANGES = 64;

    /// What to say.
    ///
    /// @param ranges those of the largest numbers first
    /// @param delay  since the packet of the largest number has come
    public record Answer(List<Range> ranges, Duration delay) {}

    private final Ranges come = new Ranges();
    private Instant newestAt = Instant.MIN, due = Instant.MAX;
    private long newest = -1, below;
    private int waiting, bytes, row;

    /// Whether this packet has come already, or may have.
    public boolean has(long number) {
        //= rfc9000#12.3-4 only what is certain to be new is taken
        return number < below || come.has(number);
    }

    /// A packet of that size has come, and all that was in it was done.
    public void heard(long number, int size, Instant now) {
        //= rfc9000#13.2.1-8 an ACK without delay: one is missing before it, or it is late
        boolean odd = number != newest + 1;
        row = odd ? 0 : Math.min(row + 1, ROW * MANY);
        come.add(number, number);
        if (number > newest) {
            newest = number;
            newestAt = now;
        }
        if (come.size() > MAX_RANGES) {
            //= rfc9000#13.2.3-4 ACK range: what is forgotten is never taken again
            var oldest = come.first().orElseThrow();
            come.remove(oldest.first(), oldest.last());
            below = oldest.last() + 1;
        }
        //= rfc9000#13.2.2-1 two packets are answered
        //= rfc9000#13.2.1-1,2 packets: and one alone in time
        waiting++;
        bytes += size;
        boolean enough = waiting >= Math.max(PACKETS, row / ROW)
                || waiting >= PACKETS && bytes >= BYTES;
        if (enough || odd) due = now;
        else if (due.equals(Instant.MAX)) due = now.plus(MAX_DELAY);
    }

    /// When to say it.
    public Instant deadline() { return due; }

    /// Whether there is something that was not said.
    public boolean owes() { return waiting > 0; }

    /// What to say now; once for each time that packets have come.
    public Answer answer(Instant now) {
        //= rfc9000#13.2.1-3,4 ACK packets: one answer is enough, and none is given to an answer
        waiting = bytes = 0;
        due = Instant.MAX;
        //= rfc9000#13.2.3-1,3,6 ACK ranges: the newest are always in it, and the oldest left out
        //= rfc9000#13.2.5-1 its own delay, and no other
        return new Answer(come.newest(MAX_RANGES), Duration.between(newestAt, now));
    }
}
