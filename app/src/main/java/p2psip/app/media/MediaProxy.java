package p2psip.app.media;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;

/// Stands between the SIP of a node and its Links: changes the descriptions in what passes so that
/// media come here, and carries them.
public final class MediaProxy implements Machine<MediaProxy.Input, MediaProxy.Output> {

    /// Which media go by a Link.
    public enum Mode {
        /// None.
        DIRECT,

        /// Those of telephones to which the other node's cannot send.
        NEEDED,

        /// All.
        ALWAYS
    }

    public sealed interface Input {
        /// SIP sends a message by the Link of a node.
        ///
        /// @param straight where that node is reached without a relay, if it is
        record Leaves(InetSocketAddress peer, Message message, Optional<InetSocketAddress> straight)
                implements Input {}

        /// A message came by the Link of a node.
        ///
        /// @param phone the host of the telephone that it will go to, if that is known
        record Comes(InetSocketAddress peer, Message message, Optional<InetAddress> phone)
                implements Input {}

        /// A moment came by the Link of a node.
        record Moment(InetSocketAddress peer, int channel, Bytes bytes) implements Input {}

        /// The host says something to it.
        record Happened(Event event) implements Input {}
    }

    public sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// For the Link of that node.
        record Send(InetSocketAddress peer, Message message) implements Output {}

        /// For the SIP of this node.
        record Deliver(InetSocketAddress peer, Message message) implements Output {}
        record Moment(InetSocketAddress peer, int channel, Bytes bytes) implements Output {}

        /// Whether something of that node may not cease.
        record Await(InetSocketAddress peer, boolean now) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Calls at a time; the media of one more go as their descriptions say.
    static final int CALLS = 500;

    /// Messages of one call that wait for its sockets; one more is not heard.
    static final int WAITING = 16;

    private static final int CHANNELS = 1 << 16;

    private record Socket(MediaCall call, Stream stream, boolean control) {}

    private record Channel(InetSocketAddress peer, int number) {}

    private final Mode mode;
    private final InetAddress self;
    private final List<InetAddress> own;
    private final SequencedMap<MediaCall.Name, MediaCall> calls = new LinkedHashMap<>();
    private final Map<Channel, Socket> channels = new HashMap<>();
    private final Map<Long, Socket> sockets = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private long lastSocket;
    private int lastChannel, lastPort;

    /// @param self this node's address on Links
    /// @param own  addresses at which telephones reach it
    public MediaProxy(Mode mode, InetAddress self, List<InetAddress> own,
            RandomGenerator random) {
        this.mode = mode;
        this.self = self;
        this.own = List.copyOf(own);
        this.lastChannel = random.nextInt(CHANNELS / 2) * 2;
        this.lastPort = Leg.FIRST + random.nextInt((Leg.LAST - Leg.FIRST) / 2) * 2;
    }

    /// How much is remembered.
    public int size() { return calls.size() + channels.size() + sockets.size(); }

    @Override public Instant deadline() {
        return calls.values().stream().map(MediaCall::deadline).min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    @Override public List<Output> wake(Instant now) {
        calls.values().stream().filter(call -> !call.deadline().isAfter(now)).toList()
                .forEach(call -> {
                    if (call.open()) out.add(new Output.Remark("nothing was heard in call "
                            + call.name.callId() + " for " + MediaCall.SILENCE.toSeconds()
                            + " s: its media are carried no longer"));
                    end(call);
                });
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Leaves(var peer, var message, var straight) ->
                    leaves(peer, message, straight, now);
            case Input.Comes(var peer, var message, var phone) -> comes(peer, message, phone, now);
            case Input.Moment(var peer, int channel, var bytes) ->
                    moment(peer, channel, bytes, now);
            case Input.Happened(var event) -> happened(event, now);
        }
        return out.take();
    }

    // Descriptions

    private void leaves(InetSocketAddress peer, Message message,
            Optional<InetSocketAddress> straight, Instant now) {
        var name = new MediaCall.Name(peer, message.callId());
        var call = Optional.ofNullable(calls.get(name));
        var description = description(message);
        boolean tunnels = description.isPresent() && mode != Mode.DIRECT
                && (call.filter(c -> !c.streams.isEmpty()).isPresent() || mode == Mode.ALWAYS
                || isNeeded(description.get(), straight));
        if (tunnels) call = call.or(() -> add(name, now));
        if (!tunnels || call.isEmpty()) {
            call.ifPresent(c -> passes(c, message, now));
            out.add(new Output.Send(peer, message));
            return;
        }
        call.get().says(description.get(), now);
        var changed = call.get().leaving(description.get(), self, this::channel);
        enter(call.get());
        passes(call.get(), message, now);
        out.add(new Output.Send(peer, with(message, changed)));
    }

    /// Whether the other node's telephones cannot send where a description says.
    private static boolean isNeeded(
            SessionDescription description, Optional<InetSocketAddress> straight) {
        return description.media().stream().filter(m -> Tunnel.carries(description, m))
                .flatMap(medium -> description.connection(medium).inetAddress().stream())
                .anyMatch(phone -> isNear(phone)
                        && straight.filter(at -> isNear(at.getAddress())).isEmpty());
    }

    /// Whether an address is of use to those alone who are near.
    private static boolean isNear(InetAddress ip) {
        return ip.isLoopbackAddress() || Net.isPrivate(ip);
    }

    private void comes(InetSocketAddress peer, Message message, Optional<InetAddress> phone,
            Instant now) {
        var name = new MediaCall.Name(peer, message.callId());
        var description = description(message);
        boolean tunnelled = description.filter(d -> d.media().stream().anyMatch(
                m -> Tunnel.isTunnelled(d, m))).isPresent();
        var call = Optional.ofNullable(calls.get(name));
        if (tunnelled) call = call.or(() -> add(name, now));
        if (call.isEmpty()) {
            out.add(new Output.Deliver(peer, message));
            return;
        }
        if (tunnelled) {
            call.get().says(description.get(), now);
            for (var stream : call.get().wanting(description.get(), this::channel))
                open(call.get(), stream, phone);
            enter(call.get());
        }
        if (call.get().waiting.size() >= WAITING)
            out.add(new Output.Remark("too much waits in call " + message.callId()));
        else call.get().waiting.add(message);
        settle(call.get(), now);
    }

    private Optional<MediaCall> add(MediaCall.Name name, Instant now) {
        if (calls.size() >= CALLS) {
            out.add(new Output.Remark("too many calls to carry the media of one more"));
            return Optional.empty();
        }
        var call = new MediaCall(name, now);
        calls.put(name, call);
        return Optional.of(call);
    }

    private void open(MediaCall call, Stream stream, Optional<InetAddress> phone) {
        lastPort = lastPort + 2 > Leg.LAST ? Leg.FIRST : lastPort + 2;
        var leg = new Leg(lastSocket, near(phone.or(() -> stream.source(false)
                .map(source -> source.at().getAddress()))), lastPort);
        lastSocket += 2;
        stream.leg(leg);
        sockets.put(leg.rtp.number(), new Socket(call, stream, false));
        sockets.put(leg.rtcp.number(), new Socket(call, stream, true));
        act(leg.open());
    }

    /// The address of this node that is next to a telephone.
    private InetAddress near(Optional<InetAddress> phone) {
        return own.stream().max(Comparator.comparingInt(ip -> phone.map(to ->
                ip.equals(to) ? 3 : ip.getClass() != to.getClass() ? 0
                        : ip.isLoopbackAddress() == to.isLoopbackAddress() ? 2 : 1)
                .orElse(ip.isLoopbackAddress() ? 0 : 1))).orElseThrow();
    }

    /// What waits goes on when the sockets are there.
    private void settle(MediaCall call, Instant now) {
        while (call.settled() && !call.waiting.isEmpty()) {
            var message = call.waiting.poll();
            passes(call, message, now);
            out.add(new Output.Deliver(call.name.peer(), description(message)
                    .map(description -> with(message, call.coming(description)))
                    .orElse(message)));
        }
    }

    private void passes(MediaCall call, Message message, Instant now) {
        boolean before = call.open();
        call.passes(message, now);
        if (call.open() != before) await(call.name.peer());
    }

    private void await(InetSocketAddress peer) {
        out.add(new Output.Await(peer, calls.values().stream()
                .anyMatch(call -> call.name.peer().equals(peer) && call.open())));
    }

    private void end(MediaCall call) {
        calls.remove(call.name);
        channels.values().removeIf(socket -> socket.call == call);
        sockets.values().removeIf(socket -> socket.call == call);
        for (var stream : call.streams) stream.leg().ifPresent(leg -> act(leg.close()));
        call.waiting.forEach(message -> out.add(new Output.Deliver(call.name.peer(), message)));
        await(call.name.peer());
    }

    private void enter(MediaCall call) {
        for (var stream : call.streams) {
            channels.put(new Channel(call.name.peer(), stream.ours),
                    new Socket(call, stream, false));
            channels.put(new Channel(call.name.peer(), stream.ours + 1),
                    new Socket(call, stream, true));
        }
    }

    /// An even number that no stream has.
    private int channel() {
        var used = calls.values().stream().flatMap(call -> call.streams.stream())
                .map(stream -> stream.ours).collect(Collectors.toSet());
        do lastChannel = (lastChannel + 2) % CHANNELS;
        while (lastChannel == 0 || used.contains(lastChannel));
        return lastChannel;
    }

    private static Optional<SessionDescription> description(Message message) {
        if (message.body().isEmpty() || message.first("Content-Type").filter(type ->
                type.toLowerCase(Locale.ROOT).startsWith("application/sdp")).isEmpty())
            return Optional.empty();
        try {
            return Optional.of(SessionDescription.parse(message.body()));
        } catch (p2psip.std.SyntaxException e) {
            return Optional.empty();   // what it is owed the telephone will say
        }
    }

    private static Message with(Message message, SessionDescription description) {
        var body = Bytes.utf8(description.toString());
        return switch (message) {
            case Request request -> request.withBody("application/sdp", body);
            case Response response -> response.withBody("application/sdp", body);
        };
    }

    // Media

    private void moment(InetSocketAddress peer, int channel, Bytes bytes, Instant now) {
        var to = channels.get(new Channel(peer, channel));
        if (to == null) return;
        var leg = to.stream.leg().filter(Leg::ready);
        var source = to.stream.source(to.control);
        if (leg.isEmpty() || source.isEmpty()) return;
        to.call.alive(now);
        act(List.of(new Effect.Datagram(to.control ? leg.get().rtcpAt() : leg.get().rtpAt(),
                source.get().at(), bytes)));
    }

    private void happened(Event event, Instant now) {
        var socket = sockets.get(event.id().number());
        if (socket == null) return;
        var leg = socket.stream.leg().orElseThrow();
        switch (event) {
            case Event.Bound _ -> {
                leg.bound();
                settle(socket.call, now);
            }
            case Event.NotBound(_, var wanted, var why) -> {
                act(leg.notBound(wanted));
                if (leg.failed()) out.add(new Output.Remark("no port for media: " + why));
                settle(socket.call, now);
            }
            case Event.Datagram(_, _, var from, var bytes) -> heard(socket, from, bytes, now);
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> { }
        }
    }

    private void heard(Socket socket, InetSocketAddress from, Bytes bytes, Instant now) {
        var source = socket.stream.source(socket.control);
        var theirs = socket.stream.theirs();
        if (source.isEmpty() || theirs.isEmpty() || bytes.size() > MAX_PACKET
                || !source.get().takes(from, bytes, !socket.control)) return;
        socket.call.alive(now);
        out.add(new Output.Moment(socket.call.name.peer(),
                theirs.getAsInt() + (socket.control ? 1 : 0), bytes));
    }

    /// The largest packet that is carried: what is left of a datagram of the overlay.
    static final int MAX_PACKET = p2psip.app.p2p.Links.MAX_MOMENT;

    private void act(List<Effect> effects) {
        effects.forEach(effect -> out.add(new Output.Do(effect)));
    }
}
