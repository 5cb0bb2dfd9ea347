package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Found;

/// A location service of one server: what its own registrar knows.
///
/// An address is known if it is one of the users, or, where there is no list of users, if it has
/// ever been registered. A stranger does not learn who is on the list.
final class LocalLocations implements Core {
    /// So many addresses that nobody has listed are remembered; beyond, the oldest is forgotten.
    private static final int REMEMBERED = 100_000;

    private final Server server;
    private final Domains home;
    private final Bindings bindings;
    private final Supplier<Optional<Users>> list;
    private final SequencedSet<Aor> seen = new LinkedHashSet<>();

    /// @param list who may register, as it is when it is asked for
    LocalLocations(Server server, Domains home, Bindings bindings,
            Supplier<Optional<Users>> list) {
        this.server = server;
        this.home = home;
        this.bindings = bindings;
        this.list = list;
    }

    @Override public boolean stateless(Message message) { return server.stateless(message); }

    @Override public Instant deadline() { return server.deadline(); }

    @Override public List<Output> wake(Instant now) { return follow(server.wake(now), now); }

    @Override public List<Output> handle(Input input, Instant now) {
        if (input instanceof Input.Asked(LocationService.Restored(var stored)))
            stored.keySet().forEach(this::remember);
        return follow(server.handle(input, now), now);
    }

    private List<Output> follow(List<Output> outputs, Instant now) {
        var out = new ArrayList<Output>(outputs.size() + 1);
        for (var output : outputs)
            switch (output) {
                case Output.Told(LocationService.Event.Find find) -> out.addAll(
                        server.handle(new Input.Asked(find(find)), now));
                case Output.Told(LocationService.Event.Bind(_, var aor, _)) -> {
                    remember(aor);
                    out.add(output);
                }
                case Output.Told _, Output.Send _, Output.SendAck _, Output.Respond _,
                        Output.Forget _, Output.Resolve _,
                        Output.Changed _, Output.Pass _, Output.Reply _, Output.Ping _ ->
                            out.add(output);
            }
        return out;
    }

    private Found find(LocationService.Event.Find find) {
        //= rfc3261#10.1-1 the proxy reads what the registrar has written for that domain
        var own = bindings.of(find.aor());
        var users = list.get();
        boolean known = !own.isEmpty() || (users.isPresent()
                //  names are not tried out: a stranger gets the 480 of who is away
                ? !(find.request().from().uri() instanceof SipUri from && home.hosts(from))
                        || users.get().knows(find.aor())
                : seen.contains(find.aor()));
        return new Found(find.id(), known, own.stream().map(Binding::destination).toList());
    }

    private void remember(Aor aor) {
        if (list.get().isPresent() || !seen.add(aor)) return;
        if (seen.size() > REMEMBERED) seen.removeFirst();
    }
}
