package p2psip.std.rfc9000;

/// How many bytes the peer allows to be sent, on one stream or on all together, and how many were.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-4.1 RFC 9000 §4.1
public final class Credit {
    private long limit, used;

    /// @param limit what is allowed before the peer has said anything
    public Credit(long limit) { this.limit = limit; }

    /// The peer allows so many in all.
    public void raise(long to) {
        //= rfc9000#4.1-3 what does not increase the limit is ignored: an older one has come later
        //= rfc9000#13.3-5 so an outdated one is accepted, and changes nothing
        limit = Math.max(limit, to);
    }

    /// Bytes that may still be sent.
    //= rfc9000#4.1-1 nothing is sent in excess of a limit
    public long left() { return limit - used; }

    /// @throws IllegalStateException if there is not so much left
    public void use(long bytes) {
        if (bytes > left()) throw new IllegalStateException(bytes + " of " + left());
        used += bytes;
    }
}
