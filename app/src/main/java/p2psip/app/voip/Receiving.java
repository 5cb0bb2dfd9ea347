package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.sound.Playout;
import p2psip.app.sound.Tones;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3389.ComfortNoise;
import p2psip.std.rfc3550.RtpPacket;

/// What a call hears: sound, which is played and recorded, the keys that the peer presses, and
/// silence where there should be sound, which are told.
final class Receiving {
    /// How long a peer is not heard before that is told.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long call;
    private final Optional<Recorder> recorder;
    private final Consumer<Sound> ear;
    private final RandomGenerator random;
    private final EventReceiver keys = new EventReceiver(8000, Sending.PTIME);
    private final Silence silence = new Silence(PATIENCE);
    private final Outbox<CallOutput> out;
    private List<Format> formats = List.of();
    private int rate = 8000;
    private final Loudness loudness = new Loudness();
    private Playout playout;
    private Duration concealed = Duration.ZERO;
    private long late;
    private boolean heard;

    /// @param ear what becomes of the sound
    Receiving(long call, Optional<Recorder> recorder, Consumer<Sound> ear, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.call = call;
        this.recorder = recorder;
        this.ear = ear;
        this.random = random;
        this.out = out;
        playout = new Playout(rate, random);
    }

    Instant deadline() {
        return Timers.earliest(silence.deadline(), keys.deadline(), playout.deadline());
    }

    void wake(Instant now) {
        pressed(keys.wake(now));
        played(playout.wake(now), now);
        silence.wake(now).ifPresent(time -> tell(new News.Silent(call, time)));
    }

    /// What may be heard.
    void understand(List<Format> formats) {
        this.formats = formats;
        int best = formats.stream().flatMap(f -> Formats.codec(f).stream())
                .mapToInt(c -> c.sampleRate()).findFirst().orElse(rate);
        if (best == rate) return;
        rate = best;
        concealed = concealed.plus(playout.concealed());
        playout = new Playout(rate, random);
    }

    /// @param sound whether the peer is to be heard from now on
    void expect(boolean sound, Instant now) {
        if (sound) silence.begin(now); else silence.end();
    }

    void heard(RtpPacket packet, Format format, Instant now) {
        if (silence.heard(now) || !heard) tell(new News.Heard(call));
        heard = true;
        if (!Formats.is(Formats.AGAIN, format)) block(format, packet.timestamp(),
                packet.payload(), now);
        else try {
            var blocks = RedundantPayload.parse(packet.payload().buffer());
            //= rfc2198#3¶12 a block says how much earlier than the packet it was sampled
            for (var block : blocks.redundant()) format(block.payloadType()).ifPresent(f ->
                    block(f, packet.timestamp() - block.offset() & 0xffff_ffffL,
                            block.data(), now));
            format(blocks.primary().payloadType()).ifPresent(f ->
                    block(f, packet.timestamp(), blocks.primary().data(), now));
        } catch (SyntaxException e) {
            // cut short: it is as if it had not come
        }
    }

    private Optional<Format> format(int payloadType) {
        return formats.stream().filter(f -> f.payloadType() == payloadType).findFirst();
    }

    private void block(Format format, long timestamp, Bytes payload, Instant now) {
        if (Formats.is(Formats.KEYS, format)) {
            if (payload.size() >= TelephoneEvent.SIZE) pressed(keys.handle(
                    new EventReceiver.Input.Received(
                            TelephoneEvent.parse(payload.buffer()), timestamp), now));
        } else if (Formats.is(Formats.QUIET, format))
            ComfortNoise.parse(payload.buffer()).ifPresent(noise ->
                    played(playout.handle(new Playout.Input.Quiet(
                            timestamp, format.map().clockRate(), noise), now), now));
        else if (Formats.is(Formats.TONES, format)) played(playout.handle(
                new Playout.Input.Voice(timestamp, Tones.TONE, payload), now), now);
        //= rfc3551#4.2-1,4 packets of other lengths are handled, from 0 to 200 ms
        else Formats.codec(format).ifPresent(codec -> played(playout.handle(
                new Playout.Input.Voice(timestamp, codec, payload), now), now));
    }

    private void played(List<Playout.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Playout.Output.Play(var samples, boolean made) -> {
                recorder.ifPresent(r -> r.hear(samples, rate, made, now));
                loudness.heard(samples, now);
                ear.accept(new Sound(rate, samples));
            }
            case Playout.Output.Late _ -> late++;
        }
    }

    /// How many packets have come too late to be heard.
    long late() { return late; }

    /// How long what comes is kept before it is heard.
    Duration delay() { return playout.delay(); }

    Gauge.Playing playing(Instant now) {
        return new Gauge.Playing(
                late, concealed.plus(playout.concealed()), loudness.level(now));
    }

    private void pressed(List<EventReceiver.Output> outputs) {
        for (var output : outputs)
            if (output instanceof EventReceiver.Output.Began(int event)) Dtmf.key(event)
                    .ifPresent(key -> tell(new News.Key(call, key)));
    }

    private void tell(News news) { out.add(new CallOutput.Do(new Effect.Tell(news))); }

    /// Keeps what has come and was not heard: nothing comes behind it any more.
    void end() {
        while (playout.pending()) {
            var at = playout.deadline();
            for (var output : playout.wake(at))
                if (output instanceof Playout.Output.Play(var samples, boolean made))
                    recorder.ifPresent(r -> r.hear(samples, rate, made, at));
        }
    }
}
