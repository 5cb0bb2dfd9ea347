package p2psip.std.rfc8445;

import module java.base;

/// The checklists of a session, in the order of their streams: the checklist set.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.2 RFC 8445 §6.1.2
final class Checklists {
    private final Session session;
    private final NavigableMap<Integer, Checklist> lists = new TreeMap<>();

    Checklists(Session session) { this.session = session; }

    Collection<Checklist> all() { return lists.values(); }

    Set<Integer> streams() { return lists.keySet(); }

    int size() { return lists.size(); }

    Optional<Checklist> get(int stream) { return Optional.ofNullable(lists.get(stream)); }

    void put(Checklist list) {
        lists.put(list.stream(), list);
        session.lists(lists.size());
    }

    Optional<Checklist> remove(int stream) {
        var removed = Optional.ofNullable(lists.remove(stream));
        session.lists(lists.size());
        return removed;
    }

    /// Who was to decide follows, or the other way round.
    void become(Role role) {
        if (role == session.role()) return;
        session.role(role);
        //= rfc8445#7.3.1.1¶10 a change in roles: the priorities of pairs are computed again
        for (var list : lists.values()) list.become(role);
    }

    /// How often a check may be begun: what the slower side wants.
    Duration ta() {
        //= rfc8445#14.2-3 the higher of the two proposed values
        return lists.values().stream().flatMap(list -> list.remote().stream())
                .flatMap(remote -> remote.pacing().stream()).reduce(session.settings.ta(),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
}
