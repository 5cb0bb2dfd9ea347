package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3911.Joins;

/// Which calls of a [Phone] belong together, for somebody has come into the call of another: what
/// one peer says all others hear.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3911#section-4 RFC 3911 §4
final class Company {
    /// So many calls may belong together.
    static final int MAX = 4;

    private final boolean lets;
    private final Map<Long, Long> joining = new HashMap<>();
    /// For each call in which more than two hear each other the first of those calls.
    private final SequencedMap<Long, Long> groups = new LinkedHashMap<>();

    /// @param lets whether whoever may come in is let in without asking
    Company(boolean lets) { this.lets = lets; }

    void told(Joins.Joining event) {
        switch (event) {
            case Joins.Joining(long call, long into) -> joining.put(call, into);
        }
    }

    /// The call that another is about to come into.
    OptionalLong into(long call) {
        return joining.containsKey(call) ? OptionalLong.of(joining.get(call))
                : OptionalLong.empty();
    }

    /// Whether there is room for one more in that call.
    boolean roomFor(long call) {
        long group = groups.getOrDefault(joining.get(call), joining.get(call));
        return Collections.frequency(groups.values(), group) < MAX;
    }

    /// Whether a call that comes in is taken at once.
    boolean takes(long call) { return lets && joining.containsKey(call); }

    /// Both can talk in a call, and now so can all that are in the other; answers whether there is
    /// one.
    boolean there(long call) {
        var into = joining.remove(call);
        if (into == null) return false;
        groups.put(into, groups.getOrDefault(into, into));
        groups.put(call, groups.get(into));
        return true;
    }

    void ended(long call) {
        joining.remove(call);
        joining.values().removeIf(into -> into == call);
        groups.remove(call);
    }

    /// The other calls in which is heard what the peer of this one says.
    List<Long> others(long call) {
        var group = groups.get(call);
        return group == null ? List.of() : groups.entrySet().stream()
                .filter(each -> each.getValue().equals(group) && each.getKey() != call)
                .map(Map.Entry::getKey).toList();
    }
}
