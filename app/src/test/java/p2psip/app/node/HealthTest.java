package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.host.*;
import p2psip.app.node.Question.Reply;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;

/// Simulated nodes of which some are cut off from the others.
class HealthTest {
    private static final Duration IN_TIME = Duration.ofSeconds(15);

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(11, trace::add);
    private final List<SimHost> hosts = IntStream.rangeClosed(1, 6)
            .mapToObj(i -> network.host("10.0.0." + i)).toList();

    private RunningNode node(int i, RunningNode... others) {
        return RunningNode.start(hosts.get(i), "node " + i, Node.Options.at(
                InetAddress.ofLiteral("10.0.0." + (i + 1)),
                Stream.of(others).map(RunningNode::overlay).toList()));
    }

    private static Reply.Health health(RunningNode node) {
        return (Reply.Health) node.ask(new Question.Health());
    }

    private List<String> notices(RunningNode node) {
        return node.line().told(Duration.ZERO).stream().filter(Host.Notice.class::isInstance)
                .map(told -> ((Host.Notice) told).line()).toList();
    }

    @ParameterizedTest @ValueSource(ints = {2, 5})
    void a_node_that_is_cut_off_notices_in_time_tells_its_phones_and_comes_back(int others) {
        var first = node(0);
        for (int i = 1; i < others; i++) node(i, first);
        try (var alice = Telephone.start(hosts.get(5), "alice",
                PhoneSetup.of("sip:alice@example.com", first.sip()))) {
            alice.register();
            network.run(Duration.ofSeconds(20));
            assertThat(health(first).well()).isTrue();
            assertThat(notices(first)).noneMatch(line -> line.contains("cut off"));
            network.cut(hosts.get(0), hosts.get(5));
            var cut = network.now();
            assertThat(network.runUntil(() -> remarked("this node is cut off: "),
                    IN_TIME)).as("after 15 s").isTrue();
            assertThat(notices(first)).anyMatch(line -> line.startsWith("this node is cut off: "));
            assertThat(health(first)).matches(is -> !is.well() && is.text().startsWith(
                    "cut off since " + network.now().truncatedTo(ChronoUnit.SECONDS)));
            assertThatThrownBy(() -> alice.call("sip:bob@example.com"))
                    .hasMessageContaining("480");
            assertThat(warned()).contains("cut off since");
            network.heal();
            assertThat(network.runUntil(() -> remarked("this node is not cut off any more"),
                    Duration.ofSeconds(30))).isTrue();
            assertThat(Duration.between(cut, network.now())).isLessThan(Duration.ofSeconds(45));
            network.run(Duration.ofSeconds(30));
            assertThat(health(first).well()).isTrue();
            assertThatThrownBy(() -> alice.call("sip:bob@example.com"))
                    .hasMessageContaining("404");
        }
    }

    private boolean remarked(String begin) {
        return trace.stream().anyMatch(each -> each.node().equals("node 0")
                && each.what() instanceof Trace.What.Remark(_, var text, _)
                && text.startsWith(begin));
    }

    /// What its phone has read, of the wire.
    private String warned() {
        return trace.stream().filter(each -> each.node().equals("node 0")).map(Trace::what)
                .filter(Trace.What.Wire.class::isInstance)
                .map(what -> ((Trace.What.Wire) what).bytes().utf8())
                .filter(text -> text.contains("Warning: 399")).findFirst().orElse("");
    }

    @Test void one_that_is_alone_is_well_and_one_that_all_have_left_is_too() {
        var first = node(0);
        assertThat(health(first)).isEqualTo(new Reply.Health(true,
                "alone: no other node is known; start another, or name one with -S"));
        var second = node(1, first);
        network.run(Duration.ofSeconds(20));
        assertThat(health(first)).isEqualTo(
                new Reply.Health(true, "well: it speaks with 1 other node"));
        second.line().command(new Node.Leave());
        network.run(Duration.ofSeconds(40));
        assertThat(health(first).text()).startsWith("alone");
    }

    /// Those who live notice that a third does not, and are not cut off.
    @Test void one_that_misses_another_is_not_cut_off() {
        var first = node(0);
        node(1, first);
        node(2, first);
        network.run(Duration.ofSeconds(20));
        hosts.get(2).kill();
        network.run(Duration.ofMinutes(1));
        assertThat(remarked("this node is cut off")).isFalse();
    }
}
