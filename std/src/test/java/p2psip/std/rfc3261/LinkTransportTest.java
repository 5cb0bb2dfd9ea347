package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.*;

/// SIP by Links: whole messages to and from addresses that stand for keys.
class LinkTransportTest {
    private static final InetSocketAddress OURS = at("2001:21::1"), THEIRS = at("2001:21::2");
    private static final Instant NOW = Instant.EPOCH;

    private final Outbox<TransportLayer.Output> said = new Outbox<>();
    private final TransportLayer layer = new TransportLayer(List.of(
            new ListeningPoint(Transport.UDP, at("192.0.2.1")),
            new ListeningPoint(Transport.LINK, OURS, "[2001:21::1]")),
            new SplittableRandom(1), said);

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 5060);
    }

    private static Message.Request request(String more) {
        return (Message.Request) Message.parse(Bytes.utf8(("OPTIONS sip:b@x SIP/2.0\r\n" + more
                + "From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n"
                + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n")));
    }

    @Test void a_request_goes_by_a_link_whatever_its_size_and_its_via_says_so() {
        var large = request("X: " + "x".repeat(5_000) + "\r\n");
        var id = TransactionId.client("OPTIONS", new SplittableRandom(2));
        layer.route(id, large, Target.of(Transport.LINK, THEIRS), NOW);
        var routed = (TransportLayer.Output.Routed) said.take().getFirst();
        assertThat(routed.flow()).isEqualTo(Flow.link(OURS, THEIRS));
        assertThat(Message.parse(routed.request()).topVia().toString())
                .isEqualTo("SIP/2.0/LINK [2001:21::1];branch=" + id.branch());
        layer.send(id, routed.flow(), routed.request(), NOW);
        assertThat(said.take()).containsExactly(
                new Stack.Output.SendMessage(THEIRS, routed.request()));
    }

    @Test void its_response_goes_back_to_the_same_node() {
        var request = request("Via: SIP/2.0/LINK [2001:21::2];branch=z9hG4bK7\r\n");
        layer.handle(new Stack.Input.Message(THEIRS, request.encode()), NOW);
        var received = (TransportLayer.Output.Received) said.take().getFirst();
        assertThat(received.flow()).isEqualTo(Flow.link(OURS, THEIRS));
        assertThat(received.reply()).isEqualTo(received.flow());
        assertThat(((Message.Request) received.message()).topVia().toString())
                .as("nothing is translated on the way")
                .isEqualTo("SIP/2.0/LINK [2001:21::2];branch=z9hG4bK7");
    }

    @Test void a_response_is_taken_whose_via_is_ours() {
        var response = Reply.to(request("Via: SIP/2.0/LINK [2001:21::1];branch=z9hG4bK7\r\n"),
                200, "tag").encode();
        layer.handle(new Stack.Input.Message(THEIRS, response), NOW);
        assertThat(said.take()).singleElement()
                .isInstanceOf(TransportLayer.Output.Received.class);
    }

    @Test void what_waits_for_a_node_ends_with_its_link() {
        layer.handle(new Stack.Input.Gone(THEIRS), NOW);
        assertThat(said.take()).containsExactly(
                new TransportLayer.Output.Ended(Flow.link(OURS, THEIRS)));
    }

    @Test void who_has_no_links_takes_none() {
        var plain = new TransportLayer(List.of(
                new ListeningPoint(Transport.UDP, at("192.0.2.1"))),
                new SplittableRandom(1), said);
        plain.handle(new Stack.Input.Message(THEIRS, request("").encode()), NOW);
        plain.handle(new Stack.Input.Gone(THEIRS), NOW);
        assertThat(said.take()).isEmpty();
    }
}
