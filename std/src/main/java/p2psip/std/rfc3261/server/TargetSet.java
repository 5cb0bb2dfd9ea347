package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc5626.OneFlow;

/// The targets of a request that are still to be tried: each URI once, in groups of one preference.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.5 RFC 3261 §16.5
final class TargetSet {
    private final List<Destination> untried;
    /// All that were ever in the set.
    private final List<Destination> seen = new ArrayList<>(2);
    private final OneFlow flows = new OneFlow();
    /// That of the group under way.
    private double preference = Double.NaN;

    TargetSet(List<Destination> destinations) {
        untried = new ArrayList<>(destinations.size());
        add(destinations);
    }

    /// Adds what is not there yet, and was not.
    void add(List<Destination> destinations) {
        for (var d : destinations)
            //= rfc3261#16.5-8,14 a URI in the set already is not added again, so not more than once
            if (d.uri() instanceof SipUri && seen.stream().noneMatch(
                    other -> other.uri().matches(d.uri()) && other.hops().equals(d.hops())
                            && !other.isOtherFlow(d))) {
                untried.add(d);
                seen.add(d);
            }
        //= rfc3261#16.6-2,5 in the order of preference: groups, each in parallel
        untried.sort(Comparator.comparingDouble(Destination::q).reversed());
    }

    boolean isEmpty() { return untried.isEmpty(); }

    /// Somebody is there and has refused: those in reserve are not tried.
    void clearSpare() { untried.removeIf(Destination::spare); }

    /// Takes the next target to try.
    ///
    /// @param idle whether no branch is under way, so that the next group may begin
    Optional<Destination> next(boolean idle) {
        //= rfc3261#16.6-3 serially: no next group before the client transactions have completed
        //= rfc3261#16.6-4 in parallel: every target of the group, if there is room
        if (isEmpty() || !idle && untried.getFirst().q() != preference) return Optional.empty();
        preference = untried.getFirst().q();
        var next = untried.stream().filter(this::isNext).findFirst();
        next.ifPresent(to -> {
            untried.remove(to);
            flows.begins(to.flow());
        });
        return next;
    }

    private boolean isNext(Destination d) { return d.q() == preference && flows.isFree(d.flow()); }

    /// A target has given its final response, or counts as if.
    void ended(Destination target, int status) {
        if (flows.ended(target.flow(), status))
            untried.removeIf(d -> d.instance().equals(target.instance()));
    }

    /// How many targets of the group under way are still to be tried.
    int alike() { return (int) untried.stream().filter(this::isNext).count(); }
}
