package p2psip.std.rfc8489;

import module java.base;

/// How often a request is sent, and how long an answer may take.
///
/// @param rto      the first interval between two sendings; each further one is twice as long
/// @param requests how many are sent at most: the RFC's Rc
/// @param patience how many times the first interval the last one may take: the RFC's Rm
/// @param reliable over TCP nothing is sent again, and the whole takes as long as over UDP: Ti
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-6.2.1 RFC 8489 §6.2.1
public record Timing(Duration rto, int requests, int patience, boolean reliable) {

    //= rfc8489#6.2.1-2,3 RTO begins with 500 ms, which suits fixed lines
    private static final Duration RTO = Duration.ofMillis(500);

    //= rfc8489#6.2.1-10,12 Rc: by default 7 requests; Rm: by default 16 intervals for the last
    public static final Timing UDP = new Timing(RTO, 7, 16, false);

    //= rfc8489#6.2.2-2 as long as over UDP, 39.5 seconds
    public static final Timing TCP = new Timing(RTO, 7, 16, true);

    /// When the next request after `sent` of them is due, or the end if they were all.
    public Duration after(int sent) {
        //= rfc8489#6.2.1-4,5 an accuracy of 1 ms: RTO is not rounded up to a second
        return reliable ? rto.multipliedBy((1L << requests - 1) - 1 + patience)
                : sent < requests ? rto.multipliedBy(1L << sent - 1) : rto.multipliedBy(patience);
    }

    /// Whether the request that was sent last was the last of all.
    public boolean last(int sent) { return reliable || sent >= requests; }
}
