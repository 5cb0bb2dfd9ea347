package p2psip.tools.figures;

import module java.base;

/// A transition: in state `from`, at `event`, do `action` and be in state `to`.
///
/// @param from   empty for the beginning
/// @param action what is sent and told, in order; empty for nothing
record Edge(String from, String event, String to, String action) {
    boolean stays() { return from.equals(to); }

    /// Whether the event is absorbed: figures of RFCs show this only here and there.
    boolean absorbs() { return stays() && action.isEmpty(); }

    /// What is done, one by one.
    List<String> actions() {
        return action.isEmpty() ? List.of() : List.of(action.split(", "));
    }

    @Override public String toString() {
        return (from.isEmpty() ? "begin" : from) + " | " + event + " | " + to + " | "
                + (action.isEmpty() ? "-" : action);
    }
}
