package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message;

/// §16.7: which of the responses the caller gets, and when.
class ProxyAnswersTest {

    //= rfc3261#16.2-1 the caller hears 100 before anything else
    //= rfc3261#16.7-17 a 100 of the phone is not forwarded
    //= rfc3261#16.7-45 all else is passed to the server transaction of the call
    @Test void a_call_is_answered() {
        //= rfc3261#28.1-1 and the responses from 101 to 199, since that was changed
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    20 desk  -> proxy 100
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   150 desk  -> proxy 199
                   150 proxy -> alice 199
                  3000 desk  -> proxy 200
                  3000 proxy -> alice 200
                """);
    }

    //= rfc3261#16.7-48 who does not answer first is cancelled
    @Test void of_two_phones_the_first_to_answer_gets_the_call() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   110 cell  -> proxy 180
                   110 proxy -> alice 180
                  3000 cell  -> proxy 200
                  3000 proxy -> alice 200
                  3000 proxy -> desk  CANCEL
                  3010 desk  -> proxy 487
                """);
    }

    /// The ancestor gave all branches one identifier and lost the answer of the second (S1).
    //= rfc3261#16.7-20 busy is not the best response while another phone may answer
    @Test void one_phone_is_busy_and_the_other_answers() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 desk  -> proxy 486
                  2000 cell  -> proxy 180
                  2000 proxy -> alice 180
                  9000 cell  -> proxy 200
                  9000 proxy -> alice 200
                """);
    }

    //= rfc3261#16.7-19 exactly one final response, when the last branch has its own
    @Test void all_phones_refuse() {
        new ProxyPlay("desk", "cell", "home").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                     0 proxy -> home  INVITE
                    50 desk  -> proxy 486
                    60 cell  -> proxy 500
                    70 home  -> proxy 302
                    70 proxy -> alice 302
                """);
    }

    //= rfc3261#16.7-14 declined everywhere: the others are cancelled, and the 603 waits for them
    //= rfc3261#16.7-49 a CANCEL for each client transaction that is pending
    //= rfc3261#16.7-23 the 6xx is chosen, though its class is not the lowest
    @Test void one_phone_declines_for_all() {
        new ProxyPlay("desk", "cell", "home;q=0.5").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 cell  -> proxy 180
                    50 proxy -> alice 180
                   100 desk  -> proxy 603
                   100 proxy -> cell  CANCEL
                   110 cell  -> proxy 487
                   110 proxy -> alice 603
                """);
    }

    //= rfc3261#16.7-13 a 2xx goes up at once even after a 6xx, for that has not been sent
    @Test void an_answer_overtakes_a_decline() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 cell  -> proxy 180
                    50 proxy -> alice 180
                   100 desk  -> proxy 600
                   100 proxy -> cell  CANCEL
                   101 cell  -> proxy 200
                   101 proxy -> alice 200
                """);
    }

    //= rfc3261#16.7-15 two phones picked up at once: the responses of both are forwarded
    @Test void two_phones_answer() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   100 cell  -> proxy 180
                   100 proxy -> alice 180
                  3000 cell  -> proxy 200
                  3000 proxy -> alice 200
                  3000 proxy -> desk  CANCEL
                  3001 desk  -> proxy 200
                  3001 proxy -> alice 200
                  3500 cell  -> proxy 200
                  3500 proxy -> alice 200
                  4000 desk  -> proxy 180
                """);
    }

    @Test void a_late_answer_goes_nowhere() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                  3000 desk  -> proxy 200
                  3000 proxy -> alice 200
                 34999 desk  -> proxy 200
                 34999 proxy -> alice 200
                 35001 desk  -> proxy 200
                """);
    }

    //= rfc3261#16.7-24 of the classes of the responses the lowest is chosen
    @Test void who_is_not_found_goes_before_who_is_broken() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 500
                   200 cell  -> proxy 404
                   200 proxy -> alice 404
                """);
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 404
                   200 cell  -> proxy 500
                   200 proxy -> alice 404
                """);
    }

    //= rfc3261#16.2-2 no 100 for anything but INVITE
    //= rfc3261#16.7-16 the second response is not forwarded
    @Test void a_message_to_two_phones() {
        //= rfc3428#6-1 a MESSAGE forks like any other request
        var message = new ProxyPlay("desk", "cell").with(message());
        message.plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                     0 proxy -> cell  MESSAGE
                   100 desk  -> proxy 200 MESSAGE
                   100 proxy -> alice 200 MESSAGE
                   110 cell  -> proxy 200 MESSAGE
                """);
    }

    //= rfc3261#9.1-1 no CANCEL for anything but INVITE, also if it could be sent
    @Test void a_message_that_another_phone_has_taken_is_not_cancelled() {
        new ProxyPlay("desk", "cell").with(message()).plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                     0 proxy -> cell  MESSAGE
                    50 cell  -> proxy 100 MESSAGE
                   100 desk  -> proxy 200 MESSAGE
                   100 proxy -> alice 200 MESSAGE
                   110 cell  -> proxy 200 MESSAGE
                """);
    }

    /// RFC 4320 §4.2: whoever sent it has timed out as well, a 408 would only be noise.
    @Test void a_message_that_nobody_answers_is_not_answered() {
        new ProxyPlay("desk").with(message()).plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                 32000 desk   ! TIMEOUT
                 32000 proxy  * forgets alice
                """);
    }

    //= rfc3261#16.7-34 all values of WWW-Authenticate and Proxy-Authenticate are collected
    //= rfc3261#16.7-26 preference to a 407 over a 404
    //= rfc3261#16.7-29 authorization is aggregated in what is forwarded
    @Test void challenges_are_gathered() {
        //= rfc8760#2.5-1 of all responses to the forked request
        //= rfc3261#22.3-14 each value that came goes into the single response
        var play = new ProxyPlay("desk", "cell", "home", "pad");
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                     0 proxy -> home  INVITE
                     0 proxy -> pad   INVITE
                    10 pad   -> proxy 404
                    20 desk  -> proxy 407
                    30 cell  -> proxy 401
                    40 home  -> proxy 407
                    40 proxy -> alice 407
                """);
        assertThat(play.answers.getLast().all("Proxy-Authenticate"))
                .containsExactly("Digest realm=\"desk\"", "Digest realm=\"home\"");
        assertThat(play.answers.getLast().all("WWW-Authenticate"))
                .containsExactly("Digest realm=\"cell\"");
    }

    //= rfc3261#16.7-31 the To tag of a 1xx or 2xx is the phone's own
    //= rfc3261#16.7-43 our Via is gone, and nothing else
    @Test void responses_pass_untouched_but_for_the_via() {
        var play = new ProxyPlay("desk");
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 200
                   100 proxy -> alice 200
                """);
        assertThat(play.answers.getLast().to().tag()).contains("desk");
        assertThat(play.answers.getLast().all("Via"))
                .containsExactly("SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKa1");
    }

    private static Message.Request message() {
        var invite = ProxyPlay.invite();
        return new Message.Request("MESSAGE", invite.uri(), invite.headers(), invite.body())
                .with("CSeq", "1 MESSAGE");
    }
}
