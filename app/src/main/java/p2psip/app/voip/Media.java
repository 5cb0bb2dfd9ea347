package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Outbox;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3550.RtpPacket;

/// The sound of a call: what [Sending] takes out of a [Source] goes by [Rtp] to the peer; what the
/// peer says is recorded, played or echoed, and the keys that it presses are told.
final class Media {
    /// How a phone sounds.
    record Habit(Source source, boolean recorded, boolean traced) {}

    private final long call;
    private final Source source;
    private final Optional<Recorder> recorder;
    private final Rtp rtp;
    private final Sending sending;
    private final EventReceiver keys = new EventReceiver(Wav.RATE, Sending.PTIME);
    private final Outbox<CallOutput> out;

    Media(long call, MediaPorts ports, Habit habit, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.call = call;
        this.out = out;
        source = habit.source;
        recorder = habit.recorded ? Optional.of(new Recorder()) : Optional.empty();
        rtp = new Rtp(ports, habit.traced, random, out);
        sending = new Sending(rtp, source);
    }

    Instant deadline() {
        return Collections.min(List.of(sending.deadline(), keys.deadline(), rtp.deadline()));
    }

    void wake(Instant now) {
        sending.keys(now);
        heard(keys.wake(now));
        rtp.wake(now);
        sending.sound(now);
    }

    /// What is offered or about to be answered, and may be heard from now on.
    void expect(List<Format> formats, Instant now) { rtp.expect(formats, now); }

    /// What offer and answer have made of the stream, at first and after each change.
    void agree(Stream agreed, Instant now) {
        rtp.agree(agreed, now);
        int frame = sending.agreed(agreed, now);
        if (source instanceof Source.Microphone)
            act(new Effect.Listening(new Id(Id.Part.MEDIA, 0, call), Wav.RATE, frame));
    }

    void press(String pressed, Instant now) { sending.press(pressed, now); }

    /// Takes a frame to be sent, for a source that has none of its own.
    void say(short[] samples) { sending.say(samples); }

    void received(Event.Datagram datagram, Instant now) {
        for (var packet : rtp.received(datagram, now))
            rtp.format(packet).ifPresent(format -> heard(packet, format, now));
    }

    private void heard(RtpPacket packet, Format format, Instant now) {
        if (format.map().encoding().equalsIgnoreCase(Sending.KEYS)) {
            if (packet.payload().size() >= TelephoneEvent.SIZE)
                heard(keys.handle(new EventReceiver.Input.Received(
                        TelephoneEvent.parse(packet.payload().buffer()), packet.timestamp()), now));
            return;
        }
        Sending.codec(format).ifPresent(codec -> {
            //= rfc3551#4.2-1,4 packets of other lengths are handled, from 0 to 200 ms
            var samples = new short[packet.payload().size()];
            codec.decode(packet.payload().buffer(), samples, 0);
            recorder.ifPresent(r -> r.hear(packet.ssrc(), packet.timestamp(), samples));
            if (source instanceof Source.Echo) say(samples);
            if (source instanceof Source.Microphone)
                act(new Effect.Play(Wav.RATE, Wav.bytes(samples)));
        });
    }

    private void heard(List<EventReceiver.Output> outputs) {
        for (var output : outputs)
            if (output instanceof EventReceiver.Output.Began(int event)) Dtmf.key(event)
                    .ifPresent(key -> act(new Effect.Tell(new News.Key(call, key))));
    }

    private void act(Effect effect) { out.add(new CallOutput.Do(effect)); }

    Statistics statistics() { return rtp.statistics(); }

    Optional<short[]> recorded() { return recorder.map(Recorder::samples); }

    void close(Instant now) {
        sending.stop();
        rtp.close(now);
    }
}
