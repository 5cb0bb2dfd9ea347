package p2psip.app.media;

/// A side of a call: the one that has called, and the one that was called.
enum Side {
    CALLER, CALLED;

    Side other() { return this == CALLER ? CALLED : CALLER; }
}
