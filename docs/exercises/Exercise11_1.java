import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Which record counts
///
/// Under one lookup key lie records of several owners, and of one owner perhaps several. Of each
/// owner the one with the highest sequence counts, unless it says that he is gone. Find who is
/// there.
///
/// Hint: a record that says "gone" and is newer hides the one before it.
class Exercise11_1 {
    record Record(String owner, int sequence, boolean gone) {}

    // answer
    SortedSet<String> there(List<Record> records) {
        var newest = new TreeMap<String, Record>();
        for (var record : records)
            newest.merge(record.owner(), record, (a, b) -> a.sequence() > b.sequence() ? a : b);   //~ newest.put(record.owner(), record);
        newest.values().removeIf(Record::gone);   //~ newest.keySet().removeIf(owner -> records.stream().anyMatch(r -> r.gone() && r.owner().equals(owner)));
        return new TreeSet<>(newest.keySet());
    }
    // start
    //| SortedSet<String> there(List<Record> records) {
    //|     return new TreeSet<>();
    //| }
    // end

    @Test void each_owner_counts_once() {
        assertThat(there(List.of(new Record("bob", 1, false), new Record("bob", 2, false),
                new Record("mallory", 1, false)))).containsExactly("bob", "mallory");
    }

    @Test void who_has_gone_is_not_there() {
        assertThat(there(List.of(new Record("bob", 1, false), new Record("bob", 2, true))))
                .isEmpty();
    }

    @Test void in_whatever_order_they_come() {
        assertThat(there(List.of(new Record("bob", 2, true), new Record("bob", 1, false))))
                .isEmpty();
    }

    @Test void who_has_come_back_is() {
        assertThat(there(List.of(new Record("bob", 3, false), new Record("bob", 2, true))))
                .containsExactly("bob");
    }
}
