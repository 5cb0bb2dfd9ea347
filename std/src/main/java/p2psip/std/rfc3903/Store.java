package p2psip.std.rfc3903;

import module java.base;
import p2psip.std.Tokens;
import p2psip.std.rfc3261.ua.Content;

/// What has been published here, each under the name that its last answer gave it.
final class Store {
    /// So much is kept; one more is answered 503.
    static final int MAX = 1_000;

    /// So much of one publisher.
    //= rfc3903#14.2-3 nobody publishes, and makes others notify, without limit
    static final int MAX_OF_ONE = 16;

    /// @param usage that keeps it now
    /// @param first that kept it first, by which the program knows it
    record Entry(long usage, long first, String event, String publisher, Content state) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Optional<Entry> find(String tag) { return Optional.ofNullable(entries.get(tag)); }

    boolean full(String publisher) {
        return entries.size() >= MAX || counts.getOrDefault(publisher, 0) >= MAX_OF_ONE;
    }

    /// Keeps it under a name that nothing had before.
    String keep(Entry entry, RandomGenerator random) {
        //= rfc3903#6-8,26 80 random bits: an entity-tag that no other is, or was
        var tag = Tokens.token(random);
        entries.put(tag, entry);
        counts.merge(entry.publisher, 1, Integer::sum);
        return tag;
    }

    void remove(String tag) {
        var gone = entries.remove(tag);
        if (gone != null)
            counts.computeIfPresent(gone.publisher, (_, n) -> n == 1 ? null : n - 1);
    }
}
