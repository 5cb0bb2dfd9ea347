package p2psip.app.voip;

import module java.base;

/// Puts what is heard where its timestamps say, so that what was lost is silence and what came late
/// is in its place.
final class Recorder {
    /// The longest recording: an hour. What comes later is not kept.
    static final int LIMIT = 60 * 60 * Source.RATE;

    /// A source that jumps further than this goes on where the recording ends.
    private static final int JUMP = 10 * Source.RATE;

    private short[] samples = new short[Source.RATE];
    private int length;
    private OptionalLong source = OptionalLong.empty();
    private long origin;

    void hear(long ssrc, long timestamp, short[] frame) {
        //= rfc3551#4.1-2 the sender may suppress silence: then the timestamps leave a gap
        long at = at(timestamp);
        if (source.isEmpty() || source.getAsLong() != ssrc || at < 0 || at > length + JUMP) {
            source = OptionalLong.of(ssrc);
            origin = timestamp - length;
            at = length;
        }
        int end = (int) at + frame.length;
        if (end > LIMIT) return;
        if (end > samples.length)
            samples = Arrays.copyOf(samples, Math.min(LIMIT, Math.max(end, 2 * samples.length)));
        System.arraycopy(frame, 0, samples, (int) at, frame.length);
        length = Math.max(length, end);
    }

    /// Where the timestamp is, in samples from the beginning: timestamps have 32 bits and wrap.
    private long at(long timestamp) {
        int ahead = (int) (timestamp - (origin + length));
        return length + ahead;
    }

    short[] samples() { return Arrays.copyOf(samples, length); }
}
