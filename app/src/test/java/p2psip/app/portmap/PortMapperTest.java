package p2psip.app.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.host.*;
import p2psip.app.portmap.HomeRouter.Language;
import p2psip.std.*;
import p2psip.std.rfc6887.Response;

/// A port from simulated routers, in each language, with their faults.
class PortMapperTest {
    private static final int PORT = 5063;
    private static final String OUTSIDE = "203.0.113.7";
    private static final InetSocketAddress WANTED =
            new InetSocketAddress(InetAddress.ofLiteral(OUTSIDE), PORT);

    private final Network network = new Network(5);
    private final NatBox box = network.nat(Nat.LINUX, OUTSIDE);
    private final SimHost home = box.host("192.168.1.5");
    private final List<Object> said = new ArrayList<>();
    private PortMapper mapper;
    private Host.Line line;

    /// A node that wants a port, and nothing else.
    private final class Wants implements Machine<Event, Effect> {
        private boolean begun;

        @Override public List<Effect> handle(Event event, Instant now) {
            if (event instanceof Event.Command) return did(mapper.handle(
                    new PortMapper.Input.Leave(), now));
            return mapper.isMine(event.id()) ? did(mapper.handle(
                    new PortMapper.Input.Happened(event), now)) : List.of();
        }

        @Override public List<Effect> wake(Instant now) {
            if (begun) return did(mapper.wake(now));
            begun = true;
            return did(mapper.handle(new PortMapper.Input.Start(PORT), now));
        }

        @Override public Instant deadline() { return begun ? mapper.deadline() : Instant.MIN; }

        private List<Effect> did(List<PortMapper.Output> outputs) {
            return outputs.stream().<Effect>mapMulti((output, effects) -> {
                if (output instanceof PortMapper.Output.Do(var effect)) effects.accept(effect);
                else said.add(output);
            }).toList();
        }
    }

    private HomeRouter begin(Language... speaks) {
        var router = HomeRouter.in(box, OUTSIDE, speaks);
        line = home.start("node", room -> {
            mapper = new PortMapper(new Id(Id.Part.LOOKUP, 0, 1000), room.random());
            return new Wants();
        });
        return router;
    }

    private boolean maps(Duration patience) {
        return network.runUntil(() -> mapper != null && mapper.external().isPresent(), patience);
    }

    @ParameterizedTest @EnumSource(Language.class)
    void a_port_is_had_in_each_language_kept_and_given_back(Language language) {
        var router = begin(language);
        assertThat(maps(Duration.ofSeconds(3))).isTrue();
        assertThat(mapper.external()).contains(WANTED);
        network.run(Duration.ofHours(6));
        assertThat(router.mapped).containsOnlyKeys(PORT);
        assertThat(said.stream().filter(PortMapper.Output.Mapped.class::isInstance)).hasSize(1);
        assertThat(router.asked.size()).as("not too often").isBetween(3, 90);
        line.command("leave");
        assertThat(network.runUntil(() -> said.contains(new PortMapper.Output.Left()),
                Duration.ofSeconds(2))).isTrue();
        assertThat(router.mapped).isEmpty();
    }

    /// Which is what keeps a node from waiting: all are asked before the first has failed.
    @Test void where_all_are_spoken_the_first_is_taken_at_once() {
        var router = begin(Language.values());
        assertThat(maps(Duration.ofMillis(200))).isTrue();
        assertThat(router.asked).containsExactly("PCP 5063 for 7200");
    }

    @Test void where_nobody_answers_it_is_tried_again_after_a_while_and_nothing_grows() {
        var router = begin();
        network.run(Duration.ofSeconds(30));
        assertThat(said).allMatch(PortMapper.Output.Remark.class::isInstance);
        assertThat(said.size()).isLessThan(8);
        network.run(Duration.ofHours(2));
        assertThat(said.size()).isLessThan(60);
        assertThat(router.asked).isEmpty();
        line.command("leave");
        network.run(Duration.ofMillis(10));
        assertThat(said).endsWith(new PortMapper.Output.Left());
    }

    @ParameterizedTest @EnumSource(Language.class)
    void a_router_that_restarts_is_asked_again(Language language) {
        var router = begin(language);
        assertThat(maps(Duration.ofSeconds(3))).isTrue();
        network.run(Duration.ofMinutes(1));
        router.restart(network.now());
        assertThat(network.runUntil(() -> router.mapped.containsKey(PORT),
                Duration.ofMinutes(90))).isTrue();
        assertThat(mapper.external()).contains(WANTED);
    }

    @Test void lost_packets_cost_seconds() {
        var router = begin(Language.PCP);
        router.loses = 2;
        assertThat(maps(Duration.ofSeconds(10))).isTrue();
    }

    @Test void another_port_than_wanted_is_as_good() {
        begin(Language.PCP).shift = 1000;
        assertThat(maps(Duration.ofSeconds(1))).isTrue();
        assertThat(mapper.external()).contains(new InetSocketAddress(
                WANTED.getAddress(), PORT + 1000));
    }

    @Test void where_another_has_the_port_another_one_is_asked_for() {
        var router = begin(Language.UPNP);
        router.shift = 1;
        router.mapped.put(PORT, WANTED);
        assertThat(maps(Duration.ofSeconds(3))).isTrue();
        assertThat(mapper.external().orElseThrow().getPort()).isNotEqualTo(PORT);
    }

    @Test void one_that_refuses_is_left_alone_for_a_while() {
        var router = begin(Language.PCP);
        router.refuses = Response.NOT_AUTHORIZED;
        network.run(Duration.ofSeconds(59));
        assertThat(router.asked).hasSize(1);
        router.refuses = 0;
        assertThat(maps(Duration.ofMinutes(2))).isTrue();
    }

    @Test void a_port_of_a_router_behind_another_one_is_no_use_and_given_back() {
        var outer = network.nat(Nat.LINUX, "203.0.113.8");
        var inner = outer.nat(Nat.LINUX, "100.64.0.9");
        var router = HomeRouter.in(inner, "100.64.0.9", Language.PCP);
        inner.host("192.168.1.5").start("node", room -> {
            mapper = new PortMapper(new Id(Id.Part.LOOKUP, 0, 1000), room.random());
            return new Wants();
        });
        network.run(Duration.ofSeconds(30));
        assertThat(mapper.external()).isEmpty();
        assertThat(router.mapped).isEmpty();
    }

    /// What another than the router says is not heard, though it is what the router would say.
    @ParameterizedTest @EnumSource(Language.class)
    void somebody_else_of_the_network_is_not_heard(Language language) {
        begin();
        var liar = HomeRouter.INSIDE.replace(".1.1", ".1.66");
        box.host(liar).start("liar", _ -> new Machine<Event, Effect>() {
            private final Id id = new Id(Id.Part.PROGRAM, 0, 1);
            private final InetSocketAddress at = new InetSocketAddress(
                    InetAddress.ofLiteral(liar), 5351);
            private boolean begun;

            @Override public List<Effect> handle(Event event, Instant now) {
                return event instanceof Event.Datagram(_, _, var from, _) ? List.of(
                        new Effect.Datagram(at, from, Bytes.utf8("HTTP/1.1 200 OK\r\nST:"
                        + " urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nLOCATION:"
                        + " http://" + liar + ":80/\r\n\r\n"))) : List.of();
            }

            @Override public List<Effect> wake(Instant now) {
                begun = true;
                return List.of(new Effect.Bind(id, at), new Effect.JoinGroup(
                        id.with(2), Ssdp.GROUP));
            }

            @Override public Instant deadline() { return begun ? Instant.MAX : Instant.MIN; }
        });
        network.run(Duration.ofSeconds(9));
        assertThat(mapper.external()).isEmpty();
        assertThat("" + said).contains("not from the router: /" + liar);
    }

    @Property(tries = 30) void whatever_is_lost_it_is_mapped_or_not_and_ends(
            @ForAll long seed, @ForAll Language language) {
        var lossy = new Network(seed);
        var nat = lossy.nat(Nat.LINUX, OUTSIDE);
        var router = HomeRouter.in(nat, OUTSIDE, language);
        var own = nat.host("192.168.1.5");
        router.loses = (int) (seed & 3);
        own.start("node", room -> {
            mapper = new PortMapper(new Id(Id.Part.LOOKUP, 0, 1000), room.random());
            return new Wants();
        });
        lossy.run(Duration.ofMinutes(30));
        assertThat(mapper.external()).contains(WANTED);
    }
}
