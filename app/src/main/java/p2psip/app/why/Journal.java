package p2psip.app.why;

import module java.base;

/// What a node remembers of its calls and of itself, to say later why one has failed.
///
/// It is bounded: of one more the oldest goes, and it is known how many have gone. What stands
/// until something else does ([Fact#standing]) is kept by its name, whatever happens besides.
public final class Journal {
    /// Calls remembered, facts of each, facts of the node, remarks, and what stands.
    public static final int CALLS = 200, OF_CALL = 100, OF_NODE = 300, REMARKS = 100,
            STANDING = 100;

    /// Among so many of the last facts of the node the same one is counted, not written again.
    private static final int SAME = 8;

    private static final class Page {
        final Account.Call call;
        final Deque<Entry> entries = new ArrayDeque<>();
        long forgotten;

        Page(Account.Call call) { this.call = call; }
    }

    private final SequencedMap<String, Page> pages = new LinkedHashMap<>();
    /// What others can have a node remark may be much: it has room of its own.
    private final Deque<Entry> node = new ArrayDeque<>(), remarks = new ArrayDeque<>();
    private final SequencedMap<String, Entry> standing = new LinkedHashMap<>();
    private long forgottenCalls, forgottenOfNode;

    /// A call has begun; nothing happens if it is known.
    public void begin(Account.Call call) {
        if (pages.containsKey(call.callId())) return;
        pages.put(call.callId(), new Page(call));
        if (pages.size() <= CALLS) return;
        pages.pollFirstEntry();
        forgottenCalls++;
    }

    public boolean knows(String callId) { return pages.containsKey(callId); }

    public void note(Noted noted, Instant now) {
        if (noted.callId().isEmpty()) note(noted.fact(), now);
        else note(noted.callId(), noted.fact(), now);
    }

    /// Something about a call; nothing happens if it is not known.
    public void note(String callId, Fact fact, Instant now) {
        var page = pages.get(callId);
        if (page == null) return;
        page.entries.add(Entry.of(now, fact));
        if (page.entries.size() <= OF_CALL) return;
        page.entries.remove();
        page.forgotten++;
    }

    /// Something about the node.
    public void note(Fact fact, Instant now) {
        if (fact.standing().isPresent()) stand(fact.standing().get(), fact, now);
        else if (fact instanceof OfNode.Remark) keep(remarks, REMARKS, fact, now);
        else keep(node, OF_NODE, fact, now);
    }

    private void keep(Deque<Entry> all, int limit, Fact fact, Instant now) {
        if (isSame(all, fact, now)) return;
        all.add(Entry.of(now, fact));
        if (all.size() <= limit) return;
        all.remove();
        forgottenOfNode++;
    }

    private void stand(String name, Fact fact, Instant now) {
        var before = standing.remove(name);
        standing.put(name, before != null && before.fact().equals(fact) ? before.again(now)
                : Entry.of(now, fact));
        if (standing.size() <= STANDING) return;
        standing.pollFirstEntry();
        forgottenOfNode++;
    }

    private static boolean isSame(Deque<Entry> all, Fact fact, Instant now) {
        var latest = all.descendingIterator();
        for (int i = 0; i < SAME && latest.hasNext(); i++) {
            var entry = latest.next();
            if (!entry.fact().equals(fact)) continue;
            all.remove(entry);
            all.add(entry.again(now));
            return true;
        }
        return false;
    }

    /// How many facts it has.
    public int size() {
        return node.size() + remarks.size() + standing.size()
                + pages.values().stream().mapToInt(page -> page.entries.size()).sum();
    }

    /// What is known of the last call; of the node alone if there was none.
    public Account last(Instant now) {
        return account(Optional.ofNullable(pages.lastEntry()).map(Map.Entry::getValue), now);
    }

    /// What is known of a call; empty if there was none, or it was forgotten.
    public Optional<Account> of(String callId, Instant now) {
        return Optional.ofNullable(pages.get(callId)).map(page -> account(Optional.of(page), now));
    }

    private Account account(Optional<Page> page, Instant now) {
        var all = Stream.of(node, remarks, standing.values()).flatMap(Collection::stream)
                .sorted(Comparator.comparing(Entry::at)).toList();
        return new Account(page.map(p -> p.call), page.map(p ->
                List.copyOf(p.entries)).orElse(List.of()), all,
                page.map(p -> p.forgotten).orElse(0L), forgottenOfNode, forgottenCalls, now);
    }
}
