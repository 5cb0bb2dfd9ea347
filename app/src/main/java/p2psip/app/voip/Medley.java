package p2psip.app.voip;

import module java.base;

/// What the peers of other calls say, to be heard beside what we say ourselves.
final class Medley {
    /// How much of one may wait, in samples; of more the oldest are forgotten.
    static final int WAITING = Source.RATE / 5;

    private final SequencedMap<Long, ArrayDeque<Short>> voices = new LinkedHashMap<>();

    /// @param call whose peer says it
    void hear(long call, short[] samples) {
        var waiting = voices.computeIfAbsent(call, _ -> new ArrayDeque<>());
        for (short sample : samples) waiting.add(sample);
        while (waiting.size() > WAITING) waiting.remove();
    }

    void forget(long call) { voices.remove(call); }

    /// With all that the others say meanwhile; as loud as samples can be, and no louder.
    short[] with(short[] own) {
        if (voices.isEmpty()) return own;
        var mixed = own.clone();
        for (var waiting : voices.values())
            for (int i = 0; i < mixed.length && !waiting.isEmpty(); i++)
                mixed[i] = (short) Math.clamp(
                        mixed[i] + waiting.remove(), Short.MIN_VALUE, Short.MAX_VALUE);
        return mixed;
    }
}
