package p2psip.app.voip;

import module java.base;

/// Whether others may hear the sound of a phone on its way.
public enum Secrecy {
    /// All is in clear, and an offer that is not is refused.
    NO,
    /// Nothing secret is offered, and everything taken. What a phone does if nobody says otherwise.
    TAKEN,
    /// Keys are offered in the description; to who cannot take that, sound in clear is offered
    /// then, by another INVITE. RFC 4568 has no way to leave it to the peer: lines with keys for a
    /// stream in clear it forbids.
    MAY,
    /// The same, but nothing else: who cannot take it is not talked with.
    MUST,
    /// Keys come of a handshake on the way of the sound, and no others are taken.
    DTLS;

    /// What is offered.
    String transport() {
        return switch (this) {
            case NO, TAKEN -> Keying.CLEAR;
            case MAY, MUST -> "RTP/SAVP";
            case DTLS -> "UDP/TLS/RTP/SAVP";
        };
    }

    boolean takesClear() { return this == NO || this == TAKEN || this == MAY; }

    boolean takesTold() { return this == TAKEN || this == MAY || this == MUST; }

    boolean takesShaken() { return this != NO; }
}
