package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// Whole overlays on hosts of a simulated network, some behind routers, that say things to each
/// other by their Links.
final class World {
    static final int PORT = 5063;

    final List<Trace> trace = new ArrayList<>();
    final Network network;
    private int lastHome;

    World(long seed) {
        network = new Network(seed, trace::add);
        network.wires(Wire.of(Duration.ofMillis(25)));
    }

    /// A node, and what its Links have told.
    final class Member implements Machine<Event, Effect> {
        final String name;
        final SimHost host;
        final Identity identity;
        final List<Links.Event> told = new ArrayList<>();
        final Map<Links.Event, Instant> at = new LinkedHashMap<>();
        private final OverlayConfig config;
        private final Outbox<Links.Event> linked = new Outbox<>();
        private Overlay overlay;
        private boolean started;
        Host.Line line;

        Member(String name, SimHost host, boolean superNode, List<Place> others) {
            this.name = name;
            this.host = host;
            this.identity = Identity.generate(name, new SplittableRandom(name.hashCode()));
            this.config = new OverlayConfig(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"),
                    PORT), false, host.addresses(), superNode, others, Optional.empty());
            start();
        }

        void start() {
            started = false;
            line = host.start(name, room -> {
                overlay = new Overlay(0, identity, config, room.random(), room.wall(), linked);
                return this;
            });
        }

        /// As its records name it.
        Contact contact() {
            return new Contact(identity.key(), List.of(new Contact.Address("sip:x@x")),
                    overlay.address(), overlay.relays());
        }

        Place place() { return new Place(host.addresses().get(1).getHostAddress(), PORT); }

        void link(Links.Command command) { line.command(command); }

        void offers(int service) { link(new Links.Command.Offer(service, true)); }

        void say(Member to, int service, String text) { say(0, to, service, text); }

        void say(long id, Member to, int service, String text) {
            link(new Links.Command.Know(to.contact()));
            link(new Links.Command.Say(id, to.identity.key(), service, Bytes.utf8(text), true));
        }

        List<String> heard() {
            return told.stream().filter(Links.Event.Said.class::isInstance)
                    .map(event -> ((Links.Event.Said) event).message().utf8()).toList();
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

        @Override public Instant deadline() {
            return started ? overlay.deadline() : Instant.MIN;
        }

        private List<Effect> effects(List<Lookup.Output> outputs, Instant now) {
            for (var event : linked.take()) {
                told.add(event);
                at.putIfAbsent(event, now);
            }
            return outputs.stream().<Effect>mapMulti((output, effects) -> {
                if (output instanceof Lookup.Output.Do(var effect)) effects.accept(effect);
                else effects.accept(new Effect.Tell(output));
            }).toList();
        }
    }

    Member superNode(String name, String address, Member... others) {
        return new Member(name, network.host(address), true,
                Arrays.stream(others).map(Member::place).toList());
    }

    /// An ordinary node behind a router of its own.
    Member home(String name, Nat nat, Member superNode) {
        return at(name, network.nat(nat, "198.51.100." + ++lastHome).host("192.168.1.5"),
                superNode);
    }

    Member at(String name, SimHost host, Member superNode) {
        return new Member(name, host, false, List.of(superNode.place()));
    }

    void run(Duration span) { network.run(span); }
}
