package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.TextValue;
import p2psip.app.node.Question.Reply;

/// What is put and got by hand, on a simulated ring.
class RecordDeskTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Network network = new Network(9);
    private final RunningNode first = node(1);

    private RunningNode node(int i, RunningNode... others) {
        return RunningNode.start(network.host("10.0.0." + i), "node " + i, Node.Options.at(
                InetAddress.ofLiteral("10.0.0." + i),
                Stream.of(others).map(RunningNode::overlay).toList()));
    }

    private static Reply put(RunningNode node, String key, String text) {
        return node.ask(new Question.Publish(key, TextValue.of(text), HOUR));
    }

    private static List<String> got(RunningNode node, String key) {
        return texts((Reply.Looked) node.ask(new Question.Look(key)));
    }

    private static List<String> texts(Reply.Looked looked) {
        return looked.records().stream().filter(record -> !record.removed())
                .map(record -> TextValue.text(record.value())).toList();
    }

    @Test void what_one_has_put_all_get_until_it_removes_it() {
        var second = node(2, first);
        var third = node(3, first);
        network.run(Duration.ofSeconds(10));
        var put = (Reply.Published) put(second, "greeting", "hello");
        assertThat(NodeId.of(put.record().owner())).isEqualTo(second.ready().id());
        assertThat(put.holding()).hasValueSatisfying(holding -> {
            assertThat(holding.copies()).isEqualTo(3);
            assertThat(holding.holders()).isNotEmpty().isSubsetOf(Stream.of(first, second, third)
                    .map(node -> node.ready().id()).toList());
        });
        put(third, "greeting", "good day");
        put(second, "greeting", "hello again");
        assertThat(got(first, "greeting")).containsExactlyInAnyOrder("hello again", "good day");
        assertThat(texts((Reply.Looked) first.ask(new Question.Records())))
                .containsExactlyInAnyOrder("hello again", "good day");
        second.ask(new Question.Publish("greeting", new SignedRecord.Removed(), HOUR));
        assertThat(got(first, "greeting")).containsExactly("good day");
        assertThat(got(first, "nobody's")).isEmpty();
    }

    @Test void who_is_alone_keeps_it_alone() {
        assertThat(((Reply.Published) put(first, "greeting", "hello")).holding())
                .hasValueSatisfying(holding -> assertThat(holding.copies()).isEqualTo(1));
        assertThat(got(first, "greeting")).containsExactly("hello");
    }

    @ParameterizedTest @ValueSource(strings = {"sip:bob@example.com", "call:sip:bob@example.com"})
    void nobody_takes_an_address_by_hand(String key) {
        assertThat(put(first, key, "me")).isEqualTo(new Reply.Declined("addresses are put by the"
                + " phones that register them: take another key than " + key));
    }

    @Test void what_cannot_be_put_is_declined_in_a_line() {
        assertThat(put(first, "", "hello")).isEqualTo(new Reply.Declined(
                "it cannot be put: lookup key empty or too long"));
        assertThat(put(first, "key", "x".repeat(SignedRecord.MAX_TEXT))).isEqualTo(
                new Reply.Declined("it cannot be put: record too large"));
        assertThat(first.ask(new Question.Publish("key", TextValue.of("x"), Duration.ofDays(8))))
                .isEqualTo(new Reply.Declined("it cannot be put: lives too long"));
        assertThat(first.ask(new Question.Look(""))).isInstanceOf(Reply.Declined.class);
    }
}
