package p2psip.app.voip;

import module java.base;

/// Tells the peer's datagrams at one of our ports from those of strangers.
///
/// Believed is the address that the peer has described, and, as a peer behind a NAT has another one
/// than it knows, whoever comes while nobody else is heard: symmetric RTP (RFC 4961). Who was heard
/// last keeps others out until there has been silence for a while.
final class Partner {
    /// After so much silence another address may take over: a peer that has moved, or a NAT that
    /// has forgotten.
    static final Duration SILENCE = Duration.ofSeconds(3);

    private Optional<InetSocketAddress> partner = Optional.empty();
    private Instant open = Instant.MIN;

    /// @param described where the peer wants its own datagrams, if it wants any
    boolean believes(InetSocketAddress from, Optional<InetSocketAddress> described, Instant now) {
        return described.filter(from::equals).isPresent()
                || partner.filter(from::equals).isPresent() || !open.isAfter(now);
    }

    /// Something that makes sense has come from there.
    void heard(InetSocketAddress from, Instant now) {
        partner = Optional.of(from);
        open = now.plus(SILENCE);
    }
}
