package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3550.RtcpPacket.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.Item;

/// One participant in an RTP session: numbers what it sends, judges what it receives, and tells
/// the others about both at intervals.
///
/// `now` is taken for wall time where a sender report wants that.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3 RFC 3550 §6.3
public final class Session implements Machine<Session.Input, Session.Output> {
    /// How many sources are kept; packets of one more are ignored.
    public static final int MAX_SOURCES = 1000;

    /// When so many are there, leaving is done with care.
    private static final int MANY = 50;

    /// After so many intervals without it a note is no longer meant.
    private static final int NOTED = 25;

    //= rfc3550#5.2-2,3 a session is of one medium, that has one clock: no other is carried with it
    /// @param payloadTypes those that are understood
    /// @param bitsPerSecond of the whole session, both ways
    /// @param clockRate of the timestamps, in Hz
    /// @param cname who this is, the same in all sessions of a call: `user@host`
    /// @param about what else it says of itself, as far as there is bandwidth: the first item more
    ///     often than the others
    public record Parameters(Set<Integer> payloadTypes, long bitsPerSecond, int clockRate,
            String cname, List<Item> about) {
        public Parameters {
            payloadTypes = Collections.unmodifiableSet(new TreeSet<>(payloadTypes));
            about = List.copyOf(about);
        }

        /// Of one who says nothing else of itself.
        public Parameters(Set<Integer> payloadTypes, long bitsPerSecond, int clockRate,
                String cname) {
            this(payloadTypes, bitsPerSecond, clockRate, cname, List.of());
        }
    }

    /// What is to be done with a datagram of data: see [#receive].
    public enum Hearing {
        /// It is a packet to be used, and there is nothing else to say.
        USE,
        /// Nor is it one to be used.
        DROP,
        /// It is to be given to [#handle], which has not heard of it yet.
        HANDLE
    }

    public sealed interface Input {
        record Join() implements Input {}

        /// @param timestamp in units of the clock, from any start: a random offset is added
        /// @param contributors who contributed to it, at most fifteen, if a mixer sends it
        record Send(boolean marker, int payloadType, long timestamp, Bytes payload,
                List<Long> contributors, RtpPacket.Extension extension) implements Input {
            public Send {
                contributors = List.copyOf(contributors);
                if (contributors.size() > RtpPacket.MAX_CSRCS)
                    throw new IllegalArgumentException(contributors.size() + " contributors");
            }

            /// What an end system sends.
            public Send(boolean marker, int payloadType, long timestamp, Bytes payload) {
                this(marker, payloadType, timestamp, payload, List.of(), RtpPacket.Extension.NONE);
            }
        }

        record RtpReceived(Bytes datagram, InetSocketAddress from) implements Input {}

        record RtcpReceived(Bytes datagram, InetSocketAddress from) implements Input {}

        /// Says something to the others, along with reports as the timing has it: an APP packet,
        /// feedback, or a goodbye of somebody else.
        record Tell(RtcpPacket packet) implements Input {}

        /// What is to be noted of this participant: empty if no longer anything.
        record Note(String text) implements Input {}

        /// How much bandwidth RTCP has from now on.
        record Share(ControlShare share) implements Input {}

        /// The payload types that are understood from now on.
        ///
        /// @param clockRate of their timestamps, in Hz
        record Understand(Set<Integer> payloadTypes, int clockRate) implements Input {}

        /// @param reason empty if none is given
        record Leave(String reason) implements Input {}
    }

    public sealed interface Output {
        record SendRtp(Bytes datagram) implements Output {}

        record SendRtcp(Bytes datagram) implements Output {}

        /// A packet to be used, from a source that is believed.
        record Deliver(RtpPacket packet) implements Output {}

        record Joined(long ssrc) implements Output {}

        record Described(long ssrc, String cname) implements Output {}

        /// What a participant says of itself beside its CNAME: a NAME, a NOTE ...; empty if it no
        /// longer says that.
        record Told(long ssrc, int type, String text) implements Output {}

        /// A packet that is no report, description or goodbye.
        record Heard(RtcpPacket packet) implements Output {}

        /// How another participant receives this one.
        record Reported(long by, ReportBlock block) implements Output {}

        record RoundTrip(long with, Duration time) implements Output {}

        record Left(long ssrc, String reason) implements Output {}

        record TimedOut(long ssrc) implements Output {}

        /// Somebody else used this participant's SSRC: it has another one now.
        record Renamed(long old, long ssrc) implements Output {}

        record Ignored(String why) implements Output {}

        record Entered(State state) implements Output, p2psip.std.Entered {}
    }

    public enum State implements Cited {
        @Section("6.3.2") NEW, @Section("6.3.6") JOINED, @Section("6.3.7") LEAVING,
        @Section("6.3.7") LEFT
    }

    /// How a source has been received.
    ///
    /// @param received packets, those of payload types that are not understood as well
    /// @param expected packets, as far as their numbers tell
    /// @param jitter between arrivals
    public record Reception(long ssrc, String cname, long received, long expected,
            Duration jitter) {
        /// Negative if some came twice.
        public long lost() { return expected - received; }
    }

    private final Parameters parameters;
    private int clockRate;
    private final Outgoing outgoing;
    private final Members members;
    private final Conflicts conflicts = new Conflicts();
    private final ReportTiming timing;
    private final Addendum addendum;
    private final Introduction introduction;
    private final Reports reports;
    private final BitSet payloadTypes = new BitSet(128);
    private State state = State.NEW;
    private boolean weSent;
    private boolean everSent;
    private String reason = "";
    private int leavers;
    private final Outbox<Output> out = new Outbox<>();

    /// @param random where SSRC, first sequence number, first timestamp and intervals come from
    public Session(Parameters parameters, RandomGenerator random) {
        this(parameters, Addendum.NONE, random);
    }

    /// @param addendum who else has something to say
    /// @param random as above
    public Session(Parameters parameters, Addendum addendum, RandomGenerator random) {
        this(parameters, new Schedule(new Interval(parameters.bitsPerSecond), random),
                addendum, random);
    }

    /// @param timing when RTCP goes out
    /// @param addendum who else has something to say
    /// @param random where SSRC, first sequence number and first timestamp come from
    public Session(Parameters parameters, ReportTiming timing, Addendum addendum,
            RandomGenerator random) {
        this.parameters = parameters;
        this.clockRate = parameters.clockRate;
        this.timing = timing;
        this.addendum = addendum;
        this.outgoing = new Outgoing(parameters.clockRate, random);
        this.members = new Members(MAX_SOURCES, parameters.clockRate);
        this.introduction = new Introduction(parameters.about);
        this.reports = new Reports(parameters.cname, introduction, outgoing, members, addendum);
        understand(parameters.payloadTypes);
    }

    private void clock(int rate) {
        if (rate == clockRate) return;
        clockRate = rate;
        outgoing.clock(rate);
        members.clock(rate);
    }

    private void understand(Set<Integer> types) {
        payloadTypes.clear();
        types.forEach(payloadTypes::set);
    }

    public long ssrc() { return outgoing.ssrc(); }

    public State state() { return state; }

    /// Those that have sent data, first heard first.
    public List<Reception> receptions() {
        return members.all().stream().filter(s -> s.expected() > 0).map(s -> new Reception(
                s.ssrc(), s.cname(), s.receivedInAll(), s.expectedInAll(),
                Duration.ofNanos(s.jitter() * 1_000_000_000L / clockRate))).toList();
    }

    /// How many sources are remembered.
    int sources() { return members.size(); }

    /// The CNAMEs of those who take part.
    Map<Long, String> names() {
        var names = new LinkedHashMap<Long, String>();
        for (var source : members.all())
            if (source.member()) names.put(source.ssrc(), source.cname());
        return names;
    }

    /// Whether somebody is known by that identifier, or this participant goes by it.
    boolean knows(long ssrc) { return ssrc == ssrc() || members.contains(ssrc); }

    @Override public Instant deadline() { return timing.due(); }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public List<Output> handle(Input input, Instant now) {
        due(now);   // first of all: what time has brought
        switch (input) {
            case Input.Join _ when state == State.NEW -> enter(State.JOINED, now);
            case Input.Send send when state == State.JOINED -> send(send, now);
            case Input.RtpReceived(var datagram, var from) when state == State.JOINED ->
                    rtp(datagram, from, now);
            case Input.RtcpReceived(var datagram, var from)
                    when state == State.JOINED || state == State.LEAVING ->
                    rtcp(datagram, from, now);
            //= rfc3550#5.1-6 payload types are defined dynamically, by non-RTP means
            case Input.Understand(var types, int rate) -> {
                understand(types);
                clock(rate);
            }
            case Input.Tell(var packet) when state == State.JOINED -> tell(packet, now);
            case Input.Note(var text) -> introduction.note(text);
            case Input.Share(var share) -> timing.share(share);
            case Input.Leave(var why) when state == State.JOINED -> leave(why, now);
            case Input.Leave _ when state == State.NEW -> enter(State.LEFT, now);
            case Input.Join _, Input.Send _, Input.RtpReceived _, Input.RtcpReceived _,
                    Input.Tell _, Input.Leave _ -> { }   // too early, or too late
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        due(now);
        return out.take();
    }

    private void due(Instant now) {
        if (timing.due().isAfter(now)) return;
        if (state == State.LEAVING) {
            var leaving = new ReportTiming.Group(leavers, 0, false);
            if (timing.turn(leaving, now) != ReportTiming.Turn.NONE) bye(now);
        } else {
            expire(now);
            var turn = timing.turn(group(now), now);
            if (turn != ReportTiming.Turn.NONE) report(turn, now);
        }
    }

    private ReportTiming.Group group(Instant now) {
        return new ReportTiming.Group(members.members(), senders(now), weSent);
    }

    private void enter(State next, Instant now) {
        state = next;
        out.add(new Output.Entered(next));
        switch (next) {
            case NEW -> { }
            //= rfc3550#6.3-4 the state that the rules need
            case JOINED -> timing.start(reports.minimal(false, List.of(), now).size(), now);
            case LEAVING -> {
                leavers = 1;
                weSent = false;
                timing.start(size(reports.bye(weSent, reason, now)), now);
            }
            case LEFT -> timing.stop();
        }
    }

    private static int size(List<Bytes> datagrams) {
        return datagrams.stream().mapToInt(Bytes::size).sum()
                + (datagrams.size() - 1) * Schedule.OVERHEAD;
    }

    private void send(Input.Send send, Instant now) {
        if (!weSent) {
            weSent = true;
            timing.sends(group(now), now);
        }
        everSent = true;
        //= rfc3550#5.1-7 each packet has its payload type, which may change
        out.add(new Output.SendRtp(outgoing.packet(send.marker, send.payloadType, send.timestamp,
                send.contributors, send.extension, send.payload, now)));
    }

    private void tell(RtcpPacket packet, Instant now) {
        if (!timing.ask(packet, group(now), now))
            out.add(new Output.Ignored("too late, or too much: " + packet.type() + " not told"));
        due(now);   // it may be time at once
    }

    /// The short way for what comes fifty times a second: takes note of a packet of a source that
    /// is believed, and makes nothing new in doing so. In all other cases nothing has happened yet.
    ///
    /// Measured: no byte is allocated for a packet; by [#handle], with its payload, 156 are.
    public Hearing receive(Bytes datagram, InetSocketAddress from, Instant now) {
        if (state != State.JOINED || !timing.due().isAfter(now) || !RtpPacket.valid(datagram)
                || !payloadTypes.get(RtpPacket.payloadType(datagram))
                || RtpPacket.contributors(datagram) > 0)
            return Hearing.HANDLE;
        var source = members.known(RtpPacket.ssrc(datagram));
        if (!source.sequential() || !source.member() || !source.comesFrom(false, from, now))
            return Hearing.HANDLE;
        source.hear(now);
        return source.note(RtpPacket.sequence(datagram), RtpPacket.timestamp(datagram), now)
                ? Hearing.USE : Hearing.DROP;
    }

    private void rtp(Bytes datagram, InetSocketAddress from, Instant now) {
        var hearing = receive(datagram, from, now);
        if (hearing == Hearing.USE) out.add(new Output.Deliver(RtpPacket.parse(datagram)));
        if (hearing == Hearing.HANDLE) unusual(datagram, from, now);
    }

    private void unusual(Bytes datagram, InetSocketAddress from, Instant now) {
        try {
            var packet = RtpPacket.parse(datagram);
            //= rfc3550#5.1-8 packets of a payload type that is not understood are ignored
            //= rfc3550#A.1-4 the payload type must be known, so it is not SR or RR
            if (!payloadTypes.get(packet.payloadType())) {
                out.add(new Output.Ignored("payload type " + packet.payloadType()));
                //= rfc3550#A.3¶1 but received it is, by who counts the packets of its source
                if (members.get(packet.ssrc()).filter(Source::sequential).isPresent())
                    source(packet.ssrc(), false, from, now).ifPresent(s -> s.pass(packet, now));
                return;
            }
            source(packet.ssrc(), false, from, now).ifPresent(source -> {
                boolean member = source.member();
                source.receive(packet, now).forEach(p -> out.add(new Output.Deliver(p)));
                if (!member && source.member()) out.add(new Output.Joined(source.ssrc()));
                //= rfc3550#6.3.3¶1 the contributors of a validated packet are members as well
                //= rfc3550#A.7-1 each CSRC identifier is processed
                if (source.member()) packet.csrcs().stream().filter(csrc -> csrc != ssrc())
                        .forEach(csrc -> members.heard(csrc, now)
                                .ifPresent(c -> c.describe(c.cname())));
            });
        } catch (SyntaxException e) {
            out.add(new Output.Ignored(e.getMessage()));
        }
    }

    /// The source of a packet, unless the packet is to be ignored.
    private Optional<Source> source(long id, boolean rtcp, InetSocketAddress from, Instant now) {
        //= rfc3550#5.1-20 be prepared: another source may choose the same identifier
        //= rfc3550#8.2-1,11 collisions are detected, by an algorithm like the RFC's
        if (id == ssrc() && !collide(rtcp, from, now)) return Optional.empty();
        //= rfc3550#6.4.1-13 a new SSRC has statistics of its own
        var source = members.heard(id, now);
        if (source.isEmpty()) out.add(new Output.Ignored("more than " + MAX_SOURCES + " sources"));
        //= rfc3550#8.2-3 of two sources with one SSRC the first is kept
        if (source.isPresent() && !source.get().comesFrom(rtcp, from, now)) {
            out.add(new Output.Ignored("SSRC " + id + " from two addresses"));
            return Optional.empty();
        }
        return source;
    }

    /// Somebody sends under this participant's SSRC. Answers whether it is somebody else, and not
    /// this participant's own packets that come back.
    private boolean collide(boolean rtcp, InetSocketAddress from, Instant now) {
        //= rfc3550#8.2-15 conflicting addresses are remembered, to know a loop by them
        if (conflicts.loop(rtcp, from, now)) {
            out.add(new Output.Ignored("own packets come back from " + from));
            return false;
        }
        //= rfc3550#8.2-2 BYE for the old identifier, and another one by chance
        if (everSent) reports.bye(weSent, List.of(), "SSRC collision", now)
                .forEach(datagram -> out.add(new Output.SendRtcp(datagram)));
        long old = ssrc();
        //= rfc3550#7.1-6 so it is unique among all end systems, behind translators too
        outgoing.rename(members::contains);
        out.add(new Output.Renamed(old, ssrc()));
        return true;
    }

    private void rtcp(Bytes datagram, InetSocketAddress from, Instant now) {
        try {
            var compound = CompoundPacket.parse(datagram.buffer());
            if (state == State.LEAVING) {
                //= rfc3550#6.3.7¶3 now members are counted by their BYE packets alone
                compound.packets().stream().filter(p -> p instanceof Bye).forEach(p -> {
                    leavers += ((Bye) p).ssrcs().size();
                    timing.sized(datagram.size(), now);
                });
                return;
            }
            timing.sized(datagram.size(), now);
            //= rfc3550#6.1-2,15 packets of any type and number are processed by themselves
            for (var packet : compound.packets()) take(packet, from, now);
        } catch (SyntaxException e) {
            out.add(new Output.Ignored(e.getMessage()));
        }
    }

    private void take(RtcpPacket packet, InetSocketAddress from, Instant now) {
        switch (packet) {
            case Report report -> {
                var source = source(report.ssrc(), true, from, now);
                if (source.isEmpty()) return;
                if (report instanceof SenderReport sr) source.get().report(sr.ntp(), now);
                for (var block : report.blocks()) if (block.ssrc() == ssrc()) {
                    out.add(new Output.Reported(report.ssrc(), block));
                    block.roundTrip(NtpTimestamp.of(now)).ifPresent(time ->
                            out.add(new Output.RoundTrip(report.ssrc(), time)));
                }
            }
            case SourceDescription sdes -> {
                for (var chunk : sdes.chunks()) describe(chunk, from, now);
            }
            case Bye bye -> {
                for (long id : bye.ssrcs()) left(id, bye.reason(), from, now);
            }
            //= rfc3550#6.7-1 APP packets of names nobody knows are ignored by whoever hears them
            //= rfc3550#6.1-22 types that are unknown are ignored
            case RtcpPacket.App _, RtcpPacket.Unknown _ -> {
                timing.heard(packet, now);
                addendum.heard(packet, now);
                out.add(new Output.Heard(packet));
            }
        }
    }

    private void describe(SourceDescription.Chunk chunk, InetSocketAddress from, Instant now) {
        var source = source(chunk.ssrc(), true, from, now);
        if (source.isEmpty()) return;
        //= rfc3550#6.5.2-4 a NAME is told, and nothing relies on its being unique
        for (var item : chunk.items())
            if (item.type() > SourceDescription.CNAME && item.type() <= SourceDescription.NOTE
                    && source.get().tell(item.type(), item.text().utf8(), now))
                out.add(new Output.Told(chunk.ssrc(), item.type(), item.text().utf8()));
        for (var item : chunk.items()) if (item.type() == SourceDescription.CNAME) {
            name(source.get(), item.text().utf8());
            return;
        }
    }

    private void name(Source source, String cname) {
        boolean member = source.member();
        boolean known = source.cname().equals(cname);
        source.describe(cname);
        if (!member && source.member()) out.add(new Output.Joined(source.ssrc()));
        if (!known) out.add(new Output.Described(source.ssrc(), cname));
    }

    private void left(long id, String why, InetSocketAddress from, Instant now) {
        var source = members.get(id).filter(s -> s.member() && s.mayLeave(from));
        if (source.isEmpty()) return;
        source.get().leave(now);
        out.add(new Output.Left(id, why));
        //= rfc3550#6.3.4-1 a BYE makes everything sooner for those who remain
        timing.shrink(members.members(), now);
    }

    /// Who has been silent for too long is no participant or no sender any more.
    private void expire(Instant now) {
        var interval = timing.timeout(group(now));
        //= rfc3550#6.3.5-1 at least once in an interval the others are checked
        var gone = members.expire(interval, now);
        //= rfc3550#6.3.5-3 the check is made each time the transmission timer expires
        gone.forEach(source -> out.add(new Output.TimedOut(source.ssrc())));
        //= rfc3550#6.3.5-2 after a time-out the rest comes sooner, too
        if (!gone.isEmpty()) timing.shrink(members.members(), now);
        //= rfc3550#6.5.7-6 a note is inactive when it has not come for so many intervals
        var noted = now.minus(interval.multipliedBy(NOTED));
        members.all().stream().filter(s -> s.denote(noted))
                .forEach(s -> out.add(new Output.Told(s.ssrc(), SourceDescription.NOTE, "")));
        if (outgoing.lastSent().isBefore(since(now))) weSent = false;
    }

    /// Two intervals ago.
    private Instant since(Instant now) { return now.minus(timing.last().multipliedBy(2)); }

    private int senders(Instant now) { return members.senders(since(now)) + (weSent ? 1 : 0); }

    private void report(ReportTiming.Turn turn, Instant now) {
        var asked = timing.take();
        //= rfc3550#6.1-16 one compound packet an interval, if it is not too long for the path
        var datagrams = switch (turn) {
            case NONE -> List.<Bytes>of();
            case REGULAR -> reports.regular(weSent, asked, now);
            case MINIMAL -> List.of(reports.minimal(weSent, asked, now));
            case ALONE -> List.of(CompoundPacket.encode(asked));
        };
        everSent = true;
        timing.sent(turn, size(datagrams), group(now), now);
        datagrams.forEach(datagram -> out.add(new Output.SendRtcp(datagram)));
    }

    private void leave(String why, Instant now) {
        reason = why;
        if (!everSent) {
            //= rfc3550#6.3.7-5 no BYE from one who has never sent anything
            enter(State.LEFT, now);
        //= rfc3550#6.2-29 BYE may go out before the next scheduled packet
        //= rfc3550#6.3.7-1 with more than fifty members the back-off algorithm is executed
        //= rfc3550#6.2-30 which avoids a flood of BYE packets
        } else if (members.members() < MANY) {
            //= rfc3550#6.3.7-3 few members: BYE at once
            bye(now);
        } else {
            enter(State.LEAVING, now);
        }
    }

    private void bye(Instant now) {
        reports.bye(weSent, reason, now)
                .forEach(datagram -> out.add(new Output.SendRtcp(datagram)));
        enter(State.LEFT, now);
    }
}
