package p2psip.app.host;

import module java.base;
import p2psip.std.*;

/// A node on strings: does the effects it is commanded, and tells every event it hears.
final class Puppet implements Machine<Event, Effect> {

    /// A command: wake after this long, and tell when.
    record Alarm(Duration after) {}

    /// A command: throw.
    record Fail() {}

    /// Told when an alarm has rung.
    record Rang(Instant due, Instant at) {}

    private Instant alarm = Instant.MAX;

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Command(Effect effect) -> List.of(effect);
            case Event.Command(Alarm(var after)) -> {
                alarm = now.plus(after);
                yield List.of();
            }
            case Event.Command(Fail _) -> throw new IllegalStateException("as commanded");
            case Event.Command(List<?> all) -> all.stream().map(Effect.class::cast).toList();
            default -> List.of(new Effect.Tell(event));
        };
    }

    @Override public List<Effect> wake(Instant now) {
        if (now.isBefore(alarm)) return List.of();
        var due = alarm;
        alarm = Instant.MAX;
        return List.of(new Effect.Tell(new Rang(due, now)));
    }

    @Override public Instant deadline() { return alarm; }

    /// The program's end of a puppet's line.
    static final class Strings {
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private final Host.Line line;
        private final Deque<Object> heard = new ArrayDeque<>();

        Strings(Host host, String name) { this.line = host.start(name, _ -> new Puppet()); }

        boolean ended() { return line.ended(); }

        void pull(Object... commands) { for (var each : commands) line.command(each); }

        /// The next thing told of a kind; what is told before it is forgotten.
        <T> T hear(Class<T> kind) {
            for (var end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end;) {
                if (heard.isEmpty()) heard.addAll(line.told(PATIENCE));
                var next = heard.poll();
                if (kind.isInstance(next)) return kind.cast(next);
                if (next == null && line.ended()) break;
            }
            throw new AssertionError("never heard of " + kind.getSimpleName());
        }

        /// Whatever has been told by now or is within a while.
        List<Object> rest(Duration patience) {
            heard.addAll(line.told(patience));
            var rest = List.copyOf(heard);
            heard.clear();
            return rest;
        }

        InetSocketAddress bind(InetSocketAddress local) {
            pull(new Effect.Bind(HostContract.id(1), local));
            return hear(Event.Bound.class).local();
        }

        InetSocketAddress listen(InetSocketAddress local) {
            pull(new Effect.Listen(HostContract.id(1), HostContract.TCP, local));
            return hear(Event.Bound.class).local();
        }

        /// All that a stream brings until so many bytes are there.
        Bytes read(int size) {
            var all = new ByteArrayOutputStream();
            while (all.size() < size) all.writeBytes(hear(Event.Received.class).bytes().toArray());
            return Bytes.wrap(all.toByteArray());
        }
    }
}
