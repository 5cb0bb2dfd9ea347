package p2psip.std.rfc6665;

import module java.base;

/// What documents have listed so far that have numbers and say all, or only what has changed: the
/// subscriber's view of it, and which rows a notifier says.
///
/// @param <R> what is listed
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-5.3.2 RFC 6665 §5.3.2
public final class Table<R extends Row<R>> {
    /// So many rows are kept; more are not looked at.
    static final int MAX = 1_000;

    /// What is to be done about a document.
    public enum Step {
        /// It was taken.
        TAKEN,
        /// It was taken, but something is missing before it: all should be asked for.
        GAP,
        /// It is older than what is known, and was not taken.
        STALE
    }

    private final SequencedMap<String, R> rows = new LinkedHashMap<>();
    private long version = -1;

    /// What is known now, without what is over.
    public List<R> rows() { return whole(List.copyOf(rows.values())); }

    /// Takes a document.
    ///
    /// @param full whether it says all
    public Step take(long number, boolean full, List<R> said) {
        boolean first = version < 0;
        //= rfc3858#4¶1 an older document is discarded
        //= rfc4235#4.3¶1 so too of dialogs: a lower version is discarded
        //= rfc3680#5.2¶1 and of registrations, discarded
        if (number <= version) return Step.STALE;
        //= rfc3858#4-2 after a gap a refresh is to bring all
        //= rfc4235#4.3-2 unless the document itself says all
        //= rfc3680#5.2-2 so too of registrations: a refresh
        boolean gap = !full && (first || number > version + 1);
        //= rfc3858#4-1 the first number is what it begins with
        //= rfc4235#4.3-1 whatever the version that comes first
        //= rfc3680#5.2-1 initialized with it, it counts from there
        version = number;
        if (full) rows.clear();
        //= rfc3858#4-3 a row that is terminated may go at any time: it goes with the next document
        //= rfc4235#4.3-3 so too one of a dialog, once it is terminated
        //= rfc3680#5.2-3 or of a contact that is terminated
        rows.values().removeIf(Row::terminated);
        for (var row : said)
            if (rows.containsKey(row.id()) || rows.size() < MAX) rows.put(row.id(), row);
        return gap ? Step.GAP : Step.TAKEN;
    }

    /// All that is there, without what is over.
    public static <R extends Row<R>> List<R> whole(List<R> now) {
        return now.stream().filter(row -> !row.terminated()).toList();
    }

    /// What is not as it was told, and what is there no more.
    public static <R extends Row<R>> List<R> news(List<R> told, List<R> now) {
        var known = new LinkedHashMap<String, R>();
        whole(told).forEach(row -> known.put(row.id(), row));
        var news = new ArrayList<R>();
        for (var row : now) {
            var before = known.remove(row.id());
            if (before == null ? !row.terminated() : !row.equals(before)) news.add(row);
        }
        known.values().forEach(gone -> news.add(gone.ended()));
        return news;
    }
}
