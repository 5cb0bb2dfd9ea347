package p2psip.std.rfc4566;

import module java.base;

/// Which way media flows, as seen by whoever wrote the description.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-6 RFC 4566 §6
public enum Direction {
    SENDRECV, SENDONLY, RECVONLY, INACTIVE;

    public static Direction of(boolean sends, boolean receives) {
        return sends ? receives ? SENDRECV : SENDONLY : receives ? RECVONLY : INACTIVE;
    }

    public boolean sends() { return this == SENDRECV || this == SENDONLY; }

    public boolean receives() { return this == SENDRECV || this == RECVONLY; }

    /// The same as the other side sees it.
    public Direction reversed() { return of(receives(), sends()); }

    /// What both of two wishes allow.
    public Direction and(Direction other) {
        return of(sends() && other.sends(), receives() && other.receives());
    }

    /// The attribute.
    public Attribute attribute() { return Attribute.flag(toString()); }

    static Optional<Direction> of(Attribute.Holder holder) {
        return holder.attributes().stream().flatMap(a -> Arrays.stream(values())
                .filter(d -> d.toString().equals(a.name()))).findFirst();
    }

    /// The attribute's name.
    @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
}
