package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.std.Machine;

class SharingTest extends LookupContract {
    @Override protected Lookup lookup(Host.Room room) {
        return new Sharing(new LanLookup(0, LanLookupTest.CONFIG, room.random(), room.wall()),
                room.random(), room.wall());
    }

    @Override protected Lookup deceived(Host.Room room) { return lookup(room); }

    @Override protected Machine<Event, Effect> forger(
            List<String> texts, Optional<Duration> after) {
        return new LanForger(LanLookup.GROUP, FORGER, texts, after);
    }

    private static final String BOB = "sip:bob@biloxi.example";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Instant start = now;
    private final Scripted below = new Scripted();
    private final Sharing lookup = new Sharing(below, new SplittableRandom(1), () -> now);

    @Test void what_is_asked_is_handed_down_and_what_is_told_up_as_it_is() {
        var put = put(7, record(1));
        assertThat(tell(put)).isEmpty();
        assertThat(below.heard()).singleElement().isSameAs(put);
        var done = new Output.Told(7, new Answer.Done());
        below.says(done);
        assertThat(lookup.wake(now)).singleElement().isSameAs(done);
        var get = get(8, BOB);
        assertThat(tell(get)).isEmpty();
        assertThat(below.heard()).singleElement().isSameAs(get);
        var found = new Output.Told(8, new Answer.Found(List.of(record(1))));
        below.says(found);
        assertThat(lookup.wake(now)).singleElement().isSameAs(found);
    }

    @Test void those_who_ask_for_one_key_at_a_time_share_one_search() {
        tell(get(1, BOB));
        tell(get(2, BOB));
        tell(get(3, "sip:carol@x"));
        assertThat(below.heard()).containsExactly(get(1, BOB), get(3, "sip:carol@x"));
        var found = new Answer.Found(List.of(record(1)));
        var failed = new Answer.Failed(Answer.Why.SILENCE, "silence");
        below.says(new Output.Told(1, found), new Output.Told(3, failed));
        assertThat(lookup.wake(now)).containsExactly(new Output.Told(1, found),
                new Output.Told(2, found), new Output.Told(3, failed));
        tell(get(4, BOB));
        assertThat(below.heard()).containsExactly(get(4, BOB));   // what was found may be old
    }

    @Test void what_was_put_is_put_again_until_it_expires() {
        tell(put(1, record(1)));
        below.heard();
        var times = new ArrayList<Duration>();
        for (int i = 0; i < 20 && lookup.deadline().isBefore(Instant.MAX); i++) {
            now = lookup.deadline();
            assertThat(lookup.wake(now)).isEmpty();
            for (var again : below.heard()) {
                assertThat(again).isEqualTo(put(again.id(), record(1)));
                below.says(new Output.Told(again.id(), new Answer.Done()));
                assertThat(lookup.wake(now)).isEmpty();   // nobody asked for it
                times.add(Duration.between(start, now));
            }
        }
        assertThat(times).hasSizeBetween(11, 12);   // each five minutes of an hour
        assertThat(times.getLast()).isLessThan(Duration.ofMinutes(62));
        assertThat(lookup.sizes().get("lookups")).isZero();
    }

    /// Else what was kept elsewhere while the lookup was not ready would never be there.
    @Test void what_was_put_is_put_again_whenever_the_lookup_is_ready() {
        tell(put(1, record(1)));
        tell(put(2, tombstone("sip:carol@x")));
        below.heard();
        below.says(new Output.Told(1, new Answer.Failed(Answer.Why.NOT_READY, "wait")),
                new Output.Told(2, new Answer.Done()), new Output.Ready());
        assertThat(lookup.wake(now)).hasSize(3);
        assertThat(below.heard()).extracting(ask -> ((Query.Put) ask.query()).record())
                .containsExactly(record(1), tombstone("sip:carol@x"));
        below.says(new Output.Ready());
        lookup.wake(now);
        assertThat(below.heard()).hasSize(2);
    }

    @Test void only_the_newest_of_an_owner_is_put_again() {
        tell(put(1, record(1)));
        tell(put(2, record(2)));
        tell(put(3, record(1)));   // a replay, that will fail where it is put
        below.heard();
        now = lookup.deadline();
        lookup.wake(now);
        assertThat(below.heard()).singleElement()
                .matches(ask -> ask.query().equals(new Query.Put(record(2))));
    }

    @Test void searches_have_a_limit() {
        for (int i = 0; i < Sharing.SEARCHES; i++) tell(get(i, "key" + i));
        assertThat(tell(get(9999, "one more"))).singleElement().matches(told ->
                told instanceof Output.Told(_, Answer.Failed(Answer.Why why, _))
                        && why == Answer.Why.FULL);
        assertThat(tell(get(9999, "key0"))).isEmpty();
    }

    private List<Output> tell(Input input) { return lookup.handle(input, now); }

    private static Input.Ask put(long id, SignedRecord record) {
        return new Input.Ask(id, new Query.Put(record));
    }

    private static Input.Ask get(long id, String key) {
        return new Input.Ask(id, new Query.Get(key));
    }

    private static final Identity OWNER = Identity.generate(BOB, new SplittableRandom(1));

    private SignedRecord record(long sequence) {
        return SignedRecord.sign(OWNER, BOB, new SignedRecord.Other("test", new JsonObject()),
                sequence, start, Duration.ofHours(1));
    }

    private SignedRecord tombstone(String key) {
        return SignedRecord.sign(OWNER, key, new SignedRecord.Removed(), 1, start,
                Duration.ofHours(1));
    }
}
