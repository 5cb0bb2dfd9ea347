package p2psip.std.rfc5763;

import module java.base;
import p2psip.std.rfc4566.*;

/// An `a=setup` line: who begins the handshake.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4145#section-4 RFC 4145 §4
public enum DtlsSetup {
    /// Begins it: is the client.
    ACTIVE,
    /// Waits for it: is the server.
    PASSIVE,
    /// Either, as the other side likes.
    ACTPASS,
    /// Not now.
    HOLDCONN;

    public static final String NAME = "setup";

    /// The value of an attribute; empty if it is none.
    public static Optional<DtlsSetup> parse(String value) {
        return Arrays.stream(values()).filter(s -> s.text().equalsIgnoreCase(value)).findFirst();
    }

    /// What a description says of a medium: itself, or for the session. Without a word an offer
    /// means [#ACTIVE], and an answer [#PASSIVE] (RFC 4145 §4).
    public static DtlsSetup of(SessionDescription description, Media medium, boolean offers) {
        return medium.attribute(NAME).or(() -> description.attribute(NAME))
                .flatMap(DtlsSetup::parse).orElse(offers ? ACTIVE : PASSIVE);
    }

    /// What is answered to this offer.
    ///
    /// @param wantsActive whether this side would rather begin than wait
    //= rfc5763#5-8 active or passive is answered, as the offer leaves it
    //= rfc5763#5-9 active is recommended, for whoever may choose
    public DtlsSetup answer(boolean wantsActive) {
        return switch (this) {
            case ACTPASS -> wantsActive ? ACTIVE : PASSIVE;
            case ACTIVE -> PASSIVE;
            case PASSIVE -> ACTIVE;
            case HOLDCONN -> HOLDCONN;
        };
    }

    /// Whether that is an answer to this offer.
    public boolean allows(DtlsSetup answer) {
        return switch (answer) {
            case ACTIVE -> this == ACTPASS || this == PASSIVE;
            case PASSIVE -> this == ACTPASS || this == ACTIVE;
            case ACTPASS -> false;
            case HOLDCONN -> true;
        };
    }

    public Attribute attribute() { return new Attribute(NAME, text()); }

    private String text() { return name().toLowerCase(Locale.ROOT); }
}
