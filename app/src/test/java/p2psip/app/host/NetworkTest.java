package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.app.host.HostContract.TCP;
import static p2psip.app.host.HostContract.at;
import static p2psip.app.host.HostContract.id;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Puppet.Strings;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// What a simulated network does to those who live on it.
class NetworkTest {
    private static final InetSocketAddress A = at("10.0.0.1", 5060), B = at("10.0.0.2", 5060);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Network network = new Network(1);
    private final SimHost one = network.host("10.0.0.1"), two = network.host("10.0.0.2");
    private final Strings alice = new Strings(one, "alice"), bob = new Strings(two, "bob");

    private void bind() {
        alice.bind(A);
        bob.bind(B);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++)
            alice.pull(new Effect.Datagram(A, B, Bytes.utf8("%04d".formatted(i))));
    }

    private List<String> heard() {
        network.run(SECOND);
        return bob.rest(Duration.ZERO).stream()
                .map(event -> ((Event.Datagram) event).bytes().utf8()).toList();
    }

    @Test void a_wire_delays_every_datagram_and_keeps_order_without_jitter() {
        bind();
        network.wires(Wire.of(Duration.ofMillis(300)));
        send(100);
        network.run(Duration.ofMillis(299));
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
        assertThat(heard()).hasSize(100).isSorted();
    }

    @Test void a_wire_loses_delays_and_repeats_as_often_as_it_is_told() {
        bind();
        network.wires(new Wire(Duration.ofMillis(5), Duration.ZERO, 0.2, 0, 0));
        send(1_000);
        assertThat(heard()).doesNotHaveDuplicates().isSorted().hasSizeBetween(750, 850);
        network.wires(new Wire(Duration.ofMillis(5), Duration.ZERO, 0, 0.1, 0));
        send(1_000);
        var late = heard();
        assertThat(late).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(late).isNotEqualTo(late.stream().sorted().toList());
        network.wires(new Wire(Duration.ofMillis(5), Duration.ZERO, 0, 0, 0.3));
        send(1_000);
        var twice = heard();
        assertThat(twice).hasSizeBetween(1_250, 1_350);
        assertThat(new TreeSet<>(twice)).hasSize(1_000);
    }

    @Test void one_wire_can_differ_from_the_others() {
        bind();
        network.wire(one, two, Wire.LAN.loss(1));
        send(10);
        assertThat(heard()).isEmpty();
    }

    @Property(tries = 20) void a_stream_over_a_bad_wire_still_delivers_all_in_order(
            @ForAll long seed) {
        var bad = new Network(seed);
        bad.wires(Wire.LAN.jitter(Duration.ofMillis(40)).loss(0.3));
        var left = new Strings(bad.host("10.0.0.1"), "left");
        var right = new Strings(bad.host("10.0.0.2"), "right");
        right.listen(B);
        left.pull(new Effect.Open(id(1), TCP, B));
        left.hear(Event.Connected.class);
        var all = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            left.pull(new Effect.Write(id(1), Bytes.utf8(i + " ")));
            all.append(i).append(' ');
        }
        assertThat(right.read(all.length()).utf8()).hasToString(all.toString());
    }

    @Test void a_partition_cuts_datagrams_and_holds_up_streams_until_it_heals() {
        bind();
        bob.listen(B);
        alice.pull(new Effect.Open(id(1), TCP, B));
        alice.hear(Event.Connected.class);
        bob.hear(Event.Accepted.class);
        network.cut(one);
        send(3);
        alice.pull(new Effect.Write(id(1), Bytes.utf8("hello")));
        assertThat(heard()).isEmpty();
        network.heal();
        assertThat(bob.read(5).utf8()).isEqualTo("hello");
        network.cut(two);
        alice.pull(new Effect.Write(id(1), Bytes.utf8("hello")));
        network.run(SimStream.PATIENCE.plus(SECOND));
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("timed out");
        alice.pull(new Effect.Open(id(2), TCP, B));
        network.run(Host.CONNECTING.minus(SECOND));
        assertThat(alice.rest(Duration.ZERO)).isEmpty();
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(new Event.Closed(id(2), "timed out"));
    }

    @Test void a_peer_that_does_not_take_what_is_written_is_closed_at_the_limit() {
        bob.listen(B);
        alice.pull(new Effect.Open(id(1), TCP, B));
        alice.hear(Event.Connected.class);
        two.pause();
        for (int i = 0; i < 5; i++)
            alice.pull(new Effect.Write(id(1), Bytes.wrap(new byte[Host.UNWRITTEN / 4])));
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("the peer reads too slowly");
    }

    @Test void a_paused_host_hears_later_what_it_missed_up_to_a_limit() {
        bind();
        two.pause();
        send(SimHost.BACKLOG + 50);
        assertThat(heard()).isEmpty();
        two.resume();
        assertThat(heard()).hasSize(SimHost.BACKLOG).isSorted();
    }

    @Test void a_killed_node_loses_what_was_not_yet_on_disk_and_its_peers_hear_of_it() {
        bob.listen(B);
        alice.pull(new Effect.Open(id(1), TCP, B));
        alice.hear(Event.Connected.class);
        bob.pull(new Effect.Store(id(1), new TreeMap<>(Map.of("a", Optional.of(Bytes.utf8("1"))))));
        bob.hear(Event.Stored.class);
        bob.pull(new Effect.Store(id(2), new TreeMap<>(Map.of("b", Optional.of(Bytes.utf8("2"))))));
        network.run(SimHost.DISK.dividedBy(2));
        two.kill();
        assertThat(alice.hear(Event.Closed.class).id()).isEqualTo(id(1));
        assertThat(bob.ended()).isTrue();
        var again = new Strings(two, "bob");
        again.pull(new Effect.Load(id(1), ""));
        assertThat(again.hear(Event.Loaded.class).values()).containsOnlyKeys("a");
        assertThat(again.listen(B)).isEqualTo(B);
    }

    @Test void names_are_known_once_entered() {
        network.name("Phone.example", "10.0.0.9");
        alice.pull(new Effect.Resolve(id(1), "phone.EXAMPLE"),
                new Effect.Resolve(id(2), "other.example"));
        assertThat(alice.hear(Event.Resolved.class)).isEqualTo(
                new Event.Resolved(id(1), List.of(InetAddress.ofLiteral("10.0.0.9"))));
        assertThat(alice.hear(Event.Resolved.class))
                .isEqualTo(new Event.Resolved(id(2), List.of()));
    }

    @Test void a_bug_in_a_node_fails_the_run_and_names_the_seed() {
        alice.pull(new Puppet.Fail());
        assertThatThrownBy(() -> network.run(SECOND)).hasMessageContaining("alice")
                .hasMessageContaining("seed 1").hasRootCauseMessage("as commanded");
    }

    @Test void a_node_that_will_not_sleep_is_a_bug() {
        one.start("restless", _ -> new Machine<Event, Effect>() {
            @Override public List<Effect> handle(Event event, Instant now) { return List.of(); }

            @Override public List<Effect> wake(Instant now) { return List.of(); }

            @Override public Instant deadline() { return Instant.EPOCH; }
        });
        assertThatThrownBy(() -> network.run(SECOND)).rootCause().hasMessageContaining("in vain");
    }

    @Test void a_node_is_woken_until_all_its_parts_have_had_their_turn() {
        var turns = new AtomicInteger();
        one.start("in parts", _ -> new Machine<Event, Effect>() {
            @Override public List<Effect> handle(Event event, Instant now) { return List.of(); }

            @Override public List<Effect> wake(Instant now) {
                turns.incrementAndGet();
                return List.of();
            }

            @Override public Instant deadline() {
                return turns.get() < 3 ? Instant.EPOCH : Instant.MAX;
            }
        });
        network.run(SECOND);
        assertThat(turns).hasValue(3);
    }

    @Test void idle_hosts_cost_nothing() {
        for (int i = 0; i < 10_000; i++)
            network.host("fd00::" + Integer.toHexString(i + 1)).start("idle", _ -> new Puppet());
        network.run(SECOND);
        long steps = network.steps();
        network.run(Duration.ofDays(365));
        assertThat(network.steps()).isEqualTo(steps);
    }

    @Test void one_seed_is_one_run_in_another_jvm_too() throws Exception {
        var here = Chatter.transcript(42);
        assertThat(here).hasLineCount(Chatter.transcript(42).split("\n").length)
                .isEqualTo(Chatter.transcript(42)).isNotEqualTo(Chatter.transcript(43));
        var there = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")), Chatter.class.getName(), "42")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = there.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readAllAsString()).isEqualTo(here);
        }
    }

    /// A node that talks to whom it likes, by datagram, stream and group, as chance has it.
    static final class Chatter implements Machine<Event, Effect> {
        private static final InetSocketAddress GROUP = at("239.1.2.3", 5062);
        private static final int NODES = 12;

        private final Host.Room room;
        private final InetSocketAddress self;
        private final Set<Id> open = new LinkedHashSet<>();
        private Instant next = Instant.MIN;
        private long flow;

        Chatter(Host.Room room) {
            this.room = room;
            this.self = new InetSocketAddress(room.addresses().get(1), 5060);
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Datagram(_, _, var from, var bytes) when bytes.size() < 6
                        && !from.equals(self) ->
                        List.of(new Effect.Datagram(self, from, Bytes.utf8(bytes.utf8() + "!")));
                case Event.Accepted(var id, _, _, _, _) -> write(id);
                case Event.Connected(var id, _, _, _, _) -> write(id);
                case Event.Received(var id, var bytes) when bytes.size() > 400 ->
                        List.of(new Effect.Close(id));
                case Event.Closed(var id, _, _) -> {
                    open.remove(id);
                    yield List.of();
                }
                default -> List.of(new Effect.Note(
                        new Trace.What.Remark(Trace.Subject.SIP, "" + event, "")));
            };
        }

        private List<Effect> write(Id id) {
            open.add(id);
            return List.of(new Effect.Write(id, Bytes.wrap(
                    new byte[room.random().nextInt(1, 500)])));
        }

        @Override public List<Effect> wake(Instant now) {
            if (now.isBefore(next)) return List.of();
            var out = new ArrayList<Effect>();
            if (next.equals(Instant.MIN)) out.addAll(List.of(new Effect.Bind(id(1), self),
                    new Effect.Listen(id(2), TCP, self), new Effect.JoinGroup(id(3), GROUP)));
            next = now.plusNanos(room.random().nextLong(1, 300_000_000));
            var to = at("10.0.1." + room.random().nextInt(1, NODES + 1), 5060);
            switch (room.random().nextInt(5)) {
                case 0 -> out.add(new Effect.Open(id(++flow), TCP, to));
                case 1 -> out.add(new Effect.Datagram(self, GROUP, Bytes.utf8("all")));
                case 2 -> open.forEach(id -> out.addAll(List.of(
                        new Effect.Write(id, Bytes.utf8("x".repeat(500))))));
                default -> out.add(new Effect.Datagram(self, to, Bytes.utf8("you")));
            }
            return out;
        }

        @Override public Instant deadline() { return next; }

        /// Prints the transcript of one seed: what the other JVM of the test runs.
        public static void main(String[] args) {
            IO.print(transcript(Long.parseLong(args[0])));
        }

        static String transcript(long seed) {
            var lines = new StringJoiner("\n");
            var network = new Network(seed, trace -> lines.add(trace.toString()));
            network.wires(new Wire(Duration.ofMillis(10), Duration.ofMillis(20), 0.1, 0.1, 0.1));
            var hosts = IntStream.rangeClosed(1, NODES).mapToObj(i -> {
                var host = network.host("10.0.1." + i);
                host.start("node" + i, Chatter::new);
                return host;
            }).toList();
            network.run(Duration.ofSeconds(5));
            network.cut(hosts.get(0), hosts.get(3));
            hosts.get(5).kill();
            hosts.get(7).pause();
            network.run(Duration.ofSeconds(5));
            network.heal();
            hosts.get(7).resume();
            hosts.get(5).start("again", Chatter::new);
            network.run(Duration.ofSeconds(5));
            return lines.toString();
        }
    }
}
