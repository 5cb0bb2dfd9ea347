package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup;
import p2psip.app.sim.LinkedNode;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// Nodes that no datagram reaches speak by streams to super-nodes, and by these to each other.
class StreamPathsTest {
    private static final Nat NO_UDP = Nat.RESTRICTED.udp(false);
    private static final int CHAT = 7;

    private final World world = new World(5);
    private final LinkedNode middle = world.superNode("middle", "203.0.113.1");

    private void offer(LinkedNode... nodes) {
        world.run(Duration.ofSeconds(5));
        for (var node : nodes) node.link(new Links.Command.Offer(CHAT, true));
    }

    private long opened() {
        return world.trace.stream().filter(each -> each.what() instanceof Trace.What.Wire wire
                && wire.kind() == Trace.What.Wire.Kind.OPEN).count();
    }

    @Test void two_whose_datagrams_are_dropped_call_each_other() {
        var alice = world.home("alice", NO_UDP, middle);
        var bob = world.home("bob", NO_UDP, middle);
        offer(alice, bob);
        World.say(1, alice, bob, CHAT, "hello bob");
        World.say(2, bob, alice, CHAT, "hello alice");
        world.run(Duration.ofSeconds(1));
        assertThat(World.heard(bob)).containsExactly("hello bob");
        assertThat(World.heard(alice)).containsExactly("hello alice");
        assertThat(alice.relayed(bob)).contains(true);
        bob.link(new Links.Command.Moment(alice.key(), 1, Bytes.utf8("sound")));
        world.run(Duration.ofSeconds(1));
        assertThat(World.told(alice)).anyMatch(Links.Event.Moment.class::isInstance);
    }

    @Test void one_calls_somebody_whose_datagrams_pass_and_is_called() {
        var alice = world.home("alice", NO_UDP, middle);
        var bob = world.home("bob", Nat.SYMMETRIC, middle);
        offer(alice, bob);
        World.say(1, bob, alice, CHAT, "hello alice");
        World.say(2, alice, middle, CHAT, "hello middle");
        middle.link(new Links.Command.Offer(CHAT, true));
        world.run(Duration.ofSeconds(2));
        assertThat(World.heard(alice)).containsExactly("hello alice");
        assertThat(World.heard(middle)).containsExactly("hello middle");
    }

    /// The callee is served by another super-node, which the caller reaches by a stream as well.
    @Test void who_is_served_by_another_super_node_is_called_by_that() {
        var other = world.superNode("other", "203.0.113.2");
        var alice = world.home("alice", NO_UDP, middle);
        var bob = world.home("bob", NO_UDP, other);
        offer(alice, bob);
        World.say(1, alice, bob, CHAT, "hello bob");
        world.run(Duration.ofSeconds(3));
        assertThat(World.heard(bob)).containsExactly("hello bob");
    }

    @Test void where_datagrams_pass_no_stream_is_opened() {
        var alice = world.home("alice", Nat.SYMMETRIC, middle);
        var bob = world.home("bob", Nat.PORT_RESTRICTED, middle);
        offer(alice, bob);
        World.say(1, alice, bob, CHAT, "hello bob");
        world.run(Duration.ofMinutes(1));
        assertThat(World.heard(bob)).containsExactly("hello bob");
        assertThat(opened()).isZero();
    }

    @Test void the_end_of_a_stream_is_the_end_of_what_went_by_it_and_it_comes_back() {
        var alice = world.home("alice", NO_UDP, middle);
        var bob = world.home("bob", Nat.SYMMETRIC, middle);
        offer(alice, bob);
        middle.host().kill();
        world.run(Duration.ofSeconds(2));
        middle.start("middle");
        world.run(Duration.ofSeconds(40));
        World.say(1, bob, alice, CHAT, "again");
        world.run(Duration.ofSeconds(2));
        assertThat(World.heard(alice)).containsExactly("again");
    }

    // What an attacker can do, and what not

    private final Outbox<Lookup.Output> done = new Outbox<>();
    private final Identity self = identity(1), mallory = identity(2), bob = identity(3);
    private final Id ours = new Id(Id.Part.LOOKUP, 0, 0);
    private final StreamPaths paths = new StreamPaths(ours, self, new Journal(done));

    private static Identity identity(int seed) {
        return Identity.generate("node", new SplittableRandom(seed));
    }

    private void comes(long flow, String from, Optional<Proven> proven) {
        paths.accepted(new Event.Accepted(ours.with(flow), new Way.Keyed(self),
                new InetSocketAddress(5063), new InetSocketAddress(InetAddress.ofLiteral(from), 99),
                proven), Instant.EPOCH);
    }

    private List<Long> closed() {
        return done.take().stream().filter(Lookup.Output.Do.class::isInstance)
                .map(output -> ((Lookup.Output.Do) output).effect())
                .filter(Effect.Close.class::isInstance)
                .map(effect -> ((Effect.Close) effect).id().number()).toList();
    }

    private static Optional<Proven> key(Identity of) {
        return Optional.of(new Proven.Key(of.key()));
    }

    @Test void of_one_address_a_few_come_in_and_of_all_a_limit() {
        for (int i = 1; i <= StreamPaths.MAX_EACH + 1; i++) comes(-i, "192.0.2.1", key(mallory));
        assertThat(closed()).containsExactly(-StreamPaths.MAX_EACH - 1L);
        for (int i = 1; i <= StreamPaths.MAX_STREAMS; i++)
            comes(-100 - i, "198.51." + i / 250 + "." + i % 250, key(mallory));
        assertThat(paths.size()).isEqualTo(StreamPaths.MAX_STREAMS);
        assertThat(closed()).hasSize(StreamPaths.MAX_EACH);
    }

    @Test void who_has_no_key_or_ours_does_not_come_in() {
        comes(-1, "192.0.2.1", Optional.empty());
        comes(-2, "192.0.2.1", Optional.of(new Proven.Name("example.com")));
        comes(-3, "192.0.2.1", key(self));
        assertThat(closed()).containsExactly(-1L, -2L, -3L);
    }

    @Test void a_stream_that_no_session_uses_is_closed() {
        comes(-1, "192.0.2.1", key(mallory));
        comes(-2, "192.0.2.1", key(bob));
        var at = Instant.EPOCH.plus(StreamPaths.USELESS);
        assertThat(paths.deadline()).isEqualTo(at);
        paths.wake(path -> path.peer().equals(bob.id()), at);
        assertThat(closed()).containsExactly(-1L);
    }

    @Test void packets_are_cut_out_and_nonsense_ends_the_stream() {
        comes(-1, "192.0.2.1", key(bob));
        var heard = new ArrayList<Bytes>();
        var wire = Bytes.hex("0003616263" + "000164" + "0002");
        for (int i = 0; i < wire.size(); i++) paths.received(new Event.Received(ours.with(-1),
                wire.slice(i, i + 1)), (_, packet) -> heard.add(packet));
        assertThat(heard).containsExactly(Bytes.utf8("abc"), Bytes.utf8("d"));
        done.take();
        for (var bad : List.of("0000", "ffff", "04b1")) {
            comes(-2, "192.0.2.2", key(bob));
            paths.received(new Event.Received(ours.with(-2), Bytes.hex(bad)), (_, _) -> { });
            assertThat(closed()).as(bad).containsExactly(-2L);
            paths.closed(-2);
        }
    }

    /// Whoever has proven one key by TLS says nothing as another: neither in a call that the other
    /// has signed, nor in a session of the other's.
    @Test void a_stream_carries_what_its_owner_says_alone() {
        var net = new Net(1);
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        var good = new Path.Stream(1, b.id());
        var wrong = new Path.Stream(2, mallory.id());
        net.input(a, new Sessions.Input.Send(b, Bytes.utf8("secret"), true));
        net.input(a, new Sessions.Input.Opened(b.address(), wrong));
        assertThat(net.streamed).as("not called there").isEmpty();
        assertThat(net.log).anyMatch(line -> line.contains("somebody else is there"));
        net.input(a, new Sessions.Input.Opened(b.address(), good));
        var hello = net.streamed.getFirst();
        assertThat(hello.getKey()).isEqualTo(good);
        net.streamed.clear();
        // b hears the call of a by a stream that mallory has proven to be his
        net.input(b, new Sessions.Input.ReceivedBy(wrong, hello.getValue()));
        net.input(a, new Sessions.Input.ReceivedBy(good, net.streamed.getLast().getValue()));
        var init = net.streamed.getLast().getValue();
        net.streamed.clear();
        net.input(b, new Sessions.Input.ReceivedBy(wrong, init));
        assertThat(net.streamed).isEmpty();
        assertThat(net.log).anyMatch(line -> line.contains("a call of another"));
    }

    @Test void a_session_goes_by_the_stream_of_its_peer_alone_and_ends_with_it() {
        var net = new Net(1);
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        net.loss = 1;
        var toB = new Path.Stream(1, b.id());
        var toA = new Path.Stream(-1, a.id());
        net.input(a, new Sessions.Input.Send(b, Bytes.utf8("secret"), true));
        net.input(a, new Sessions.Input.Opened(b.address(), toB));
        var said = new ArrayList<Bytes>();
        while (!net.streamed.isEmpty()) {
            var next = net.streamed.removeFirst();
            boolean there = next.getKey().equals(toB);
            if (there) said.add(next.getValue());
            net.input(there ? b : a,
                    new Sessions.Input.ReceivedBy(there ? toA : toB, next.getValue()));
        }
        assertThat(net.heard()).containsExactly("1002<1001 secret");
        net.input(b, new Sessions.Input.ReceivedBy(
                new Path.Stream(-2, mallory.id()), said.getLast()));
        assertThat(net.log).anyMatch(line -> line.contains("another's session"));
        net.input(a, new Sessions.Input.Ended(toB));
        assertThat(net.log).endsWith("1001 unreachable 1002");
    }

    @Test void datagrams_have_a_second_before_a_stream_is_tried() {
        var net = new Net(1);
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        net.loss = 1;
        net.input(a, new Sessions.Input.Meet(b.address()));
        net.run(Handshaking.ALONE.minusMillis(1));
        assertThat(net.unheard).isEmpty();
        net.run(Duration.ofMillis(1));
        assertThat(net.unheard).containsExactly(1002);
    }
}
