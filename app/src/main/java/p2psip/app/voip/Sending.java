package p2psip.app.voip;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.Redundancy;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3551.*;

/// What a call sends: a packet of sound every 20 ms, or as often as the peer would like, out of a
/// [Source]; the keys pressed go along in the same stream.
final class Sending {
    /// How much sound goes into a packet.
    //= rfc3551#4.2-2 the default packetization interval is 20 ms
    static final Duration PTIME = Duration.ofMillis(20);

    /// How far behind it may fall before it gives up what it has missed.
    private static final Duration LATE = Duration.ofMillis(200);

    /// How much sound waits to be sent by a source that has none of its own; of more the oldest is
    /// forgotten.
    private static final Duration WAITING = Duration.ofSeconds(1);

    /// The least and the most sound that a packet is filled with, whatever the peer would like.
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(200);

    //= rfc4733#3.1-1 events last at least 70 ms, and pauses 50 ms
    private static final Duration TONE = Duration.ofMillis(100), PAUSE = Duration.ofMillis(100);

    /// How sound is sent: by a codec, under the number that the peer has given it.
    private record Voice(int payloadType, Codec codec, Codec.Encoder encoder) {}

    private final Rtp rtp;
    private final Source wanted;
    private final boolean thrifty;
    private final Speaking speaking = new Speaking();
    private final Optional<Recorder> recorder;
    private final Medley others = new Medley();
    private Source source;
    private Waiting waiting = new Waiting(8000, WAITING);
    private EventSender keys = new EventSender(8000, PTIME);
    private Optional<Voice> voice = Optional.empty();
    /// By which numbers all is said twice, and silence is told, if they are.
    private OptionalInt again = OptionalInt.empty(), quiet = OptionalInt.empty();
    private Redundancy redundancy = new Redundancy(1);
    /// When the next frame is due, and its samples; its timestamp goes on when nothing is sent.
    private Instant tick = Instant.MIN;
    private int frame;
    private boolean pressing, mute, hushed;
    private long timestamp;
    private long played;

    /// @param thrifty whether nothing is sent while nobody speaks, if the peer understands that
    Sending(Rtp rtp, Source source, boolean thrifty, Optional<Recorder> recorder) {
        this.rtp = rtp;
        this.wanted = source;
        this.source = source;
        this.thrifty = thrifty;
        this.recorder = recorder;
    }

    Instant deadline() {
        return voice.isPresent() && tick.isBefore(keys.deadline()) ? tick : keys.deadline();
    }

    /// Follows what was agreed; answers how many samples are in a packet: none if none is sent.
    int agreed(Stream stream, Instant now) {
        //= rfc4566#5.14-4 the first of the formats is the default
        var next = Optional.of(stream).filter(Stream::sends).flatMap(_ -> stream.sendFormats()
                .stream().filter(f -> Formats.codec(f).isPresent()).findFirst());
        //= rfc3264#8.3.4-1,2 attributes may be updated: new packets go by them
        frame = next.flatMap(Formats::codec).map(c -> c.samples(interval(c, stream))).orElse(0);
        voice = next.map(f -> voice.filter(v -> v.payloadType == f.payloadType()
                        && Optional.of(v.codec).equals(Formats.codec(f)))
                .orElseGet(() -> begin(f.payloadType(), Formats.codec(f).orElseThrow())));
        //  red names the codec of all that is in it by the number that it has in every session
        again = number(stream, Formats.AGAIN, voice.filter(v ->
                v.payloadType < PayloadTypes.FIRST_DYNAMIC).isPresent());
        quiet = number(stream, Formats.QUIET, thrifty);
        redundancy = new Redundancy(1);
        voice.ifPresent(v -> catchUp(v.codec, Duration.ZERO, now));
        return frame;
    }

    private static OptionalInt number(Stream stream, String encoding, boolean wanted) {
        return stream.format(encoding).filter(_ -> wanted).stream()
                .mapToInt(Format::payloadType).findFirst();
    }

    private Voice begin(int payloadType, Codec codec) {
        source = wanted.at(codec.sampleRate());
        played = 0;
        waiting = new Waiting(codec.sampleRate(), WAITING);
        if (!pressing) keys = new EventSender(codec.clockRate(), PTIME);
        return new Voice(payloadType, codec, codec.encoder());
    }

    /// How many samples a second has that are sent.
    int rate() { return voice.map(v -> v.codec.sampleRate()).orElse(8000); }

    /// How keys are sent, if the peer takes them: in the clock of the sound, if that can be.
    private Optional<Format> keyFormat() {
        var all = rtp.stream().filter(Stream::sends).stream()
                .flatMap(s -> s.sendFormats().stream())
                .filter(f -> Formats.is(Formats.KEYS, f)).toList();
        return all.stream().filter(f -> voice.filter(v ->
                v.codec.clockRate() == f.map().clockRate()).isPresent()).findFirst()
                .or(() -> all.stream().findFirst());
    }

    /// How much sound goes into a packet: what the peer would like, within reason.
    private static Duration interval(Codec codec, Stream agreed) {
        //= rfc3264#7-4 media is sent according to the ptime of the answer
        //= rfc3264#6.1-28 the packetization interval is that of the offer, if it says one
        //= rfc3551#4.2-3 that may be a higher packetization delay
        var wish = agreed.ptime().orElse(PTIME);
        //= rfc4566#6-1 the time of all media in a packet is no more than maxptime
        var most = agreed.remote().maxptime().orElse(LONGEST);
        return codec.packet(Collections.max(
                List.of(SHORTEST, Collections.min(List.of(wish, most, LONGEST)))));
    }

    /// Leaves out what should have been sent longer ago than that: the timestamp goes on with time.
    private void catchUp(Codec codec, Duration late, Instant now) {
        if (!tick.isBefore(now.minus(late))) return;
        //= rfc3550#5.1-11 the clock is linear in time, whether packets are sent or not
        if (!tick.equals(Instant.MIN)) timestamp += codec.ticks(Duration.between(tick, now));
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
        var own = mute ? new short[frame] : waiting.take(frame)
                .orElseGet(() -> source.take(voice.codec.sampleRate(), played, frame));
        var samples = others.with(own, rate());
        recorder.ifPresent(recorder -> recorder.say(samples, rate(), tick));
        boolean silent = quiet.isPresent() && !speaking.heard(samples);
        if (pressing) hushed = false;
        else if (silent) hush(now);
        else {
            say(voice, voice.encoder.encode(samples), hushed, now);
            hushed = false;
        }
        played += samples.length;
        timestamp += voice.codec.ticks(samples.length);
        tick = tick.plus(voice.codec.time(samples.length));
    }

    /// @param begins whether nobody spoke before
    private void say(Voice voice, ByteBuffer payload, boolean begins, Instant now) {
        //= rfc3551#4.1-3 the first packet of a talkspurt, after silence, has the marker bit
        //= rfc3551#4.1-5 without silence suppression it is zero
        if (again.isEmpty()) rtp.send(voice.payloadType, begins, timestamp, payload, now);
        else rtp.send(again.getAsInt(), begins, timestamp, redundancy.protect(
                new Redundancy.Media(voice.payloadType, timestamp, Bytes.from(payload)))
                .encode().buffer(), now);
    }

    /// Says once what the silence is like, and again where it has become another.
    //= rfc3551#4.1-1 silence suppression: comfort noise in place of the sound of the room
    private void hush(Instant now) {
        var like = speaking.silence();
        //= rfc3389#4-1 the timestamp is the beginning of the noise, as of a codec of its own
        //= rfc3389#4-3 without the marker bit
        //= rfc3389#4-4 exactly one payload of comfort noise in a packet
        if (!hushed || speaking.changed()) {
            speaking.said(like);
            rtp.send(quiet.getAsInt(), false, timestamp, like.encode(), now);
        }
        hushed = true;
    }

    /// Takes sound to be sent, for a source that has none of its own.
    void say(Sound said) { if (rtp.stream().isPresent()) waiting.add(said); }

    /// What the peer of another call says is heard by this one.
    void beside(long call, Sound said) { if (voice.isPresent()) others.hear(call, said); }

    void without(long call) { others.forget(call); }

    /// Sends silence in place of what is said, or no more.
    void mute(boolean mute) { this.mute = mute; }

    void stop() { voice = Optional.empty(); }
}
