package p2psip.std.rfc3711;

/// What has become of a packet. Whatever it is but [#DONE], the packet is as it was, and so is all
/// that is known of its stream; whoever has asked logs it and sends or hands on nothing.
public enum Verdict {
    /// It is protected, or it is genuine and plain again: the limit of its buffer is its new end.
    DONE,
    /// It is none: too short, too long, or of another version.
    MALFORMED,
    /// There is no room behind it for what is to be added.
    NO_ROOM,
    /// It names a master key that nobody has told of.
    UNKNOWN_KEY,
    /// It was there before, or it is so old that it may have been.
    REPLAYED,
    /// Somebody else has made it, or somebody has changed it on the way.
    AUTHENTICATION_FAILURE,
    /// The master key has protected as many packets as it may: another one is needed.
    EXHAUSTED,
    /// Its source is one too many.
    CROWDED
}
