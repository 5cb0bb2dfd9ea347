package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.std.*;

/// Takes what one side of a call sends, by a socket or by a channel, to the other.
final class Carriage implements MediaCall.Ends {
    /// The largest packet that is carried: what is left of a datagram of the overlay.
    static final int MAX_PACKET = p2psip.app.p2p.Links.MAX_MOMENT;

    private static final int CHANNELS = 1 << 16;

    /// Where a packet comes in.
    private record Entry(MediaCall call, Stream stream, Side side, boolean control) {}

    private record Channel(InetSocketAddress peer, int number) {}

    private final List<InetAddress> own;
    private final Map<Channel, Entry> channels = new HashMap<>();
    private final Map<Long, Entry> sockets = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();
    /// Those of RTP's sockets.
    private final Set<Integer> ports = new HashSet<>();
    private final RandomGenerator random;
    private final Supplier<MediaCertificate> certificate;
    private final Outbox<Carried> out;
    private long lastSocket;
    private int lastChannel;

    /// @param own         addresses at which telephones reach this node
    /// @param certificate that browsers get to see
    Carriage(List<InetAddress> own, RandomGenerator random,
            Supplier<MediaCertificate> certificate, Outbox<Carried> out) {
        this.own = List.copyOf(own);
        this.random = random;
        this.certificate = certificate;
        this.out = out;
        this.lastChannel = random.nextInt(CHANNELS / 2) * 2;
    }

    int size() { return channels.size() + sockets.size(); }

    /// An even number that no stream has.
    @Override public int channel() {
        do lastChannel = (lastChannel + 2) % CHANNELS;
        while (lastChannel == 0 || !used.add(lastChannel));
        return lastChannel;
    }

    @Override public WebEnd web(MediaCall call, Bridge bridge) {
        var end = new WebEnd(lastSocket, bridge.place(), bridge.near(),
                bridge.web() == Side.CALLED, certificate.get(), random, out);
        lastSocket += 2;
        return end;
    }

    /// An even port that no leg here has, by chance: another node of this machine may have many in
    /// a row.
    private int port() {
        int port;
        do port = Leg.FIRST + 2 * random.nextInt((Leg.LAST - Leg.FIRST) / 2 + 1);
        while (!ports.add(port));
        return port;
    }

    /// What is to come in for a call, and the sockets that it needs.
    void enter(MediaCall call) {
        for (var stream : call.streams)
            for (var side : Side.values()) switch (stream.end(side).orElse(null)) {
                case End.Channels end when call.party(side) instanceof Party.Node(var link) -> {
                    for (boolean control : List.of(false, true))
                        channels.put(new Channel(link, end.ours + (control ? 1 : 0)),
                                new Entry(call, stream, side, control));
                }
                case End.Sockets end when end.leg().isEmpty() && call.needs(side)
                        && ports.size() < Host.SOCKETS ->
                        open(call, stream, side, end);
                case WebEnd end when !end.opened() && call.needs(side)
                        && ports.size() < Host.SOCKETS -> {
                    sockets.put(end.number(), new Entry(call, stream, side, false));
                    end.open(port());
                }
                case null, default -> { }
            }
    }

    private void open(MediaCall call, Stream stream, Side side, End.Sockets end) {
        var leg = new Leg(lastSocket, near(call.party(side) instanceof Party.Phone(var host, _, _)
                ? Optional.of(host) : end.source(false).map(Source::host)), port());
        lastSocket += 2;
        end.leg(leg);
        sockets.put(leg.rtp.number(), new Entry(call, stream, side, false));
        sockets.put(leg.rtcp.number(), new Entry(call, stream, side, true));
        act(leg.open());
    }

    /// The address of this node that is next to another.
    private InetAddress near(Optional<InetAddress> other) {
        return own.stream().max(Comparator.comparingInt(ip -> other.map(to ->
                ip.equals(to) ? 3 : ip.getClass() != to.getClass() ? 0
                        : ip.isLoopbackAddress() == to.isLoopbackAddress() ? 2 : 1)
                .orElse(ip.isLoopbackAddress() ? 0 : 1))).orElseThrow();
    }

    void end(MediaCall call) {
        channels.values().removeIf(entry -> entry.call == call);
        sockets.values().removeIf(entry -> entry.call == call);
        for (var stream : call.streams) {
            stream.legs().filter(leg -> !leg.failed()).forEach(leg -> {
                ports.remove(leg.port());
                act(leg.close());
            });
            stream.web().ifPresent(web -> {
                web.port().ifPresent(ports::remove);
                web.close();
            });
            for (var side : Side.values())
                if (stream.end(side).orElse(null) instanceof End.Channels end)
                    used.remove(end.ours);
        }
    }

    /// A moment came by the Link of a node.
    void moment(InetSocketAddress peer, int channel, Bytes bytes, Instant now) {
        var entry = channels.get(new Channel(peer, channel));
        if (entry != null) carry(entry, entry.control, bytes, now);
    }

    /// The host says something of a socket; answers the call that may go on then.
    Optional<MediaCall> happened(Event event, Instant now) {
        var entry = sockets.get(event.id().number());
        if (entry == null) return Optional.empty();
        return switch (entry.stream.end(entry.side).orElse(null)) {
            case End.Sockets end -> happened(event, entry, end, now);
            case WebEnd end -> happened(event, entry, end, now);
            case End.Channels _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private Optional<MediaCall> happened(Event event, Entry entry, WebEnd end, Instant now) {
        end.happened(event, () -> {
            end.port().ifPresent(ports::remove);
            return port();
        }, now).ifPresent(came -> carry(entry, came.control(), came.packet(), now));
        return Optional.of(entry.call);
    }

    private Optional<MediaCall> happened(
            Event event, Entry entry, End.Sockets end, Instant now) {
        var leg = end.leg().orElseThrow();
        switch (event) {
            case Event.Datagram(_, _, var from, var bytes) -> {
                if (bytes.size() <= MAX_PACKET && end.source(entry.control).filter(source ->
                        source.takes(from, bytes, !entry.control)).isPresent())
                    carry(entry, entry.control, bytes, now);
                return Optional.empty();
            }
            case Event.Bound(_, var local) -> {
                if (leg.isAt(local)) leg.bound();
            }
            case Event.NotBound(_, var wanted, var why) -> {
                if (leg.isAt(wanted)) {
                    ports.remove(leg.port());
                    act(leg.notBound(this::port));
                }
                if (leg.failed()) out.add(new Carried.Remark("no port for media: " + why));
            }
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> { }
        }
        return Optional.of(entry.call);
    }

    /// To the other side than that by which it came.
    private void carry(Entry entry, boolean control, Bytes bytes, Instant now) {
        var to = entry.side.other();
        entry.call.alive(entry.side, now);
        if (!control) entry.stream.tally(entry.side).heard(bytes, now);
        switch (entry.stream.end(to).orElse(null)) {
            case End.Channels end -> {
                if (end.theirs().isEmpty() || !(entry.call.party(to) instanceof
                        Party.Node(var link))) return;
                out.add(new Carried.Moment(
                        link, end.theirs().getAsInt() + (control ? 1 : 0), bytes));
            }
            case End.Sockets end -> {
                var leg = end.leg().filter(Leg::ready);
                var at = end.source(control).flatMap(Source::at);
                if (leg.isEmpty() || at.isEmpty()) return;
                out.add(new Carried.Do(new Effect.Datagram(control ? leg.get().rtcpAt()
                        : leg.get().rtpAt(), at.get(), bytes)));
            }
            case WebEnd end -> end.send(control, bytes, now);
            case null -> { }
        }
    }

    private void act(List<Effect> effects) {
        effects.forEach(effect -> out.add(new Carried.Do(effect)));
    }
}
