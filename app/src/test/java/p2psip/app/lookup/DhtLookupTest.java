package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.lookup.Lookup.Input;
import p2psip.app.lookup.Lookup.Output;

class DhtLookupTest {
    private static final String BOB = "sip:bob@biloxi.example";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Instant start = now;
    private final DhtLookup lookup = new DhtLookup(new SplittableRandom(1), () -> now);

    @Test void an_answer_goes_to_who_asked() {
        var put = only(tell(new Input.Put(7, record(1))), Input.Put.class);
        assertThat(put.record()).isEqualTo(record(1));
        assertThat(tell(new Input.Told(new Output.Done(put.id()))))
                .containsExactly(new Output.Done(7));
        assertThat(tell(new Input.Told(new Output.Done(put.id())))).isEmpty();   // said twice
        var failing = only(tell(new Input.Remove(8, record(2))), Input.Remove.class);
        assertThat(tell(new Input.Told(new Output.Failed(failing.id(), "why"))))
                .containsExactly(new Output.Failed(8, "why"));
    }

    @Test void those_who_ask_for_one_key_at_a_time_share_one_search() {
        var get = only(tell(new Input.Get(1, BOB)), Input.Get.class);
        assertThat(tell(new Input.Get(2, BOB))).isEmpty();
        var other = only(tell(new Input.Get(3, "sip:carol@x")), Input.Get.class);
        assertThat(tell(new Input.Told(new Output.Found(get.id(), List.of(record(1))))))
                .containsExactly(new Output.Found(1, List.of(record(1))),
                        new Output.Found(2, List.of(record(1))));
        assertThat(tell(new Input.Told(new Output.Failed(other.id(), "silence"))))
                .containsExactly(new Output.Failed(3, "silence"));
        assertThat(only(tell(new Input.Get(4, BOB)), Input.Get.class).id())
                .isNotEqualTo(get.id());   // a new search: what was found may have changed
    }

    @Test void what_was_put_is_put_again_until_it_expires() {
        var put = only(tell(new Input.Put(1, record(1))), Input.Put.class);
        tell(new Input.Told(new Output.Done(put.id())));
        var times = new ArrayList<Duration>();
        for (int i = 0; i < 20 && lookup.deadline().isBefore(Instant.MAX); i++) {
            now = lookup.deadline();
            for (var output : lookup.wake(now)) {
                var again = only(List.of(output), Input.Put.class);
                assertThat(again.record()).isEqualTo(record(1));
                assertThat(tell(new Input.Told(new Output.Done(again.id())))).isEmpty();
                times.add(Duration.between(start, now));
            }
        }
        assertThat(times).hasSizeBetween(11, 12);   // each five minutes of an hour
        assertThat(times.getLast()).isLessThan(Duration.ofMinutes(62));
        assertThat(lookup.size()).isZero();
    }

    @Test void only_the_newest_of_an_owner_is_put_again() {
        tell(new Input.Put(1, record(1)));
        tell(new Input.Put(2, record(2)));
        tell(new Input.Put(3, record(1)));   // a replay, that will fail where it is put
        now = lookup.deadline();
        assertThat(only(lookup.wake(now), Input.Put.class).record()).isEqualTo(record(2));
    }

    @Test void searches_have_a_limit() {
        for (int i = 0; i < DhtLookup.SEARCHES; i++) tell(new Input.Get(i, "key" + i));
        assertThat(tell(new Input.Get(9999, "one more"))).singleElement()
                .isInstanceOf(Output.Failed.class);
        assertThat(tell(new Input.Get(9999, "key0"))).isEmpty();
    }

    private List<Output> tell(Input input) { return lookup.handle(input, now); }

    private static <T extends Input> T only(List<Output> outputs, Class<T> kind) {
        assertThat(outputs).hasSize(1);
        return kind.cast(((Output.Ask) outputs.getFirst()).request());
    }

    private static final Identity OWNER = Identity.generate(BOB, new SplittableRandom(1));

    private SignedRecord record(long sequence) {
        return SignedRecord.sign(OWNER, BOB, new SignedRecord.Other("test", new JsonObject()),
                sequence, start, Duration.ofHours(1));
    }
}
