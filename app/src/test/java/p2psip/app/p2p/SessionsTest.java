package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;

/// Overlays on a network that loses, delays, reorders and doubles, and among forgers.
class SessionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1), SILENCE = Course.WORDLESS;

    private final Net net = new Net(1);
    private final Peer a = net.node("a", 1001), b = net.node("b", 1002);

    @Test void the_first_message_makes_the_session_and_the_answer_uses_it() {
        net.send(a, b, "hello", false);
        net.run(SECOND);
        net.send(b, a, "hello to you", true);
        net.run(SECOND);
        assertThat(net.log).containsExactly("1001 met 1002", "1002 met 1001",
                "1002<1001 hello", "1001<1002 hello to you");
    }

    @Test void what_is_said_cannot_be_read_on_the_way() {
        net.send(a, b, "this is a secret", true);
        net.run(SECOND);
        assertThat(net.heard()).containsExactly("1002<1001 this is a secret");
        assertThat(net.sniffed).isNotEmpty()
                .noneMatch(datagram -> datagram.utf8().contains("secret"))
                .allMatch(datagram -> datagram.size() <= Packet.MAX_BYTES);
    }

    @Property(tries = 40) void confirmed_messages_arrive_once_each_over_a_bad_network(
            @ForAll long seed) {
        var net = new Net(seed);
        net.loss = 0.2;
        net.doubling = 0.1;
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        for (int i = 0; i < 20; i++) {
            net.send(a, b, "m" + i, true);
            net.send(b, a, "n" + i, true);
            net.run(Duration.ofMillis(50));
        }
        net.run(Duration.ofSeconds(8));
        var expected = IntStream.range(0, 20).boxed()
                .flatMap(i -> Stream.of("1002<1001 m" + i, "1001<1002 n" + i)).toList();
        assertThat(net.heard()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
    }

    @Property(tries = 40) void large_messages_are_cut_and_put_together(
            @ForAll long seed, @ForAll @IntRange(max = Sessions.MAX_PAYLOAD) int size) {
        var net = new Net(seed);
        net.loss = 0.2;
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        var bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        net.send(a, b, Bytes.wrap(bytes), true);
        net.run(Duration.ofSeconds(8));
        assertThat(net.delivered).extracting(d -> d.payload()).containsExactly(Bytes.wrap(bytes));
    }

    @Test void an_unconfirmed_message_that_is_lost_is_lost() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.loss = 1;
        net.send(a, b, "lost", false);
        net.run(Duration.ofSeconds(10));
        assertThat(net.log).doesNotContain("1001 unreachable 1002");
        assertThat(net.heard()).containsExactly("1002<1001 hello");
    }

    @Test void a_dead_peer_of_which_something_is_wanted_is_noticed_five_seconds_after_its_word() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.nodes.remove(b.address());
        net.send(a, b, "are you there", true);
        net.run(SECOND.multipliedBy(3));
        assertThat(net.log).doesNotContain("1001 unreachable 1002");
        net.run(SECOND);
        assertThat(net.log).endsWith("1001 unreachable 1002");
        assertThat(net.overlay(a).size()).isZero();
    }

    /// Of twenty attempts each way a bad network loses all once in a thousand million times.
    @Test void a_peer_that_lives_is_given_twenty_attempts() {
        confirmed_messages_arrive_once_each_over_a_bad_network(-28931);
    }

    private void watch(Peer watcher, Peer... watched) { watch(watcher, SILENCE, watched); }

    private void watch(Peer watcher, Duration silence, Peer... watched) {
        net.input(watcher, new Sessions.Input.Watch(
                Stream.of(watched).map(Peer::id).collect(Collectors.toSet()), silence));
    }

    @Test void who_is_in_no_hurry_asks_less_often_and_who_is_again_asks_at_once() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        watch(a, Duration.ofSeconds(16), b);
        net.sniffed.clear();
        net.run(Duration.ofMinutes(1));
        assertThat(net.sniffed).hasSizeBetween(2 * 2, 2 * 4);
        net.run(Duration.ofSeconds(8));
        net.sniffed.clear();
        watch(a, SILENCE, b);
        net.run(SECOND);
        assertThat(net.sniffed).isNotEmpty();
    }

    @Test void of_two_idle_peers_one_asks_every_two_seconds_and_both_know_that_the_other_lives() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        watch(a, b);
        watch(b, a);
        net.sniffed.clear();
        net.run(Duration.ofMinutes(1));
        assertThat(net.sniffed).hasSizeBetween(2 * 24, 2 * 33);
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
    }

    @Test void a_watched_peer_that_dies_is_unreachable_in_five_seconds_though_nothing_is_said() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        watch(a, b);
        net.run(SECOND.multipliedBy(10));
        net.nodes.remove(b.address());
        net.run(SECOND.multipliedBy(5));
        assertThat(net.log).endsWith("1001 unreachable 1002");
    }

    @Test void one_that_is_watched_no_more_may_be_silent() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        watch(a, b);
        watch(a);
        net.sniffed.clear();
        net.nodes.remove(b.address());
        net.run(SECOND.multipliedBy(60));
        assertThat(net.sniffed).isEmpty();
        assertThat(net.log).doesNotContain("1001 unreachable 1002");
    }

    @Test void who_is_watched_before_there_is_a_session_is_from_its_beginning() {
        watch(a, b);
        net.send(b, a, "hello", true);
        net.run(SECOND);
        net.nodes.remove(b.address());
        net.run(SECOND.multipliedBy(5));
        assertThat(net.log).endsWith("1001 unreachable 1002");
    }

    @Test void of_several_sessions_the_one_that_is_spoken_by_is_watched() {
        watch(a, b);
        net.send(a, b, "hello", true);
        net.run(Duration.ofMinutes(3));
        net.node("b", 1002);   // started anew
        net.run(Duration.ofMinutes(3));
        assertThat(net.log).doesNotContain("1001 unreachable 1002");
        net.nodes.remove(b.address());
        net.run(SECOND.multipliedBy(5));
        assertThat(net.log).endsWith("1001 unreachable 1002");
    }

    /// The slowest of the answers comes when all four questions have been asked.
    @Test void a_peer_that_is_a_second_away_lives() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        watch(a, b);
        net.delay = Duration.ofMillis(500);
        net.run(Duration.ofMinutes(2));
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
    }

    @Test void whose_own_call_fails_speaks_by_the_session_that_the_peer_has_made() {
        net.lost = (from, datagram) -> from.equals(a.address())
                && Packet.parse(datagram) instanceof Packet.Hello;
        net.send(a, b, "I call you", true);
        net.send(b, a, "I call you too", true);
        net.run(SECOND.multipliedBy(5));
        assertThat(net.heard()).containsExactlyInAnyOrder(
                "1002<1001 I call you", "1001<1002 I call you too");
        assertThat(net.log).doesNotContain("1001 unreachable 1002");
    }

    @Test void but_one_that_speaks_and_never_acknowledges_not_longer() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.lost = (from, _) -> from.equals(a.address());
        net.send(a, b, "are you there", true);
        for (var end = net.now.plus(Confirming.PATIENCE); net.now.isBefore(end);) {
            assertThat(net.log).doesNotContain("1001 unreachable 1002");
            net.send(b, a, "I speak", false);
            net.run(Duration.ofMillis(500));
        }
        assertThat(net.log).endsWith("1001 unreachable 1002");
    }

    @Test void a_place_where_nobody_is_is_unreachable_and_not_met() {
        var nobody = new Peer(NodeId.of("nobody"), Net.at(1009));
        net.send(a, nobody, "hello", false);
        net.input(a, new Sessions.Input.Meet(Net.at(1009)));
        net.run(Handshaking.PATIENCE);
        assertThat(net.log).containsExactlyInAnyOrder("1001 unreachable 1009",
                "1001 not met 1009: no answer");
        assertThat(net.overlay(a).size()).isZero();
    }

    @Test void whoever_is_there_can_be_met() {
        net.input(a, new Sessions.Input.Meet(b.address()));
        net.run(SECOND);
        assertThat(net.log).containsExactly("1001 met 1002", "1002 met 1001");
    }

    @Test void a_node_that_meets_itself_notices() {
        net.input(a, new Sessions.Input.Meet(a.address()));
        net.run(Duration.ofSeconds(10));
        assertThat(net.log).containsExactly("1001 not met 1001: that is this node itself");
        assertThat(net.overlay(a).size()).isZero();
    }

    @Test void somebody_else_at_the_address_is_not_spoken_to() {
        net.send(a, new Peer(NodeId.of("carol"), b.address()), "for carol", true);
        net.run(Duration.ofSeconds(10));
        assertThat(net.log).containsExactly("1001 unreachable 1002");
    }

    @Test void a_peer_that_was_started_anew_gets_what_was_not_yet_confirmed() {
        net.send(a, b, "one", true);
        net.run(Duration.ofSeconds(2));
        net.node("b", 1002);
        net.send(a, b, "two", true);
        net.run(Duration.ofSeconds(2));
        net.send(a, b, "three", false);
        net.run(SECOND);
        assertThat(net.heard()).containsExactly("1002<1001 one", "1002<1001 two",
                "1002<1001 three");
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
    }

    @Test void a_peer_that_was_started_anew_is_heard_at_once() {
        net.send(a, b, "one", true);
        net.run(SECOND);
        net.node("a", 1001);
        net.send(a, b, "two", true);
        net.run(SECOND);
        net.send(b, a, "three", true);
        net.run(SECOND);
        assertThat(net.heard()).containsExactly("1002<1001 one", "1002<1001 two",
                "1001<1002 three");
    }

    @Test void both_may_call_at_the_same_time() {
        net.send(a, b, "from a", true);
        net.send(b, a, "from b", true);
        net.run(Duration.ofSeconds(5));
        net.send(a, b, "again a", true);
        net.send(b, a, "again b", true);
        net.run(Duration.ofSeconds(5));
        assertThat(net.heard()).containsExactlyInAnyOrder("1002<1001 from a", "1001<1002 from b",
                "1002<1001 again a", "1001<1002 again b");
    }

    @Test void keys_are_renewed_and_the_old_ones_forgotten() {
        for (int hour = 0; hour < 5; hour++)
            for (int minute = 0; minute < 60; minute++) {
                net.send(a, b, hour + ":" + minute, true);
                net.run(Duration.ofMinutes(1));
            }
        assertThat(net.heard()).hasSize(300);
        assertThat(net.log).filteredOn("1001 met 1002"::equals).hasSizeBetween(4, 6);
        net.run(Duration.ofMinutes(10));
        assertThat(net.overlay(a).size()).isZero();
        assertThat(net.overlay(b).size()).isZero();
    }

    @Test void goodbye_is_heard() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.input(a, new Sessions.Input.Leave());
        net.run(SECOND);
        assertThat(net.log).endsWith("1002 gone 1001");
        assertThat(net.overlay(a).size()).isZero();
        assertThat(net.overlay(b).size()).isZero();
    }

    @Test void a_peer_that_moves_is_answered_where_it_is_now() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.nodes.put(Net.at(2001), net.nodes.remove(a.address()));
        net.log.clear();
        var moved = net.nodes.get(Net.at(2001));
        for (var output : moved.handle(
                new Sessions.Input.Send(b, Bytes.utf8("moved"), false), net.now))
            if (output instanceof Sessions.Output.Transmit(var to, var datagram, _))
                net.fly(Net.at(2001), to, datagram);
        net.send(b, a, "I see", true);
        net.run(SECOND);
        assertThat(net.log).containsExactly("1002<1001 moved", "1002 moved 1001 127.0.0.1:2001",
                "2001<1002 I see");
    }

    // Forgers.

    @Test void replayed_datagrams_are_refused_and_traced() {
        net.send(a, b, "pay bob", true);
        net.run(SECOND);
        net.log.clear();
        for (var datagram : List.copyOf(net.sniffed)) net.fly(a.address(), b.address(), datagram);
        net.run(SECOND);
        assertThat(net.heard()).isEmpty();
        assertThat(net.log).contains("1002 remark replayed datagram from 127.0.0.1:1001");
    }

    @Property(tries = 200) void a_changed_bit_is_never_delivered(
            @ForAll long seed, @ForAll @IntRange(max = 1_000_000) int at) {
        var random = new SplittableRandom(seed);
        var net = new Net(seed);
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        net.send(a, b, "pay bob", true);
        net.run(SECOND);
        var caught = net.sniffed.get(random.nextInt(net.sniffed.size())).toArray();
        caught[at / 8 % caught.length] ^= (byte) (1 << at % 8);
        net.log.clear();
        net.fly(a.address(), b.address(), Bytes.wrap(caught));
        net.fly(b.address(), a.address(), Bytes.wrap(caught));
        net.run(Duration.ofSeconds(8));
        assertThat(net.heard()).isEmpty();
        net.send(a, b, "still here", true);
        net.run(SECOND);
        assertThat(net.heard()).containsExactly("1002<1001 still here");
    }

    /// Mutations of everything that was ever said, and noise with the right beginning.
    @Test void after_garbage_everything_still_works_and_nothing_is_left_behind() {
        net.send(a, b, "hello", true);
        net.run(SECOND);
        var size = net.overlay(b).size();
        var templates = List.copyOf(net.sniffed);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = new byte[random.nextInt(Packet.MAX_BYTES)];
                random.nextBytes(bytes);
                if (bytes.length >= 4) ByteBuffer.wrap(bytes)
                        .putInt((0xc0 | random.nextInt(10)) << 24 | Packet.MAGIC);
            } else {
                bytes = templates.get(random.nextInt(templates.size())).toArray();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            net.fly(Net.at(random.nextInt(1, 65536)), b.address(), Bytes.wrap(bytes));
            if (i % 1000 == 0) net.run(Duration.ofMillis(100));
        }
        assertThat(net.heard()).containsExactly("1002<1001 hello");
        net.log.clear();
        net.run(Duration.ofSeconds(40));
        assertThat(net.overlay(b).size()).isEqualTo(size);
        net.send(a, b, "still here", true);
        net.run(SECOND);
        assertThat(net.heard()).containsExactly("1002<1001 still here");
    }

    /// The whole handshake of another pair, said to us, moves nothing: we are not who was called.
    @Test void a_handshake_is_good_for_one_callee() {
        var c = net.node("c", 1003);
        net.send(a, b, "hello", true);
        net.run(SECOND);
        net.log.clear();
        for (var datagram : List.copyOf(net.sniffed)) net.fly(a.address(), c.address(), datagram);
        net.run(SECOND);
        assertThat(net.log).noneMatch(line -> line.startsWith("1003 met"));
    }

    @Test void who_has_not_the_key_cannot_call_in_its_name() {
        var pair = KeyPairs.generate("X25519", net.random);
        var cookie = (Packet.Cookie) answer(new Packet.Hello(7, Handshake.raw(pair)));
        var mallory = Identity.generate("mallory", net.random);
        var own = Handshake.init(mallory, 7, pair, cookie.cookie(), Net.at(3000));
        var forged = new Packet.Init(7, own.ephemeral(), own.cookie(),
                Identity.generate("alice", net.random).key(), own.address(), own.signature());
        assertThat(hear(forged)).containsExactly(
                new Sessions.Output.Remark("forged call from 127.0.0.1:3000"));
        assertThat(net.overlay(b).size()).isZero();
        assertThat(answer(own)).isInstanceOf(Packet.Accept.class);
    }

    @Test void a_call_needs_a_cookie_that_is_fresh_and_its_own() {
        var pair = KeyPairs.generate("X25519", net.random);
        var mallory = Identity.generate("mallory", net.random);
        var cookie = ((Packet.Cookie) answer(new Packet.Hello(7, Handshake.raw(pair)))).cookie();
        var refusal = new Sessions.Output.Remark("stale or forged cookie from 127.0.0.1:3000");
        assertThat(hear(Handshake.init(mallory, 8, pair, cookie, Net.at(3000))))
                .containsExactly(refusal);
        var other = KeyPairs.generate("X25519", net.random);
        assertThat(hear(Handshake.init(mallory, 7, other, cookie, Net.at(3000))))
                .containsExactly(refusal);
        net.run(Cookies.LIFETIME.multipliedBy(2));
        assertThat(hear(Handshake.init(mallory, 7, pair, cookie, Net.at(3000))))
                .containsExactly(refusal);
    }

    @Test void who_has_not_the_key_cannot_answer_in_its_name() {
        net.nodes.remove(b.address());
        var pair = KeyPairs.generate("X25519", net.random);
        var mallory = Identity.generate("mallory", net.random);
        var bob = Identity.generate("b", new SplittableRandom("b".hashCode()));
        net.send(a, b, "for bob", true);
        var hello = (Packet.Hello) Packet.parse(net.sniffed.getLast());
        net.fly(b.address(), a.address(),
                new Packet.Cookie(hello.caller(), Bytes.wrap(new byte[16])).encode());
        var init = (Packet.Init) Packet.parse(net.sniffed.getLast());
        var own = Handshake.accept(mallory, init, 9, pair, b.address());
        net.fly(b.address(), a.address(), new Packet.Accept(own.caller(), 9, own.ephemeral(),
                bob.key(), own.address(), own.signature()).encode());
        assertThat(net.log).containsExactly("1001 remark forged answer to a call from "
                + HostName.text(b.address()));
        var right = Handshake.accept(bob, init, 9, pair, b.address());
        net.fly(Net.at(1003), a.address(), right.encode());
        assertThat(net.log).endsWith("1001 remark answer to no call from 127.0.0.1:1003");
        net.fly(b.address(), a.address(), right.encode());
        assertThat(net.log).endsWith("1001 met 1002");
    }

    @Test void callers_that_never_prove_themselves_are_limited_and_forgotten() {
        for (int i = 0; i < Sessions.MAX_UNPROVEN + 50; i++) {
            playSilentCaller(i);
        }
        assertThat(net.overlay(b).size()).isLessThanOrEqualTo(6 * Sessions.MAX_UNPROVEN);
        net.run(Session.UNPROVEN);
        assertThat(net.overlay(b).size()).isZero();
    }

    /// Says Hello and Init, and nothing more.
    private void playSilentCaller(int i) {
        var random = new SplittableRandom(i);
        var caller = Identity.generate("caller", random);
        var pair = KeyPairs.generate("X25519", random);
        var hello = new Packet.Hello(i, Handshake.raw(pair));
        var cookie = (Packet.Cookie) answer(hello);
        answer(Handshake.init(caller, i, pair, cookie.cookie(), Net.at(3000)));
    }

    private List<Sessions.Output> hear(Packet packet) {
        return net.overlay(b).handle(
                new Sessions.Input.Received(Net.at(3000), packet.encode()), net.now);
    }

    private Packet answer(Packet packet) {
        var outputs = hear(packet);
        assertThat(outputs).hasSize(1);
        return Packet.parse(((Sessions.Output.Transmit) outputs.getFirst()).datagram());
    }

    @Test void a_peer_cannot_send_us_to_a_group_or_to_port_0() {
        var group = new InetSocketAddress(InetAddress.ofLiteral("224.0.1.2"), 5062);
        net.send(a, new Peer(b.id(), group), "hello", false);
        net.send(a, new Peer(b.id(), Net.at(0)), "hello", false);
        net.run(SECOND);
        assertThat(net.sniffed).isEmpty();
        assertThat(net.log).hasSize(2).allMatch(line -> line.contains("unreachable"));
    }
}
