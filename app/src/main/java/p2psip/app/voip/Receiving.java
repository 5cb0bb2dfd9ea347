package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.Outbox;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3550.RtpPacket;

/// What a call hears: sound, which is recorded, the keys that the peer presses, and silence where
/// there should be sound, which are told.
final class Receiving {
    /// How long a peer is not heard before that is told.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long call;
    private final Optional<Recorder> recorder;
    private final EventReceiver keys = new EventReceiver(Source.RATE, Sending.PTIME);
    private final Silence silence = new Silence(PATIENCE);
    private final Outbox<CallOutput> out;
    private boolean heard;

    Receiving(long call, boolean recorded, Outbox<CallOutput> out) {
        this.call = call;
        this.out = out;
        recorder = recorded ? Optional.of(new Recorder()) : Optional.empty();
    }

    Instant deadline() {
        return silence.deadline().isBefore(keys.deadline())
                ? silence.deadline() : keys.deadline();
    }

    void wake(Instant now) {
        pressed(keys.wake(now));
        silence.wake(now).ifPresent(time -> tell(new News.Silent(call, time)));
    }

    /// @param sound whether the peer is to be heard from now on
    void expect(boolean sound, Instant now) {
        if (sound) silence.begin(now); else silence.end();
    }

    /// The sound in a packet; none if it tells of a key.
    short[] heard(RtpPacket packet, Format format, Instant now) {
        if (silence.heard(now) || !heard) tell(new News.Heard(call));
        heard = true;
        if (Formats.isKeys(format) && packet.payload().size() >= TelephoneEvent.SIZE)
            pressed(keys.handle(new EventReceiver.Input.Received(
                    TelephoneEvent.parse(packet.payload().buffer()), packet.timestamp()), now));
        return Formats.codec(format).map(codec -> {
            //= rfc3551#4.2-1,4 packets of other lengths are handled, from 0 to 200 ms
            var samples = codec.decode(packet.payload().buffer());
            recorder.ifPresent(r -> r.hear(packet.ssrc(), packet.timestamp(), samples));
            return samples;
        }).orElse(new short[0]);
    }

    private void pressed(List<EventReceiver.Output> outputs) {
        for (var output : outputs)
            if (output instanceof EventReceiver.Output.Began(int event)) Dtmf.key(event)
                    .ifPresent(key -> tell(new News.Key(call, key)));
    }

    private void tell(News news) { out.add(new CallOutput.Do(new Effect.Tell(news))); }

    Optional<short[]> recorded() { return recorder.map(Recorder::samples); }
}
