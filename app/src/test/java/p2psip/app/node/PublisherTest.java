package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.app.node.Publisher.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.server.*;

class PublisherTest {
    private static final String BOB = "sip:bob@example.com";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final Identity node = Identity.generate(Identity.NODE, new SplittableRandom(1));
    private final Identity bob = Identity.generate(BOB, new SplittableRandom(2));
    private final Publisher publisher = new Publisher(
            Aor.parse(BOB).orElseThrow(), new Contact(node.key(),
            List.of(new Contact.Address("sip:192.0.2.1:5062;transport=udp"))), () -> now);

    @Test void a_registration_becomes_a_signed_record_that_lives_as_long() {
        assertThat(only(registered(600))).isEqualTo(new Output.Identify());
        var record = put(tell(new Input.Identified(bob)));
        assertThat(SignedRecord.verify(record.text(), BOB, now))
                .isInstanceOfSatisfying(SignedRecord.Verdict.Valid.class, valid -> {
                    assertThat(valid.record().owner()).isEqualTo(bob.key());
                    assertThat(((Contact) valid.record().value()).node()).isEqualTo(node.key());
                    assertThat(valid.record().expires()).isEqualTo(NOON.plusSeconds(601));
                });
        assertThat(publisher.published()).isFalse();
        assertThat(done()).isEmpty();
        assertThat(publisher.published()).isTrue();
    }

    @Test void a_refresh_is_a_later_record_even_if_the_clock_stands_still() {
        var first = put();
        done();
        var second = put(registered(1200));
        assertThat(second.replaces(first)).isTrue();
        assertThat(second.expires()).isEqualTo(NOON.plusSeconds(1201));
    }

    @Test void what_changes_while_a_put_is_under_way_is_put_after_it() {
        put();
        assertThat(registered(1200)).isEmpty();
        assertThat(publisher.published()).isFalse();
        var second = put(done());
        assertThat(second.expires()).isEqualTo(NOON.plusSeconds(1201));
    }

    @Test void what_changes_while_its_key_is_made_is_put_as_it_is_then() {
        registered(600);
        assertThat(registered(1200)).isEmpty();
        assertThat(put(tell(new Input.Identified(bob))).expires())
                .isEqualTo(NOON.plusSeconds(1201));
    }

    @Test void a_put_that_failed_is_tried_again_ever_less_often_until_the_registration_ends() {
        var gaps = new ArrayList<Long>();
        put();
        for (var failed = failed(); !publisher.terminated(); failed = failed()) {
            assertThat(only(failed)).isInstanceOf(Output.Remark.class);
            gaps.add(Duration.between(now, publisher.deadline()).toSeconds());
            now = publisher.deadline();
            publisher.wake(now).forEach(output -> put(List.of(output)));
            if (publisher.terminated()) break;
        }
        assertThat(gaps).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L).endsWith(60L);
        assertThat(now).isAfter(NOON.plusSeconds(600));
    }

    @Test void who_waits_for_a_change_hears_when_it_is_put() {
        assertThat(only(registered(600, 7))).isEqualTo(new Output.Identify());
        put(tell(new Input.Identified(bob)));
        assertThat(only(done())).isEqualTo(known(7));
        var gone = tell(new Input.Changed(List.of(), OptionalLong.of(8)));
        assertThat(put(gone).removed()).isTrue();
        assertThat(only(done())).isEqualTo(known(8));
    }

    @Test void a_refresh_waits_for_nothing() {
        put();
        done();
        assertThat(registered(1200, 7)).first().isEqualTo(known(7));
        assertThat(done()).isEmpty();
    }

    @Test void a_put_that_fails_ends_the_wait() {
        registered(600, 7);
        tell(new Input.Identified(bob));
        assertThat(failed()).first().isEqualTo(
                known(7, BOB + " is not known to other nodes: nobody there"));
        assertThat(registered(1200, 8)).first().isEqualTo(
                known(8, BOB + " is not known to other nodes: nobody there"));
        done();
        assertThat(registered(1200, 9)).first().isEqualTo(known(9));
    }

    @Test void nobody_waits_longer_than_a_second() {
        registered(600, 7);
        assertThat(publisher.deadline()).isEqualTo(NOON.plusSeconds(1));
        put(tell(new Input.Identified(bob)));
        assertThat(publisher.wake(now.plusMillis(999))).isEmpty();
        now = now.plusSeconds(1);
        assertThat(only(publisher.wake(now)))
                .isEqualTo(known(7, BOB + " is not known to other nodes yet"));
        assertThat(done()).isEmpty();
    }

    /// It is put after what is being put, and only then others know of it.
    @Test void a_change_while_a_put_is_under_way_waits_for_the_next() {
        put();
        var other = tell(new Input.Changed(List.of(), OptionalLong.of(7)));
        assertThat(other).isEmpty();
        put(done());
        assertThat(only(done())).isEqualTo(known(7));
    }

    /// The owner is told when he registers, and again whenever he does, as long as it is so.
    @Test void who_else_claims_the_address_is_said_to_the_owner() {
        var other = Identity.generate(BOB, new SplittableRandom(3));
        var claim = SignedRecord.sign(
                other, BOB, new SignedRecord.Removed(), 1, now, Duration.ofHours(1));
        var living = SignedRecord.sign(other, BOB, new Contact(other.key(), List.of(
                new Contact.Address("sip:192.0.2.9:5062"))), 2, now, Duration.ofHours(1));
        registered(600, 7);
        var ours = put(tell(new Input.Identified(bob)));
        var warning = BOB + " (2 claims): ours is " + bob.id() + ", another is of " + other.id();
        assertThat(done(List.of(ours, living))).containsExactly(
                new Output.Remark(warning), known(7, warning));
        assertThat(registered(1200, 8)).first().isEqualTo(known(8, warning));
        assertThat(done(List.of(ours, claim))).isEmpty();
        assertThat(registered(1200, 9)).first().isEqualTo(known(9));
    }

    @Test void that_others_could_not_be_looked_at_changes_nothing() {
        registered(600, 7);
        put(tell(new Input.Identified(bob)));
        assertThat(tell(new Input.Told(new Answer.Done()))).containsExactly(
                new Output.Ask(new Query.Get(BOB)));
        assertThat(publisher.published()).isTrue();
        assertThat(failed()).containsExactly(known(7));
        assertThat(publisher.published()).isTrue();
    }

    @Test void what_changes_while_others_are_looked_at_is_put_after_it() {
        put();
        tell(new Input.Told(new Answer.Done()));
        assertThat(tell(new Input.Changed(List.of(), OptionalLong.of(7)))).isEmpty();
        assertThat(put(tell(new Input.Told(new Answer.Found(List.of())))).removed()).isTrue();
    }

    @Test void who_is_reached_elsewhere_from_now_on_is_put_again() {
        var first = put();
        done();
        var contact = (Contact) first.value();
        assertThat(tell(new Input.Moved(contact))).isEmpty();
        var moved = new Contact(contact.node(), contact.addresses(), Optional.of(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5063)));
        var second = put(tell(new Input.Moved(moved)));
        assertThat(second.value()).isEqualTo(moved);
        assertThat(second.replaces(first)).isTrue();
        assertThat(tell(new Input.Moved(contact))).isEmpty();   // while it is put: after it
        assertThat(put(done()).value()).isEqualTo(contact);
    }

    @Test void the_end_of_a_registration_is_a_tombstone_that_no_older_record_undoes() {
        var record = put();
        done();
        var tombstone = put(tell(new Input.Changed(List.of(), OptionalLong.empty())));
        assertThat(tombstone.removed()).isTrue();
        assertThat(tombstone.replaces(record)).isTrue();
        done();
        assertThat(publisher.terminated()).isTrue();
    }

    private static Output known(long awaited, String... warnings) {
        return new Output.Known(awaited, List.of(warnings));
    }

    private SignedRecord put() {
        registered(600);
        return put(tell(new Input.Identified(bob)));
    }

    private static SignedRecord put(List<Output> outputs) {
        return ((Query.Put) ((Output.Ask) only(outputs)).query()).record();
    }

    /// The record is put, and nobody else has one of this address.
    private List<Output> done() { return done(List.of()); }

    private List<Output> done(List<SignedRecord> others) {
        var outputs = new ArrayList<>(tell(new Input.Told(new Answer.Done())));
        if (outputs.remove(new Output.Ask(new Query.Get(BOB))))
            outputs.addAll(tell(new Input.Told(new Answer.Found(others))));
        return outputs;
    }

    private List<Output> failed() {
        return tell(new Input.Told(new Answer.Failed(Answer.Why.SILENCE, "nobody there")));
    }

    private List<Output> registered(int seconds) { return registered(seconds, -1); }

    private List<Output> registered(int seconds, long awaited) {
        var contact = Address.parse("<sip:bob@127.0.0.1:5066>");
        return tell(new Input.Changed(List.of(
                new Binding(contact, "c", 1, now.plusSeconds(seconds), Optional.empty(),
                        List.of())),
                awaited < 0 ? OptionalLong.empty() : OptionalLong.of(awaited)));
    }

    private List<Output> tell(Input input) { return publisher.handle(input, now); }

    private static Output only(List<Output> outputs) {
        assertThat(outputs).hasSize(1);
        return outputs.getFirst();
    }
}
