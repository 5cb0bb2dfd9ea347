package p2psip.app.dht;

import p2psip.app.lookup.Answer;

/// Why a record or a request is not accepted, with its number on the wire.
enum Refusal {
    INVALID(1, "the record is forged, expired or malformed"),
    STALE(2, "a newer record of this owner is known"),
    KEY_FULL(3, "too many owners claim this key"),
    OWNER_FULL(4, "this owner has too many records"),
    FULL(5, "the store is full"),
    BUSY(6, "too many requests at once"),
    SILENCE(7, "nobody responsible answered");

    final int number;
    final String why;

    Refusal(int number, String why) {
        this.number = number;
        this.why = why;
    }

    /// What it says to who asked.
    Answer answer() {
        return new Answer.Failed(switch (this) {
            case INVALID, STALE -> Answer.Why.REFUSED;
            case KEY_FULL, OWNER_FULL, FULL, BUSY -> Answer.Why.FULL;
            case SILENCE -> Answer.Why.SILENCE;
        }, why);
    }

    static Refusal of(int number) {
        for (var refusal : values()) if (refusal.number == number) return refusal;
        throw new SyntaxException("no such refusal: " + number);
    }
}
