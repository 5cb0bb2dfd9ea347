package p2psip.tools.figures;

import module java.base;

/// A machine of std as the explorer sees it: told events by name, asked what it does.
///
/// Each run begins with one that is new; the same steps always lead to the same state.
interface Subject {

    /// Something happens. What is done about it, in words as the RFC's figures use them; empty for
    /// an event that cannot happen now.
    Optional<List<String>> tell(String event, Instant now);

    List<String> wake(Instant now);

    /// The timers that are set, by the names of their events.
    SortedMap<String, Instant> timers();

    /// Empty before the first state is entered.
    String state();

    /// Whether it is at its end, and whoever made it lets it go.
    default boolean over() { return false; }

    /// What else the next answers may depend on.
    default String memory() { return ""; }
}
