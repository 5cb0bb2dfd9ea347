package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3551.Codec;

/// What a call sends: a packet of sound every 20 ms, or as often as the peer would like, out of a
/// [Source]; the keys pressed go along in the same stream.
final class Sending {
    /// How much sound goes into a packet.
    //= rfc3551#4.2-2 the default packetization interval is 20 ms
    static final Duration PTIME = Duration.ofMillis(20);

    /// How far behind it may fall before it gives up what it has missed.
    private static final Duration LATE = Duration.ofMillis(200);

    /// How many frames wait to be sent by a source that has none of its own; of more the oldest are
    /// forgotten.
    private static final int WAITING = 50;

    /// The least and the most sound that a packet is filled with, whatever the peer would like.
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(200);

    //= rfc4733#3.1-1 events last at least 70 ms, and pauses 50 ms
    private static final Duration TONE = Duration.ofMillis(100), PAUSE = Duration.ofMillis(100);

    /// How sound is sent: by a codec, under the number that the peer has given it.
    private record Voice(int payloadType, Codec codec) {}

    private final Rtp rtp;
    private final Source source;
    private final Deque<short[]> waiting = new ArrayDeque<>();
    private final Medley others = new Medley();
    private final EventSender keys = new EventSender(Source.RATE, PTIME);
    private Optional<Voice> voice = Optional.empty();
    /// When the next frame is due, and its samples; its timestamp goes on when nothing is sent.
    private Instant tick = Instant.MIN;
    private int frame;
    private boolean pressing;
    private long timestamp;
    private long played;

    Sending(Rtp rtp, Source source) {
        this.rtp = rtp;
        this.source = source;
    }

    Instant deadline() {
        return voice.isPresent() && tick.isBefore(keys.deadline()) ? tick : keys.deadline();
    }

    /// Follows what was agreed; answers how many samples are in a packet: none if none is sent.
    int agreed(Stream stream, Instant now) {
        //= rfc4566#5.14-4 the first of the formats is the default
        voice = stream.rtp().flatMap(_ -> stream.sendFormats().stream()
                .flatMap(f -> Formats.codec(f).map(c -> new Voice(f.payloadType(), c)).stream())
                .findFirst());
        //= rfc3264#8.3.4-1,2 attributes may be updated: new packets go by them
        frame = voice.map(v -> (int) v.codec.samples(interval(stream))).orElse(0);
        voice.ifPresent(v -> catchUp(v.codec, Duration.ZERO, now));
        return frame;
    }

    /// How keys are sent, if the peer takes them.
    private Optional<Format> keyFormat() {
        return rtp.stream().flatMap(s -> s.format(Formats.KEYS));
    }

    /// How much sound goes into a packet: what the peer would like, within reason.
    private static Duration interval(Stream agreed) {
        //= rfc3264#7-4 media is sent according to the ptime of the answer
        //= rfc3264#6.1-28 the packetization interval is that of the offer, if it says one
        //= rfc3551#4.2-3 that may be a higher packetization delay
        var wish = agreed.ptime().orElse(PTIME);
        //= rfc4566#6-1 the time of all media in a packet is no more than maxptime
        var most = agreed.remote().maxptime().orElse(LONGEST);
        return Collections.max(List.of(SHORTEST, Collections.min(List.of(wish, most, LONGEST))));
    }

    /// Leaves out what should have been sent longer ago than that: the timestamp goes on with time.
    private void catchUp(Codec codec, Duration late, Instant now) {
        if (!tick.isBefore(now.minus(late))) return;
        //= rfc3550#5.1-11 the clock is linear in time, whether packets are sent or not
        if (!tick.equals(Instant.MIN)) timestamp += codec.samples(Duration.between(tick, now));
        tick = now;
    }

    void press(String pressed, Instant now) {
        var taken = keyFormat().map(f -> Dtmf.events(f.fmtp()))
                .orElse(Collections.emptySortedSet());
        var events = pressed.chars().boxed()
                .flatMap(k -> Dtmf.event((char) k.intValue()).stream().boxed())
                //= rfc4733#2.5.1.1-2 restricted to the events that the peer has listed
                .filter(taken::contains).toList();
        carry(keys.handle(new EventSender.Input.Play(events, TONE, PAUSE, timestamp), now), now);
    }

    /// Sends what is due of the keys.
    void keys(Instant now) { carry(keys.wake(now), now); }

    private void carry(List<EventSender.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case EventSender.Output.Began _ -> pressing = true;
            case EventSender.Output.Ended _ -> pressing = false;
            case EventSender.Output.Send(var event, boolean marker, long at) ->
                    keyFormat().ifPresent(format -> {
                        var payload = ByteBuffer.allocate(TelephoneEvent.SIZE);
                        event.encode(payload);
                        //= rfc4733#2.1-1 in the same numbering and timestamps as the audio
                        //= rfc4733#2.5.1.6-1 a sequence number for each packet, repeated ones too
                        //= rfc3551#6-3 sound and keys by turns: the payload type changes
                        rtp.send(format.payloadType(), marker, at, payload.flip(), now);
                    });
        }
    }

    /// Sends what is due of the sound.
    void sound(Instant now) {
        voice.ifPresent(voice -> {
            catchUp(voice.codec, LATE, now);
            while (!tick.isAfter(now)) frame(voice, now);
        });
    }

    private void frame(Voice voice, Instant now) {
        var samples = others.with(
                waiting.isEmpty() ? source.take(played, frame) : waiting.remove());
        //= rfc3551#4.1-5 silence is sent like sound, so no packet has the marker
        if (!pressing) rtp.send(
                voice.payloadType, false, timestamp, voice.codec.encode(samples), now);
        played += samples.length;
        timestamp += samples.length;
        tick = tick.plus(voice.codec.time(samples.length));
    }

    /// Takes a frame to be sent, for a source that has none of its own.
    void say(short[] samples) {
        if (rtp.stream().isEmpty() || samples.length == 0) return;
        waiting.add(samples);
        if (waiting.size() > WAITING) waiting.remove();
    }

    /// What the peer of another call says is heard by this one.
    void beside(long call, short[] samples) {
        if (voice.isPresent()) others.hear(call, samples);
    }

    void without(long call) { others.forget(call); }

    void stop() { voice = Optional.empty(); }
}
