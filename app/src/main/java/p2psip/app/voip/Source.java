package p2psip.app.voip;

import module java.base;
import p2psip.app.sound.Resampler;

/// What a phone sends: sound, 16 bits a sample.
public sealed interface Source {
    /// Nothing at all, as packets all the same.
    record Silence() implements Source {}

    /// A sine.
    ///
    /// @param hertz     its pitch
    /// @param amplitude of 32767
    record Tone(double hertz, int amplitude) implements Source {
        public static final Tone A = new Tone(440, 8000);
    }

    /// Samples once, then silence.
    ///
    /// @param rate how many of them are a second
    record Samples(int rate, short[] samples) implements Source {}

    /// What the peer says, as soon as it is heard.
    record Echo() implements Source {}

    /// The sound card's microphone; what the peer says goes to the loudspeaker.
    record Microphone() implements Source {}

    /// The same at a rate at which it can be taken.
    default Source at(int rate) {
        return this instanceof Samples(int own, var samples) && own != rate
                ? new Samples(rate, Resampler.convert(samples, own, rate)) : this;
    }

    /// The samples from a moment on; [Echo] and [Microphone] have none of their own.
    ///
    /// @param rate how many are a second, the same as [#at] was told
    /// @param from how many samples were taken before
    default short[] take(int rate, long from, int count) {
        var taken = new short[count];
        switch (this) {
            case Silence _, Echo _, Microphone _ -> { }
            case Tone(double hertz, int amplitude) -> {
                for (int i = 0; i < count; i++) taken[i] = (short) Math.round(
                        amplitude * StrictMath.sin(2 * Math.PI * hertz * (from + i) / rate));
            }
            case Samples(_, var samples) -> {
                int left = (int) Math.max(0, Math.min(count, samples.length - from));
                if (left > 0) System.arraycopy(samples, (int) from, taken, 0, left);
            }
        }
        return taken;
    }
}
