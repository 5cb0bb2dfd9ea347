package p2psip.app.stun;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// The TURN server on a simulated host, by each way that a client may come.
class RelayingTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String REALM = "turn.example.org";
    private static final Credential ALICE = new Credential("alice", "wonderland");
    private static final Bytes HELLO = Bytes.utf8("hello"), ECHO = Bytes.utf8("olleh");

    private final Network network = new Network(7);
    private final SimHost house = host("203.0.113.1"), alice = host("203.0.113.2"),
            peer = host("203.0.113.3");
    private final InetAddress relay = house.addresses().getLast();

    private SimHost host(String ip) { return network.host(ip); }

    private Host.Line relaying(Optional<Way> way, int port) {
        house.certify(REALM);
        var line = house.start("turn", room -> new Relaying(new Relaying.Options(
                List.of(new Relaying.Place(way, new InetSocketAddress(relay, port))),
                new TurnServer.Settings("test", Map.of(Family.IPV4, relay), 50_000, 50_999,
                        Limits.USUAL, new Peers(List.of(), Set.of(relay))), REALM,
                TurnUsers.of(REALM, List.of("alice:wonderland"), Optional.empty(), room.wall()),
                Duration.ofMinutes(30), true), room.random()));
        assertThat(line.told(SOON).getFirst()).isInstanceOf(Relaying.Ready.class);
        return line;
    }

    private Host.Line borrower(Optional<Way> way, int port) {
        return alice.start("alice", room -> new Borrower(new InetSocketAddress(relay, port), way,
                alice.addresses().getLast(), ALICE, room.random()));
    }

    /// Answers each datagram by another.
    private record Echo(InetSocketAddress at, AtomicBoolean begun)
            implements Machine<Event, Effect> {
        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Datagram(_, var local, var from, _)
                    ? List.of(new Effect.Datagram(local, from, ECHO)) : List.of();
        }

        @Override public List<Effect> wake(Instant now) {
            begun.set(true);
            return List.of(new Effect.Bind(Id.PROGRAM, at));
        }

        @Override public Instant deadline() { return begun.get() ? Instant.MAX : Instant.MIN; }
    }

    private static <T> T next(Host.Line line, Class<T> kind) {
        for (int i = 0; i < 20; i++)
            for (var told : line.told(SOON)) if (kind.isInstance(told)) return kind.cast(told);
        throw new AssertionError("no " + kind);
    }

    private Relaying.Statistics count(Host.Line server) {
        server.command(new Relaying.Count());
        return next(server, Relaying.Statistics.class);
    }

    //= rfc8656#5-11 clients come by UDP, and by TCP and TLS as well
    @Test void by_datagrams_and_by_streams() {
        int port = 3_478;
        for (var way : List.<Optional<Way>>of(Optional.empty(), Optional.of(new Way.Tcp()),
                Optional.of(new Way.Tls(REALM)))) {
            port++;
            var server = relaying(way, port);
            var client = borrower(way, port);
            var there = new InetSocketAddress(peer.addresses().getLast(), port);
            peer.start("peer", _ -> new Echo(there, new AtomicBoolean()));
            var allocated = next(client, TurnClient.Output.Allocated.class);
            assertThat(allocated.relayed().getFirst().getAddress()).isEqualTo(relay);
            assertThat(count(server)).isEqualTo(
                    new Relaying.Statistics(1, 1, way.isPresent() ? 1 : 0));
            for (int i = 0; i < 6; i++) {
                client.command(new TurnClient.Input.Send(there, HELLO));
                assertThat(next(client, TurnClient.Output.Data.class))
                        .isEqualTo(new TurnClient.Output.Data(there, ECHO));
            }
            client.command(new TurnClient.Input.Close());
            next(client, TurnClient.Output.Closed.class);
            assertThat(count(server).allocations()).isZero();
            assertThat(count(server).relays()).isZero();
            server.command(new Relaying.Stop());
            alice.kill();
        }
    }

    @Test void the_end_of_a_connection_ends_what_it_had() {
        var way = Optional.<Way>of(new Way.Tcp());
        var server = relaying(way, 3_478);
        var client = borrower(way, 3_478);
        next(client, TurnClient.Output.Allocated.class);
        alice.kill();
        network.run(Duration.ofSeconds(1));
        assertThat(count(server)).isEqualTo(new Relaying.Statistics(0, 0, 0));
    }

    @Test void a_stream_that_asks_for_nothing_is_closed() {
        var server = relaying(Optional.of(new Way.Tcp()), 3_478);
        for (int i = 0; i < 3; i++) {
            int number = i;
            alice.start("idle" + i, _ -> new Idle(new InetSocketAddress(relay, 3_478), number));
        }
        network.run(Duration.ofSeconds(1));
        assertThat(count(server).streams()).as("who speaks HTTP has gone").isEqualTo(2);
        network.run(Duration.ofSeconds(61));
        assertThat(count(server).streams()).isZero();
    }

    private static final class Idle implements Machine<Event, Effect> {
        private final InetSocketAddress server;
        private final int number;
        private Instant due = Instant.MIN;

        Idle(InetSocketAddress server, int number) {
            this.server = server;
            this.number = number;
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Connected && number > 0 ? List.of(new Effect.Write(
                    Id.PROGRAM, Bytes.utf8(number == 1 ? "POST / HTTP/1.1\r\n" : "@"))) : List.of();
        }

        @Override public List<Effect> wake(Instant now) {
            due = Instant.MAX;
            return List.of(new Effect.Open(Id.PROGRAM, new Way.Tcp(), server));
        }

        @Override public Instant deadline() { return due; }
    }

    @Test void it_says_where_it_cannot_listen() {
        relaying(Optional.empty(), 3_478);
        var second = house.start("second", room -> new Relaying(new Relaying.Options(
                List.of(new Relaying.Place(Optional.empty(), new InetSocketAddress(relay, 3_478))),
                new TurnServer.Settings("test", Map.of(Family.IPV4, relay), 50_000, 50_999,
                        Limits.USUAL, new Peers(List.of(), Set.of())), REALM,
                TurnUsers.of(REALM, List.of(), Optional.empty(), room.wall()),
                Duration.ofMinutes(30), false), room.random()));
        assertThat(next(second, Relaying.NotReady.class).why()).contains("in use");
        assertThat(second.ended()).isTrue();
    }
}
