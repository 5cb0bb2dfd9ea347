package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Outbox;

/// What the parts of a full agent have in common: who decides, and which pairs stand or fall
/// together.
final class Session {
    /// How many records of pairs are kept; the oldest go first.
    static final int RECORDS = 200;

    final Settings settings;
    final RandomGenerator random;
    final Outbox<Agent.Output> out = new Outbox<>();
    final LocalCandidates.Foundations foundations = new LocalCandidates.Foundations();

    /// The pairs of each foundation, in all checklists.
    private final Map<String, Set<Pair>> groups = new LinkedHashMap<>();
    private final Deque<Pair> history = new ArrayDeque<>();
    private Role role;
    private long tiebreaker;
    private int ordinary, lists;

    Session(Role role, Settings settings, RandomGenerator random) {
        this.role = role;
        this.settings = settings;
        this.random = random;
        this.tiebreaker = random.nextLong();
    }

    Role role() { return role; }

    //= rfc8445#16.1-1,3 one number for all requests of the session
    long tiebreaker() { return tiebreaker; }

    //= rfc8445#7.2.5.1-4 after a role conflict another tiebreaker
    void newTiebreaker() { tiebreaker = random.nextLong(); }

    void role(Role role) { this.role = role; }

    /// How many checklists there are.
    void lists(int lists) { this.lists = lists; }

    /// How many pairs each checklist may have.
    int share() {
        //= rfc8445#6.1.2.5-3 evenly: each checklist has the same share of the pairs
        return Math.max(1, settings.pairs() / Math.max(1, lists));
    }

    /// Whether one more ordinary check may be begun.
    //= rfc8445#6.1.2.5-1 the total number of checks is limited, whatever candidates come
    //= rfc8445#19.5.1-1 to 100, if the owner says nothing else
    boolean mayCheck() { return ordinary < settings.pairs(); }

    void checked() { ordinary++; }

    /// A restart begins to count anew.
    void recount() { ordinary = 0; }

    void joined(Pair pair) {
        group(pair).add(pair);
        history.add(pair);
        if (history.size() > RECORDS) history.remove();
    }

    void left(Pair pair) {
        var group = group(pair);
        group.remove(pair);
        if (group.isEmpty()) groups.remove(pair.foundation());
    }

    Set<Pair> group(Pair pair) {
        return groups.computeIfAbsent(pair.foundation(), _ -> new LinkedHashSet<>());
    }

    /// Whether no other pair of that foundation comes before this one.
    boolean first(Pair pair) {
        var order = Comparator.comparingInt(Pair::stream).thenComparingInt(Pair::component)
                .thenComparing(Pair::priority, Comparator.reverseOrder());
        return group(pair).stream().allMatch(other -> order.compare(pair, other) <= 0);
    }

    /// Whether a frozen pair need wait for no other of its foundation.
    boolean idle(Pair pair) {
        return group(pair).stream().noneMatch(other -> other.state() == Pair.State.WAITING
                || other.state() == Pair.State.IN_PROGRESS);
    }

    List<CheckRecord> records() { return history.stream().map(CheckRecord::of).toList(); }
}
