package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3856.PresenceEvents;
import p2psip.std.rfc3857.WatcherEvents;
import p2psip.std.rfc3863.Presence;
import p2psip.std.rfc6665.*;

/// Tells the presence of alice in her place, and to her alone who watches: a server by rules of its
/// own, which are what a command says.
final class PresenceServer implements Machine<Event, Effect> {
    static final String ALICE = "sip:alice@example.com";

    /// Who is let in from now on.
    record Rule(Access access) {}

    private final SipPort sip;
    private final RandomGenerator random;
    private final WatcherEvents watchers =
            new WatcherEvents(ALICE, PresenceEvents.NAME);
    private final SequencedMap<Long, Access> known = new LinkedHashMap<>();
    private final boolean tells;
    private final Outbox<Effect> out = new Outbox<>();
    private Access access = Access.PENDING;
    private long numbers;
    private boolean open;

    /// @param tells whether it tells who watches
    PresenceServer(Host.Room room, int port, boolean tells) {
        this.random = room.random();
        this.tells = tells;
        sip = new SipPort(new SipPort.Wish(room.addresses().stream().filter(own ->
                !own.isLoopbackAddress()).toList(), port, false,
                EnumSet.of(Transport.UDP, Transport.TCP)), 0, random, false);
    }

    private UserAgent agent(ListeningPoint point) {
        var packages = new ArrayList<>(List.of(
                PresenceEvents.of(ALICE).watchedBy(_ -> access)));
        if (tells) packages.add(WatcherEvents.of(PresenceEvents.NAME).watchedBy(who ->
                who.uri().toString().equals(ALICE) ? Access.ALLOWED : Access.REFUSED));
        return new UserAgent(new Profile(Address.parse(ALICE), SipUri.of("", point.address()),
                List.of(), Optional.empty(), "presence", CallRules.PLAIN, Optional.empty()),
                List.of(new Subscriptions(packages, random)), random);
    }

    @Override public Instant deadline() { return open ? sip.deadline() : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        if (!open) {
            open = true;
            said(sip.handle(new SipPort.Input.Open(), now), now);
        }
        said(sip.wake(now), now);
        return out.take();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        if (event instanceof Event.Command(Rule(var rule))) {
            access = rule;
            for (long usage : List.copyOf(known.keySet()))
                ask(new Notifier.Command.Decide(usage, rule), now);
        } else said(sip.handle(new SipPort.Input.Happened(event), now), now);
        return out.take();
    }

    private void ask(Core.Command command, Instant now) {
        said(sip.handle(new SipPort.Input.Asked(command), now), now);
    }

    private void said(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Ready(var points) -> {
                said(sip.handle(new SipPort.Input.Serve(agent(points.getFirst())), now), now);
                ask(new Publish(++numbers, PresenceEvents.NAME, new PresenceEvents.State(
                        new Presence(ALICE, List.of(), List.of()))), now);
                publish(now);
            }
            case SipPort.Output.Told(Notifier.Event.Watching told) -> {
                if (told.state().terminated()) known.remove(told.usage());
                else if (told.event().equals(PresenceEvents.NAME))
                    known.put(told.usage(), told.access());
                if (watchers.take(told)) publish(now);
            }
            default -> { }
        }
    }

    private void publish(Instant now) {
        if (tells) ask(new Publish(++numbers, WatcherEvents.name(PresenceEvents.NAME),
                watchers.state()), now);
    }
}
