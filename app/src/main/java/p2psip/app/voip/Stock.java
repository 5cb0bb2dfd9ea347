package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;

/// What a call needs to be heard: two ports, and by which addresses these are reached, as far as
/// helpers have told. A call has its own, or takes over what a [Reserve] has gathered.
final class Stock {
    private final InetAddress address;
    private final Helpers helpers;
    private final MediaPorts ports;
    private final Gatherer gatherer;
    /// What was found before there was a call, for its agent.
    private final List<Gatherer.Output> found = new ArrayList<>();

    /// @param number of its sockets
    Stock(long number, InetAddress address, Helpers helpers, RandomGenerator random) {
        this.address = address;
        this.helpers = helpers;
        ports = new MediaPorts(address, number, random);
        gatherer = new Gatherer(number, helpers, random);
    }

    InetAddress address() { return address; }

    Helpers helpers() { return helpers; }

    MediaPorts ports() { return ports; }

    Gatherer gatherer() { return gatherer; }

    /// What is known by now; if nobody was asked yet, the helpers are.
    List<Gatherer.Output> begin(Instant now) {
        if (!gatherer.begun()) return gatherer.begin(List.of(ports.rtp(), ports.rtcp()), now);
        //  what was found late is found: that no more will be comes last
        if (gatherer.over()) found.add(new Gatherer.Output.Done());
        var known = List.copyOf(found);
        found.clear();
        return known;
    }

    Instant deadline() { return gatherer.begun() ? gatherer.deadline() : Instant.MAX; }

    List<Effect> wake(Instant now) { return keep(gatherer.wake(now)); }

    /// The host tells of the ports, or of a helper's name, before there is a call.
    List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound _, Event.NotBound _ -> {
                var effects = new ArrayList<>(ports.answered(event));
                if (ports.ready()) effects.addAll(keep(begin(now)));
                yield effects;
            }
            //  what nobody has asked for is nobody's
            case Event.Datagram(_, var at, var from, var bytes) -> {
                gatherer.received(at, from, bytes, now);
                yield keep(gatherer.take());
            }
            case Event.Resolved resolved -> keep(gatherer.resolved(resolved, now));
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Effect> keep(List<Gatherer.Output> outputs) {
        var effects = new ArrayList<Effect>();
        for (var output : outputs) switch (output) {
            case Gatherer.Output.Do(var effect) -> effects.add(effect);
            case Gatherer.Output.Data _, Gatherer.Output.Done _ -> { }
            case Gatherer.Output.Found _, Gatherer.Output.Gone _,
                    Gatherer.Output.Remark _ -> found.add(output);
        }
        return effects;
    }

    /// Gives back what was opened and lent.
    List<Effect> close(Instant now) {
        var effects = new ArrayList<>(keep(gatherer.close(now)));
        effects.addAll(ports.close());
        return effects;
    }
}
