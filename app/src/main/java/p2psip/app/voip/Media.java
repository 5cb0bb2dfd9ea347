package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Id;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.rfc2833.Dtmf;
import p2psip.std.rfc2833.EventReceiver;
import p2psip.std.rfc2833.EventSender;
import p2psip.std.rfc2833.TelephoneEvent;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.Session;
import p2psip.std.rfc3551.G711;
import p2psip.std.rfc3551.PayloadTypes;

/// The sound of a call: an RTP session that carries a packet every 20 ms, or as often as the peer
/// would like, out of a [Source], and brings what the peer says; the keys pressed go along in the
/// same stream.
final class Media {
    /// How far behind it may fall before it gives up what it has missed.
    private static final Duration LATE = Duration.ofMillis(200);

    /// How many frames wait to be sent by a source that has none of its own; of more the oldest are
    /// forgotten.
    private static final int WAITING = 50;

    /// The least and the most sound that a packet is filled with, whatever the peer would like.
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(200);

    /// Both ways, with headers.
    private static final long BITS_PER_SECOND = 160_000;

    //= rfc4733#3.1-1 events last at least 70 ms, and pauses 50 ms
    private static final Duration TONE = Duration.ofMillis(100), PAUSE = Duration.ofMillis(100);
    private static final String KEYS = "telephone-event";

    private final Phone phone;
    private final long number;
    private final MediaPorts ports;
    private final Source source;
    private final Session session;
    private final Optional<Recorder> recorder;
    private final Deque<short[]> waiting = new ArrayDeque<>();
    private final EventSender keysOut = new EventSender(Wav.RATE, Conversation.PTIME);
    private final EventReceiver keysIn = new EventReceiver(Wav.RATE, Conversation.PTIME);
    private final Map<Long, Session.Reception> receptions = new LinkedHashMap<>();
    private final Partner rtpPartner = new Partner(), rtcpPartner = new Partner();
    private Optional<Stream> stream = Optional.empty();
    /// What may be heard: what was offered, then what was agreed.
    private List<Format> expected = List.of();
    /// When the next frame is due, and its samples; its timestamp goes on when nothing is sent.
    private Instant tick = Instant.MIN;
    private boolean sending;
    private int frame = samples(Conversation.PTIME);
    private boolean pressing;
    private long timestamp;
    private long played;
    private long sent;

    Media(Phone phone, long number, MediaPorts ports, RandomGenerator random) {
        this.phone = phone;
        this.number = number;
        this.ports = ports;
        source = phone.setup().source();
        recorder = phone.setup().record() ? Optional.of(new Recorder()) : Optional.empty();
        session = new Session(new Session.Parameters(Set.of(), BITS_PER_SECOND, Wav.RATE,
                cname(random)), random);
    }

    /// Nobody is known by it: the address is in the SDP anyhow, the name is not for strangers.
    private static String cname(RandomGenerator random) {
        //= rfc3550#6.5.1-2 by its 64 bits unique among all participants
        //= rfc3550#6.5.1-5 derived by an algorithm, not entered by somebody
        return "%016x".formatted(random.nextLong());
    }

    Instant deadline() {
        return Collections.min(List.of(
                sending ? tick : Instant.MAX, keysOut.deadline(), keysIn.deadline(),
                session.deadline()));
    }

    private static int samples(Duration time) {
        return (int) (time.toMillis() * Wav.RATE / 1000);
    }

    /// What is offered or about to be answered, and may be heard from now on.
    void expect(List<Format> formats, Instant now) {
        expected = formats;
        //= rfc3550#6-8 RTCP is used in all calls
        //= rfc3550#6.2-16 its reception reports are never turned off
        carry(session.handle(new Session.Input.Join(), now), now);
        //= rfc3551#6-4 the set of payload types is the one that was negotiated
        carry(session.handle(new Session.Input.Understand(formats.stream()
                .map(Format::payloadType).collect(Collectors.toSet())), now), now);
    }

    /// What offer and answer have made of the stream, at first and after each change.
    void agree(Stream agreed, Instant now) {
        //= rfc3264#6.1-27 all media formats listed in the answer are received
        expect(agreed.receiveFormats(), now);
        //= rfc3264#8.3.1-7 traffic goes to a new port immediately
        stream = Optional.of(agreed);
        //= rfc3264#8.3.4-1 attributes may have been updated
        //= rfc3264#8.3.4-2 packets are sent by the new parameters from now on
        frame = samples(interval(agreed));
        sending = agreed.rtp().isPresent() && codec(agreed).isPresent();
        if (sending) catchUp(Duration.ZERO, now);
        if (source instanceof Source.Microphone)
            phone.perform(List.of(new Effect.Listening(
                    new Id(Id.Part.MEDIA, 0, number), Wav.RATE, frame)));
    }

    /// How much sound goes into a packet: what the peer would like, within reason.
    private static Duration interval(Stream agreed) {
        //= rfc3264#7-4 media is sent according to the ptime of the answer
        //= rfc3264#6.1-28 the packetization interval is that of the offer, if it says one
        //= rfc3551#4.2-3 that may be a higher packetization delay
        var wish = agreed.ptime().orElse(Conversation.PTIME);
        //= rfc4566#6-1 the time of all media in a packet is no more than maxptime
        var most = agreed.remote().maxptime().orElse(LONGEST);
        return Collections.max(List.of(SHORTEST, Collections.min(List.of(wish, most, LONGEST))));
    }

    /// Leaves out what should have been sent longer ago than that: the timestamp goes on with time.
    private void catchUp(Duration late, Instant now) {
        if (!tick.isBefore(now.minus(late))) return;
        //= rfc3550#5.1-11 the clock is linear in time, whether packets are sent or not
        if (!tick.equals(Instant.MIN)) timestamp += samples(Duration.between(tick, now));
        tick = now;
    }

    /// The first codec of ours that the peer takes.
    private static Optional<G711> codec(Stream stream) {
        //= rfc4566#5.14-4 the first of the formats is the default
        return stream.sendFormats().stream().flatMap(f -> codec(f).stream()).findFirst();
    }

    private static Optional<G711> codec(Format format) {
        return Arrays.stream(G711.values())
                .filter(c -> c.name().equalsIgnoreCase(format.map().encoding())).findFirst();
    }

    void press(String keys, Instant now) {
        var taken = stream.flatMap(s -> s.format(KEYS)).map(f -> Dtmf.events(f.fmtp()))
                .orElse(Collections.emptySortedSet());
        var events = keys.chars().boxed()
                .flatMap(k -> Dtmf.event((char) k.intValue()).stream().boxed())
                //= rfc4733#2.5.1.1-2 restricted to the events that the peer has listed
                .filter(taken::contains).toList();
        keys(keysOut.handle(new EventSender.Input.Play(events, TONE, PAUSE, timestamp), now), now);
    }

    private void keys(List<EventSender.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case EventSender.Output.Began _ -> pressing = true;
            case EventSender.Output.Ended _ -> pressing = false;
            case EventSender.Output.Send(var event, boolean marker, long at) ->
                    stream.flatMap(s -> s.format(KEYS)).ifPresent(format -> {
                        var payload = ByteBuffer.allocate(TelephoneEvent.SIZE);
                        event.encode(payload);
                        //= rfc4733#2.1-1 in the same numbering and timestamps as the audio
                        //= rfc4733#2.5.1.6-1 a sequence number for each packet, repeated ones too
                        //= rfc3551#6-3 sound and keys by turns: the payload type changes
                        send(format.payloadType(), marker, at, payload.flip(), now);
                    });
        }
    }

    void wake(Instant now) {
        keys(keysOut.wake(now), now);
        heard(keysIn.wake(now));
        if (!session.deadline().isAfter(now)) {
            remember();
            carry(session.wake(now), now);
        }
        if (sending) catchUp(LATE, now);
        while (sending && !tick.isAfter(now)) frame(now);
    }

    private void frame(Instant now) {
        var samples = waiting.isEmpty() ? source.take(played, frame) : waiting.remove();
        var codec = stream.flatMap(Media::codec).orElseThrow();
        if (!pressing) {
            var payload = ByteBuffer.allocate(samples.length);
            codec.encode(samples, 0, samples.length, payload);
            //= rfc3551#4.1-5 silence is sent like sound, so no packet has the marker
            send(codec.payloadType(), false, timestamp, payload.flip(), now);
        }
        played += samples.length;
        timestamp += samples.length;
        tick = tick.plus(Duration.ofMillis(samples.length * 1000L / Wav.RATE));
    }

    private void send(int payloadType, boolean marker, long at, ByteBuffer payload, Instant now) {
        sent++;
        carry(session.handle(new Session.Input.Send(
                marker, payloadType, at, Bytes.from(payload)), now), now);
    }

    void received(Event.Datagram datagram, Instant now) {
        note(false, datagram.local(), datagram.remote(), datagram.bytes());
        var from = datagram.remote();
        //= rfc3550#6-1 data and control packets are told apart by separate port numbers
        boolean rtp = ports.isRtp(datagram);
        var partner = rtp ? rtpPartner : rtcpPartner;
        if (!partner.believes(from, stream.flatMap(rtp ? Stream::rtp : Stream::rtcp), now)) return;
        var outputs = session.handle(rtp
                ? new Session.Input.RtpReceived(datagram.bytes(), from)
                //= rfc4566#6-9 RTCP is received and processed in whatever direction media goes
                : new Session.Input.RtcpReceived(datagram.bytes(), from), now);
        if (outputs.stream().noneMatch(Session.Output.Ignored.class::isInstance))
            partner.heard(from, now);
        carry(outputs, now);
    }

    private void carry(List<Session.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            //= rfc3550#11-6 never to where packets come from: to what was said in SDP
            case Session.Output.SendRtp(var datagram) -> stream.flatMap(Stream::rtp)
                    .ifPresent(to -> send(ports.rtp(), to, datagram));
            //= rfc3550#11-7 reports go to the port specified for RTCP
            case Session.Output.SendRtcp(var datagram) -> stream.flatMap(Stream::rtcp)
                    .ifPresent(to -> send(ports.rtcp(), to, datagram));
            case Session.Output.Deliver(var packet) -> deliver(packet, now);
            case Session.Output.Joined _, Session.Output.Described _, Session.Output.Reported _,
                    Session.Output.RoundTrip _, Session.Output.Left _, Session.Output.TimedOut _,
                    Session.Output.Renamed _, Session.Output.Entered _ -> { }
            //= rfc3550#8.2-28 a loop, like all that cannot be used, is indicated in the trace
            case Session.Output.Ignored(var why) -> remark(why);
        }
    }

    private void remark(String why) {
        if (phone.traced()) phone.perform(List.of(new Effect.Note(
                new Trace.What.Remark("RTP ignored: " + why, ""))));
    }

    private void send(InetSocketAddress from, InetSocketAddress to, Bytes datagram) {
        note(true, from, to, datagram);
        phone.perform(List.of(new Effect.Datagram(from, to, datagram)));
    }

    /// For trace: that a packet passed, and what it carries by the name the session gave it.
    private void note(boolean sent, InetSocketAddress local, InetSocketAddress remote,
            Bytes packet) {
        if (!phone.traced() || packet.size() < 2) return;
        boolean rtp = local.equals(ports.rtp());
        var name = rtp ? "RTP " + encoding(packet.at(1) & 0x7f) : "RTCP";
        phone.perform(List.of(new Effect.Note(new Trace.What.Message(sent, rtp ? "RTP" : "RTCP",
                local, remote, name, ""))));
    }

    /// The name of what a payload type stands for: as agreed, or, before the answer is here, as in
    /// every session.
    private String encoding(int payloadType) {
        return stream.stream().flatMap(s -> java.util.stream.Stream
                        .of(s.sendFormats(), s.receiveFormats()).flatMap(List::stream))
                .filter(f -> f.payloadType() == payloadType).map(f -> f.map().encoding())
                .findFirst().or(() -> PayloadTypes.of(payloadType).map(PayloadTypes.Encoding::name))
                .orElse("payload type " + payloadType);
    }

    private void deliver(RtpPacket packet, Instant now) {
        //= rfc3264#5.1-6 the peer may change formats at any time: each packet says its own
        var format = expected.stream()
                .filter(f -> f.payloadType() == packet.payloadType()).findFirst();
        if (format.isEmpty()) return;
        if (format.get().map().encoding().equalsIgnoreCase(KEYS)) {
            if (packet.payload().size() >= TelephoneEvent.SIZE)
                heard(keysIn.handle(new EventReceiver.Input.Received(
                        TelephoneEvent.parse(packet.payload().buffer()), packet.timestamp()), now));
            return;
        }
        codec(format.get()).ifPresent(codec -> {
            //= rfc3551#4.2-1 other lengths than one's own are handled
            //= rfc3551#4.2-4 from nothing to 200 ms, and more
            var samples = new short[packet.payload().size()];
            codec.decode(packet.payload().buffer(), samples, 0);
            recorder.ifPresent(r -> r.hear(packet.ssrc(), packet.timestamp(), samples));
            if (source instanceof Source.Echo) say(samples);
            if (source instanceof Source.Microphone)
                phone.perform(List.of(new Effect.Play(Wav.RATE, Wav.bytes(samples))));
        });
    }

    /// Takes a frame to be sent, for a source that has none of its own.
    void say(short[] samples) {
        if (stream.isEmpty() || samples.length == 0) return;
        waiting.add(samples);
        if (waiting.size() > WAITING) waiting.remove();
    }

    private void heard(List<EventReceiver.Output> outputs) {
        for (var output : outputs)
            if (output instanceof EventReceiver.Output.Began(int event))
                Dtmf.key(event).ifPresent(key -> phone.tell(new News.Key(number, key)));
    }

    /// Sources that fall silent are forgotten by the session, not by the statistics.
    private void remember() {
        for (var reception : session.receptions()) receptions.put(reception.ssrc(), reception);
    }

    Statistics statistics() {
        remember();
        var all = receptions.values();
        return new Statistics(sent, all.stream().mapToLong(Session.Reception::received).sum(),
                all.stream().mapToLong(Session.Reception::lost).sum(),
                all.stream().map(Session.Reception::jitter).max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }

    Optional<short[]> recorded() { return recorder.map(Recorder::samples); }

    void close(Instant now) {
        sending = false;
        remember();
        carry(session.handle(new Session.Input.Leave(""), now), now);
    }
}
