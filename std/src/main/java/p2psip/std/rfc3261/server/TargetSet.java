package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.SipUri;

/// The targets of a request that are still to be tried: each URI once, in groups of one preference.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.5 RFC 3261 §16.5
final class TargetSet {
    private final Deque<Deque<Destination>> groups = new ArrayDeque<>(1);
    /// Whether the first group is being tried already, and did not fit into the breadth.
    private boolean begun;

    TargetSet(List<Destination> destinations) {
        if (destinations.size() == 1 && destinations.getFirst().uri() instanceof SipUri) {
            groups.add(new ArrayDeque<>(destinations));
            return;
        }
        //= rfc3261#16.6-5 groups one after the other, the members of one in parallel
        //= rfc3261#16.6-2 in the order of their preference
        var byPreference = new TreeMap<Double, Deque<Destination>>(Comparator.reverseOrder());
        var seen = new ArrayList<Destination>();
        for (var d : destinations) {
            //= rfc3261#16.5-8 a URI that is in the set already is not added again
            //= rfc3261#16.5-14 not more than once
            if (!(d.uri() instanceof SipUri) || seen.stream().anyMatch(s -> same(s, d))) continue;
            seen.add(d);
            byPreference.computeIfAbsent(d.q(), _ -> new ArrayDeque<>()).add(d);
        }
        groups.addAll(byPreference.values());
    }

    private static boolean same(Destination a, Destination b) {
        return a.uri().matches(b.uri()) && a.hops().equals(b.hops());
    }

    boolean isEmpty() { return groups.isEmpty(); }

    void clear() { groups.clear(); }

    /// Somebody is there and has refused: those in reserve are not tried.
    void clearSpare() {
        groups.forEach(group -> group.removeIf(Destination::spare));
        groups.removeIf(Deque::isEmpty);
    }

    /// Takes the next targets to try: at most `most`, and all of one group.
    ///
    /// @param idle whether no branch is under way, so that the next group may begin
    List<Destination> next(int most, boolean idle) {
        //= rfc3261#16.6-3 serially: no next group before the client transactions have completed
        if (groups.isEmpty() || !idle && !begun) return List.of();
        var group = groups.getFirst();
        var next = new ArrayList<Destination>();
        //= rfc3261#16.6-4 in parallel: every target of the group, if there is room
        while (next.size() < most && !group.isEmpty()) next.add(group.poll());
        begun = !group.isEmpty();
        if (!begun) groups.removeFirst();
        return next;
    }
}
