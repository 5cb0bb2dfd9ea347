package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.p2p.Place;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.Net;

/// Nodes that tell phones where those are whom they call: as the ancestor's did.
class RedirectingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<Net> ALL = List.of(Net.parse("10.0.0.0/8"));

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(3, trace::add);
    private final RunningNode first = node("10.0.0.1", List.of(), ALL, true);

    private RunningNode node(String ip, List<Place> others, List<Net> plain, boolean redirects) {
        var usual = Node.Options.at(InetAddress.ofLiteral(ip), others);
        return RunningNode.start(network.host(ip), "node " + ip, new Node.Options(usual.sip(),
                usual.lookups(), usual.overlay(), new Door.Word("open sesame"), plain,
                usual.trust(), true, usual.media(), redirects, usual.opendht()));
    }

    private Telephone phone(String ip, String user, RunningNode node) {
        var phone = Telephone.start(network.host(ip), user, PhoneSetup.of(
                "sip:" + user + "@example.com", node.sip()).withLogin(user, "open sesame"));
        phone.register();
        return phone;
    }

    /// What a phone was told by its node: a status, and each Contact.
    private List<String> redirections(String phone) {
        var at = InetAddress.ofLiteral(phone);
        return trace.stream().filter(t -> t.node().startsWith("node")).map(Trace::what)
                .filter(Trace.What.Wire.class::isInstance).map(Trace.What.Wire.class::cast)
                .filter(wire -> wire.sent() && wire.remote().getAddress().equals(at))
                .map(wire -> wire.bytes().utf8()).filter(text -> text.startsWith("SIP/2.0 30"))
                .flatMap(text -> text.lines().filter(line ->
                        line.startsWith("SIP/2.0 30") || line.startsWith("Contact: "))).toList();
    }

    private static void talks(Telephone alice, Telephone bob) {
        try (var _ = alice.call("sip:bob@example.com")) {
            var taken = bob.answer(SECOND).orElseThrow();
            assertThat(taken.talk(SECOND)).isFalse();
            assertThat(taken.hears()).isTrue();
        }
    }

    //= rfc3261#8.3-3 the Contact is where somebody is
    @Test void a_phone_of_the_same_node_is_where_it_says() {
        try (var bob = phone("10.0.0.11", "bob", first);
                var alice = phone("10.0.0.12", "alice", first)) {
            talks(alice, bob);
            assertThat(redirections("10.0.0.12")).hasSize(2)
                    .anyMatch(line -> line.startsWith("SIP/2.0 302 "))
                    .anyMatch(line -> line.startsWith("Contact: <sip:bob@10.0.0.11:"));
            assertThatThrownBy(() -> alice.call("sip:carol@example.com"))
                    .hasMessageStartingWith("404");
            alice.message("sip:bob@example.com", "Hi");
            assertThat(bob.message(SECOND)).contains("Hi");
        }
    }

    @Test void one_of_another_node_is_behind_that() {
        var second = node("10.0.0.2", List.of(first.overlay()), ALL, false);
        try (var bob = phone("10.0.0.11", "bob", second);
                var alice = phone("10.0.0.12", "alice", first)) {
            talks(alice, bob);
            //  by UDP or by TCP
            assertThat(redirections("10.0.0.12")).hasSize(3)
                    .anyMatch(line -> line.startsWith("SIP/2.0 300 "))
                    .filteredOn(line -> line.startsWith("Contact: <sip:bob@example.com:")
                            && line.contains(";maddr=10.0.0.2;")).hasSize(2);
        }
    }

    /// What comes by a Link was sent here by a node, which knows why.
    @Test void a_node_is_not_redirected() {
        var second = node("10.0.0.2", List.of(first.overlay()), List.of(), false);
        try (var bob = phone("10.0.0.11", "bob", first);
                var alice = phone("10.0.0.12", "alice", second)) {
            talks(alice, bob);
            assertThat(redirections("10.0.0.12")).isEmpty();
        }
    }

    @Test void who_lets_nobody_in_plainly_is_not_reached_so() {
        var second = node("10.0.0.2", List.of(first.overlay()), List.of(), false);
        try (var _ = phone("10.0.0.11", "bob", second);
                var alice = phone("10.0.0.12", "alice", first)) {
            assertThatThrownBy(() -> alice.call("sip:bob@example.com"))
                    .hasMessageStartingWith("403");
        }
    }
}
