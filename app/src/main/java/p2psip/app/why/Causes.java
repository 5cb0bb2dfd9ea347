package p2psip.app.why;

import module java.base;

/// All causes, in the order in which one brings about another: the first that is seen is named.
public final class Causes {
    /// A disk or a clock that is wrong lets nobody be found; who is not found is not called; a
    /// phone that is called may be silent; a call that is answered may not be heard.
    public static final List<Cause> ALL = Stream.of(AtHome.ALL, OnTheWay.ALL, OfSound.ALL,
            AtThePhone.ALL).flatMap(List::stream).toList();

    private Causes() {}

    /// A cause, and how it is seen.
    record Named(Cause cause, Cause.Finding finding) {}

    static Optional<Named> first(Evidence evidence) {
        return ALL.stream().flatMap(cause -> cause.seen(evidence).stream()
                .map(finding -> new Named(cause, finding))).findFirst();
    }
}
