package p2psip.std.rfc3261.server;

import org.junit.jupiter.api.Test;

/// §16.8 to §16.10: what ends a search: Timer C, a transport that fails, a CANCEL.
class ProxyCancelTest {

    //= rfc3261#16.10-4,5 the CANCEL is answered at once, and all pending branches get a CANCEL
    @Test void the_caller_gives_up_while_the_phones_ring() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 487
                  2500 cell  -> proxy 180
                  2500 proxy -> cell  CANCEL
                  2500 proxy -> alice 180
                  2510 cell  -> proxy 487
                  2510 proxy -> alice 487
                """);
    }

    //= rfc3261#16.10-2 the matching CANCEL has cancelled what was pending
    //= rfc3261#16.6-60 in the branch of the INVITE (the player checks)
    @Test void a_phone_ignores_the_cancel() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                 34000 proxy  * forgets desk
                 34000 proxy -> alice 487
                """);
    }

    /// The caller who has given up is not told that somebody was too slow.
    //= rfc3261#16.10-2 what was pending is cancelled, and ends as that, however it ends
    @Test void a_phone_that_was_never_heard_is_cancelled_and_not_timed_out() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 cell  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> cell  CANCEL
                  2010 cell   ! TRANSPORT
                 32000 desk   ! TIMEOUT
                 32000 proxy -> alice 487
                """);
    }

    //= rfc3261#16.10-2 cancelled is the call to all the phone's addresses: the next is not tried
    @Test void a_phone_is_gone_after_the_caller_has_given_up() {
        new ProxyPlay("desk").addresses("desk", "203.0.113.1", "203.0.113.2").plays("""
                     0 alice  -> proxy  INVITE
                     0 proxy  -> alice  100
                     0 proxy  -> desk/1 INVITE
                     1 alice  -> proxy  CANCEL
                     1 proxy  -> alice  200 CANCEL
                     2 desk/1  ! TRANSPORT
                     2 proxy  -> alice  487
                """);
    }

    //= rfc3261#16.7-24 of the classes the lowest is chosen: the call was cancelled, whatever broke
    @Test void a_phone_breaks_when_it_is_cancelled() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 500
                  2010 proxy -> alice 487
                """);
    }

    @Test void a_phone_that_has_said_100_alone_is_cancelled() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    20 desk  -> proxy 100
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 487
                  2010 proxy -> alice 487
                """);
    }

    /// Without an answer there is nobody to cancel, so the caller had to wait for Timer B.
    @Test void who_is_gone_need_not_be_cancelled() {
        new ProxyPlay("far;node").plays("""
                     0 alice    -> proxy    INVITE
                     0 proxy    -> alice    100
                     0 proxy    -> far      INVITE
                  1000 alice    -> proxy    CANCEL
                  1000 proxy    -> alice    200 CANCEL
                  2000 proxy    -> location silent
                  5000 location -> proxy    gone
                  5000 proxy     * forgets far
                  5000 proxy    -> alice    487
                """);
    }

    @Test void a_cancel_for_nothing() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy CANCEL
                     0 proxy -> alice 481 CANCEL
                """);
    }

    //= rfc3261#16.8-2 it rang for three minutes: Timer C cancels
    //= rfc3261#16.7-4 counted from the last provisional response
    //= rfc3261#16.8-1 and the client transaction is terminated by it
    @Test void nobody_picks_up() {
        //= rfc3261#16.7-5 the timer is reset to a value greater than three minutes
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                 60000 desk  -> proxy 180
                 60000 proxy -> alice 180
                241000 proxy -> desk  CANCEL
                241020 desk  -> proxy 487
                241020 proxy -> alice 487
                """);
    }

    //= rfc3261#16.8-3 nothing was ever heard of the phone, not even from its transaction
    //= rfc3261#16.6-63,64 Timer C is set when the INVITE is proxied; larger than three minutes
    @Test void timer_c_without_a_provisional_response_is_a_408() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                181000 proxy  * forgets desk
                181000 proxy -> alice 408
                """);
    }

    /// Nor does Timer C make a 408 of it.
    @Test void timer_c_after_the_caller_has_given_up() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                181000 proxy  * forgets desk
                181000 proxy -> alice 487
                """);
    }

    //= rfc3261#16.7-21 nobody has answered within the time of the transactions
    @Test void nobody_is_there() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                 32000 desk   ! TIMEOUT
                 32000 cell   ! TIMEOUT
                 32000 proxy -> alice 408
                """);
    }

    //= rfc3261#16.9-1 what could not be sent counts as 503
    //= rfc3261#16.7-27,28 and a lone 503 becomes a 500, for a 503 is not forwarded upstream
    @Test void a_phone_is_gone() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     1 desk   ! TRANSPORT
                     1 proxy -> alice 500
                """);
    }
}
