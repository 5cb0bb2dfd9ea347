package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3389.ComfortNoise;

/// Whether somebody speaks: whether it is much louder than it is when it is softest; and what it
/// sounds like when nobody does.
final class Speaking {
    /// How much louder than silence speech is, in dB, and below which level it is silent anyhow.
    private static final int LOUDER = 9, SILENT = -66;

    /// The silence is at most so loud.
    private static final int LOUDEST_SILENCE = -30;

    /// How many frames are still speech after it has become silent: words do not end at once.
    private static final int HANG = 15;

    /// By how much, in dB for a frame, what is taken for silence becomes louder.
    private static final double DRIFT = 0.05;

    /// How much silence may change before that is said, in dB, and how many frames it has to last.
    private static final int CHANGE = 3, LASTS = 10;

    /// How many frames of silence make up what it is like, and its colour.
    private static final int FRAMES = 8, ORDER = 8;

    private double floor = LOUDEST_SILENCE;
    private int level = -127;
    private int hang = HANG;
    private int said = 127;
    private int apart;
    private final Deque<short[]> silence = new ArrayDeque<>();

    /// Whether this frame is speech.
    boolean heard(short[] frame) {
        level = -ComfortNoise.of(frame, 0).level();
        floor = Math.min(LOUDEST_SILENCE, Math.min(level, floor + DRIFT));
        boolean loud = level > Math.max(SILENT, floor + LOUDER);
        hang = loud ? HANG : Math.max(0, hang - 1);
        if (hang > 0) silence.clear();
        else silence.add(frame);
        if (silence.size() > FRAMES) silence.remove();
        return hang > 0;
    }

    /// What it sounds like now, which is taken to be said.
    ComfortNoise silence() {
        var all = new short[silence.stream().mapToInt(s -> s.length).sum()];
        int at = 0;
        for (var frame : silence) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        var like = ComfortNoise.of(all, ORDER);
        apart = Math.abs(like.level() - said) > CHANGE ? apart + 1 : 0;
        return like;
    }

    /// Whether the silence is another than was said last, and has been for some time.
    boolean changed() {
        if (apart < LASTS) return false;
        apart = 0;
        return true;
    }

    /// That this was said.
    void said(ComfortNoise like) {
        said = like.level();
        apart = 0;
    }
}
