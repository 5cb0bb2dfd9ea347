package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;

/// Takes apart what is said in a protocol of our own. The codec of that protocol stands in a room
/// above this one, so it is handed in: `Overlay.DISSECTOR`.
public interface Dissector {

    /// Whether a datagram is of this protocol, by how it begins.
    boolean knows(Bytes datagram);

    /// Cuts a datagram.
    ///
    /// @throws IllegalArgumentException if it is not well formed
    void datagram(Knife knife, Bytes datagram);

    /// Cuts what was sealed in a datagram.
    ///
    /// @throws IllegalArgumentException if it is not well formed
    void sealed(Knife knife, Bytes frame);

    /// The payload of a frame, or the piece of one that was too long for a datagram; nothing of a
    /// frame that has none.
    Optional<Piece> piece(Bytes frame);

    /// A piece of a payload.
    ///
    /// @param of    what all pieces of a payload have in common, and no others between the two
    /// @param index which it is, from 0
    /// @param count how many there are, 1 at least
    record Piece(Object of, int index, int count, Bytes bytes) {}

    /// Cuts a payload that came in several pieces.
    ///
    /// @throws IllegalArgumentException if it is not well formed
    void payload(Knife knife, Bytes payload);

    /// The SIP message in a payload, if there is one.
    ///
    /// @throws IllegalArgumentException if it is not well formed
    Optional<Bytes> sip(Bytes payload);

    /// What it is, in a line for a ladder: `Hello`, `Route Get sip:bob@example.com`.
    ///
    /// @param frame what is sealed in it, if that is known; else empty
    String summary(Bytes datagram, Bytes frame);

    /// Of a program that has no such protocol.
    Dissector NONE = new Dissector() {
        @Override public boolean knows(Bytes datagram) { return false; }

        @Override public void datagram(Knife knife, Bytes datagram) {
            throw new IllegalArgumentException("of no protocol that is known here");
        }

        @Override public void sealed(Knife knife, Bytes frame) { datagram(knife, frame); }

        @Override public Optional<Piece> piece(Bytes frame) { return Optional.empty(); }

        @Override public void payload(Knife knife, Bytes payload) { datagram(knife, payload); }

        @Override public Optional<Bytes> sip(Bytes payload) { return Optional.empty(); }

        @Override public String summary(Bytes datagram, Bytes frame) { return "datagram"; }
    };
}
