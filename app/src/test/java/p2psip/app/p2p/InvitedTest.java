package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// Who was invited goes to those who invited it, and is not fooled by others at their addresses.
class InvitedTest {
    private static final int PORT = 5063;
    private final Network network = new Network(11);
    private final Map<String, Host.Line> lines = new HashMap<>();

    /// A node that can be given an invitation.
    private record Guest(Overlay overlay, Alone alone) implements Machine<Event, Effect> {
        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Command(Invitation invitation)
                    ? overlay.join(invitation, now).stream().<Effect>mapMulti((output, effects) -> {
                        if (output instanceof Lookup.Output.Do(var effect)) effects.accept(effect);
                    }).toList() : alone.handle(event, now);
        }

        @Override public List<Effect> wake(Instant now) { return alone.wake(now); }

        @Override public Instant deadline() { return alone.deadline(); }
    }

    private Overlay node(String name, String ip, boolean superNode, List<Place> places,
            boolean multicast) {
        var made = new AtomicReference<Overlay>();
        lines.put(name, network.host(ip).start(name, room -> {
            made.set(new Overlay(0, key(name), new OverlayConfig(new InetSocketAddress(
                    InetAddress.ofLiteral("0.0.0.0"), PORT), false, room.addresses(), superNode,
                    places, multicast ? Optional.of(Overlay.GROUP) : Optional.empty()),
                    room.random(), room.wall(), new Outbox<>()));
            return new Guest(made.get(), new Alone(made.get()));
        }));
        return made.get();
    }

    private static Identity key(String name) {
        return Identity.generate(name, new SplittableRandom(name.hashCode()));
    }

    private static Peer peer(String name, String ip) {
        return new Peer(key(name).id(), new InetSocketAddress(InetAddress.ofLiteral(ip), PORT));
    }

    private List<String> said(String name) {
        return lines.get(name).told(Duration.ZERO).stream()
                .filter(Host.Notice.class::isInstance).map(n -> ((Host.Notice) n).line()).toList();
    }

    private boolean await(BooleanSupplier what) {
        return network.runUntil(what, Duration.ofSeconds(20));
    }

    @Test void a_line_is_made_where_one_serves_and_brings_another_there() {
        var alice = node("alice", "203.0.113.1", true, List.of(), false);
        network.run(Duration.ofSeconds(3));
        var line = "" + alice.invitation().orElseThrow();
        var bob = node("bob", "203.0.113.2", false, Invitation.parse(line).places(), false);
        assertThat(await(() -> bob.relays().contains(peer("alice", "203.0.113.1")))).isTrue();
        assertThat(bob.invitation()).as("bob can invite as well").contains(
                Invitation.parse(line));
    }

    @Test void who_has_another_key_at_the_address_is_not_believed_and_one_line_says_so() {
        node("mallory", "203.0.113.1", true, List.of(), false);
        network.run(Duration.ofSeconds(3));
        var line = Invitation.to(List.of(peer("alice", "203.0.113.1"))).orElseThrow();
        var bob = node("bob", "203.0.113.2", false, line.places(), false);
        network.run(Duration.ofSeconds(30));
        assertThat(bob.relays()).isEmpty();
        assertThat(bob.neighbours(network.now())).noneMatch(each -> each.peer().id().equals(
                key("mallory").id()));
        assertThat(said("bob")).filteredOn(l -> l.contains("203.0.113.1")).containsExactly(
                "no super-node at 203.0.113.1:5063: somebody else is there: "
                        + key("mallory").id() + ", not " + key("alice").id());
    }

    /// Also where the impostor is met already.
    @Test void a_session_with_somebody_else_at_the_address_does_not_count() {
        node("mallory", "203.0.113.1", true, List.of(), false);
        var bob = node("bob", "203.0.113.2", false, List.of(new Place("203.0.113.1", PORT)),
                false);
        assertThat(await(() -> !bob.relays().isEmpty())).isTrue();
        said("bob");
        lines.get("bob").command(
                Invitation.to(List.of(peer("alice", "203.0.113.1"))).orElseThrow());
        network.run(Duration.ofSeconds(30));
        assertThat(bob.relays()).isEmpty();
        assertThat(String.join("\n", said("bob"))).contains("somebody else is there");
    }

    @Test void a_running_node_leaves_those_whom_it_found_by_multicast() {
        var near = node("near", "192.0.2.1", true, List.of(), true);
        var alice = node("alice", "203.0.113.1", true, List.of(), false);
        var bob = node("bob", "192.0.2.2", false, List.of(), true);
        assertThat(await(() -> bob.relays().stream().anyMatch(p -> p.id().equals(
                key("near").id())))).isTrue();
        lines.get("bob").command(alice.invitation().orElseThrow());
        assertThat(await(() -> bob.relays().stream().anyMatch(p -> p.id().equals(
                key("alice").id())))).isTrue();
        network.run(Duration.ofMinutes(5));
        assertThat(bob.relays().getFirst().id()).isEqualTo(key("alice").id());
        assertThat(near.superNode()).isTrue();
    }

    /// What the one that served until now says is on its way when the invitation comes.
    @ParameterizedTest @ValueSource(ints = {0, 300, 600, 900, 1200, 1500, 1800})
    void until_one_of_those_who_invited_answers_nobody_serves(int millis) {
        network.wires(Wire.of(Duration.ofMillis(250)));
        node("near", "192.0.2.1", true, List.of(), true);
        var bob = node("bob", "192.0.2.2", false, List.of(), true);
        assertThat(await(() -> !bob.relays().isEmpty())).isTrue();
        network.run(Duration.ofMillis(4000 + millis));
        lines.get("bob").command(
                Invitation.to(List.of(peer("alice", "203.0.113.1"))).orElseThrow());
        network.run(Duration.ofMillis(1));
        assertThat(network.runUntil(() -> !bob.relays().isEmpty(), Duration.ofSeconds(3)))
                .as("somebody serves").isFalse();
    }

    @Test void a_running_super_node_joins_its_ring_to_theirs() {
        var alice = node("alice", "203.0.113.1", true, List.of(), false);
        var bob = node("bob", "203.0.113.2", true, List.of(), false);
        network.run(Duration.ofSeconds(5));
        lines.get("bob").command(alice.invitation().orElseThrow());
        assertThat(await(() -> alice.neighbours(network.now()).stream().anyMatch(n ->
                n.peer().id().equals(key("bob").id())))).isTrue();
    }
}
