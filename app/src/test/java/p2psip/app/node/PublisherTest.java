package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Contact;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.node.Publisher.Input;
import p2psip.app.node.Publisher.Output;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.server.Binding;

class PublisherTest {
    private static final String BOB = "sip:bob@example.com";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final Identity node = Identity.generate(Identity.NODE, new SplittableRandom(1));
    private final Identity bob = Identity.generate(BOB, new SplittableRandom(2));
    private final Publisher whereabouts = new Publisher(node.key(),
            List.of(new Contact.Address("sip:192.0.2.1:5062;transport=udp")), () -> now);

    @Test void a_registration_becomes_a_signed_record_that_lives_as_long() {
        var identify = (Output.Identify) only(registered(600));
        assertThat(identify.aor()).isEqualTo(BOB);
        var put = (Output.Put) only(tell(new Input.Identified(identify.id(), bob)));
        assertThat(SignedRecord.verify(put.record().text(), BOB, now))
                .isInstanceOfSatisfying(SignedRecord.Verdict.Valid.class, valid -> {
                    assertThat(valid.record().owner()).isEqualTo(bob.key());
                    assertThat(((Contact) valid.record().value()).node()).isEqualTo(node.key());
                    assertThat(valid.record().expires()).isEqualTo(NOON.plusSeconds(601));
                });
        assertThat(whereabouts.published()).isZero();
        assertThat(tell(new Input.Done(put.id()))).isEmpty();
        assertThat(whereabouts.published()).isEqualTo(1);
    }

    @Test void a_refresh_is_a_later_record_even_if_the_clock_stands_still() {
        var first = put();
        tell(new Input.Done(first.id()));
        var second = (Output.Put) only(registered(1200));
        assertThat(second.record().replaces(first.record())).isTrue();
        assertThat(second.record().expires()).isEqualTo(NOON.plusSeconds(1201));
    }

    @Test void what_changes_while_a_put_is_under_way_is_put_after_it() {
        var first = put();
        assertThat(registered(1200)).isEmpty();
        var second = (Output.Put) only(tell(new Input.Done(first.id())));
        assertThat(second.record().expires()).isEqualTo(NOON.plusSeconds(1201));
    }

    @Test void a_put_that_failed_is_tried_again_ever_less_often_until_the_registration_ends() {
        var gaps = new ArrayList<Long>();
        for (var out = List.<Output>of(put()); !out.isEmpty(); out = whereabouts.wake(now)) {
            tell(new Input.Failed(((Output.Put) only(out)).id(), "nobody there"));
            gaps.add(Duration.between(now, whereabouts.deadline()).toSeconds());
            now = whereabouts.deadline();
        }
        assertThat(gaps).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L).endsWith(60L);
        assertThat(now).isAfter(NOON.plusSeconds(600));
        assertThat(whereabouts.addresses()).isZero();
    }

    @Test void the_end_of_a_registration_is_a_tombstone_that_no_older_record_undoes() {
        var put = put();
        tell(new Input.Done(put.id()));
        var remove = (Output.Remove) only(tell(new Input.Changed(BOB, List.of())));
        assertThat(remove.tombstone().removed()).isTrue();
        assertThat(remove.tombstone().replaces(put.record())).isTrue();
        tell(new Input.Done(remove.id()));
        assertThat(whereabouts.addresses()).isZero();
    }

    @Test void a_lookup_is_answered_with_its_own_number() {
        var get = (Output.Get) only(tell(new Input.Find(77, BOB)));
        assertThat(get.key()).isEqualTo(BOB);
        assertThat(only(tell(new Input.Found(get.id(), List.of()))))
                .isEqualTo(new Output.Served(77, BOB, List.of()));
        var again = (Output.Get) only(tell(new Input.Find(78, BOB)));
        assertThat(only(tell(new Input.Failed(again.id(), "timeout"))))
                .isEqualTo(new Output.Unknown(78, BOB, "timeout"));
    }

    @Test void more_lookups_at_once_than_the_limit_are_refused() {
        for (int i = 0; i < Publisher.LOOKUPS; i++)
            assertThat(only(tell(new Input.Find(i, BOB)))).isInstanceOf(Output.Get.class);
        assertThat(only(tell(new Input.Find(9999, BOB)))).isInstanceOf(Output.Unknown.class);
    }

    private Output.Put put() {
        var identify = (Output.Identify) only(registered(600));
        return (Output.Put) only(tell(new Input.Identified(identify.id(), bob)));
    }

    private List<Output> registered(int seconds) {
        var contact = Address.parse("<sip:bob@127.0.0.1:5066>");
        return tell(new Input.Changed(BOB, List.of(
                new Binding(contact, "c", 1, now.plusSeconds(seconds), Optional.empty()))));
    }

    private List<Output> tell(Input input) { return whereabouts.handle(input, now); }

    private static Output only(List<Output> outputs) {
        assertThat(outputs).hasSize(1);
        return outputs.getFirst();
    }
}
