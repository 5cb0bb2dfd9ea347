package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup;
import p2psip.app.p2p.*;
import p2psip.std.*;

/// A node that has nothing but an overlay: it is commanded what to say by its Links, and remembers
/// what they have told and when.
public final class LinkedNode implements Machine<Event, Effect> {
    /// Where all of them have their overlay.
    public static final int PORT = 5063;

    /// Something that its Links have told.
    public record Told(Instant at, Links.Event event) {}

    private final SimHost host;
    private final OverlayConfig config;
    private final List<Told> told = new ArrayList<>();
    private final Outbox<Links.Event> linked = new Outbox<>();
    /// Made when it lives first.
    private Optional<Identity> identity = Optional.empty();
    private Overlay overlay;
    private Host.Line line;
    private boolean started;
    private BiConsumer<Instant, Links.Event> listener = (_, _) -> { };

    /// @param superNode whether others are served by it
    /// @param others    super-nodes
    public LinkedNode(String name, SimHost host, boolean superNode, List<LinkedNode> others) {
        this.host = host;
        this.config = new OverlayConfig(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"),
                PORT), false, host.addresses(), superNode,
                others.stream().map(LinkedNode::place).toList(), Optional.empty());
        start(name);
    }

    /// Lives, or lives again after its host was killed.
    public void start(String name) {
        started = false;
        line = host.start(name, room -> {
            var self = identity.orElseGet(() -> Identity.generate(name, room.random()));
            identity = Optional.of(self);
            overlay = new Overlay(0, self, config, room.random(), room.wall(), linked);
            return this;
        });
    }

    public SimHost host() { return host; }

    /// Its public key.
    public Bytes key() { return identity.orElseThrow().key(); }

    /// As its records name it.
    public Contact contact() {
        return new Contact(key(), List.of(new Contact.Address("sip:x@x")),
                overlay.address(), overlay.relays());
    }

    private Place place() { return new Place(host.addresses().get(1).getHostAddress(), PORT); }

    /// Who hears about streams; they are not remembered then.
    public void listen(BiConsumer<Instant, Links.Event> who) { listener = who; }

    /// All that its Links have told.
    public List<Told> told() { return told; }

    public void link(Links.Command command) { line.command(command); }

    /// Has something said to a service of another, confirmed.
    ///
    /// @param id for [Links.Event.Became]; 0 if nobody waits for it
    public void say(long id, LinkedNode to, int service, Bytes message) {
        link(new Links.Command.Know(to.contact()));
        link(new Links.Command.Say(id, to.key(), service, message, true));
    }

    /// Whether the Link with another goes by a relay; empty if there is none.
    public Optional<Boolean> relayed(LinkedNode peer) {
        return told.stream().map(Told::event).filter(event -> event instanceof Links.Event.Up up
                        && up.key().equals(peer.key()))
                .map(event -> ((Links.Event.Up) event).relayed()).reduce((_, last) -> last);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return event instanceof Event.Command(Links.Command command)
                ? effects(overlay.link(command, now), now)
                : event.id().part() == Id.Part.LOOKUP
                ? effects(overlay.handle(new Lookup.Input.Happened(event), now), now)
                : List.of();
    }

    @Override public List<Effect> wake(Instant now) {
        if (started) return effects(overlay.wake(now), now);
        started = true;
        return effects(overlay.handle(new Lookup.Input.Start(), now), now);
    }

    @Override public Instant deadline() { return started ? overlay.deadline() : Instant.MIN; }

    private List<Effect> effects(List<Lookup.Output> outputs, Instant now) {
        for (var event : linked.take()) {
            if (!(event instanceof Links.Event.OfStreams)) told.add(new Told(now, event));
            listener.accept(now, event);
        }
        return outputs.stream().<Effect>mapMulti((output, effects) -> {
            if (output instanceof Lookup.Output.Do(var effect)) effects.accept(effect);
        }).toList();
    }
}
