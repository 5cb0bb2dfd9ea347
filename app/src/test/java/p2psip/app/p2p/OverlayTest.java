package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// Whole overlays in virtual time: how nodes find each other, lose each other, and what they keep.
class OverlayTest {
    private static final String KEY = "sip:alice@example.com";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Identity ALICE = Identity.generate(KEY, new SplittableRandom(1));

    private final List<Trace> trace = new ArrayList<>();
    private Network network;
    private SimHost one, two, three;

    OverlayTest() { world(7); }

    private void world(long seed) {
        network = new Network(seed, trace::add);
        one = network.host("10.0.0.1");
        two = network.host("10.0.0.2");
        three = network.host("10.0.0.3");
    }

    /// A node and what it has told.
    private final class Member {
        final Host.Line line;
        final List<Object> told = new ArrayList<>();
        private Overlay overlay;

        Member(SimHost host, String name, int port, boolean superNode, boolean multicast,
                String bootstrap) {
            line = host.start(name, room -> {
                overlay = new Overlay(0,
                        key(name),
                        new OverlayConfig(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"),
                        port), false, room.addresses(), superNode, Place.parseList(bootstrap),
                                multicast ? Optional.of(Overlay.GROUP) : Optional.empty()),
                        room.random(), room.wall(), new Outbox<>());
                return new Alone(overlay);
            });
        }

        List<Object> told() {
            told.addAll(line.told(Duration.ZERO));
            return told;
        }

        boolean ready() {
            return told().stream().anyMatch(Output.Ready.class::isInstance);
        }

        boolean superNode() { return overlay.superNode(); }

        Object ask(Query query) {
            told().removeIf(Output.Told.class::isInstance);
            line.command(new Input.Ask(1, query));
            network.runUntil(() -> told().stream().anyMatch(Output.Told.class::isInstance),
                    Duration.ofSeconds(15));
            return told().stream().filter(Output.Told.class::isInstance)
                    .<Object>map(t -> ((Output.Told) t).answer()).findFirst().orElse("nothing");
        }

        void put(SignedRecord record) {
            assertThat(ask(new Query.Put(record))).isInstanceOf(Answer.Done.class);
        }

        void finds(SignedRecord... records) {
            assertThat(ask(new Query.Get(KEY))).isEqualTo(new Answer.Found(List.of(records)));
        }
    }

    private Member node(SimHost host, String name, boolean superNode) {
        return new Member(host, name, 0, superNode, true, "");
    }

    private SignedRecord record(long sequence) {
        var contact = new Contact(ALICE.key(), List.of(
                new Contact.Address("sip:10.0.0.1:5062;transport=udp")));
        return SignedRecord.sign(ALICE, KEY, contact, sequence, Network.BEGIN, Duration.ofHours(1));
    }

    private boolean await(BooleanSupplier what, Duration patience) {
        return network.runUntil(what, patience);
    }

    /// Seed Q3: its two nodes of one host, or of two on Linux, never heard each other's multicast.
    @Test void an_ordinary_node_finds_a_super_node_on_another_host_by_multicast() {
        var a = node(one, "a", true);
        var b = node(two, "b", false);
        assertThat(await(() -> a.ready() && b.ready(), Duration.ofSeconds(3))).isTrue();
        assertThat(b.superNode()).isFalse();
        a.put(record(1));
        b.finds(record(1));
    }

    @Test void two_nodes_of_one_host_find_each_other_by_multicast() {
        var a = node(one, "a", true);
        var b = node(one, "b", false);
        assertThat(await(() -> a.ready() && b.ready(), Duration.ofSeconds(3))).isTrue();
        b.put(record(1));
        a.finds(record(1));
    }

    /// Seed Q2: with -P and -S its unicast bootstrap chose a way that never worked.
    @Test void an_ordinary_node_finds_a_super_node_by_a_list_with_names_and_dead_places() {
        network.name("boot.example.com", "10.0.0.1");
        var a = new Member(one, "a", 5070, true, false, "");
        var b = new Member(two, "b", 0, false, false,
                "10.0.0.99:5070,no.example.com:5070,boot.example.com:5070");
        assertThat(await(() -> a.ready() && b.ready(), Duration.ofSeconds(3))).isTrue();
        b.put(record(1));
        a.finds(record(1));
    }

    /// Who misspells a place reads it, once for each.
    @Test void places_where_nobody_is_are_told_the_user() {
        for (boolean superNode : List.of(true, false)) {
            var a = new Member(superNode ? one : two, "a", 0, superNode, false,
                    "no.example.com:5070,10.0.0.99:5070");
            network.run(MINUTE.multipliedBy(3));
            assertThat(notices(a)).filteredOn(line -> line.startsWith("no super-node at"))
                    .containsExactly(
                            "no super-node at no.example.com:5070: the name has no address",
                            "no super-node at 10.0.0.99:5070: no answer");
            assertThat(a.superNode()).isTrue();
        }
    }

    @Test void a_super_node_that_comes_late_is_found_by_a_list_all_the_same() {
        var b = new Member(two, "b", 0, true, false, "10.0.0.1:5070");
        network.run(MINUTE);
        b.put(record(1));
        var a = new Member(one, "a", 5070, true, false, "");
        network.run(MINUTE);
        a.finds(record(1));
    }

    /// Seed Q8: its lone super-node stored a value and reported failure.
    @Test void a_lone_super_node_is_a_ring_of_its_own() {
        var a = node(one, "a", true);
        assertThat(await(a::ready, Duration.ofSeconds(2))).isTrue();
        a.put(record(1));
        a.finds(record(1));
    }

    @Test void what_a_super_node_holds_survives_its_end() {
        var a = node(one, "a", true);
        network.run(Duration.ofSeconds(3));
        a.put(record(1));
        one.kill();
        var again = node(one, "a", true);
        assertThat(await(again::ready, Duration.ofSeconds(3))).isTrue();
        again.finds(record(1));
        var tombstone = SignedRecord.sign(ALICE, KEY, new SignedRecord.Removed(), 2, network.now(),
                Duration.ofHours(1));
        again.put(tombstone);
        one.kill();
        var third = node(one, "a", true);
        network.run(Duration.ofSeconds(3));
        third.finds(tombstone);
    }

    @Test void nothing_is_acknowledged_that_is_not_on_disk() {
        var a = new Overlay(0, Identity.generate("node", new SplittableRandom(1)),
                new OverlayConfig(
                        Net.at(0), false, List.of(), true, List.of(), Optional.empty()),
                new SplittableRandom(2), () -> Network.BEGIN, new Outbox<>());
        a.handle(new Input.Start(), Network.BEGIN);
        a.handle(new Input.Happened(new Event.Bound(new Id(Id.Part.LOOKUP, 0, 0), Net.at(5070))),
                Network.BEGIN);
        var first = stored(a.handle(new Input.Ask(1, new Query.Put(record(1))), Network.BEGIN));
        assertThat(first.values().keySet()).allMatch(key -> key.startsWith(Kept.PREFIX));
        assertThat(first.values().values()).containsExactly(
                Optional.of(Bytes.utf8(record(1).text())));
        assertThat(a.handle(new Input.Happened(new Event.Stored(first.id())),
                Network.BEGIN))
                .singleElement().matches(told ->
                        told instanceof Output.Told(long id, Answer.Done _) && id == 1);

        var second = stored(a.handle(new Input.Ask(2, new Query.Put(record(2))), Network.BEGIN));
        assertThat(a.handle(new Input.Happened(
                new Event.NotStored(second.id(), "disk full")), Network.BEGIN))
                .contains(new Output.Told(2, new Answer.Failed(Answer.Why.FULL, "disk full")));
    }

    /// The only thing asked for: to store.
    private static Effect.Store stored(List<Output> outputs) {
        assertThat(outputs).hasSize(1);
        return (Effect.Store) ((Output.Do) outputs.getFirst()).effect();
    }

    /// Seed Q4: its ordinary nodes lost key and signature on the way, and read nothing back.
    @Test void ordinary_nodes_put_get_and_remove() {
        node(one, "a", true);
        var b = node(two, "b", false);
        var c = node(three, "c", false);
        network.run(Duration.ofSeconds(3));
        b.put(record(1));
        c.finds(record(1));
        var tombstone = SignedRecord.sign(ALICE, KEY, new SignedRecord.Removed(), 2, network.now(),
                Duration.ofHours(1));
        b.put(tombstone);
        c.finds(tombstone);
        assertThat(b.ask(new Query.Put(record(1)))).isInstanceOf(Answer.Failed.class);   // replayed
        c.finds(tombstone);
    }

    /// Nobody said -s: one of the two becomes a super-node.
    @Test void two_ordinary_nodes_find_each_other() {
        var a = node(one, "a", false);
        var b = node(two, "b", false);
        assertThat(await(() -> a.ready() && b.ready(), Duration.ofSeconds(10))).isTrue();
        network.run(Duration.ofSeconds(25));
        a.put(record(1));
        b.finds(record(1));
    }

    @Test void three_super_nodes_make_one_ring() {
        var a = node(one, "a", true);
        var b = node(two, "b", true);
        var c = node(three, "c", true);
        network.run(Duration.ofSeconds(10));
        a.put(record(1));
        b.finds(record(1));
        c.finds(record(1));
    }

    private static Identity key(String name) {
        return Identity.generate("node", new SplittableRandom(name.hashCode()));
    }

    /// That a node of this name, at this place, serves alice.
    private static Query.Ping ping(String name, String place) {
        var at = Place.parseList(place).getFirst();
        return new Query.Ping(SignedRecord.sign(ALICE, KEY, new Contact(key(name).key(),
                List.of(new Contact.Address("sip:10.0.0.1:5062")), Optional.of(
                new InetSocketAddress(at.literal().orElseThrow(), at.port()))), 1,
                Network.BEGIN, Duration.ofHours(1)));
    }

    private static void isDead(Object answer) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed ->
                assertThat(failed.why()).isEqualTo(Answer.Why.SILENCE));
    }

    /// Super-nodes and ordinary ones, whether they have met before or not.
    @Test void it_is_known_whether_a_node_is_there() {
        var a = new Member(one, "a", 5070, true, false, "");
        var b = new Member(two, "b", 5071, true, false, "10.0.0.1:5070");
        var c = new Member(three, "c", 5072, false, false, "10.0.0.1:5070");
        network.run(Duration.ofSeconds(10));
        assertThat(a.ask(ping("b", "10.0.0.2:5071"))).isInstanceOf(Answer.Done.class);
        assertThat(b.ask(ping("c", "10.0.0.3:5072"))).isInstanceOf(Answer.Done.class);
        assertThat(c.ask(ping("b", "10.0.0.2:5071"))).isInstanceOf(Answer.Done.class);
        isDead(c.ask(ping("y", "10.0.0.2:5072")));   // nobody is there
        isDead(c.ask(ping("x", "10.0.0.2:5071")));   // somebody else is
        two.kill();
        var before = network.now();
        isDead(c.ask(ping("b", "10.0.0.2:5071")));
        assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(4));
        assertThat(c.ask(new Query.Ping(record(1)))).isEqualTo(new Answer.Failed(
                Answer.Why.NOT_READY, "not in the overlay"));   // it does not say where
        assertThat(a.overlay.sizes().get("pings")).isZero();
        assertThat(c.overlay.sizes().get("pings")).isZero();
    }

    @Test void those_who_ask_about_one_node_share_the_answer() {
        var a = new Member(one, "a", 5070, true, false, "");
        network.run(Duration.ofSeconds(3));
        for (int i = 1; i <= 3; i++)
            a.line.command(new Input.Ask(i, ping("b", "10.0.0.2:5071")));
        network.run(Duration.ofSeconds(5));
        assertThat(a.told()).filteredOn(Output.Told.class::isInstance).hasSize(3);
        assertThat(trace.stream().filter(t -> t.what() instanceof Trace.What.Message message
                && message.summary().startsWith("Ask"))).hasSize(1);
    }

    /// Issue, seen to work d: the super-node that all came by is killed.
    @Test void an_ordinary_node_goes_to_another_super_node_when_its_own_dies() {
        var a = node(one, "a", true);
        network.run(Duration.ofSeconds(3));
        var b = node(two, "b", true);
        network.run(Duration.ofSeconds(3));
        var c = node(three, "c", false);
        network.run(Duration.ofSeconds(10));
        c.put(record(1));
        network.run(Duration.ofSeconds(10));
        served(c).kill();
        network.run(Duration.ofSeconds(6));
        c.finds(record(1));
    }

    private List<Member> ring(int superNodes) {
        return IntStream.range(0, superNodes).mapToObj(i ->
                node(network.host("10.0.1." + (i + 1)), "s" + i, true)).toList();
    }

    private List<String> notices(Member member) {
        return member.told().stream().filter(Host.Notice.class::isInstance)
                .map(told -> ((Host.Notice) told).line()).toList();
    }

    /// A node that is alone at first keeps records for others only as long as it is needed.
    @Test void who_had_to_be_a_super_node_resigns_when_there_are_enough() {
        var a = node(one, "a", false);
        await(a::ready, Duration.ofSeconds(7));
        assertThat(a.superNode()).isTrue();
        a.put(record(1));
        var others = ring(Overlay.MANY);
        for (int i = 0; a.superNode() && i < 200; i++) {
            network.run(Duration.ofMillis(700));
            a.finds(record(1));   // also in the moment in which it resigns
        }
        assertThat(a.superNode()).isFalse();
        assertThat(notices(a)).containsExactly("looking for other nodes ...",
                "found nobody: this node is a super-node now, alone until others come",
                "there are super-nodes enough: this node is none any more");
        assertThat(others).allMatch(Member::superNode);
        others.forEach(member -> member.finds(record(1)));
        a.put(record(2));
        node(two, "b", false).finds(record(2));
    }

    @Test void who_resigns_tells_those_whom_it_has_served() {
        var a = node(one, "a", false);
        await(a::ready, Duration.ofSeconds(7));
        var b = node(two, "b", false);
        network.run(Duration.ofSeconds(3));
        assertThat(served(b)).isEqualTo(one);
        ring(Overlay.MANY);
        await(() -> !a.superNode(), Attachment.SERVICE.multipliedBy(2).plusSeconds(10));
        network.run(Duration.ofMillis(100));
        b.put(record(1));
        assertThat(b.overlay.neighbours(network.now())).filteredOn(n ->
                n.role() == Neighbour.Role.SERVES).singleElement().matches(n ->
                !one.addresses().contains(n.peer().address().getAddress()));
    }

    @Test void who_is_needed_does_not_resign_nor_who_was_started_as_a_super_node() {
        var a = node(one, "a", false);
        await(a::ready, Duration.ofSeconds(7));
        var others = ring(Overlay.MANY - 1);
        network.run(Attachment.SERVICE.multipliedBy(2).plusSeconds(10));
        assertThat(a.superNode()).isTrue();
        assertThat(others).allMatch(Member::superNode);
    }

    @Test void of_many_who_had_to_be_super_nodes_enough_remain() {
        var hosts = IntStream.rangeClosed(1, 11).mapToObj(i -> network.host("10.0.1." + i))
                .toList();
        hosts.forEach(network::cut);
        var members = new ArrayList<Member>();
        for (var host : hosts) members.add(node(host, "n" + members.size(), false));
        network.run(Duration.ofSeconds(10));
        assertThat(members).allMatch(Member::superNode);
        network.heal();
        network.run(MINUTE.multipliedBy(5));
        assertThat(members.stream().filter(Member::superNode).count())
                .isBetween(Overlay.MANY - 2L, Overlay.MANY + 1L);
        members.getFirst().put(record(1));
        members.forEach(member -> member.finds(record(1)));
    }

    /// Where all is slow, as on a computer with too many nodes, an ordinary node waits for who may
    /// yet answer.
    @Property(tries = 5) void a_slow_network_makes_nobody_a_super_node(@ForAll long seed) {
        world(seed);
        ring(2);
        network.run(Duration.ofSeconds(5));
        network.wires(Wire.of(Duration.ofMillis(600)).jitter(Duration.ofMillis(140)));
        var ordinary = Stream.of(one, two, three)   // each has a key, which its name makes
                .map(host -> node(host, "o" + host.addresses(), false)).toList();
        network.run(Duration.ofSeconds(25));
        assertThat(ordinary).allMatch(Member::ready).noneMatch(Member::superNode);
    }

    /// The host of the super-node that serves this one.
    private SimHost served(Member member) {
        var by = member.overlay.neighbours(network.now()).stream()
                .filter(n -> n.role() == Neighbour.Role.SERVES).findFirst().orElseThrow();
        return Stream.of(one, two, three).filter(host -> host.addresses().contains(
                by.peer().address().getAddress())).findFirst().orElseThrow();
    }

    @Test void the_first_of_three_super_nodes_is_killed_and_the_others_still_find() {
        var a = new Member(one, "a", 5070, true, false, "");
        var b = new Member(two, "b", 0, true, false, "10.0.0.1:5070");
        var c = new Member(three, "c", 0, true, false, "10.0.0.1:5070");
        network.run(Duration.ofSeconds(10));
        b.put(record(1));
        network.run(Duration.ofSeconds(5));
        one.kill();
        network.run(Duration.ofSeconds(10));
        c.finds(record(1));
    }

    @Test void the_last_super_node_dies_and_an_ordinary_node_takes_its_place() {
        node(one, "a", true);
        var b = node(two, "b", false);
        var c = node(three, "c", false);
        network.run(Duration.ofSeconds(5));
        one.kill();
        network.run(Duration.ofSeconds(40));
        b.put(record(1));
        c.finds(record(1));
    }

    @Test void rings_that_could_not_hear_each_other_become_one() {
        network.cut(three);
        var a = node(one, "a", true);
        var c = node(three, "c", true);
        network.run(Duration.ofSeconds(5));
        a.put(record(1));
        c.finds();
        network.heal();
        network.run(Duration.ofSeconds(90));
        c.finds(record(1));
    }

    @Test void leaving_takes_less_than_two_seconds_and_leaves_nothing_behind() {
        var a = node(one, "a", true);
        var b = node(two, "b", true);
        network.run(Duration.ofSeconds(5));
        a.put(record(1));
        a.line.command(new Input.Leave());
        assertThat(await(a.line::ended, Duration.ofSeconds(2))).isTrue();
        network.run(Duration.ofSeconds(1));
        b.finds(record(1));
    }

    @Test void everything_works_on_a_network_that_loses_a_fifth() {
        network.wires(Wire.of(Duration.ofMillis(20)).jitter(Duration.ofMillis(40)).loss(0.2));
        node(one, "a", true);
        var b = node(two, "b", true);
        var c = node(three, "c", false);
        network.run(Duration.ofSeconds(30));
        for (int i = 1; i <= 10; i++) {
            c.put(record(i));
            b.finds(record(i));
        }
    }

    @Property(tries = 6) void however_they_are_started_all_find_what_one_has_put(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int nodes) {
        world(seed);
        network.wires(Wire.of(Duration.ofMillis(5)).jitter(Duration.ofMillis(20)).loss(0.1));
        var random = new SplittableRandom(seed);
        var members = new ArrayList<Member>();
        for (int i = 0; i < nodes; i++) {
            members.add(node(List.of(one, two, three).get(random.nextInt(3)), "n" + i,
                    random.nextInt(3) == 0));
            network.run(Duration.ofMillis(random.nextInt(3000)));
        }
        network.run(MINUTE);
        assertThat(members).allMatch(Member::ready);
        members.get(random.nextInt(nodes)).put(record(1));
        members.forEach(member -> member.finds(record(1)));
    }

    @Test void a_socket_that_cannot_be_opened_is_told() {
        new Member(one, "a", 5070, true, false, "");
        network.run(Duration.ofSeconds(1));
        var b = new Member(one, "b", 5070, true, false, "");
        network.run(Duration.ofSeconds(1));
        assertThat(b.told()).singleElement().isInstanceOf(Output.NotReady.class);
    }

    @Test void a_forged_record_is_refused_and_traced() {
        var a = node(one, "a", true);
        network.run(Duration.ofSeconds(3));
        var mallory = Identity.generate(KEY, new SplittableRandom(2));
        var old = SignedRecord.sign(mallory, KEY, new SignedRecord.Removed(), 1,
                network.now().minus(Duration.ofDays(2)), Duration.ofDays(1));
        assertThat(a.ask(new Query.Put(old))).isInstanceOf(Answer.Failed.class);
        assertThat(trace).anyMatch(t -> t.what() instanceof Trace.What.Remark(_, var text, _)
                && text.contains("expired"));
    }

    @Test void noise_to_the_group_is_refused() {
        var a = node(one, "a", true);
        network.run(Duration.ofSeconds(3));
        var noise = two.start("noise", _ -> new Noise());
        network.run(Duration.ofSeconds(10));
        a.put(record(1));
        a.finds(record(1));
        assertThat(trace).anyMatch(t -> t.what() instanceof Trace.What.Remark(_, var text, _)
                && text.contains("to the group"));
    }

    /// Says nonsense to the group and to the ports where overlays are.
    private static final class Noise implements Machine<Event, Effect> {
        private final SplittableRandom random = new SplittableRandom(5);
        private Instant next = Instant.MIN;
        private InetSocketAddress socket;

        @Override public List<Effect> handle(Event event, Instant now) {
            if (event instanceof Event.Bound(_, var local)) {
                socket = local;
                next = now;
            }
            return List.of();
        }

        @Override public List<Effect> wake(Instant now) {
            if (socket == null) {
                next = Instant.MAX;
                return List.of(new Effect.Bind(Id.PROGRAM, Net.at(0)));
            }
            next = now.plusMillis(10);
            var bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 3) ByteBuffer.wrap(bytes)
                    .putInt((0xc6 | random.nextInt(2)) << 24 | Packet.MAGIC);
            return List.of(new Effect.Datagram(socket, Overlay.GROUP, Bytes.wrap(bytes)),
                    new Effect.Datagram(socket, new InetSocketAddress(
                            InetAddress.ofLiteral("10.0.0.1"), 49152), Bytes.wrap(bytes)));
        }

        @Override public Instant deadline() { return next; }
    }
}
