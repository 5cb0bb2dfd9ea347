package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.Summary;

class StorageTest {
    private static final Instant NOW = Ring.START;
    private static final String BOB = "sip:bob@biloxi.example";
    private static final Arc ALL = new Arc(NodeId.of("x"), NodeId.of("x"));

    private final Storage storage = new Storage();

    @Test void several_owners_lie_side_by_side_and_the_newest_of_each_counts() {
        put("alice", 1, 3600);
        put("carol", 5, 3600);
        put("alice", 2, 3600);
        assertThat(storage.get(BOB, NOW)).extracting(SignedRecord::sequence)
                .containsExactlyInAnyOrder(2L, 5L);
    }

    @Test void a_replay_is_refused_and_the_same_again_is_not() {
        put("alice", 2, 3600);
        assertThat(put("alice", 1, 3600)).contains(Refusal.STALE);
        assertThat(put("alice", 2, 3601)).contains(Refusal.STALE);   // the number is used up
        assertThat(put("alice", 2, 3600)).isEmpty();
        assertThat(storage.size()).isEqualTo(1);
    }

    @Test void a_replay_stays_out_even_after_its_shorter_lived_successor_is_over() {
        put("alice", 1, 3600);
        put("alice", 2, 60);
        var later = NOW.plusSeconds(600);
        storage.expire(later);
        assertThat(storage.get(BOB, later)).isEmpty();
        assertThat(storage.summary(ALL, later)).isEqualTo(Summary.NONE);
        assertThat(put("alice", 1, 3600)).contains(Refusal.STALE);
    }

    @Test void a_tombstone_is_kept_like_any_record() {
        put("alice", 1, 3600);
        storage.put(Ring.tombstone("alice", BOB, 2), NOW);
        assertThat(storage.get(BOB, NOW)).singleElement().matches(SignedRecord::removed);
        assertThat(put("alice", 1, 3600)).contains(Refusal.STALE);
    }

    @Test void what_is_over_leaves_nothing_behind() {
        put("alice", 1, 60);
        put("carol", 1, 600);
        storage.expire(NOW.plusSeconds(121));   // a minute for clocks that differ
        assertThat(storage.size()).isEqualTo(1);
        storage.expire(NOW.plusSeconds(661));
        assertThat(storage.size()).isZero();
        assertThat(storage.after(NodeId.of("x"))).isEmpty();
    }

    /// D12: the ancestor had no quota.
    @Test void a_key_an_owner_and_the_store_have_their_limits() {
        for (int i = 0; i < Storage.OWNERS_PER_KEY; i++)
            assertThat(put("o" + i, 1, 3600)).isEmpty();
        assertThat(put("one more", 1, 3600)).contains(Refusal.KEY_FULL);
        assertThat(put("o0", 2, 3600)).isEmpty();

        for (int i = 1; i < Storage.KEYS_PER_OWNER; i++)
            assertThat(storage.put(Ring.record("o0", "key" + i, 1, Duration.ofHours(1)), NOW))
                    .isEmpty();
        var more = Ring.record("o0", "one more", 1, Duration.ofHours(1));
        assertThat(storage.put(more, NOW)).contains(Refusal.OWNER_FULL);
        storage.forget(Ring.record("o0", "key1", 1, Duration.ofHours(1)));
        assertThat(storage.put(more, NOW)).isEmpty();
    }

    @Property(tries = 50) void a_summary_does_not_depend_on_the_order_and_tells_every_difference(
            @ForAll long seed) {
        var records = new ArrayList<SignedRecord>();
        for (int i = 0; i < 20; i++)
            records.add(Ring.record("sum" + i % 4, "key" + i / 2, 1 + i % 2, Duration.ofHours(1)));
        var other = new Storage();
        records.forEach(record -> storage.put(record, NOW));
        Collections.shuffle(records, new Random(seed));
        records.forEach(record -> other.put(record, NOW));
        assertThat(other.summary(ALL, NOW)).isEqualTo(storage.summary(ALL, NOW));
        other.forget(records.getFirst());
        assertThat(other.summary(ALL, NOW)).isNotEqualTo(storage.summary(ALL, NOW));
    }

    @Test void a_record_is_found_at_either_of_its_spots() {
        put("alice", 1, 3600);
        var spots = Storage.spots(BOB);
        assertThat(spots.get(0).distance(spots.get(1))).isEqualTo(NodeId.ZERO.opposite());
        for (var spot : spots) {
            var around = new Arc(spot, spot.plus(new NodeId(0, 0, 1)));
            assertThat(storage.summary(around, NOW).count()
                    + storage.summary(new Arc(around.to(), spot), NOW).count()).isEqualTo(2);
            assertThat(storage.at(spot, NOW, NOW.plusSeconds(1))).hasSize(1);
        }
        assertThat(storage.summary(ALL, NOW).count()).isEqualTo(1);   // and counted once
    }

    private Optional<Refusal> put(String owner, long sequence, int seconds) {
        return storage.put(
                Ring.record(owner, BOB, sequence, Duration.ofSeconds(seconds)), NOW);
    }
}
