package p2psip.std.rfc6887;

import module java.base;
import p2psip.std.*;

/// A client that has one port mapped by one server, and keeps it mapped.
///
/// It begins when it is first woken, asks until it is told to stop, and tells each change of the
/// outside address. Whoever owns it has a socket at the client's address, with a port of chance,
/// and may listen to the group where servers announce that they have restarted.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6887#section-11 RFC 6887 §11
public final class PcpClient implements Machine<PcpClient.Input, PcpClient.Output> {

    public sealed interface Input {

        /// A datagram came, to the socket or to the group.
        record Received(InetSocketAddress from, Bytes datagram) implements Input {}

        /// The mapping is not needed any more.
        record Release() implements Input {}
    }

    public sealed interface Output {

        /// To the server.
        record Send(Bytes datagram) implements Output {}

        /// The port is mapped from there; said again when that changes.
        record Mapped(InetSocketAddress external, Duration lifetime) implements Output {}

        /// It is mapped no more, and asked for again.
        record Lost() implements Output {}

        /// The server speaks another version, 0 is NAT-PMP.
        record OtherVersion(int version) implements Output {}

        /// The server does not do it, and is not asked again for a while.
        record Refused(int result, Duration hold) implements Output {}

        /// It was released, or nobody answers that.
        record Released() implements Output {}

        record Entered(State state) implements Output, p2psip.std.Entered {}
    }

    public enum State implements Cited {
        @Section("8.1.1") ASKING, @Section("8.3") HOLDING, @Section("11.2.1") MAPPED,
        @Section("15.1") RELEASING, @Section("15.1") ENDED
    }

    private enum Timer { SEND, EXPIRY, PATIENCE }

    /// Where servers listen, and clients to announcements.
    public static final int PORT = 5351, ANNOUNCED = 5350;

    /// What a mapping of UDP is asked for.
    public static final int UDP = 17;

    //= rfc6887#8.1.1-2,4 the first retransmission after 3 seconds, the longest wait 1024
    static final Duration IRT = Duration.ofSeconds(3), MRT = Duration.ofSeconds(1024);

    /// Renewals are not closer together.
    static final Duration APART = Duration.ofSeconds(4);

    /// A mapping is not believed to last longer.
    static final Duration LONGEST = Duration.ofHours(24);

    /// A server that refuses is not asked again for so long at least, and at most.
    static final Duration HOLD = Duration.ofSeconds(30), LONGEST_HOLD = Duration.ofMinutes(30);

    /// Who released a mapping does not wait longer to hear that it is gone.
    static final Duration FAREWELL = Duration.ofSeconds(1);

    /// After a restart of the server all its clients would ask at the same moment.
    static final Duration SPREAD = Duration.ofSeconds(5);

    private final InetAddress server, self;
    private final int protocol, port;
    private final Duration wanted;
    private final RandomGenerator random;
    private final Bytes nonce;
    private final Epoch epoch = new Epoch();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private State state = State.ASKING;
    private boolean begun;
    private Duration wait = Duration.ZERO, granted = Duration.ZERO;
    private Instant asked = Instant.EPOCH, expiry = Instant.MAX;
    private int renewals;
    private InetSocketAddress external;

    /// @param self     the address from which it asks
    /// @param protocol as [#UDP]
    /// @param port     the one to be mapped, which is open already
    public PcpClient(InetAddress server, InetAddress self, int protocol, int port,
            Duration lifetime, RandomGenerator random) {
        this.server = server;
        this.self = self;
        this.protocol = protocol;
        this.port = port;
        this.wanted = lifetime;
        this.random = random;
        //= rfc6887#11.1-3,4 nothing is known or preferred at first: port 0 of all zeros
        external = new InetSocketAddress(InetAddress.ofLiteral(
                self instanceof Inet4Address ? "0.0.0.0" : "::"), 0);
        var bytes = new byte[MapRequest.NONCE];
        //= rfc6887#11.2-5 each server has a mapping nonce of its own, random for each client
        random.nextBytes(bytes);
        nonce = Bytes.wrap(bytes);
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return begun ? timers.deadline() : Instant.MIN; }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        out.add(new Output.Entered(next));
        switch (next) {
            case ASKING -> {
                wait = Duration.ZERO;
                send(now);
            }
            //= rfc6887#8.3-4 it is not asked again for the lifetime of the error
            //= rfc6887#11.4-1,5 nor on NO_RESOURCES: the same request is not repeated
            case HOLDING -> timers.set(Timer.SEND, now.plus(granted));
            //= rfc6887#11.4-3 it is renewed before its lifetime expires
            case MAPPED -> {
                renewals = 0;
                expiry = now.plus(granted);
                timers.set(Timer.EXPIRY, expiry);
                scheduleRenewal(now);
            }
            case RELEASING -> {
                send(now);
                timers.set(Timer.PATIENCE, now.plus(FAREWELL));
            }
            case ENDED -> out.add(new Output.Released());
        }
    }

    @Override public List<Output> wake(Instant now) {
        if (!begun) {
            begun = true;
            enter(State.ASKING, now);
        }
        for (var timer : timers.fired(now)) switch (timer) {
            case SEND -> due(now);
            case EXPIRY -> {
                out.add(new Output.Lost());
                enter(State.ASKING, now);
            }
            case PATIENCE -> enter(State.ENDED, now);
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var from, var datagram) -> {
                if (begun && state != State.ENDED) received(from, datagram, now);
            }
            case Input.Release _ when !begun || !timers.isSet(Timer.EXPIRY) -> {
                begun = true;
                if (state != State.ENDED) enter(State.ENDED, now);
            }
            case Input.Release _ -> enter(State.RELEASING, now);
        }
        return out.take();
    }

    private void due(Instant now) {
        switch (state) {
            case MAPPED -> {
                out.add(new Output.Send(request(wanted.toSeconds()).encode()));
                scheduleRenewal(now);
            }
            case HOLDING -> enter(State.ASKING, now);
            case ASKING, RELEASING -> send(now);
            case ENDED -> { }
        }
    }

    /// The request, the first time or again after a longer wait each time, by chance a little more
    /// or less.
    private void send(Instant now) {
        //= rfc6887#8.1.1-1 the retransmission has the same nonce
        //= rfc6887#15-4 the mapping is renewed explicitly, whatever else keeps it
        out.add(new Output.Send(request(
                state == State.RELEASING ? 0 : wanted.toSeconds()).encode()));
        var twice = wait.isZero() ? IRT : wait.multipliedBy(2);
        var next = twice.compareTo(MRT) < 0 ? twice : MRT;
        //= rfc6887#8.1.1-6 by random numbers that are different for each client
        wait = Duration.ofNanos(
                (long) (next.toNanos() * (1 + 0.1 * (2 * random.nextDouble() - 1))));
        //= rfc6887#8.1.1-3,5 for no maximum of times, and no maximum duration
        timers.set(Timer.SEND, now.plus(wait));
    }

    private MapRequest request(long seconds) {
        //= rfc6887#15.1-4 to delete it lifetime and suggested address and port are zero
        //= rfc6887#11.2.1-2 to renew it they are those that are assigned
        return new MapRequest(seconds, self, nonce, protocol, port,
                seconds == 0 ? new InetSocketAddress(InetAddress.ofLiteral(
                self instanceof Inet4Address ? "0.0.0.0" : "::"), 0) : external);
    }

    /// At a half of the lifetime, three quarters, seven eighths, and by chance a little later.
    private void scheduleRenewal(Instant now) {
        //= rfc6887#11.2.1-4 between 1/2 and 5/8 of the time to expiration
        //= rfc6887#11.2.1-5 then halfway again each time, but not closer than four seconds
        renewals++;
        long left = granted.toNanos() >> Math.min(renewals, 30);
        var at = expiry.minusNanos(left).plusNanos((long) (left / 4.0 * random.nextDouble()));
        var least = now.plus(APART);
        if (at.isBefore(least)) at = least;
        //= rfc6887#11.2.1-1 its lifetime is extended for as long as it is wanted to exist
        //= rfc6887#11.2.1-3 before its expiry time
        if (at.isBefore(expiry)) timers.set(Timer.SEND, at);
    }

    private void received(InetSocketAddress from, Bytes datagram, Instant now) {
        //= rfc6887#8.3-2 what nobody asked for, or another sent, is ignored
        if (!from.getAddress().equals(server) || from.getPort() != PORT) return;
        Response response;
        try {
            response = Response.parse(datagram);
        } catch (SyntaxException e) {
            return;
        }
        //= rfc6887#9-2 version 0 means that the server speaks NAT-PMP
        if (response.version() != MapRequest.VERSION) {
            if (state == State.ASKING) other(response.version(), now);
            return;
        }
        boolean lost = epoch.lost(response.epoch(), now);
        if (response.opcode() == Response.MAP && response.mapped().filter(this::isOurs).isPresent())
            answered(response, response.mapped().get(), now);
        //= rfc6887#14.1.3-5 after a restart, as its epoch says, it is asked again at random in 5 s
        else if (lost && state == State.MAPPED) timers.set(Timer.SEND,
                now.plusNanos((long) (SPREAD.toNanos() * random.nextDouble())));
    }

    private void other(int version, Instant now) {
        //= rfc6887#9-3,4 there is no lower version: it is tried again in 30 minutes
        granted = LONGEST_HOLD;
        enter(State.HOLDING, now);
        out.add(new Output.OtherVersion(version));
    }

    /// Nobody who does not see the request knows the nonce.
    private boolean isOurs(Response.Mapped mapped) {
        return mapped.nonce().equals(nonce) && mapped.protocol() == protocol
                && mapped.internalPort() == port;
    }

    //= rfc6887#8-2 an updated response, to a request long answered, is handled as the first one
    //= rfc6887#8.3-1 a client may receive multiple responses
    private void answered(Response response, Response.Mapped mapped, Instant now) {
        if (state == State.RELEASING) {
            //= rfc6887#11.4-2 if that fails for NO_RESOURCES no further request is sent
            if (response.lifetime() == 0 || response.result() != 0) enter(State.ENDED, now);
        } else if (response.result() != Response.SUCCESS) {
            refused(response, now);
        } else if (response.lifetime() == 0) {
            if (state == State.MAPPED) out.add(new Output.Lost());
            enter(State.ASKING, now);
        } else {
            boolean news = state != State.MAPPED || !mapped.external().equals(external);
            //= rfc6887#11.2-2,3 it may be any address and port, not that which was suggested
            //= rfc6887#11.4-4 and is suggested when it is renewed
            external = mapped.external();
            //= rfc6887#8.3-3 an upper limit is imposed on the lifetime
            //= rfc6887#15-5 an absurdly long one is taken for 24 hours
            granted = least(Duration.ofSeconds(response.lifetime()), LONGEST);
            enter(State.MAPPED, now);
            if (news) out.add(new Output.Mapped(external, granted));
        }
    }

    private void refused(Response response, Instant now) {
        var hold = Duration.ofSeconds(response.lifetime());
        hold = least(hold.compareTo(HOLD) < 0 ? HOLD : hold, LONGEST_HOLD);
        out.add(new Output.Refused(response.result(), hold));
        if (state == State.MAPPED) {
            //  it is there until it expires
            timers.stop(Timer.SEND);
            return;
        }
        granted = hold;
        enter(State.HOLDING, now);
    }

    private static Duration least(Duration a, Duration b) { return a.compareTo(b) < 0 ? a : b; }
}
