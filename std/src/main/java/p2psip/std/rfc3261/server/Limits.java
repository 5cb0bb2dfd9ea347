package p2psip.std.rfc3261.server;

import module java.base;

/// How long bindings last at a registrar, and how many there may be.
///
/// @param shortest  asked for less (but not 0), a user is told 423
/// @param usual     where the user leaves it open
/// @param longest   asked for more, a user gets this
/// @param contacts  of one address of record; a REGISTER that would make more is refused 403
/// @param addresses of record; a REGISTER for one more is refused 503
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
public record Limits(Duration shortest, Duration usual, Duration longest, int contacts,
        int addresses) {
    public static final Limits USUAL = new Limits(Duration.ofSeconds(60),
            Duration.ofHours(1), Duration.ofDays(1), 16, 100_000);
}
