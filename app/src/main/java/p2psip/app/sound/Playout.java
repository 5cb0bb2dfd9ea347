package p2psip.app.sound;

import module java.base;
import p2psip.std.*;
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
    private final AnyRate rates;
    private JitterBuffer<Said> buffer;
    private int clockRate;
    private Optional<Codec> codec = Optional.empty();
    private Optional<Codec.Decoder> decoder = Optional.empty();
    private Optional<Ahead> ahead = Optional.empty();
    /// Until when comfort noise is made, while nobody speaks; and when more of it is.
    private Optional<Instant> quiet = Optional.empty();
    private Instant tick = Instant.MAX;
    /// How many samples were made up for packets that are missing, between others; and behind the
    /// last one that has come.
    private long concealed, gap;

    /// @param rate of the samples that are played
    public Playout(int rate, RandomGenerator random) {
        this.rate = rate;
        noise = new NoiseGenerator(random);
        concealment = new Concealment(rate);
        clockRate = rate;
        buffer = new JitterBuffer<>(rate);
        rates = new AnyRate(rate);
    }

    /// How much later than it could it plays.
    public Duration delay() { return buffer.delay(); }

    /// How much was made up where packets were missing.
    public Duration concealed() { return Duration.ofNanos(Ticks.nanos(concealed, rate)); }

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
                yield length == 0 ? List.of() : received(timestamp, codec.ticks(length),
                        new Voice(codec, payload), now);
            }
            case Input.Quiet(long timestamp, int clockRate, var noise) -> {
                clock(clockRate);
                yield received(
                        timestamp, Ticks.of(FRAME, clockRate), new Quiet(noise), now);
            }
        };
    }

    private List<Output> received(long timestamp, long ticks, Said said, Instant now) {
        return outputs(buffer.handle(new JitterBuffer.Input.Received<>(
                timestamp, (int) ticks, said), now), now);
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
            if (at.equals(buffer.deadline())) out.addAll(outputs(buffer.wake(at), at));
            else out.add(new Output.Play(noise(), true));
            boolean goesOn = !pending() && quiet.filter(at::isBefore).isPresent();
            tick = goesOn ? at.plus(FRAME) : Instant.MAX;
        }
        return out;
    }

    private short[] noise() { return noise.next((int) Ticks.of(FRAME, rate)); }

    private List<Output> outputs(List<JitterBuffer.Output<Said>> outputs, Instant at) {
        var out = new ArrayList<Output>();
        for (var output : outputs) out.add(switch (output) {
            case JitterBuffer.Output.Play<Said>(Voice voice) ->
                    new Output.Play(concealment.heard(decode(voice)), false);
            case JitterBuffer.Output.Play<Said>(Quiet nobody) -> {
                hush(nobody, at);
                yield new Output.Play(noise(), true);
            }
            case JitterBuffer.Output.Hurry<Said>(var first, var second) ->
                    new Output.Play(concealment.heard(hurry(first, second, at)), false);
            case JitterBuffer.Output.Fill<Said>(int ticks, boolean lost, var next) -> {
                int count = (int) ((long) ticks * rate / clockRate);
                boolean made = lost && quiet.isEmpty();
                if (made) gap += count;
                yield new Output.Play(fill(count, next), made);
            }
            case JitterBuffer.Output.Late<Said> _ -> new Output.Late();
        });
        return out;
    }

    /// Nobody speaks from now on.
    private void hush(Quiet nobody, Instant at) {
        noise.like(nobody.noise);
        quiet = Optional.of(at.plus(QUIET));
        gap = 0;
    }

    private short[] decode(Voice voice) {
        quiet = Optional.empty();
        concealed += gap;
        gap = 0;
        var heard = ahead.filter(a -> a.voice == voice).map(Ahead::samples)
                .orElseGet(() -> read(voice));
        ahead = Optional.empty();
        return heard;
    }

    private short[] read(Voice voice) {
        if (!codec.equals(Optional.of(voice.codec))) decoder = Optional.of(voice.codec.decoder());
        codec = Optional.of(voice.codec);
        return rates.take(decoder.orElseThrow().decode(voice.payload.buffer()),
                voice.codec.sampleRate());
    }

    private short[] hurry(Said first, Said second, Instant at) {
        var heard = hurried(first, at);
        var more = hurried(second, at);
        if (more.isEmpty() || heard.isEmpty()) return heard.or(() -> more).orElseGet(this::noise);
        return more.get().length == heard.get().length
                ? Splice.one(heard.get(), more.get(), rate) : more.get();
    }

    private Optional<short[]> hurried(Said said, Instant at) {
        return switch (said) {
            case Voice voice -> Optional.of(decode(voice));
            case Quiet nobody -> {
                hush(nobody, at);
                yield Optional.empty();
            }
        };
    }

    /// What is played where there is nothing.
    private short[] fill(int count, Optional<Said> next) {
        if (quiet.isPresent()) return noise.next(count);
        var voice = next.filter(Voice.class::isInstance).map(Voice.class::cast)
                .filter(v -> codec.equals(Optional.of(v.codec)));
        // the next packet is decoded now: nothing comes between
        if (ahead.isEmpty()) ahead = voice.map(v -> new Ahead(v, read(v)));
        return concealment.missing(count, ahead.map(Ahead::samples));
    }
}
