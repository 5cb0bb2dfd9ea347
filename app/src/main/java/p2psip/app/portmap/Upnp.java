package p2psip.app.portmap;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;

/// Has one port mapped by a router that speaks UPnP-IGD (Internet Gateway Device, version 1 or 2):
/// finds its description, the service in it, its outside address, and asks that for the port.
///
/// All is asked of the router's own address: what another says is not heard, and where the router's
/// text leads elsewhere nobody goes. It begins when it is first woken.
final class Upnp implements Machine<Upnp.Input, Upnp.Output> {

    sealed interface Input {
        /// A datagram came to the socket from which was searched.
        record Heard(InetSocketAddress from, Bytes datagram) implements Input {}
        /// What came of a stream.
        record Happened(Event event) implements Input {}
        record Release() implements Input {}
    }

    sealed interface Output {
        /// To the group.
        record Search(Bytes datagram) implements Output {}
        record Do(Effect effect) implements Output {}
        record Mapped(InetSocketAddress external) implements Output {}
        /// It is mapped no more, and this has ended.
        record Lost() implements Output {}
        record Failed(String why) implements Output {}
        record Released() implements Output {}
    }

    private enum State { SEARCHING, DESCRIBING, ASKING, ADDING, MAPPED, RELEASING, ENDED }

    private enum Timer { SEARCH, PATIENCE, RENEW, EXPIRY }

    /// How long a mapping is to last: a router that has restarted is noticed after half of it.
    static final Duration LEASE = Duration.ofMinutes(20);

    /// Searches are repeated after this, so often in all.
    static final Duration AGAIN = Duration.ofSeconds(1);
    static final int SEARCHES = 3;

    /// How long a router may take for an answer, and for that to the last question.
    static final Duration PATIENCE = Duration.ofSeconds(4), FAREWELL = Duration.ofSeconds(1);

    /// When a renewal that failed is tried again.
    static final Duration RETRY = Duration.ofSeconds(30);

    /// Outside ports that are tried, where others have them.
    static final int PORTS = 6;
    private static final int LEAST_PORT = 1_024, HIGHEST_PORT = 65_535;

    private final Router router;
    private final int port;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.SEARCHING;
    private boolean begun;
    private int searches, tried = 1, outside;
    private Duration lease = LEASE;
    private Id stream;
    private Http answer = new Http();
    private Ssdp.Location description;
    private Wan wan;
    private InetAddress address;
    private Optional<InetSocketAddress> told = Optional.empty();

    /// @param port    the one to be mapped, and the outside one that is liked best
    /// @param streams whose ids its streams have, the numbers after this one's
    Upnp(Router router, int port, Id streams, RandomGenerator random) {
        this.router = router;
        this.port = port;
        this.outside = port;
        this.stream = streams;
        this.random = random;
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return begun ? timers.deadline() : Instant.MIN; }

    /// A mapping expires whatever is asked meanwhile.
    private void enter(State next, Instant now) {
        state = next;
        timers.stop(Timer.SEARCH);
        timers.stop(Timer.PATIENCE);
        timers.stop(Timer.RENEW);
        switch (next) {
            case SEARCHING -> timers.set(Timer.SEARCH, now);
            case DESCRIBING -> ask(description.at(),
                    Http.get(description.at(), description.path()), PATIENCE, now);
            case ASKING -> ask(wan.at().at(), wan.askAddress(), PATIENCE, now);
            case ADDING -> ask(wan.at().at(), wan.add(outside, router.self(), port, lease),
                    PATIENCE, now);
            case MAPPED -> {
                timers.set(Timer.RENEW, now.plus(LEASE.dividedBy(2)));
                timers.set(Timer.EXPIRY, now.plus(LEASE));
            }
            case RELEASING -> ask(wan.at().at(), wan.delete(outside), FAREWELL, now);
            case ENDED -> timers.clear();
        }
    }

    private void ask(InetSocketAddress at, Bytes question, Duration patience, Instant now) {
        out.add(new Output.Do(new Effect.Close(stream)));
        stream = stream.with(stream.number() + 1);
        answer = new Http();
        out.add(new Output.Do(new Effect.Open(stream, new Way.Tcp(), at)));
        out.add(new Output.Do(new Effect.Write(stream, question)));
        timers.set(Timer.PATIENCE, now.plus(patience));
    }

    @Override public List<Output> wake(Instant now) {
        if (!begun) {
            begun = true;
            enter(State.SEARCHING, now);
        }
        for (var timer : timers.fired(now)) switch (timer) {
            case SEARCH -> search(now);
            case PATIENCE -> fail("no answer", now);
            case RENEW -> enter(State.ASKING, now);
            case EXPIRY -> {
                out.add(new Output.Lost());
                enter(State.ENDED, now);
            }
        }
        return out.take();
    }

    private void search(Instant now) {
        if (searches++ == SEARCHES) {
            fail("no answer", now);
            return;
        }
        Ssdp.searches().forEach(each -> out.add(new Output.Search(each)));
        timers.set(Timer.SEARCH, now.plus(AGAIN));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Heard(var from, var datagram) -> {
                if (begun && state == State.SEARCHING && from.getAddress().equals(router.at()))
                    Ssdp.location(router.at(), datagram).ifPresent(at -> {
                        description = at;
                        enter(State.DESCRIBING, now);
                    });
            }
            case Input.Happened(var event) -> {
                if (event.id().equals(stream) && timers.isSet(Timer.PATIENCE)) happened(event, now);
            }
            case Input.Release _ when told.isEmpty() || state == State.ENDED -> released(now);
            case Input.Release _ -> {
                timers.clear();
                enter(State.RELEASING, now);
            }
        }
        return out.take();
    }

    private void happened(Event event, Instant now) {
        try {
            switch (event) {
                case Event.Received(_, var bytes) ->
                        answer.take(bytes).ifPresent(reply -> replied(reply, now));
                case Event.Closed(_, var why, _) -> answer.end().ifPresentOrElse(
                        reply -> replied(reply, now), () -> fail(why, now));
                default -> { }   // it has connected
            }
        } catch (p2psip.std.SyntaxException e) {
            fail(e.getMessage(), now);
        }
    }

    private void replied(Http.Reply reply, Instant now) {
        timers.stop(Timer.PATIENCE);
        out.add(new Output.Do(new Effect.Close(stream)));
        switch (state) {
            case DESCRIBING -> Wan.of(reply.body(), description).ifPresentOrElse(found -> {
                wan = found;
                enter(State.ASKING, now);
            }, () -> fail("it maps no ports", now));
            case ASKING -> asked(Wan.answer(reply), now);
            case ADDING -> added(Wan.answer(reply), now);
            case RELEASING -> released(now);
            case SEARCHING, MAPPED, ENDED -> { }
        }
    }

    private void asked(Wan.Answer answer, Instant now) {
        switch (answer) {
            case Wan.Answer.Done(var values) -> HostName.literal(
                            values.getOrDefault("NewExternalIPAddress", ""))
                    .filter(Inet4Address.class::isInstance).ifPresentOrElse(ip -> {
                        address = ip;
                        enter(State.ADDING, now);
                    }, () -> fail("it has no address outside", now));
            case Wan.Answer.Refused(int code) -> fail("it refuses: " + code, now);
        }
    }

    private void added(Wan.Answer answer, Instant now) {
        switch (answer) {
            case Wan.Answer.Done _ -> {
                enter(State.MAPPED, now);
                var external = Optional.of(new InetSocketAddress(address, outside));
                if (!told.equals(external)) out.add(new Output.Mapped(external.get()));
                told = external;
            }
            case Wan.Answer.Refused(int code) when code == Wan.FOR_EVER_ONLY && !lease.isZero() -> {
                lease = Duration.ZERO;   // it is deleted at the end, if there is one
                enter(State.ADDING, now);
            }
            case Wan.Answer.Refused(int code) when code == Wan.CONFLICT && tried < PORTS -> {
                tried++;
                outside = random.nextInt(LEAST_PORT, HIGHEST_PORT);
                enter(State.ADDING, now);
            }
            case Wan.Answer.Refused(int code) -> fail("it refuses: " + code, now);
        }
    }

    /// A mapping that cannot be renewed is there until it expires.
    private void fail(String why, Instant now) {
        if (state == State.RELEASING) {
            released(now);
        } else if (told.isPresent()) {
            timers.stop(Timer.PATIENCE);
            timers.set(Timer.RENEW, now.plus(RETRY));
        } else {
            out.add(new Output.Failed(why));
            enter(State.ENDED, now);
        }
    }

    private void released(Instant now) {
        begun = true;
        out.add(new Output.Do(new Effect.Close(stream)));
        enter(State.ENDED, now);
        out.add(new Output.Released());
    }
}
