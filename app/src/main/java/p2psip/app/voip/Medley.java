package p2psip.app.voip;

import module java.base;

/// What the peers of other calls say, to be heard beside what we say ourselves.
final class Medley {
    /// How much of one may wait; of more the oldest is forgotten.
    static final Duration WAITING = Duration.ofMillis(200);

    private final SequencedMap<Long, Waiting> voices = new LinkedHashMap<>();
    private int rate = 8000;

    /// @param call whose peer says it
    void hear(long call, Sound said) {
        voices.computeIfAbsent(call, _ -> new Waiting(rate, WAITING)).add(said);
    }

    void forget(long call) { voices.remove(call); }

    /// With all that the others say meanwhile; as loud as samples can be, and no louder.
    ///
    /// @param rate of the samples
    short[] with(short[] own, int rate) {
        if (rate != this.rate) voices.clear();
        this.rate = rate;
        if (voices.isEmpty()) return own;
        var sum = new int[own.length];
        for (int i = 0; i < own.length; i++) sum[i] = own[i];
        for (var voice : voices.values()) {
            var said = voice.rest(own.length);
            for (int i = 0; i < said.length; i++) sum[i] += said[i];
        }
        var mixed = new short[own.length];
        for (int i = 0; i < mixed.length; i++)
            mixed[i] = (short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE);
        return mixed;
    }
}
