package p2psip.app.sound;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Machine;
import p2psip.std.rfc3389.*;
import p2psip.std.rfc3551.Codec;

/// What the packets of one source sound like: decoded in their order, played as regularly as they
/// were said, and made up where they are missing.
public final class Playout implements Machine<Playout.Input, Playout.Output> {
    /// How much comfort noise is made at a time, and for how long if nobody asks for it any more.
    private static final Duration FRAME = Duration.ofMillis(20), QUIET = Duration.ofMinutes(1);

    public sealed interface Input {
        /// @param timestamp of 32 bits
        record Voice(long timestamp, Codec codec, Bytes payload) implements Input {}

        /// Nobody speaks, and this is what that sounds like.
        ///
        /// @param clockRate of the timestamp
        record Quiet(long timestamp, int clockRate, ComfortNoise noise) implements Input {}
    }

    public sealed interface Output {
        /// @param made whether it was made up: nobody has said it so
        record Play(short[] samples, boolean made) implements Output {}

        /// A packet has come too late to be heard.
        record Late() implements Output {}
    }

    private sealed interface Said {}

    private record Voice(Codec codec, Bytes payload) implements Said {}

    private record Quiet(ComfortNoise noise) implements Said {}

    /// What is heard of a packet whose turn has not come yet.
    private record Ahead(Voice voice, short[] samples) {}

    private final int rate;
    private final NoiseGenerator noise;
    private final Concealment concealment;
    private JitterBuffer<Said> buffer;
    private int clockRate;
    private Optional<Codec> codec = Optional.empty();
    private Optional<Codec.Decoder> decoder = Optional.empty();
    private Optional<Resampler> resampler = Optional.empty();
    private Optional<Ahead> ahead = Optional.empty();
    /// When comfort noise goes on by itself, and until when.
    private Instant tick = Instant.MAX, quiet = Instant.MIN;

    /// @param rate of the samples that are played
    public Playout(int rate, RandomGenerator random) {
        this.rate = rate;
        noise = new NoiseGenerator(random);
        concealment = new Concealment(rate);
        clockRate = rate;
        buffer = new JitterBuffer<>(rate);
    }

    /// How much later than it could it plays.
    public Duration delay() { return buffer.delay(); }

    /// Whether something has come whose turn has not.
    public boolean pending() { return !buffer.deadline().equals(Instant.MAX); }

    @Override public Instant deadline() {
        return buffer.deadline().isBefore(tick) ? buffer.deadline() : tick;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Voice(long timestamp, var codec, var payload) -> {
                clock(codec.clockRate());
                int length = codec.length(payload.buffer());
                yield length == 0 ? List.of() : outputs(buffer.handle(
                        new JitterBuffer.Input.Received<>(timestamp, (int) codec.ticks(length),
                                new Voice(codec, payload)), now));
            }
            case Input.Quiet(long timestamp, int clockRate, var noise) -> {
                clock(clockRate);
                yield outputs(buffer.handle(new JitterBuffer.Input.Received<>(timestamp,
                        (int) (FRAME.toMillis() * clockRate / 1000), new Quiet(noise)), now));
            }
        };
    }

    /// Timestamps that count otherwise cannot be compared with those before.
    private void clock(int clockRate) {
        if (clockRate == this.clockRate) return;
        this.clockRate = clockRate;
        buffer = new JitterBuffer<>(clockRate);
        ahead = Optional.empty();
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        while (!deadline().isAfter(now)) {
            var at = deadline();
            if (at.equals(buffer.deadline())) out.addAll(outputs(buffer.wake(at)));
            else out.add(new Output.Play(noise.next(count(FRAME)), true));
            boolean goesOn = buffer.deadline().equals(Instant.MAX) && at.isBefore(quiet);
            tick = goesOn ? at.plus(FRAME) : Instant.MAX;
            if (!quiet.equals(Instant.MAX)) continue;
            // the first frame of noise: it may last so long
            quiet = at.plus(QUIET);
        }
        return out;
    }

    private int count(Duration time) { return (int) (time.toMillis() * rate / 1000); }

    private List<Output> outputs(List<JitterBuffer.Output<Said>> outputs) {
        var out = new ArrayList<Output>();
        for (var output : outputs) out.add(switch (output) {
            case JitterBuffer.Output.Play<Said>(Voice voice) ->
                    new Output.Play(concealment.heard(decode(voice)), false);
            case JitterBuffer.Output.Play<Said>(Quiet(var like)) -> {
                noise.like(like);
                quiet = Instant.MAX;
                yield new Output.Play(noise.next(count(FRAME)), true);
            }
            case JitterBuffer.Output.Hurry<Said>(var first, var second) ->
                    new Output.Play(concealment.heard(hurry(first, second)), false);
            case JitterBuffer.Output.Fill<Said>(int ticks, boolean lost, var next) ->
                    new Output.Play(fill((int) ((long) ticks * rate / clockRate), next),
                            lost && quiet.equals(Instant.MIN));
            case JitterBuffer.Output.Late<Said> _ -> new Output.Late();
        });
        return out;
    }

    private short[] decode(Voice voice) {
        quiet = Instant.MIN;
        var heard = ahead.filter(a -> a.voice == voice).map(Ahead::samples)
                .orElseGet(() -> resampled(decoder(voice.codec).decode(voice.payload.buffer())));
        ahead = Optional.empty();
        return heard;
    }

    private Codec.Decoder decoder(Codec codec) {
        if (!this.codec.equals(Optional.of(codec))) {
            this.codec = Optional.of(codec);
            decoder = Optional.of(codec.decoder());
            resampler = Optional.of(new Resampler(codec.sampleRate(), rate));
        }
        return decoder.orElseThrow();
    }

    private short[] resampled(short[] samples) { return resampler.orElseThrow().take(samples); }

    private short[] hurry(Said first, Said second) {
        if (!(first instanceof Voice one)) {
            noise.like(((Quiet) first).noise);
            return second instanceof Voice two ? decode(two) : noise.next(count(FRAME));
        }
        var heard = decode(one);
        if (!(second instanceof Voice two)) {
            noise.like(((Quiet) second).noise);
            quiet = Instant.MAX;
            return heard;
        }
        var more = decode(two);
        return more.length == heard.length ? Splice.one(heard, more, rate) : more;
    }

    /// What is played where there is nothing.
    private short[] fill(int count, Optional<Said> next) {
        if (!quiet.equals(Instant.MIN)) return noise.next(count);
        var voice = next.filter(Voice.class::isInstance).map(Voice.class::cast)
                .filter(v -> codec.equals(Optional.of(v.codec)));
        // the next packet is decoded now: nothing comes between
        if (ahead.isEmpty()) ahead = voice.map(v ->
                new Ahead(v, resampled(decoder(v.codec).decode(v.payload.buffer()))));
        return concealment.missing(count, ahead.map(Ahead::samples));
    }
}
