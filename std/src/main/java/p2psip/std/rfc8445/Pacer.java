package p2psip.std.rfc8445;

import module java.base;

/// Keeps all agents of a process together from sending too much: they share one.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-14.2 RFC 8445 §14.2
public final class Pacer {
    /// How far apart two transactions are, whoever begins them.
    static final Duration LEAST = Duration.ofMillis(5);

    private Instant free = Instant.MIN;

    /// When the next transaction may begin.
    Instant free() { return free; }

    //= rfc8445#14.2-4 all agents together begin no more than one transaction every 5 ms
    void take(Instant now) { free = now.plus(LEAST); }
}
