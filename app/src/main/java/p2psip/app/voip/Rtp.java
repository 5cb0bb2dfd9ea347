package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3551.*;
import p2psip.std.rfc4585.*;
import p2psip.std.rfc5124.RtpProfile;
import p2psip.std.rfc7983.PacketKind;

/// The RTP session of a call, with what offer and answer have made of it as yet: what may be sent
/// and heard. By which way it goes and comes is the business of [Ice].
final class Rtp {
    /// Both ways, with headers.
    private static final long BITS_PER_SECOND = 160_000;
    private static final int CLOCK_RATE = 8000;
    private static final InetSocketAddress NOWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9);
    /// How many datagrams wait for keys, and how long each may be.
    private static final int EARLY = 50, LONGEST = 1_500;

    private final Ice ice;
    private final Shield shield;
    private final String cname;
    private final Gauge gauge = new Gauge();
    private final boolean traced;
    private final RandomGenerator random;
    private final Outbox<CallOutput> out;
    private final Map<Long, Session.Reception> receptions = new LinkedHashMap<>();
    private final Partner rtpPartner = new Partner(), rtcpPartner = new Partner();
    /// Where the peer was when it had first proved to be there: it stays the same for the session.
    private Optional<InetSocketAddress> rtpSource = Optional.empty(), rtcpSource = Optional.empty();
    private Optional<Stream> stream = Optional.empty();
    /// What may be heard: what was offered, then what was agreed.
    private List<Format> expected = List.of();
    private final Deque<Ice.Arrival> early = new ArrayDeque<>();
    private long sent;
    private ReportTiming timing;
    private Session session;

    /// @param traced whether each packet is noted
    Rtp(long call, Ice ice, Keying.Means secrecy, boolean traced, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.ice = ice;
        this.traced = traced;
        this.random = random;
        this.out = out;
        shield = new Shield(call, secrecy, new Way(), random, out);
        // nobody is known by it: the address is in the SDP anyhow, the name is not for strangers
        //= rfc3550#6.5.1-2,5 64 bits by an algorithm: unique among all participants
        cname = "%016x".formatted(random.nextLong());
        begin(RtpProfile.AVP);
    }

    /// A session in which nothing has been said or heard yet.
    private void begin(RtpProfile profile) {
        timing = profile.timing(ControlShare.of(BITS_PER_SECOND), FeedbackTiming.Settings.CALL,
                EarlyForm.MINIMAL, random);
        session = new Session(new Session.Parameters(Set.of(), BITS_PER_SECOND, CLOCK_RATE, cname),
                timing, gauge, random);
    }

    /// By which handshakes leave.
    private final class Way implements Shield.Exit {
        @Override public boolean open(boolean rtp, Instant now) {
            return leg(rtp, now).isPresent();
        }

        private Optional<Ice.Leg> leg(boolean rtp, Instant now) {
            return described(rtp).flatMap(to -> ice.leg(rtp, to, now));
        }

        @Override public void send(boolean rtp, Bytes datagram, Instant now) {
            leg(rtp, now).ifPresent(leg -> {
                noteHandshake(true, datagram, leg.from(), leg.to());
                leave(leg, datagram, now);
            });
        }

        @Override public boolean found() { return ice.agreed(); }
    }

    /// Where the peer takes datagrams by what it has described, whichever way sound is to flow; by
    /// ICE it need not have described anything that is true.
    private Optional<InetSocketAddress> described(boolean rtp) {
        return stream.filter(Stream::accepted).flatMap(s -> s.connection().inetAddress()
                .filter(at -> !at.isAnyLocalAddress())
                .map(at -> new InetSocketAddress(at,
                        rtp ? s.remote().port() : s.remote().rtcpPort()))
                .or(() -> ice.agreed() ? Optional.of(NOWHERE) : Optional.empty()));
    }

    /// Where sound is to be sent, if it is.
    private Optional<InetSocketAddress> wanted() {
        return stream.filter(Stream::sends).flatMap(_ -> described(true));
    }

    Shield shield() { return shield; }

    /// How what is said and heard is kept.
    void keep(Optional<Keying.Terms> terms, Instant now) {
        shield.agree(terms, ice.muxed(), now);
        //  what SRTCP adds counts for the bandwidth of RTCP
        timing.overhead(Schedule.OVERHEAD + shield.growth());
    }

    Instant deadline() { return session.deadline(); }

    void wake(Instant now) {
        if (session.deadline().isAfter(now)) return;
        remember();
        carry(session.wake(now), now);
    }

    /// What is offered or about to be answered, and may be heard from now on.
    void expect(List<Format> formats, Instant now) {
        expected = formats;
        //= rfc3550#6-8 RTCP is used in all calls
        //= rfc3550#6.2-16 its reception reports are never turned off
        carry(session.handle(new Session.Input.Join(), now), now);
        //= rfc3551#6-4 the set of payload types is the one that was negotiated
        int clock = formats.stream().flatMap(f -> Formats.codec(f).stream())
                .mapToInt(Codec::clockRate).findFirst().orElse(CLOCK_RATE);
        carry(session.handle(new Session.Input.Understand(formats.stream()
                .map(Format::payloadType).collect(Collectors.toSet()), clock), now), now);
        gauge.clock(clock);
    }

    void agree(Stream agreed, Instant now) {
        //= rfc4585#4.1-1 reports by the modified timing rules where the profile is one of feedback
        if (session.state() == Session.State.NEW) RtpProfile.of(agreed.local().proto())
                .filter(RtpProfile::feedback).ifPresent(this::begin);
        //= rfc3264#6.1-27 all media formats listed in the answer are received
        expect(agreed.receiveFormats(), now);
        //= rfc3264#8.3.1-7 traffic goes to a new port immediately
        stream = Optional.of(agreed);
        //= rfc3550#6.2-7 the session bandwidth has the same value on both sides
        carry(session.handle(new Session.Input.Share(RtcpBandwidth.agreed(
                agreed.local(), agreed.remote(), BITS_PER_SECOND)), now), now);
    }

    Optional<Stream> stream() { return stream; }

    /// Who this is, in all sessions of the call.
    String cname() { return cname; }

    /// What measures how it sounds.
    Gauge gauge() { return gauge; }

    /// What we send sound in.
    Optional<String> codec() {
        return stream.filter(Stream::sends).flatMap(agreed -> agreed.sendFormats().stream()
                .filter(format -> Formats.codec(format).isPresent()).findFirst())
                .map(format -> format.map().encoding() + "/" + format.map().clockRate());
    }

    /// What a packet that came in carries.
    Optional<Format> format(RtpPacket packet) {
        //= rfc3264#5.1-6 the peer may change formats at any time: each packet says its own
        return expected.stream().filter(f -> f.payloadType() == packet.payloadType()).findFirst();
    }

    /// Nothing while no way is known: then it is not counted either, and the peer misses nothing.
    void send(int payloadType, boolean marker, long at, ByteBuffer payload, Instant now) {
        if (shield.waits()
                || wanted().flatMap(to -> ice.leg(true, to, now)).isEmpty())
            return;
        sent++;
        carry(session.handle(new Session.Input.Send(
                marker, payloadType, at, Bytes.from(payload)), now), now);
    }

    /// The packets of sound that a datagram brings, maybe none; empty if it comes from a stranger,
    /// or is no use.
    Optional<List<RtpPacket>> received(Ice.Arrival arrival, Instant now) {
        return received(arrival, false, now);
    }

    private Optional<List<RtpPacket>> received(Ice.Arrival arrival, boolean waited, Instant now) {
        //= rfc3550#6-1 data and control packets are told apart by separate port numbers
        boolean rtp = arrival.rtp();
        var kind = PacketKind.of(arrival.bytes());
        if (kind == PacketKind.DTLS || kind == PacketKind.STUN) {
            shaken(arrival, kind, now);
            return Optional.empty();
        }
        if (shield.waits()) {
            wait(arrival);
            return Optional.empty();
        }
        note(false, rtp, arrival.at(), arrival.from(), arrival.bytes());
        var partner = rtp ? rtpPartner : rtcpPartner;
        if (!arrival.proved() && !partner.believes(arrival.from(),
                stream.flatMap(rtp ? Stream::rtp : Stream::rtcp), now))
            return Optional.empty();
        var opened = shield.take(rtp, arrival.bytes(), waited);
        return opened.isEmpty() ? Optional.empty() : plain(arrival, opened.get(), partner, now);
    }

    /// What comes before its key waits for it, as much as a second has.
    //= rfc4568#5.1.1-5 the mechanism against the problem that media come before the answer
    private void wait(Ice.Arrival arrival) {
        if (arrival.bytes().size() > LONGEST) return;
        if (early.size() == EARLY) early.remove();
        early.add(arrival);
    }

    /// What has waited, as soon as there are keys.
    List<RtpPacket> waited(Instant now) {
        if (early.isEmpty() || shield.waits()) return List.of();
        var all = List.copyOf(early);
        early.clear();
        return all.stream().flatMap(arrival -> received(arrival, true, now).stream())
                .flatMap(List::stream).toList();
    }

    /// A handshake has come, or a check before it, from whom sound would be taken.
    private void shaken(Ice.Arrival arrival, PacketKind kind, Instant now) {
        boolean rtp = arrival.rtp();
        if (!arrival.proved() && !(rtp ? rtpPartner : rtcpPartner).believes(arrival.from(),
                stream.flatMap(rtp ? Stream::rtp : Stream::rtcp), now)) return;
        noteHandshake(false, arrival.bytes(), arrival.at(), arrival.from());
        if (kind == PacketKind.DTLS) shield.came(rtp, arrival.bytes(), now);
        else shield.asked(rtp, arrival.bytes(), arrival.from()).ifPresent(answer -> {
            noteHandshake(true, answer, arrival.at(), arrival.from());
            leave(new Ice.Leg(arrival.at(), arrival.from()), answer, now);
        });
    }

    private Optional<List<RtpPacket>> plain(Ice.Arrival arrival, Bytes packet, Partner partner,
            Instant now) {
        boolean rtp = arrival.rtp();
        var source = arrival.proved() ? source(rtp, arrival.from()) : arrival.from();
        if (rtp) switch (session.receive(packet, source, now)) {
            case USE -> {
                partner.heard(arrival.from(), now);
                return Optional.of(List.of(RtpPacket.parse(packet)));
            }
            case DROP -> {
                partner.heard(arrival.from(), now);
                return Optional.of(List.of());
            }
            case HANDLE -> { }
        }
        var outputs = session.handle(rtp
                ? new Session.Input.RtpReceived(packet, source)
                //= rfc4566#6-9 RTCP is received and processed in whatever direction media goes
                : new Session.Input.RtcpReceived(packet, source), now);
        carry(outputs, now);
        if (outputs.stream().anyMatch(Session.Output.Ignored.class::isInstance))
            return Optional.empty();
        partner.heard(arrival.from(), now);
        return Optional.of(outputs.stream().filter(Session.Output.Deliver.class::isInstance)
                .map(output -> ((Session.Output.Deliver) output).packet()).toList());
    }

    //= rfc8445#12.2-4 packets of the same peer from another address are no SSRC collision
    private InetSocketAddress source(boolean rtp, InetSocketAddress from) {
        var known = rtp ? rtpSource : rtcpSource;
        if (known.isEmpty() && rtp) rtpSource = Optional.of(from);
        else if (known.isEmpty()) rtcpSource = Optional.of(from);
        return known.orElse(from);
    }

    void close(Instant now) {
        remember();
        carry(session.handle(new Session.Input.Leave(""), now), now);
        shield.end(now);
        early.clear();
    }

    private void carry(List<Session.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            //= rfc3550#11-6 never to where packets come from: to what was said in SDP
            case Session.Output.SendRtp(var datagram) -> wanted()
                    .ifPresent(to -> send(true, to, datagram, now));
            //= rfc3550#11-7 reports go to the port specified for RTCP
            case Session.Output.SendRtcp(var datagram) -> described(false)
                    .ifPresent(to -> send(false, to, datagram, now));
            case Session.Output.Reported(_, var block) -> gauge.reported(block, sent);
            case Session.Output.RoundTrip(_, var time) -> gauge.roundTrip(time);
            case Session.Output.Deliver _, Session.Output.Joined _, Session.Output.Described _,
                    Session.Output.Told _, Session.Output.Heard _, Session.Output.Renamed _ -> { }
            case Session.Output.Left(long ssrc, _) -> shield.forget(ssrc);
            case Session.Output.TimedOut(long ssrc) -> shield.forget(ssrc);
            case Session.Output.Entered(var state) -> note(new Trace.What.State("RTP", state));
            //= rfc3550#8.2-28 a loop, like all that cannot be used, is indicated in the trace
            case Session.Output.Ignored(var why) ->
                    note(new Trace.What.Remark(Trace.Subject.MEDIA, "RTP ignored: " + why, ""));
        }
    }

    private void send(boolean rtp, InetSocketAddress described, Bytes datagram, Instant now) {
        var leg = ice.leg(rtp, described, now);
        if (leg.isPresent()) shield.put(rtp, datagram).ifPresent(packet -> {
            note(true, rtp, leg.get().from(), leg.get().to(), packet);
            leave(leg.get(), packet, now);
        });
    }

    private void leave(Ice.Leg leg, Bytes datagram, Instant now) {
        for (var output : ice.send(leg, datagram, now))
            if (output instanceof Ice.Output.Do(var effect)) out.add(new CallOutput.Do(effect));
    }

    private void noteHandshake(boolean sent, Bytes datagram, InetSocketAddress local,
            InetSocketAddress remote) {
        var name = PacketKind.of(datagram).name();
        note(new Trace.What.Message(sent, name, local, remote, name, ""));
    }

    /// For trace: that a packet passed, and what it carries by the name the session gave it.
    private void note(boolean sent, boolean rtp, InetSocketAddress local, InetSocketAddress remote,
            Bytes packet) {
        if (packet.size() < 2) return;
        var name = rtp ? "RTP " + encoding(packet.at(1) & 0x7f) : "RTCP";
        note(new Trace.What.Message(sent, rtp ? "RTP" : "RTCP", local, remote, name, ""));
    }

    private void note(Trace.What what) {
        if (traced) out.add(new CallOutput.Do(new Effect.Note(what)));
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

    /// Sources that fall silent are forgotten by the session, not by the statistics.
    private void remember() {
        for (var reception : session.receptions()) receptions.put(reception.ssrc(), reception);
    }

    /// @param heard what has become of the sound that came
    Statistics statistics(Gauge.Playing heard) {
        remember();
        var all = receptions.values();
        long received = all.stream().mapToLong(Session.Reception::received).sum();
        long expected = all.stream().mapToLong(Session.Reception::expected).sum();
        var jitter = all.stream().map(Session.Reception::jitter).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        double loss = (double) Math.max(0, expected - received) / Math.max(1, expected);
        return new Statistics(sent, received, expected, jitter, shield.refused(),
                gauge.quality(loss, jitter, heard));
    }
}
