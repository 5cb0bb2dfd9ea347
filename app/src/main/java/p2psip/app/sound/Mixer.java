package p2psip.app.sound;

import module java.base;

/// Brings together what several say, a frame at a time; each hears all the others, and not himself.
///
/// Where the sum is louder than a sample can be, all of the frame is made softer, and it becomes
/// louder again slowly: whoever cuts off peaks is heard to crackle.
public final class Mixer<K> {
    /// How much of what it was made softer comes back with a frame.
    private static final double BACK = 0.1;

    private final int samples;
    private final SequencedMap<K, short[]> said = new LinkedHashMap<>();
    private final Map<K, Double> softer = new HashMap<>();
    private final int[] sum;

    /// @param samples of a frame
    public Mixer(int samples) {
        this.samples = samples;
        sum = new int[samples];
    }

    /// What one of them says in this frame; who says nothing need not be told of.
    public void say(K who, short[] frame) {
        if (frame.length != samples)
            throw new IllegalArgumentException(frame.length + " samples, not " + samples);
        var before = said.put(who, frame);
        for (int i = 0; i < samples; i++) sum[i] += frame[i] - (before == null ? 0 : before[i]);
    }

    /// What one hears of this frame: everybody but himself.
    public short[] hear(K who) {
        var own = said.get(who);
        int loudest = 1;
        for (int i = 0; i < samples; i++)
            loudest = Math.max(loudest, Math.abs(own == null ? sum[i] : sum[i] - own[i]));
        double from = softer.getOrDefault(who, 1.0);
        double to = Math.min(Math.min(1, from + BACK), (double) Short.MAX_VALUE / loudest);
        // never so loud that this frame is cut: it begins no louder than it may be
        from = Math.min(from, (double) Short.MAX_VALUE / loudest);
        if (to == 1 && from == 1) softer.remove(who); else softer.put(who, to);
        var heard = new short[samples];
        for (int i = 0; i < samples; i++) {
            double loud = from + (to - from) * i / samples;
            heard[i] = (short) ((own == null ? sum[i] : sum[i] - own[i]) * loud);
        }
        return heard;
    }

    /// The next frame.
    public void next() {
        said.clear();
        Arrays.fill(sum, 0);
    }

    /// He has gone.
    public void leave(K who) { softer.remove(who); }
}
