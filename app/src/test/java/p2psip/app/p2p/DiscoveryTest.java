package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.p2p.Discovery.*;

class DiscoveryTest {
    private static final Peer SELF = peer("self", 1), ASKER = peer("asker", 2);

    private final Discovery discovery =
            new Discovery(SELF, Place.parseList("10.0.0.9:5070,x.example:5071"), new Random(1));
    private Instant now = Instant.EPOCH;

    private static Peer peer(String name, int port) {
        return new Peer(NodeId.of(name), Net.at(port));
    }

    private List<Output> hear(Packet packet) {
        return discovery.handle(new Input.Heard(Net.at(9), packet), now);
    }

    /// Everything said in this time.
    private List<Output> run(Duration span) {
        var end = now.plus(span);
        var out = new ArrayList<Output>();
        while (!discovery.deadline().isAfter(end)) {
            now = discovery.deadline();
            out.addAll(discovery.wake(now));
        }
        now = end;
        return out;
    }

    private void serve() {
        discovery.handle(new Input.Serve(true), now);
        run(Duration.ofSeconds(1));
    }

    @Test void a_question_to_the_group_is_answered_once_however_often_it_is_heard() {
        serve();
        hear(new Packet.Discover(ASKER, false));
        hear(new Packet.Discover(ASKER, false));
        assertThat(run(Discovery.ANSWER))
                .containsExactly(new Output.Say(new Packet.Found(SELF)));
    }

    @Test void who_hears_enough_answers_of_others_says_nothing() {
        serve();
        hear(new Packet.Discover(ASKER, false));
        for (int i = 0; i < Discovery.ENOUGH; i++)
            assertThat(hear(new Packet.Found(peer("other " + i, 10 + i)))).hasSize(1);
        assertThat(run(Discovery.ANSWER)).isEmpty();
    }

    @Test void who_is_no_super_node_does_not_answer_and_nobody_answers_itself() {
        hear(new Packet.Discover(ASKER, false));
        assertThat(run(Discovery.ANSWER)).isEmpty();
        serve();
        hear(new Packet.Discover(SELF, true));
        assertThat(run(Discovery.ANSWER)).isEmpty();
        assertThat(hear(new Packet.Found(SELF))).isEmpty();
    }

    @Test void questions_become_rarer_up_to_a_limit_and_cover_the_list() {
        var first = discovery.handle(new Input.Seek(true), now);
        assertThat(first).containsExactly(new Output.Say(new Packet.Discover(SELF, false)),
                new Output.Try(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5070),
                        Optional.empty()),
                new Output.Resolve(1, "x.example"));
        int early = run(Duration.ofSeconds(10)).size() / 3;
        run(Duration.ofMinutes(2));
        int late = run(Duration.ofMinutes(5)).size() / 3;
        assertThat(early).isBetween(3, 6);
        assertThat(late).isBetween(6, 20);
    }

    @Test void who_is_content_asks_only_the_list() {
        discovery.handle(new Input.Seek(false), now);
        assertThat(run(Duration.ofMinutes(2))).isNotEmpty()
                .noneMatch(Output.Say.class::isInstance);
    }

    @Test void names_lead_to_all_their_addresses() {
        var ip = InetAddress.ofLiteral("2001:db8::1");
        assertThat(discovery.handle(new Input.Resolved(1, List.of(ip)), now))
                .containsExactly(new Output.Try(new InetSocketAddress(ip, 5071), Optional.empty()));
        assertThat(discovery.handle(new Input.Resolved(7, List.of(ip)), now)).isEmpty();
    }

    @Test void announcements_become_rarer_where_others_announce() {
        serve();
        int alone = run(Duration.ofMinutes(10)).size();
        int among = 0;
        for (int i = 0; i < 600; i++) {
            hear(new Packet.Found(peer("other " + i, 10)));
            among += run(Duration.ofSeconds(1)).size();
        }
        assertThat(alone).isBetween(20, 60);
        assertThat(among).isBetween(1, 10);
    }

    @Test void places_are_hosts_with_ports() {
        assertThat(Place.parseList("a.example:1, [2001:db8::1]:5070,127.0.0.1:65535"))
                .containsExactly(new Place("a.example", 1), new Place("2001:db8::1", 5070),
                        new Place("127.0.0.1", 65535))
                .extracting(Place::toString).contains("[2001:db8::1]:5070");
        assertThat(Place.parseList(" ")).isEmpty();
        for (var bad : List.of("a", "a:", ":1", "a:0", "a:65536", "a:b", "2001:db8::1:5070",
                "a:1,"))
            assertThatThrownBy(() -> Place.parseList(bad)).as(bad)
                    .isInstanceOf(SyntaxException.class);
    }
}
