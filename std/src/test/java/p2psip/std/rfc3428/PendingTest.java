package p2psip.std.rfc3428;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3428.Messages.Command.Say;

class PendingTest {
    private static final String BOB = "sip:bob@biloxi.com", CAROL = "sip:carol@chicago.com";

    private final Pending outbox = new Pending();

    private static Say text(long id, String uri) {
        return new Say(id, uri, "text " + id);
    }

    //= rfc3428#8-3 no MESSAGE to a URI while another one is pending there
    @Test void one_after_the_other_to_each() {
        assertThat(outbox.send(text(1, BOB))).contains(text(1, BOB));
        assertThat(outbox.send(text(2, BOB))).isEmpty();
        assertThat(outbox.send(text(3, BOB))).isEmpty();
        assertThat(outbox.send(text(4, CAROL))).as("of no concern").contains(text(4, CAROL));
        assertThat(outbox.done(4)).isEmpty();
        assertThat(outbox.done(1)).contains(text(2, BOB));
        assertThat(outbox.send(text(5, BOB))).isEmpty();
        assertThat(outbox.done(2)).contains(text(3, BOB));
        assertThat(outbox.done(3)).contains(text(5, BOB));
        assertThat(outbox.done(5)).isEmpty();
        assertThat(outbox.done(5)).as("twice").isEmpty();
        assertThat(outbox.send(text(6, BOB))).isPresent();
    }

    @Test void it_has_a_limit() {
        for (int i = 0; i <= Pending.MAX_WAITING; i++) {
            assertThat(outbox.full()).isFalse();
            outbox.send(text(i, BOB));
        }
        assertThat(outbox.full()).isTrue();
        outbox.done(0);
        assertThat(outbox.full()).isFalse();
    }
}
