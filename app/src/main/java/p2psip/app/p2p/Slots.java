package p2psip.app.p2p;

/// How many streams a node has, and their names: each may keep [DuplexStream#WINDOW] bytes in
/// either direction, so this limits what all of them keep.
final class Slots {
    /// Streams of a node at a time; one more is refused.
    static final int MAX = 256;

    private int used;
    private long last;

    /// A place for one more, if there is one.
    boolean take() {
        if (used >= MAX) return false;
        used++;
        return true;
    }

    void free() { used--; }

    int used() { return used; }

    /// A name for a stream that somebody else has opened: below zero, so that the node's own names
    /// are others.
    long name() { return --last; }
}
