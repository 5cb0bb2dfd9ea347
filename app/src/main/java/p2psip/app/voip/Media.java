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
    record Habit(PhoneSetup.Speech speech, Keying.Means secrecy, boolean traced) {}

    /// As sound cards take samples, whatever their rate.
    private static final L16 CARD = new L16(8000);

    private final long call;
    private final Source source;
    private final Rtp rtp;
    private final Sending sending;
    private final Receiving receiving;
    private final Optional<Recorder> recorder;
    private final Outbox<CallOutput> out;
    private final boolean traced;
    private int listening;
    private boolean shared;

    Media(long call, Ice ice, Habit habit, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.call = call;
        this.out = out;
        source = habit.speech.source();
        traced = habit.traced;
        rtp = new Rtp(call, ice, habit.secrecy, habit.traced, random, out);
        recorder = habit.speech.record() ? Optional.of(new Recorder()) : Optional.empty();
        sending = new Sending(rtp, source, habit.speech.formats().quiet(), recorder);
        receiving = new Receiving(call, recorder, this::hear, random, out);
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

    /// Something is offered, which is to be kept secret or not.
    void offered(boolean secret) { rtp.shield().offered(secret); }

    /// How the stream is kept, as both have agreed.
    void keep(Optional<Keying.Terms> terms, Instant now) { rtp.keep(terms, now); }

    /// There may be a way now that was not there before.
    void settle(Instant now) {
        rtp.shield().settle(now);
        rtp.waited(now).forEach(packet -> heard(packet, now));
    }

    /// The host tells of a handshake.
    void associated(Event.OfAssociation event, Instant now) {
        rtp.shield().happened(event, now);
    }

    /// Why the call has to end, if it has to.
    Optional<String> failure() { return rtp.shield().failure(); }

    /// What is offered or about to be answered, and may be heard from now on.
    void expect(List<Format> formats, Instant now) {
        rtp.expect(formats, now);
        receiving.understand(formats);
    }

    /// What offer and answer have made of the stream before the call is taken.
    void early(Stream agreed, Instant now) {
        rtp.agree(agreed, now);
        receiving.understand(agreed.receiveFormats());
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
        act(new Effect.Listening(new Id(Id.Part.MEDIA, 0, call), sending.rate(), frame));
    }

    void press(String pressed, Instant now) { sending.press(pressed, now); }

    /// Takes a frame of the microphone.
    void say(Bytes samples) {
        sending.say(new Sound(sending.rate(), CARD.decode(samples.buffer())));
    }

    /// Has what the peer says heard by others than us.
    void share() { shared = true; }

    void beside(long call, Sound sound) { sending.beside(call, sound); }

    void without(long call) { sending.without(call); }

    /// Answers whether it is the peer who is heard.
    boolean received(Ice.Arrival arrival, Instant now) {
        var packets = rtp.received(arrival, now);
        packets.ifPresent(all -> all.forEach(packet -> heard(packet, now)));
        return packets.isPresent();
    }

    private void heard(RtpPacket packet, Instant now) {
        rtp.format(packet).ifPresent(format -> receiving.heard(packet, format, now));
    }

    private void hear(Sound sound) {
        if (shared) out.add(new CallOutput.Heard(sound));
        if (source instanceof Source.Echo) sending.say(sound);
        if (source instanceof Source.Microphone) act(new Effect.Play(
                sound.rate(), Bytes.from(CARD.encode(sound.samples()))));
    }

    /// Sends silence in place of the source, or no more.
    void mute(boolean mute) { sending.mute(mute); }

    /// For trace.
    void note(Trace.What what) { if (traced) act(new Effect.Note(what)); }

    private void act(Effect effect) { out.add(new CallOutput.Do(effect)); }

    Statistics statistics() { return rtp.statistics(); }

    Optional<String> codec() { return rtp.codec(); }

    /// All that was said and heard, once it is over.
    Optional<Recording> recorded() {
        receiving.end();
        return recorder.map(Recorder::recording);
    }

    void close(Instant now) {
        sending.stop();
        rtp.close(now);
    }
}
