package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.lookup.Lookup.Input;
import p2psip.app.lookup.Lookup.Output;

class LocalLookupTest {
    private static final String BOB = "sip:bob@biloxi.example";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Identity ALICE = identity(1), CAROL = identity(2);

    private Instant now = START;
    private final LocalLookup lookup = new LocalLookup(() -> now);

    @Test void owners_lie_side_by_side_and_the_newest_of_each_is_found() {
        assertThat(tell(new Input.Put(1, record(ALICE, 1)))).isEqualTo(new Output.Done(1));
        tell(new Input.Put(2, record(ALICE, 2)));
        tell(new Input.Put(3, record(CAROL, 1)));
        assertThat(tell(new Input.Put(4, record(ALICE, 1)))).isInstanceOf(Output.Failed.class);
        assertThat(found()).containsExactlyInAnyOrder(record(ALICE, 2), record(CAROL, 1));
        assertThat(lookup.size()).isEqualTo(2);
    }

    @Test void what_is_removed_is_known_as_such_and_what_has_expired_is_not_found() {
        tell(new Input.Put(1, record(ALICE, 1)));
        tell(new Input.Remove(2, SignedRecord.sign(ALICE, BOB, new SignedRecord.Removed(), 2, START,
                Duration.ofHours(1))));
        assertThat(found()).singleElement().matches(SignedRecord::removed);
        tell(new Input.Put(3, record(CAROL, 1)));
        assertThat(found()).hasSize(2);
        now = START.plus(Duration.ofHours(2));
        assertThat(found()).isEmpty();
        assertThat(tell(new Input.Put(4, record(CAROL, 2)))).isInstanceOf(Output.Failed.class);
    }

    private Output tell(Input input) { return lookup.handle(input, now).getFirst(); }

    private List<SignedRecord> found() {
        return ((Output.Found) tell(new Input.Get(9, BOB))).records();
    }

    private static Identity identity(int seed) {
        return Identity.generate(BOB, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner, long sequence) {
        return SignedRecord.sign(owner, BOB, new SignedRecord.Other("test", new JsonObject()),
                sequence, START, Duration.ofHours(1));
    }
}
