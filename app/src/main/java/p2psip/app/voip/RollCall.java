package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.voip.Helpers.Helper;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8445.*;

/// Asks each helper of a phone, when it starts and then again and again, whether it is there: only
/// then is it waited for when somebody calls.
final class RollCall {
    /// How long an answer is waited for: that of a server far away to a program that just begins.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How long what is known of them counts.
    static final Duration PERIOD = Duration.ofSeconds(25);

    private static final int CHILD = 1;
    private static final Id SOCKET = new Id(Id.Part.STARTUP, CHILD, 0);

    private final Helpers helpers;
    private final InetAddress address;
    private final RandomGenerator random;
    private final Map<InetSocketAddress, Helper> places = new LinkedHashMap<>();
    private Optional<Gathering> gathering = Optional.empty();
    private InetSocketAddress local = new InetSocketAddress(0);
    private final Set<Helper> missing = new LinkedHashSet<>();
    private Instant next = Instant.MIN, begun = Instant.MAX;
    private int unresolved;

    RollCall(Helpers helpers, InetAddress address, RandomGenerator random) {
        this.helpers = helpers;
        this.address = address;
        this.random = random;
    }

    static boolean isFor(Event event) { return event.id().child() == CHILD; }

    Instant deadline() {
        return helpers.all().isEmpty() ? Instant.MAX
                : gathering.map(Gathering::deadline).orElse(next);
    }

    List<Effect> wake(Instant now) {
        if (deadline().isAfter(now)) return List.of();
        if (gathering.isPresent()) return said(gathering.get().wake(now), now);
        next = now.plus(PERIOD);
        return List.of(new Effect.Bind(SOCKET, new InetSocketAddress(address, 0)));
    }

    List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var bound) -> resolve(bound, now);
            case Event.Resolved(var id, var addresses) -> {
                unresolved--;
                found(helpers.all().get((int) id.number() - 1), addresses);
                yield ask(now);
            }
            case Event.Datagram(_, var at, var from, var bytes) -> gathering.map(one -> said(
                    one.handle(new Gathering.Input.Received(at, from, bytes), now), now))
                    .orElse(List.of());
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Effect> resolve(InetSocketAddress bound, Instant now) {
        local = bound;
        unresolved = 0;
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < helpers.all().size(); i++) {
            var helper = helpers.all().get(i);
            var literal = HostName.literal(helper.host());
            if (literal.isPresent()) found(helper, List.of(literal.get()));
            else {
                unresolved++;
                effects.add(new Effect.Resolve(SOCKET.with(i + 1), helper.host()));
            }
        }
        effects.addAll(ask(now));
        return effects;
    }

    private void found(Helper helper, List<InetAddress> addresses) {
        addresses.stream().filter(one -> one instanceof Inet6Address
                        == address instanceof Inet6Address).findFirst()
                .ifPresent(one -> places.put(new InetSocketAddress(one, helper.port()), helper));
    }

    private List<Effect> ask(Instant now) {
        if (unresolved > 0) return List.of();
        var asked = new Gathering(places.keySet().stream().map(server ->
                        new Gathering.Question(Ice.STREAM, Ice.RTP, local, server)).toList(),
                Settings.DEFAULT, PATIENCE, helpers.pacer(), random);
        gathering = Optional.of(asked);
        begun = now;
        missing.addAll(helpers.all());
        return said(asked.wake(now), now);
    }

    private List<Effect> said(List<Gathering.Output> outputs, Instant now) {
        var effects = new ArrayList<Effect>();
        for (var output : outputs) switch (output) {
            case Gathering.Output.Send(var base, var to, var datagram) ->
                    effects.add(new Effect.Datagram(base, to, datagram));
            case Gathering.Output.Found(var candidate) -> {
                var helper = places.get(candidate.server());
                missing.remove(helper);
                helpers.answered(helper, Duration.between(begun, now));
            }
            case Gathering.Output.Failed(_, _) -> { }
            case Gathering.Output.Done _ -> {
                gathering = Optional.empty();
                missing.forEach(helpers::silent);
                effects.add(new Effect.Unbind(local));
            }
        }
        return effects;
    }
}
