package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sim.*;
import p2psip.std.Bytes;

/// Streams between nodes of a simulated network.
class StreamsTest {
    private static final int FILES = 2_000;

    /// By day small, by night as large as a photograph.
    private static final int BIG =
            Integer.getInteger("tries.least", 0) > 0 ? 12_000_000 : 800_000;

    /// Two nodes that reach each other, and a third.
    private static final class Pair {
        final World world;
        final LinkedNode middle, alice, bob;
        final StreamPlay play = new StreamPlay();

        Pair(long seed, Wire wire) {
            world = new World(seed);
            middle = world.superNode("middle", "203.0.113.1");
            alice = world.at("alice", world.network.host("203.0.113.2"), middle);
            bob = world.at("bob", world.network.host("203.0.113.3"), middle);
            world.run(Duration.ofSeconds(3));
            world.network.wire(alice.host(), bob.host(), wire);
            bob.link(new Links.Command.Offer(FILES, true));
            alice.listen(play.of(alice));
            bob.listen(play.of(bob));
        }

        long open(byte[] content) {
            alice.link(new Links.Command.Know(bob.contact()));
            return play.open(alice, bob.key(), FILES, content);
        }

        void run(double seconds) { world.run(Duration.ofNanos((long) (seconds * 1e9))); }
    }

    private static byte[] content(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Pair pair() { return new Pair(1, Wire.of(Duration.ofMillis(25))); }

    @Test void a_file_arrives_equal_and_both_learn_that_it_has_ended() {
        var pair = pair();
        var file = content(300_000, 1);
        long id = pair.open(file);
        pair.run(3);
        assertThat(pair.play.ended(pair.alice)).containsExactly("" + id + " FINISHED");
        assertThat(pair.play.received(pair.bob)).hasSize(1).allMatch(got ->
                Arrays.equals(got, file));
        assertThat(pair.play.ended(pair.bob)).containsExactly("-1 FINISHED");
        assertThat(pair.play.opened(pair.alice)).containsExactly(id);
    }

    @Test void who_has_no_such_service_refuses() {
        var pair = pair();
        pair.alice.link(new Links.Command.Know(pair.bob.contact()));
        pair.play.open(pair.alice, pair.bob.key(), 3_000, content(100_000, 1));
        pair.run(2);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 NO_SERVICE");
        assertThat(pair.play.all(pair.bob)).isEmpty();
        assertThat(pair.play.opened(pair.alice)).isEmpty();
    }

    @Test void nobody_is_reached_where_nobody_is() {
        var pair = pair();
        var contact = pair.bob.contact();
        pair.bob.host().kill();
        pair.alice.link(new Links.Command.Know(contact));
        pair.play.open(pair.alice, contact.node(), FILES, content(10, 1));
        pair.run(40);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 UNREACHABLE");
    }

    @Test void one_that_is_given_up_ends_for_both() {
        var pair = pair();
        long id = pair.open(content(5_000_000, 1));
        pair.run(0.5);
        pair.alice.link(new Links.Command.Reset(id, Links.How.RESET));
        pair.run(1);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 RESET");
        assertThat(pair.play.ended(pair.bob)).containsExactly("-1 RESET");
        var file = content(2_000_000, 2);
        pair.open(file);
        pair.run(20);
        //= rfc9000#4.4-1 flow control: what had been sent counts, the next has its room
        assertThat(pair.play.received(pair.bob)).anyMatch(got -> Arrays.equals(got, file));
    }

    @Test void the_listener_may_give_it_up_too() {
        var pair = pair();
        for (int i = 0; i < 20; i++) {
            pair.open(content(9_000_000, 1));
            pair.run(0.3);
            pair.bob.link(new Links.Command.Reset(-1 - i, Links.How.REFUSED));
            pair.run(0.3);
        }
        assertThat(pair.play.ended(pair.alice)).hasSize(20).allMatch(s -> s.endsWith(" REFUSED"));
        var file = content(1_000_000, 2);
        pair.open(file);
        pair.run(20);
        assertThat(pair.play.received(pair.bob)).anyMatch(got -> Arrays.equals(got, file));
    }

    /// What nobody reads stops who writes: no more is written than the windows of both ends.
    @Test void who_does_not_read_stops_who_writes() {
        var pair = pair();
        pair.play.reads = false;
        pair.open(content(5_000_000, 1));
        pair.run(10);
        assertThat(written(pair)).isLessThanOrEqualTo(2 * DuplexStream.WINDOW);
        pair.bob.link(new Links.Command.Read(-1, 400_000));
        pair.run(5);
        assertThat(pair.play.received(pair.bob).getFirst()).hasSizeGreaterThanOrEqualTo(400_000);
        pair.play.reads = true;
        pair.bob.link(new Links.Command.Read(-1, 10_000_000));
        pair.run(60);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 FINISHED");
    }

    private static int written(Pair pair) {
        return pair.play.all(pair.alice).stream().mapToInt(event ->
                event instanceof Links.Event.Writable(_, int bytes) ? bytes : 0).sum();
    }

    @Test void one_that_is_not_read_does_not_stop_another() {
        var pair = pair();
        pair.play.reads = false;
        for (int i = 0; i < 3; i++) pair.open(content(5_000_000, 1));
        pair.run(5);
        pair.play.reads = true;
        var file = content(500_000, 2);
        pair.open(file);
        pair.run(20);
        assertThat(pair.play.received(pair.bob)).anyMatch(got -> Arrays.equals(got, file));
    }

    @Test void there_may_be_so_many_and_no_more() {
        var pair = pair();
        for (int i = 0; i <= Streams.MAX; i++) pair.open(content(5_000_000, i));
        pair.run(1);
        assertThat(pair.play.ended(pair.alice)).containsExactly(
                1 + Streams.MAX + " TOO_MANY");
    }

    /// One that was started anew knows nothing of the old stream, and is not given its bytes.
    @Test void who_was_started_anew_gets_new_streams_only() {
        var pair = pair();
        pair.open(content(50_000_000, 1));
        pair.run(2);
        pair.bob.host().kill();
        pair.bob.start("bob");
        pair.run(3);
        pair.bob.link(new Links.Command.Offer(FILES, true));
        pair.run(10);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 RESET");
        var file = content(100_000, 2);
        pair.open(file);
        pair.run(5);
        assertThat(pair.play.received(pair.bob)).last().matches(got -> Arrays.equals(got, file));
    }

    @Test void one_that_begins_just_then_is_not_lost() {
        var pair = pair();
        pair.open(content(1_000, 1));
        pair.run(2);
        pair.bob.host().kill();
        pair.bob.start("bob");
        pair.run(3);
        pair.bob.link(new Links.Command.Offer(FILES, true));
        var file = content(100_000, 2);
        pair.open(file);
        pair.run(10);
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 FINISHED", "2 FINISHED");
        assertThat(pair.play.received(pair.bob)).last().matches(got -> Arrays.equals(got, file));
    }

    @Test void it_outlives_a_network_that_is_away_for_a_while() {
        var pair = pair();
        var file = content(3_000_000, 1);
        pair.open(file);
        pair.run(1);
        pair.world.network.cut(pair.bob.host());
        pair.run(10);
        pair.world.network.heal();
        pair.run(60);
        assertThat(pair.play.received(pair.bob)).first().matches(got -> Arrays.equals(got, file));
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 FINISHED");
    }

    /// Both read slowly for most of an hour, so that the rest is on its way when keys are renewed.
    @Test void it_outlives_the_keys_of_its_session() {
        assumeTrue(BIG > 1_000_000, "at night: -Pnight");
        var pair = new Pair(5, Wire.of(Duration.ofMillis(25)).rate(100_000, 10_000));
        pair.play.reads = false;
        var file = content(5_000_000, 1);
        pair.open(file);
        pair.run(Session.LIFETIME.minus(Session.AGEING).toSeconds() - 20);
        int before = ups(pair), got = pair.play.progress(pair.bob).getFirst();
        pair.play.reads = true;
        pair.bob.link(new Links.Command.Read(-1, 100_000));
        pair.run(10);
        assertThat(ups(pair)).isEqualTo(before);
        assertThat(pair.play.progress(pair.bob).getFirst()).isBetween(got + 200_000, 2_000_000);
        pair.run(20);
        assertThat(ups(pair)).as("another session").isGreaterThan(before);
        assertThat(pair.play.progress(pair.bob).getFirst()).isLessThan(file.length);
        pair.run(60);
        assertThat(pair.play.received(pair.bob)).hasSize(1).allMatch(all ->
                Arrays.equals(all, file));
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 FINISHED");
    }

    /// How often a session with the other was told of.
    private static int ups(Pair pair) {
        return (int) World.told(pair.alice).stream().filter(event ->
                event instanceof Links.Event.Up up && up.key().equals(pair.bob.key())).count();
    }

    /// Bob's router gives each destination a port of its own, so only a relay leads to him.
    @Test void by_a_relay_it_is_paced_to_what_that_hands_on_and_goes_on_by_another() {
        var world = new World(1);
        var middle = world.superNode("middle", "203.0.113.1");
        var alice = world.home("alice", Nat.PORT_RESTRICTED, middle);
        var bob = world.home("bob", Nat.SYMMETRIC, middle);
        var second = new LinkedNode("second", world.network.host("203.0.113.2"), true,
                List.of(middle));
        world.run(Attachment.ASKING_THE_ONLY_ONE.multipliedBy(2));
        var play = new StreamPlay();
        alice.listen(play.of(alice));
        bob.listen(play.of(bob));
        bob.link(new Links.Command.Offer(FILES, true));
        alice.link(new Links.Command.Know(bob.contact()));
        var file = content(2_000_000, 1);
        play.open(alice, bob.key(), FILES, file);
        world.run(Duration.ofSeconds(10));
        int before = play.progress(bob).getFirst();
        assertThat(before).isBetween(400_000, 10 * Streams.RELAYED);
        assertThat(alice.relayed(bob)).hasValue(true);
        middle.host().kill();
        world.run(Duration.ofSeconds(40));
        assertThat(play.received(bob)).first().matches(got -> Arrays.equals(got, file));
        assertThat(play.ended(alice)).containsExactly("1 FINISHED");
        assertThat(second.told()).isEmpty();
    }

    /// The way between them carries 500 kB a second, and a fifth of a second of it may wait there.
    private static Pair narrow(long seed) {
        return new Pair(seed, Wire.of(Duration.ofMillis(25)).rate(500_000, 25_000));
    }

    @Test void two_streams_share_alike() {
        var pair = narrow(3);
        pair.open(content(20_000_000, 1));
        pair.open(content(20_000_000, 2));
        pair.run(10);
        var progress = pair.play.progress(pair.bob);
        assertThat(progress.getFirst() + progress.getLast()).isGreaterThan(2_500_000);
        assertThat((double) progress.getFirst() / progress.getLast()).isBetween(0.9, 1.1);
    }

    private static final int MESSAGES = BIG > 1_000_000 ? 600 : 120;

    private static final Duration WAY = Duration.ofMillis(25);

    /// Milliseconds that messages take that are said every 47 ms beside a file, sorted; the way has
    /// 25, and bears 500 kB a second.
    private static List<Long> taken(long queue, double loss) {
        var pair = new Pair(4, Wire.of(WAY).loss(loss).rate(500_000, queue));
        pair.bob.link(new Links.Command.Offer(1_000, true));
        World.say(0, pair.alice, pair.bob, 1_000, "first");
        pair.run(1);
        pair.bob.told().clear();
        pair.open(content(40_000_000, 1));
        var begun = new HashMap<String, Instant>();
        for (int i = 0; i < MESSAGES; i++) {
            begun.put("" + i, pair.world.network.now());
            World.say(0, pair.alice, pair.bob, 1_000, "" + i);
            pair.run(0.047);
        }
        pair.run(3);
        var taken = pair.bob.told().stream().flatMap(told ->
                told.event() instanceof Links.Event.Said(_, _, var text) ? Stream.of(
                        Duration.between(begun.remove(text.utf8()), told.at()).toMillis())
                        : Stream.empty()).sorted().toList();
        assertThat(begun).isEmpty();
        assertThat(pair.play.progress(pair.bob).getFirst())
                .isGreaterThan(loss > 0 ? 1_000_000 : MESSAGES * 20_000);
        return taken;
    }

    private static long longer(List<Long> taken, int millis) {
        return taken.stream().filter(each -> each > millis).count();
    }

    /// Each of them, from the first moment of the file on: it leaves room in a queue of 50 ms.
    @Test void what_is_said_beside_a_file_waits_a_round_trip_at_most() {
        assertThat(taken(25_000, 0).getLast()).isLessThanOrEqualTo(25 + 50);
    }

    /// Where half a second may wait it does not.
    @Test void a_file_does_not_fill_a_long_queue() {
        assertThat(taken(250_000, 0).getLast()).isLessThan(25 + 50);
    }

    /// How much later than it would alone sound comes, 50 a second, beside a file; in milliseconds.
    private static List<Double> late(long queue) {
        var pair = new Pair(4, Wire.of(WAY).rate(500_000, queue));
        World.say(0, pair.alice, pair.bob, 1_000, "first");
        pair.run(1);
        pair.bob.told().clear();
        pair.open(content(40_000_000, 1));
        var begun = new ArrayList<Instant>();
        for (int i = 0; i < 2 * MESSAGES; i++) {
            begun.add(pair.world.network.now());
            var sound = ByteBuffer.allocate(172).putInt(0, i).array();
            pair.alice.link(new Links.Command.Moment(pair.bob.key(), 1, Bytes.copyOf(sound)));
            pair.run(0.02);
        }
        pair.run(1);
        var late = pair.bob.told().stream().flatMap(told ->
                told.event() instanceof Links.Event.Moment(_, _, var sound) ? Stream.of(
                        Duration.between(begun.get(ByteBuffer.wrap(sound.toArray()).getInt()),
                                told.at()).minus(WAY).toNanos() / 1e6)
                        : Stream.empty()).sorted().toList();
        assertThat(late).hasSize(begun.size());
        return late;
    }

    @Test void sound_beside_a_file_is_little_later() {
        var late = late(25_000);
        assertThat(late.get(late.size() * 95 / 100)).isLessThan(30);
        assertThat(late.getLast()).isLessThan(50);
    }

    /// Which part of a narrow place the datagrams of a file use that has gone on for 5 s.
    private static double used(Wire wire) {
        var pair = new Pair(1, wire);
        pair.open(content(40_000_000, 1));
        pair.run(5);
        int before = pair.play.progress(pair.bob).getFirst(), seconds = Math.min(60, BIG / 80_000);
        pair.run(seconds);
        double packet = (double) Packet.MAX_INNER / (Frame.words(Packet.MAX_INNER) - Word.DATA);
        return (pair.play.progress(pair.bob).getFirst() - before) * packet
                / (seconds * wire.rate());
    }

    @Test void what_nobody_else_uses_a_file_uses() {
        for (int queue : new int[] {10_000, 25_000, 250_000})
            assertThat(used(Wire.of(WAY).rate(500_000, queue))).as("queue of " + queue)
                    .isGreaterThan(0.9);
    }

    /// Packets overtake each other by eight there.
    @Test void also_where_round_trips_vary() {
        assertThat(used(Wire.of(WAY).jitter(Duration.ofMillis(20)).rate(500_000, 25_000)))
                .isGreaterThan(0.9);
    }

    /// What the way itself loses costs a round trip, file or not; what it loses twice, two.
    @Test void also_where_the_way_loses() {
        var taken = taken(25_000, 0.01);
        assertThat(longer(taken, 25 + 50)).isLessThanOrEqualTo(MESSAGES / 20);
        assertThat(longer(taken, 25 + 50 + 100)).isLessThanOrEqualTo(MESSAGES / 100);
    }

    /// Nothing is behind it by which it could be found lost: it is asked for when an answer to it
    /// is overdue.
    @Test void what_is_lost_with_nothing_behind_it_is_said_again_after_a_round_trip() {
        var pair = pair();
        pair.bob.link(new Links.Command.Offer(1_000, true));
        World.say(0, pair.alice, pair.bob, 1_000, "first");
        pair.run(1);
        for (int i = 0; i < 40; i++) {
            World.say(0, pair.alice, pair.bob, 1_000, "known");
            pair.run(0.2);
        }
        pair.world.network.wire(pair.alice.host(), pair.bob.host(),
                Wire.of(Duration.ofMillis(25)).loss(1));
        pair.bob.told().clear();
        var begin = pair.world.network.now();
        World.say(0, pair.alice, pair.bob, 1_000, "lost");
        pair.run(0.01);
        pair.world.network.wire(
                pair.alice.host(), pair.bob.host(), Wire.of(Duration.ofMillis(25)));
        pair.run(1);
        assertThat(pair.bob.told()).hasSize(1).allMatch(told ->
                Duration.between(begin, told.at()).toMillis() <= 25 + 50 + 30);
    }

    /// Round trips of 50 ms, and loss in either direction.
    private static double goodput(long seed, double loss, int size) {
        var pair = new Pair(seed, Wire.of(Duration.ofMillis(25)).loss(loss));
        var file = content(size, seed);
        var begin = pair.world.network.now();
        pair.open(file);
        pair.world.network.runUntil(() -> !pair.play.ended(pair.alice).isEmpty(),
                Duration.ofMinutes(10));
        assertThat(pair.play.ended(pair.alice)).containsExactly("1 FINISHED");
        assertThat(pair.play.received(pair.bob)).hasSize(1).allMatch(got ->
                Arrays.equals(got, file));
        return size / (Duration.between(begin, pair.world.network.now()).toNanos() / 1e9);
    }

    @Test void of_what_loss_allows_at_least_half_is_used() {
        for (double loss : new double[] {0.01, 0.03, 0.10}) {
            double allowed = 1.22 * Frame.words(Packet.MAX_INNER) / (0.050 * Math.sqrt(loss));
            double seen = goodput(7, loss, BIG);
            assertThat(seen).as("at " + loss).isGreaterThan(allowed / 2);
        }
    }
}
