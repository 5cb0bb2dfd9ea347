package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3550.RtcpPacket.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.*;

/// Joins the clouds of one RTP session, and makes of what comes from each one stream for each of
/// the others: a conference, in which each party is a cloud of its own.
///
/// The sound is mixed elsewhere; here is who said it. To each cloud the mixer is one source, with
/// an SSRC of its own there, and says who the others are.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-7 RFC 3550 §7
public final class RtpMixer implements Machine<RtpMixer.Input, RtpMixer.Output> {
    /// How many clouds there may be; one more is not taken in.
    public static final int MAX_CLOUDS = 200;

    public sealed interface Input {
        /// @param cloud a number of its own, with addresses of its own
        record Attach(int cloud, Session.Parameters parameters) implements Input {}

        /// Something for the session of a cloud: packets that have come, for the most part.
        record Tell(int cloud, Session.Input input) implements Input {}

        /// What a cloud is to hear.
        ///
        /// @param contributors who has contributed, as [#contributors] says of each packet
        /// @param own whether the mixer itself has
        record Mixed(int cloud, boolean marker, int payloadType, long timestamp, Bytes payload,
                List<Long> contributors, boolean own) implements Input {
            public Mixed { contributors = List.copyOf(contributors); }
        }

        record Detach(int cloud, String reason) implements Input {}

        /// The mixer ceases to mix.
        record Close(String reason) implements Input {}
    }

    public sealed interface Output {
        /// What the session of a cloud says: packets to be sent there, and what has come.
        record From(int cloud, Session.Output output) implements Output {}

        /// A cloud more than there may be.
        record Full(int cloud) implements Output {}

        /// A packet comes round by another cloud, or two sources have one identifier: it is not
        /// used.
        record Looped(int cloud, long ssrc) implements Output {}
    }

    /// A cloud, and whom it is told of.
    private final class Cloud implements Addendum {
        /// With their CNAMEs, empty where one is not known yet.
        private final Map<Long, String> others = new LinkedHashMap<>();
        private final int number;

        Cloud(int number) { this.number = number; }

        //= rfc3550#7.3-3,4 the CNAMEs of other clouds are forwarded, and no other items
        //= rfc3550#6.1-19 those of several sources are combined into one compound packet
        @Override public List<Chunk> others() {
            return others.entrySet().stream().filter(e -> !e.getValue().isEmpty())
                    .map(e -> new Chunk(e.getKey(), List.of(
                            Item.of(SourceDescription.CNAME, e.getValue())))).toList();
        }

        //= rfc3550#7.3-10 all identifiers that were forwarded to that cloud
        @Override public List<Long> followers() { return List.copyOf(others.keySet()); }

        void learn(long ssrc, String cname) {
            if (others.size() < Session.MAX_SOURCES) others.put(ssrc, cname);
        }
    }

    private final RandomGenerator random;
    private final Machines<Integer, Session> sessions = new Machines<>(MAX_CLOUDS);
    private final Map<Integer, Cloud> clouds = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private boolean closed;

    public RtpMixer(RandomGenerator random) { this.random = random; }

    /// Who contributes to a mixture of which a packet is part.
    //= rfc3550#7.4-3 the CSRCs of a packet that is mixed already, the SSRC of another
    public static List<Long> contributors(RtpPacket packet) {
        return packet.contributors() > 0 ? packet.csrcs() : List.of(packet.ssrc());
    }

    @Override public Instant deadline() { return sessions.deadline(); }

    @Override public boolean terminated() { return closed && sessions.size() == 0; }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Attach(int cloud, var parameters) -> attach(cloud, parameters, now);
            case Input.Tell(int cloud, Session.Input.RtpReceived(var datagram, _))
                    when loops(cloud, datagram) ->
                    out.add(new Output.Looped(cloud, RtpPacket.ssrc(datagram)));
            case Input.Tell(int cloud, var what) -> tell(cloud, what, now);
            case Input.Mixed mixed -> mixed(mixed, now);
            case Input.Detach(int cloud, var why) -> detach(cloud, why, now);
            case Input.Close(var why) -> {
                closed = true;
                sessions.keys().forEach(cloud -> tell(cloud, new Session.Input.Leave(why), now));
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        sessions.<Session.Output>wake(now, session -> session.wake(now),
                (cloud, _, outputs) -> heard(cloud, outputs, now));
        return out.take();
    }

    private void attach(int number, Session.Parameters parameters, Instant now) {
        if (closed || clouds.containsKey(number)) return;
        var cloud = new Cloud(number);
        var session = new Session(parameters, new Schedule(
                ControlShare.of(parameters.bitsPerSecond()), Schedule.Minimum.FIXED,
                Schedule.OVERHEAD, random), cloud, random);
        if (!sessions.add(number, session)) {
            out.add(new Output.Full(number));
            return;
        }
        for (int other : clouds.keySet())
            sessions.get(other).orElseThrow().names().forEach(cloud::learn);
        clouds.put(number, cloud);
        //= rfc3550#7.3-1 it has sender reports of its own about the mixed stream
        //= rfc3550#7.3-5 with its own CNAME, in each cloud that it reports to
        tell(number, new Session.Input.Join(), now);
    }

    private void tell(int cloud, Session.Input input, Instant now) {
        sessions.<Session.Output>tell(cloud, session -> session.handle(input, now),
                (_, _, outputs) -> heard(cloud, outputs, now));
    }

    /// Whether a packet's source, or one that contributed to it, is known from another cloud.
    private boolean loops(int cloud, Bytes datagram) {
        if (!RtpPacket.valid(datagram)) return false;
        var packet = RtpPacket.parse(datagram);
        if (elsewhere(cloud, packet.ssrc())) return true;
        for (int i = 0; i < packet.contributors(); i++)
            if (elsewhere(cloud, packet.csrc(i))) return true;
        return false;
    }

    //= rfc3550#7.1-3,4,5 one source from one cloud: what two mixers in parallel make is not used
    private boolean elsewhere(int cloud, long ssrc) {
        for (int other : clouds.keySet())
            if (other != cloud && sessions.get(other).orElseThrow().knows(ssrc)) return true;
        return false;
    }

    private void mixed(Input.Mixed mixed, Instant now) {
        sessions.get(mixed.cloud).ifPresent(session -> {
            var contributors = new LinkedHashSet<Long>();
            //= rfc3550#7.1-13 its own SSRC is explicitly in the CSRC list where it contributes
            if (mixed.own) contributors.add(session.ssrc());
            //= rfc3550#7.1-12 the identifiers of the original sources are in the CSRC list
            contributors.addAll(mixed.contributors);
            tell(mixed.cloud, new Session.Input.Send(mixed.marker, mixed.payloadType,
                    mixed.timestamp, mixed.payload,
                    contributors.stream().limit(RtpPacket.MAX_CSRCS).toList(),
                    RtpPacket.Extension.NONE), now);
        });
    }

    private void detach(int number, String why, Instant now) {
        if (!clouds.containsKey(number)) return;
        var gone = sessions.get(number).orElseThrow().names().keySet();
        tell(number, new Session.Input.Leave(why), now);
        gone.forEach(ssrc -> left(number, ssrc, why, now));
        clouds.remove(number);
        sessions.remove(number);
    }

    /// What a session has said, of which the others are told who comes and goes: not how anybody is
    /// received, for that is the business of one cloud.
    private void heard(int cloud, List<Session.Output> outputs, Instant now) {
        for (var output : outputs) {
            out.add(new Output.From(cloud, output));
            switch (output) {
                case Session.Output.Described(long ssrc, var cname) -> others(cloud)
                        .forEach(other -> other.learn(ssrc, cname));
                case Session.Output.Joined(long ssrc) -> others(cloud)
                        .forEach(other -> other.learn(ssrc, cname(cloud, ssrc)));
                case Session.Output.Left(long ssrc, var why) -> left(cloud, ssrc, why, now);
                case Session.Output.TimedOut(long ssrc) -> left(cloud, ssrc, "", now);
                //= rfc3550#7.3-2 reception reports are neither sent nor forwarded to other clouds
                case Session.Output.Reported _, Session.Output.RoundTrip _ -> { }
                case Session.Output.SendRtp _, Session.Output.SendRtcp _,
                        Session.Output.Deliver _, Session.Output.Told _, Session.Output.Heard _,
                        Session.Output.Renamed _, Session.Output.Ignored _,
                        Session.Output.Entered _ -> { }
            }
        }
    }

    private String cname(int cloud, long ssrc) {
        return sessions.get(cloud).map(s -> s.names().getOrDefault(ssrc, "")).orElse("");
    }

    private List<Cloud> others(int cloud) {
        return clouds.values().stream().filter(c -> c.number != cloud).toList();
    }

    private void left(int cloud, long ssrc, String why, Instant now) {
        for (var other : others(cloud)) {
            //= rfc3550#6.6-2 a BYE is forwarded with the identifier unchanged
            //= rfc3550#7.3-9 by any mixer
            if (other.others.remove(ssrc) != null) tell(other.number,
                    new Session.Input.Tell(new Bye(List.of(ssrc), why)), now);
        }
    }
}
