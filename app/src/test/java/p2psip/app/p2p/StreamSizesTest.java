package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.sim.LinkedNode;
import p2psip.app.trace.Trace.What;
import p2psip.std.Bytes;
import p2psip.std.rfc9000.PathSize;
import p2psip.std.rfc9000.Ranges.Range;

/// How large the datagrams of streams are, over wires that carry more or less.
class StreamSizesTest {
    private static final int FILES = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StreamPlay play;
    private World world;
    private LinkedNode alice, bob;
    private byte[] file;

    /// Alice sends bob a file of such a size.
    private void begin(long seed, Wire between, int size) {
        world = new World(seed);
        play = new StreamPlay();
        var middle = world.superNode("middle", "203.0.113.1");
        alice = world.at("alice", world.network.host("203.0.113.2"), middle);
        bob = world.at("bob", world.network.host("203.0.113.3"), middle);
        world.run(Duration.ofSeconds(3));
        becomes(between);
        bob.link(new Links.Command.Offer(FILES, true));
        alice.listen(play.of(alice));
        bob.listen(play.of(bob));
        file = new byte[size];
        new Random(seed).nextBytes(file);
        world.trace.clear();
        alice.link(new Links.Command.Know(bob.contact()));
        play.open(alice, bob.key(), FILES, file);
    }

    private void becomes(Wire now) {
        world.network.wire(alice.host(), bob.host(), now);
    }

    private void runTo(double part) {
        assertThat(world.network.runUntil(() -> play.progress(bob).stream()
                .anyMatch(size -> size >= part * file.length), PATIENCE)).isTrue();
    }

    private void arrives() {
        assertThat(world.network.runUntil(() -> !play.ended(alice).isEmpty(), PATIENCE)).isTrue();
        assertThat(play.ended(alice)).containsExactly("1 FINISHED");
        assertThat(play.received(bob)).hasSize(1).allMatch(got -> Arrays.equals(got, file));
    }

    private static final Wire NEAR = Wire.of(Duration.ofMillis(1));

    /// The frames that alice has sealed since the trace was cleared, and how large the datagrams.
    private Stream<Map.Entry<Integer, Frame>> sent() {
        return world.trace.stream().filter(t -> t.node().equals("alice"))
                .flatMap(t -> t.what() instanceof What.Sealed(var datagram, var frame)
                        && !frame.isEmpty()
                        ? Stream.of(Map.entry(datagram.size(), Frame.parse(frame)))
                        : Stream.empty());
    }

    private static boolean isProbe(Frame frame) {
        return frame instanceof Frame.Carry carry
                && carry.words().getFirst() instanceof Word.Pad;
    }

    /// The sizes of the probes, in turn.
    private List<Integer> probes() {
        return sent().filter(entry -> isProbe(entry.getValue())).map(Map.Entry::getKey).toList();
    }

    /// The largest datagram with something in it.
    private int largest() {
        return sent().filter(entry -> !isProbe(entry.getValue()))
                .mapToInt(Map.Entry::getKey).max().orElseThrow();
    }

    @Test void a_path_of_ethernet_carries_its_packets_and_no_larger() {
        begin(1, NEAR, 800_000);
        arrives();
        assertThat(probes()).containsExactly(1_452, 4_096, 4_096, 4_096);
        //= rfc9000#14.2-3 all that is no PMTU probe fits
        assertThat(largest()).isEqualTo(1_452);
    }

    @Test void one_of_jumbo_frames_carries_those() {
        begin(1, NEAR.mtu(9_000), 800_000);
        arrives();
        assertThat(probes()).containsExactly(1_452, 4_096, 8_952, 16_384, 16_384, 16_384);
        assertThat(largest()).isEqualTo(8_952);
    }

    @Test void one_within_a_machine_carries_the_largest() {
        begin(1, Wire.of(Duration.ofNanos(20_000)).mtu(1 << 16), 800_000);
        arrives();
        assertThat(probes()).containsExactly(1_452, 4_096, 8_952, 16_384, 32_768);
        assertThat(largest()).isBetween(32_000, 32_768);
    }

    /// So that what is said meanwhile does not wait for one of them.
    @Test void none_takes_longer_than_a_millisecond() {
        begin(1, Wire.of(Duration.ofMillis(25)).mtu(1 << 16).rate(2_000_000, 100_000), 1_500_000);
        arrives();
        assertThat(largest()).isBetween(1_400, 3_000);
    }

    @Test void one_that_becomes_narrower_goes_on_in_smaller_ones() {
        begin(1, NEAR.mtu(9_000), 1_500_000);
        runTo(0.5);
        assertThat(largest()).isEqualTo(8_952);
        var at = world.network.now();
        becomes(NEAR.mtu(1_280));
        runTo(0.6);
        assertThat(Duration.between(at, world.network.now())).isLessThan(Duration.ofSeconds(2));
        world.trace.clear();
        arrives();
        assertThat(largest()).isLessThanOrEqualTo(Packet.MAX_BYTES);
        assertThat(probes()).isEmpty();
    }

    @Test void and_is_searched_again_after_a_while() {
        begin(1, NEAR.mtu(9_000), 3_000_000);
        runTo(0.2);
        becomes(NEAR.mtu(1_280).rate(20_000, 20_000));
        world.run(PathSize.AGAIN.dividedBy(2));
        becomes(NEAR.rate(20_000, 20_000));
        world.trace.clear();
        world.run(PathSize.AGAIN.dividedBy(3));
        assertThat(probes()).isEmpty();
        world.run(PathSize.AGAIN.dividedBy(3));
        becomes(NEAR);
        arrives();
        assertThat(probes()).containsExactly(1_452, 4_096, 4_096, 4_096);
        assertThat(largest()).isEqualTo(1_452);
    }

    /// Each loses some probes, by chance; of no size all three.
    @Test void losses_are_not_taken_for_the_size() {
        for (int seed = 1; seed <= 6; seed++) {
            begin(seed, NEAR.mtu(9_000).loss(0.03), 800_000);
            arrives();
            assertThat(largest()).as("seed " + seed).isGreaterThan(4_096);
        }
    }

    @Test void what_is_too_large_is_dropped_and_so_is_what_is_not_sealed() {
        var sealed = ByteBuffer.allocate(Packet.LARGEST).putInt(0xc0703201);
        Packet.check(Bytes.wrap(sealed.array()));
        var hello = ByteBuffer.allocate(Packet.MAX_BYTES + 1).putInt(0xc1703201);
        var larger = ByteBuffer.allocate(Packet.LARGEST + 1).putInt(0xc0703201);
        //= rfc9000#14-4 a datagram that does not meet the size is discarded
        for (var each : List.of(hello, larger))
            assertThatThrownBy(() -> Packet.check(Bytes.wrap(each.array())))
                    .isInstanceOf(SyntaxException.class);
        var moment = new Frame.Moment(1, Bytes.wrap(new byte[Frame.USUAL - 2])).encode();
        assertThatThrownBy(() -> Frame.parse(Bytes.wrap(moment)))
                .isInstanceOf(SyntaxException.class);
    }

    /// The paths of two nodes whose datagrams do not pass straight: by a relay, or by a stream.
    private final Net net = new Net(1);
    private final Peer here = net.node("here", 1001), there = net.node("there", 1002),
            relay = net.node("relay", 1003);
    private final Path.Stream to = new Path.Stream(1, there.id()),
            back = new Path.Stream(-1, here.id());

    /// Lets time pass; what goes by streams arrives.
    private void pass() {
        for (int i = 0; i < 10; i++) {
            net.run(Duration.ofMillis(100));
            while (!net.streamed.isEmpty()) {
                var next = net.streamed.removeFirst();
                boolean thither = next.getKey().equals(to);
                net.input(thither ? there : here, new Sessions.Input.ReceivedBy(
                        thither ? back : to, next.getValue()));
            }
        }
    }

    /// Of carries of such a size and of one byte more, those that arrive.
    private List<Integer> arrive(int size) {
        net.log.clear();
        for (int each = size; each <= size + 1; each++)
            net.input(here, new Sessions.Input.Tell(there.id(), new Session.Input.Say(
                    new Frame.Carry(1, 2, each, List.of(new Word.Pad(Frame.words(each)))))));
        pass();
        return net.heard().stream().map(line -> Integer.valueOf(
                line.replaceFirst(".*Carry.*number=(\\d+).*", "$1"))).toList();
    }

    /// What was cut for a path may find that there is another by now.
    //= rfc9000#14.2-2 nothing is larger than the smallest maximum where nothing was tried
    @Test void by_each_path_goes_what_it_carries_and_nothing_larger() {
        for (var one : List.of(here, there))
            net.input(one, new Sessions.Input.Meet(relay.address()));
        pass();
        net.walls.add(Set.of(1001, 1002));
        net.input(here, new Sessions.Input.Reach(there, List.of(), List.of(relay)));
        pass();
        assertThat(arrive(Packet.MAX_INNER)).containsExactly(Packet.MAX_INNER);
        net.input(here, new Sessions.Input.Opened(there.address(), to));
        net.input(here, new Sessions.Input.Tell(there.id(), new Session.Input.Use(to)));
        assertThat(arrive(Packet.MAX_BYTES)).containsExactly(Packet.MAX_BYTES);
        net.walls.clear();
        net.input(here, new Sessions.Input.Tell(there.id(),
                new Session.Input.Use(new Path.Direct(there.address()))));
        assertThat(arrive(Packet.LARGEST)).containsExactly(Packet.LARGEST);
        assertThat(net.sniffed).noneMatch(datagram -> datagram.size() > Packet.LARGEST);
    }

    /// One byte less is looked at: there is no such session.
    //= rfc9000#14-4 a datagram that does not meet the size is discarded
    @Test void what_comes_and_is_too_large_is_not_looked_at() {
        for (int size = Packet.LARGEST; size <= Packet.LARGEST + 1; size++) {
            var data = Bytes.wrap(ByteBuffer.allocate(size).putInt(0xc0703201).array());
            net.sniffed.clear();
            net.fly(Net.at(9), here.address(), data);
            assertThat(net.sniffed).hasSize(size == Packet.LARGEST ? 1 : 0);
            if (size == Packet.LARGEST) assertThat(Overlay.kind(data)).hasValue("Data");
            else assertThatThrownBy(() -> Overlay.kind(data)).isInstanceOf(SyntaxException.class);
        }
        assertThat(net.log).containsExactly(
                "1001 remark refused from 127.0.0.1:9: 32769 bytes are too many");
    }

    /// A lost probe has nothing to do with how much the path bears.
    @Test void lost_probes_slow_nothing_down() {
        begin(1, NEAR, 800_000);
        var from = world.network.now();
        arrives();
        var tried = Duration.between(from, world.network.now());
        assertThat(probes()).hasSize(4);
        begin(1, NEAR.mtu(1_280), 800_000);
        arrives();
        assertThat(tried).isLessThan(Duration.ofMillis(1_500));
    }

    /// Bob's router gives each destination a port of its own, so only a relay leads to him; what
    /// goes by it is as small as ever, and so is what goes straight to the relay for another.
    @Test void by_a_relay_nothing_is_tried() {
        world = new World(1);
        play = new StreamPlay();
        var middle = world.superNode("middle", "203.0.113.1");
        alice = world.home("alice", Nat.PORT_RESTRICTED, middle);
        bob = world.home("bob", Nat.SYMMETRIC, middle);
        world.run(Attachment.ASKING_THE_ONLY_ONE.multipliedBy(2));
        alice.listen(play.of(alice));
        bob.listen(play.of(bob));
        bob.link(new Links.Command.Offer(FILES, true));
        alice.link(new Links.Command.Know(bob.contact()));
        file = new byte[400_000];
        world.trace.clear();
        play.open(alice, bob.key(), FILES, file);
        arrives();
        assertThat(alice.relayed(bob)).hasValue(true);
        assertThat(sent().noneMatch(entry -> isProbe(entry.getValue()))).isTrue();
        //= rfc9000#14.2-2 absence of the mechanism: none is larger than the smallest
        assertThat(world.trace).allMatch(t -> !(t.what() instanceof What.Wire sent)
                || sent.bytes().size() <= Packet.MAX_BYTES);
    }

    private static void note(List<Streams.Output> outputs, List<Frame.Carry> said) {
        for (var output : outputs)
            if (output instanceof Streams.Output.Say(Frame.Carry carry)) said.add(carry);
    }

    @Test void a_probe_goes_straight_and_by_no_other_path() {
        var peer = NodeId.of(Bytes.wrap(new byte[32]));
        var paths = List.of(new Path.Direct(new InetSocketAddress("192.0.2.1", 5062)),
                new Path.Stream(1, peer), new Path.Via(peer, peer));
        var probed = paths.stream().map(path -> {
            var streams = new Streams(Bytes.utf8("peer"), new Slots(), _ -> true, new Random(1));
            streams.handle(new Streams.Input.Asked(
                    new Links.Command.Open(1, Bytes.EMPTY, FILES)), Instant.EPOCH);
            streams.handle(new Streams.Input.Asked(
                    new Links.Command.Write(1, Bytes.wrap(new byte[50_000]))), Instant.EPOCH);
            var said = new ArrayList<Frame.Carry>();
            note(streams.by(path, Instant.EPOCH), said);
            // all is acknowledged within a tenth of a millisecond
            for (int i = 1; i <= 20; i++) {
                var now = Instant.EPOCH.plusNanos(i * 100_000L);
                streams.handle(new Streams.Input.Heard(new Frame.Have(7, said.getLast().from(), 0,
                        List.of(new Range(0, said.getLast().number())))), now);
                note(streams.wake(now), said);
            }
            return said.stream().anyMatch(StreamSizesTest::isProbe);
        }).toList();
        assertThat(probed).containsExactly(true, false, false);
    }

    /// Wide, then by a relay, then straight again by a narrow one.
    @Test void each_of_two_paths_begins_anew() {
        begin(1, NEAR.mtu(9_000), 3_000_000);
        var off = new AtomicBoolean(true);
        var those = Set.of(alice.host().addresses().get(1), bob.host().addresses().get(1));
        runTo(0.2);
        assertThat(largest()).isEqualTo(8_952);
        world.network.stop((from, to) -> off.get() && those.contains(from.getAddress())
                && those.contains(to.getAddress()));
        assertThat(world.network.runUntil(() -> alice.relayed(bob).orElse(false), PATIENCE))
                .isTrue();
        becomes(NEAR);
        world.trace.clear();
        world.run(Duration.ofSeconds(5));
        assertThat(largest()).isLessThanOrEqualTo(Packet.MAX_BYTES);
        off.set(false);
        arrives();
        assertThat(alice.relayed(bob)).hasValue(false);
        //= rfc9000#14.2-6 the size is that of this combination of addresses
        assertThat(largest()).isEqualTo(1_452);
        assertThat(probes().getFirst()).isEqualTo(1_452);
    }
}
