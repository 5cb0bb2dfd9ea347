package p2psip.std.rfc6886;

import module java.base;
import p2psip.std.*;

/// A client that has one port of UDP mapped by its router, and keeps it mapped.
///
/// It begins when it is first woken. One question is asked at a time: for the outside address, then
/// for the port; and both again halfway to the end of the mapping. Whoever owns it asks the router
/// alone, from a private address, and may listen to the group where routers announce.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6886#section-3 RFC 6886 §3
public final class NatPmpClient implements Machine<NatPmpClient.Input, NatPmpClient.Output> {

    public sealed interface Input {

        /// A datagram came, to the socket or to the group.
        record Received(InetSocketAddress from, Bytes datagram) implements Input {}

        /// The mapping is not needed any more.
        record Release() implements Input {}
    }

    public sealed interface Output {

        /// To the router.
        record Send(Bytes datagram) implements Output {}

        /// The port is mapped from there; said again when that changes.
        record Mapped(InetSocketAddress external, Duration lifetime) implements Output {}

        /// It is mapped no more; this client has ended.
        record Lost() implements Output {}

        /// The router does not do it; this client has ended.
        record Failed(String why) implements Output {}

        /// It was released, or nobody answers that.
        record Released() implements Output {}

        record Entered(State state) implements Output, p2psip.std.Entered {}
    }

    public enum State implements Cited {
        @Section("3.2") ADDRESS, @Section("3.3") PORT, @Section("3.3") MAPPED,
        @Section("3.4") RELEASING, @Section("3.4") ENDED
    }

    private enum Timer { SEND, RENEW, EXPIRY, PATIENCE }

    /// Where routers listen, and clients to announcements.
    public static final int PORT = 5351, ANNOUNCED = 5350;

    /// The lifetime that is asked for.
    //= rfc6886#3.3-2 of a port mapping, two hours are recommended
    static final Duration LIFETIME = Duration.ofSeconds(7200);

    /// The wait after the first request; it doubles with each.
    static final Duration FIRST = Duration.ofMillis(250);

    static final int ATTEMPTS = 9;

    /// Who released a mapping does not wait longer to hear that it is gone.
    static final Duration FAREWELL = Duration.ofSeconds(1);

    /// After a restart of the router all its clients would ask at the same moment.
    static final Duration SPREAD = Duration.ofSeconds(5);

    /// A mapping is not believed to last longer.
    static final Duration LONGEST = Duration.ofHours(24);

    private static final long SLACK = 2;

    private final InetAddress router;
    private final int port;
    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private State state = State.ADDRESS;
    private boolean begun;
    private int attempts, suggested;
    private Optional<InetAddress> address = Optional.empty();
    private Optional<InetSocketAddress> told = Optional.empty();
    private Optional<Instant> counted = Optional.empty();
    private long epoch;
    private Duration lifetime = Duration.ZERO;

    /// @param port the one to be mapped, which is open already, and the outside one that is liked
    public NatPmpClient(InetAddress router, int port, RandomGenerator random) {
        this.router = router;
        this.port = port;
        this.suggested = port;
        this.random = random;
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return begun ? timers.deadline() : Instant.MIN; }

    /// A mapping expires whatever is asked meanwhile.
    private void enter(State next, Instant now) {
        state = next;
        attempts = 0;
        timers.stop(Timer.SEND);
        out.add(new Output.Entered(next));
        switch (next) {
            case ADDRESS, PORT -> send(now);
            case MAPPED -> { }
            case RELEASING -> {
                timers.clear();
                send(now);
                timers.set(Timer.PATIENCE, now.plus(FAREWELL));
            }
            case ENDED -> timers.clear();
        }
    }

    @Override public List<Output> wake(Instant now) {
        if (!begun) {
            begun = true;
            enter(State.ADDRESS, now);
        }
        for (var timer : timers.fired(now)) switch (timer) {
            //= rfc6886#3.1-5 after the ninth attempt the router does not support this
            case SEND -> {
                if (attempts < ATTEMPTS) send(now);
                else if (told.isEmpty()) fail("no answer", now);
            }
            case RENEW -> enter(State.ADDRESS, now);
            case EXPIRY -> {
                out.add(new Output.Lost());
                enter(State.ENDED, now);
            }
            case PATIENCE -> released(now);
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var from, var datagram) -> {
                if (begun && state != State.ENDED) received(from, datagram, now);
            }
            case Input.Release _ when told.isEmpty() || state == State.ENDED -> {
                begun = true;
                released(now);
            }
            //= rfc6886#3.4-3 the mapping is deleted explicitly
            //= rfc6886#3.1-7 at least one request for deletion is sent
            case Input.Release _ -> enter(State.RELEASING, now);
        }
        return out.take();
    }

    private void released(Instant now) {
        enter(State.ENDED, now);
        out.add(new Output.Released());
    }

    private void fail(String why, Instant now) {
        out.add(new Output.Failed(why));
        enter(State.ENDED, now);
    }

    //= rfc6886#3.1-1,2 there are no concurrent requests: one is asked after the other
    //= rfc6886#3.1-3 at the pace at which the router answers
    private void send(Instant now) {
        var request = switch (state) {
            case ADDRESS -> new Request.Address();
            //= rfc6886#3.3-17 renewed with the outside port that was mapped before as suggested
            case PORT -> new Request.Map(port, suggested, LIFETIME.toSeconds());
            //= rfc6886#3.4-4 to delete it the suggested port is zero
            case RELEASING -> new Request.Map(port, 0, 0);
            case MAPPED, ENDED -> throw new IllegalStateException("nothing to ask");
        };
        out.add(new Output.Send(request.encode()));
        //= rfc6886#3.1-4 the interval between attempts doubles each time
        //= rfc6886#3.3-3 the first time it is reissued after 250 ms
        timers.set(Timer.SEND, now.plus(FIRST.multipliedBy(1L << attempts++)));
    }

    private void received(InetSocketAddress from, Bytes datagram, Instant now) {
        //= rfc6886#3.2-4 the source is checked: if it is not the router it is discarded
        //= rfc6886#3.2.1-5 that of an announcement, too
        //= rfc6886#3.3-15 and of a response about a mapping
        if (!from.getAddress().equals(router) || from.getPort() != PORT) return;
        Response response;
        try {
            response = Response.parse(datagram);
        } catch (SyntaxException e) {
            return;
        }
        if (lost(response.epoch(), now) && told.isPresent() && state == State.MAPPED) {
            //= rfc6886#3.6-2 after a restart the mapping is renewed immediately
            //= rfc6886#3.7-3 without waiting for the scheduled time
            //= rfc6886#3.7-4 but for a random time of 0 to 5 seconds first
            timers.set(Timer.RENEW, now.plusNanos((long) (SPREAD.toNanos() * random.nextDouble())));
        }
        //= rfc6886#3.3-4 the opcode must match what was asked
        if (response.opcode() != asked()) return;
        if (response.said().isEmpty()) refused(response.result(), now);
        else answered(response.said().get(), now);
    }

    private int asked() {
        return switch (state) {
            case ADDRESS, MAPPED -> Request.ADDRESS;
            case PORT, RELEASING -> Request.UDP;
            case ENDED -> -1;
        };
    }

    /// Whether the router counts from the beginning again, with an eighth for slow clocks.
    private boolean lost(long now, Instant at) {
        long passed = counted.map(before -> Duration.between(before, at).toSeconds()).orElse(0L);
        boolean lost = counted.isPresent() && now < epoch + passed * 7 / 8 - SLACK;
        counted = Optional.of(at);
        epoch = now;
        return lost;
    }

    private void refused(int result, Instant now) {
        if (state == State.RELEASING) released(now);
        else if (told.isEmpty()) fail("it refuses: result " + result, now);
        else if (state != State.MAPPED) enter(State.MAPPED, now);   // it is there until it expires
    }

    private void answered(Response.Said said, Instant now) {
        switch (said) {
            case Response.Said.Address(var outside) -> {
                address = Optional.of(outside);
                if (state == State.ADDRESS) enter(State.PORT, now);
                else tell();
            }
            case Response.Said.Mapping(int internal, _, _) when internal != port -> { }
            case Response.Said.Mapping _ when state == State.RELEASING -> released(now);
            case Response.Said.Mapping(_, _, long lifetime) when lifetime == 0 ->
                    fail("it gives a port for no time", now);
            case Response.Said.Mapping(_, int outside, long lifetime) -> {
                suggested = outside;
                granted(Duration.ofSeconds(Math.min(lifetime, LONGEST.toSeconds())), now);
                enter(State.MAPPED, now);
                tell();
            }
        }
    }

    private void granted(Duration span, Instant now) {
        lifetime = span;
        timers.set(Timer.EXPIRY, now.plus(span));
        //= rfc6886#3.3-16 it is renewed halfway to expiry time
        timers.set(Timer.RENEW, now.plus(span.dividedBy(2)));
    }

    private void tell() {
        var external = new InetSocketAddress(address.orElseThrow(), suggested);
        if (told.equals(Optional.of(external))) return;
        told = Optional.of(external);
        out.add(new Output.Mapped(external, lifetime));
    }
}
