package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3551.L16;

/// The sound of a call: what [Sending] takes out of a [Source] goes by [Rtp] to the peer; what the
/// peer says goes to [Receiving], and from there back to the peer or to the loudspeaker.
final class Media {
    /// How a phone sounds.
    record Habit(Source source, boolean recorded, boolean traced) {}

    /// As sound cards take samples.
    private static final L16 CARD = new L16(Source.RATE);

    private final long call;
    private final Source source;
    private final Rtp rtp;
    private final Sending sending;
    private final Receiving receiving;
    private final Outbox<CallOutput> out;
    private final boolean traced;
    private int listening;
    private boolean shared;

    Media(long call, Ice ice, Habit habit, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.call = call;
        this.out = out;
        source = habit.source;
        traced = habit.traced;
        rtp = new Rtp(ice, habit.traced, random, out);
        sending = new Sending(rtp, source);
        receiving = new Receiving(call, habit.recorded, out);
    }

    Instant deadline() {
        return Collections.min(List.of(sending.deadline(), receiving.deadline(), rtp.deadline()));
    }

    void wake(Instant now) {
        sending.keys(now);
        receiving.wake(now);
        rtp.wake(now);
        sending.sound(now);
    }

    /// What is offered or about to be answered, and may be heard from now on.
    void expect(List<Format> formats, Instant now) { rtp.expect(formats, now); }

    /// What offer and answer have made of the stream before the call is taken.
    void early(Stream agreed, Instant now) {
        rtp.agree(agreed, now);
        listen(sending.agreed(agreed, now));
    }

    /// What they have made of it at last, and after each change.
    void agree(Stream agreed, Instant now) {
        early(agreed, now);
        receiving.expect(agreed.receives(), now);
    }

    /// Has the microphone heard in frames of so many samples, or in none.
    private void listen(int frame) {
        if (!(source instanceof Source.Microphone) || frame == listening) return;
        listening = frame;
        act(new Effect.Listening(new Id(Id.Part.MEDIA, 0, call), Source.RATE, frame));
    }

    void press(String pressed, Instant now) { sending.press(pressed, now); }

    /// Takes a frame of the microphone.
    void say(Bytes samples) { sending.say(CARD.decode(samples.buffer())); }

    /// Has what the peer says heard by others than us.
    void share() { shared = true; }

    void beside(long call, short[] samples) { sending.beside(call, samples); }

    void without(long call) { sending.without(call); }

    /// Answers whether it is the peer who is heard.
    boolean received(Ice.Arrival arrival, Instant now) {
        var packets = rtp.received(arrival, now);
        packets.ifPresent(all -> all.forEach(packet -> heard(packet, now)));
        return packets.isPresent();
    }

    private void heard(RtpPacket packet, Instant now) {
        rtp.format(packet).ifPresent(format -> {
            var samples = receiving.heard(packet, format, now);
            if (samples.length == 0) return;
            if (shared) out.add(new CallOutput.Heard(samples));
            if (source instanceof Source.Echo) sending.say(samples);
            if (source instanceof Source.Microphone)
                act(new Effect.Play(Source.RATE, Bytes.from(CARD.encode(samples))));
        });
    }

    /// For trace.
    void note(Trace.What what) { if (traced) act(new Effect.Note(what)); }

    private void act(Effect effect) { out.add(new CallOutput.Do(effect)); }

    Statistics statistics() { return rtp.statistics(); }

    Optional<String> codec() { return rtp.codec(); }

    Optional<short[]> recorded() { return receiving.recorded(); }

    void close(Instant now) {
        sending.stop();
        rtp.close(now);
    }
}
