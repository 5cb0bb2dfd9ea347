package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc6665.Weather.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// Who subscribes, against peers of all kinds.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.1 RFC 6665 §4.1
class SubscriberTest {
    private static final String SUBSCRIBED = """
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 b1    -> alice 200 SUBSCRIBE Expires=600
                   60 b1    -> alice NOTIFY 7 Event=weather Subscription-State=active;expires=600 \
                        Content-Type=text/weather body
                   60 alice -> b1    200 NOTIFY
                   60 alice -> TU    Notified 1 b1 active;expires=600 body
                """;

    //= rfc6665#3.1.1-1 Expires: that of the package
    //= rfc6665#3.1.2-1 one Event
    //= rfc6665#3.1.3-1 and Accept
    @Test void a_subscription_is_refreshed_and_ended() {
        //= rfc6665#4.1.3-19 each NOTIFY is answered at once
        var flow = play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540080 b1    -> alice 200 SUBSCRIBE Expires=500
                540090 b1    -> alice NOTIFY 8 Event=weather Subscription-State=active;expires=500
                540090 alice -> b1    200 NOTIFY
                540090 alice -> TU    Notified 1 b1 active;expires=500
                600000 TU    -> alice unsubscribe 1
                600000 alice -> b1    SUBSCRIBE 3 sip:bob@127.0.0.2 Expires=0 Event=weather
                600010 b1    -> alice 200 SUBSCRIBE Expires=0
                600020 b1    -> alice NOTIFY 9 Event=weather \
                        Subscription-State=terminated;reason=timeout
                600020 alice -> b1    200 NOTIFY
                600020 alice -> TU    Notified 1 b1 terminated;reason=timeout
                600020 alice -> TU    Ended 1 200
                """);
        var first = flow.all("SUBSCRIBE").getFirst();
        assertThat(first.all("Event")).containsExactly("weather");
        assertThat(first.need("Accept")).isEqualTo("text/weather");
        assertThat(first.need("Contact")).isEqualTo("<sip:alice@127.0.0.1:5060>");
        assertThat(flow.answer("NOTIFY").body().isEmpty()).isTrue();
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc6665#4.1.2.4-3 before the SUBSCRIBE is answered
    //= rfc6665#4.1.4-1 with another tag than the 2xx has
    //= rfc6665#4.1.3-4,5 what NOTIFY says of the duration is what counts, active or pending
    @Test void two_forks_notify_before_the_2xx_comes() {
        var flow = play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 b1    -> alice NOTIFY 7 Event=weather Subscription-State=active;expires=60
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 active;expires=60
                   60 b2    -> alice NOTIFY 4 Event=weather \
                        Subscription-State=pending;expires=300 Contact=<sip:bob@cell>
                   60 alice -> b2    200 NOTIFY
                   60 alice -> TU    Notified 1 b2 pending;expires=300
                   70 b2    -> alice 200 SUBSCRIBE Expires=300 Contact=<sip:bob@cell>
                   90 b1    -> alice NOTIFY 4 Event=weather Subscription-State=active;expires=600
                   90 alice -> b1    500 NOTIFY
                54050 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                54060 b1    -> alice 481 SUBSCRIBE
                270070 alice -> b2    SUBSCRIBE 2 sip:bob@cell Expires=600 Event=weather
                270080 b2    -> alice 200 SUBSCRIBE Expires=600
                270090 b2    -> alice NOTIFY 9 Event=weather \
                        Subscription-State=terminated;reason=noresource
                270090 alice -> b2    200 NOTIFY
                270090 alice -> TU    Notified 1 b2 terminated;reason=noresource
                270090 alice -> TU    Ended 1 noresource
                270100 b2    -> alice NOTIFY 10 Event=weather Subscription-State=active
                270100 alice -> b2    481 NOTIFY
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3842#3.6-6 a NOTIFY may come at any time
    //= rfc6665#4.1.2.4-1 after Timer N 481
    @Test void a_fork_may_notify_until_timer_n_ends_the_wait() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   70 b1    -> alice 200 SUBSCRIBE Expires=600
                31000 b2    -> alice NOTIFY 4 Event=weather Subscription-State=active;expires=600
                31000 alice -> b2    200 NOTIFY
                31000 alice -> TU    Notified 1 b2 active;expires=600
                40000 b3    -> alice NOTIFY 4 Event=weather Subscription-State=active;expires=600
                40000 alice -> b3    481 NOTIFY
                41000 b1    -> alice NOTIFY 4 Event=weather Subscription-State=active;expires=600
                41000 alice -> b1    481 NOTIFY
                """);
    }

    /// A package that allows one alone.
    @Test void the_first_fork_is_kept() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com first
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=first
                   50 b1    -> alice NOTIFY 7 Event=first Subscription-State=active;expires=600
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 active;expires=600
                   60 b2    -> alice NOTIFY 4 Event=first Subscription-State=active;expires=600
                   60 alice -> b2    481 NOTIFY
                   70 b2    -> alice 200 SUBSCRIBE Expires=300
                   80 b2    -> alice NOTIFY 5 Event=first Subscription-State=active;expires=600
                   80 alice -> b2    481 NOTIFY
                   90 b1    -> alice NOTIFY 8 Event=first Subscription-State=terminated;\
                        reason=rejected
                   90 alice -> b1    200 NOTIFY
                   90 alice -> TU    Notified 1 b1 terminated;reason=rejected
                   90 alice -> TU    Ended 1 rejected
                """.replace(";  ", ";").replaceAll(";\\s+reason", ";reason"));
    }

    @Test void no_more_than_32_forks_are_taken() {
        var script = new StringBuilder("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                """);
        for (int i = 1; i <= 33; i++) script.append("""
                  100 f%d    -> alice NOTIFY 1 Event=weather Subscription-State=active;expires=600
                  100 alice -> f%<d    %s NOTIFY
                """.formatted(i, i <= 32 ? "200" : "481")).append(i <= 32 ? """
                  100 alice -> TU    Notified 1 f%d active;expires=600
                """.formatted(i) : "");
        play(script.toString());
    }

    //= rfc6665#4.1.3-3 a NOTIFY that does not say the state is none
    //= rfc6665#4.1.3-1 and one of another package is not for us
    @Test void a_notify_that_matches_nothing_is_refused() {
        play(SUBSCRIBED + """
                  100 b1    -> alice NOTIFY 8 Event=weather
                  100 alice -> b1    400 NOTIFY
                  110 b1    -> alice NOTIFY 9 Event=weather Subscription-State=(
                  110 alice -> b1    400 NOTIFY
                  120 b1    -> alice NOTIFY 10 Event=first Subscription-State=active
                  120 alice -> b1    481 NOTIFY
                  130 b1    -> alice NOTIFY 11 Event=weather;id=7 Subscription-State=active
                  130 alice -> b1    481 NOTIFY
                  140 b1    -> alice NOTIFY 12 Event=stones Subscription-State=active
                  140 alice -> b1    489 NOTIFY
                  150 b1    -> alice NOTIFY 13 Event=weather,_first Subscription-State=active
                  150 alice -> b1    489 NOTIFY
                  160 b1    -> alice NOTIFY 14 Event=weather Subscription-State=active \
                        Content-Type=image/png body
                  160 alice -> b1    415 NOTIFY
                """);
    }

    //= rfc6665#4.5.2-1,8 no dialog of a call is reused; no Event has an id, at first nor later
        //= rfc6665#4.6-3 and nothing is cancelled
    @Test void a_subscription_has_a_dialog_of_its_own() {
        var flow = play("""
                    0 TU    -> alice invite 9 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                   10 b1    -> alice 200 sdp2
                   10 alice -> b1    ACK 1 sip:b1@127.0.0.2
                   10 alice -> TU    Answered 9 sdp2
                   20 TU    -> alice subscribe 1 sip:b1@127.0.0.2 weather
                   20 alice -> b1    SUBSCRIBE 1 sip:b1@127.0.0.2 Expires=600 Event=weather
                   30 TU    -> alice unsubscribe 1
                32020 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("SUBSCRIBE").callId()).isNotEqualTo(flow.sent("INVITE").callId());
        assertThat(flow.sent("SUBSCRIBE").to().tag()).isEmpty();
        assertThat(flow.all("CANCEL")).isEmpty();
    }

    //= rfc3856#9.2-2 Digest
    //= rfc3857#6.2-5 Digest, of course
    @Test void a_password_is_given_to_who_asks_for_it() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 p1    -> alice 401 SUBSCRIBE \
                        WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com authorization Expires=600 \
                        Event=weather
                """);
    }

    @Test void a_fetch_is_told_once() {
        var flow = play("""
                    0 TU    -> alice fetch 1 sip:bob@biloxi.com first
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=0 Event=first
                   50 b1    -> alice 200 SUBSCRIBE Expires=0
                   60 b1    -> alice NOTIFY 7 Event=first \
                        Subscription-State=terminated;reason=timeout Content-Type=text/weather body
                   60 alice -> b1    200 NOTIFY
                   60 alice -> TU    Notified 1 b1 terminated;reason=timeout body
                   60 alice -> TU    Ended 1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// Where several may answer, all that do in time are heard.
    @Test void a_fetch_hears_all_forks() {
        var flow = play("""
                    0 TU    -> alice fetch 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=0 Event=weather
                   50 b1    -> alice NOTIFY 7 Event=weather Subscription-State=terminated
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 terminated
                   60 b1    -> alice 200 SUBSCRIBE Expires=0
                  100 b2    -> alice NOTIFY 7 Event=weather Subscription-State=terminated
                  100 alice -> b2    200 NOTIFY
                  100 alice -> TU    Notified 1 b2 terminated
                32000 alice -> TU    Ended 1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3842#3.6-2 and then with a new Call-ID
    //= rfc6665#4.1.2.2-1 after each such response it is terminated, and begun anew or never again
    @Test void a_refresh_that_is_refused_for_good_ends_it() {
        for (int status : List.of(404, 405, 410, 416, 482, 483, 484, 485, 489, 501, 604))
            play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540080 b1    -> alice %d SUBSCRIBE
                540080 alice -> TU    Ended 1 %<d
                540090 b1    -> alice NOTIFY 9 Event=weather Subscription-State=active
                540090 alice -> b1    481 NOTIFY
                """.formatted(status));
        for (int status : List.of(480, 481)) {
            var flow = play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540080 b1    -> alice %d SUBSCRIBE
                540080 alice -> TU    Waiting 1 %<d 0
                540080 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                """.formatted(status));
            assertThat(flow.sent("SUBSCRIBE").callId())
                    .isNotEqualTo(flow.all("SUBSCRIBE").getFirst().callId());
        }
    }

    @Test void any_other_failure_of_a_refresh_leaves_it() {
        play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540060 b1    -> alice 500 SUBSCRIBE
                570060 alice -> b1    SUBSCRIBE 3 sip:bob@127.0.0.2 Expires=600 Event=weather
                570060 b1    -> alice 500 SUBSCRIBE
                575000 b1    -> alice NOTIFY 9 Event=weather Subscription-State=active;expires=25
                575000 alice -> b1    200 NOTIFY
                575000 alice -> TU    Notified 1 b1 active;expires=25
                597500 alice -> b1    SUBSCRIBE 4 sip:bob@127.0.0.2 Expires=600 Event=weather
                598000 b1    -> alice 500 SUBSCRIBE
                600000 alice -> TU    Waiting 1 408 0
                600000 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                """);
    }

    /// The NOTIFY that follows a refresh is waited for as long as Timer N.
    @Test void a_refresh_that_no_notify_follows_ends_it() {
        play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540080 b1    -> alice 200 SUBSCRIBE Expires=600
                572060 alice -> TU    Waiting 1 408 0
                572060 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                """);
    }

    //= rfc6665#4.1.2.2-2 after a 204 no NOTIFY is waited for
    @Test void after_a_204_it_goes_on_without_one() {
        play(SUBSCRIBED + """
                540060 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                540080 b1    -> alice 204 SUBSCRIBE Expires=600
                1080080 alice -> b1    SUBSCRIBE 3 sip:b1@127.0.0.2 Expires=600 Event=weather
                """);
    }

    //= rfc6665#8.3.1-1 a 202, of older peers, is a 200
    @Test void a_202_is_a_200() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 b1    -> alice 202 SUBSCRIBE Expires=600
                   60 b1    -> alice NOTIFY 7 Event=weather Subscription-State=active
                   60 alice -> b1    200 NOTIFY
                   60 alice -> TU    Notified 1 b1 active
                540050 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                """);
    }

    @Test void too_brief_an_interval_is_made_longer() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather 30
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=30 Event=weather
                   50 bob   -> alice 423 SUBSCRIBE Min-Expires=90
                   50 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=90 Event=weather
                   60 bob   -> alice 423 SUBSCRIBE Min-Expires=90
                   60 alice -> TU    Ended 1 423
                """);
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather 30
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=30 Event=weather
                   50 bob   -> alice 423 SUBSCRIBE Min-Expires=4000000000
                   50 alice -> TU    Ended 1 423
                """);
    }

    /// What may pass is tried again, more and more seldom; what will not is the end.
    @Test void a_subscription_that_fails_is_tried_again_or_not() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 bob   -> alice 480 SUBSCRIBE
                   50 alice -> TU    Waiting 1 480 30
                30050 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                30050 bob   -> alice 503 SUBSCRIBE Retry-After=200_(busy)
                30050 alice -> TU    Waiting 1 503 200
                230050 alice -> bob   SUBSCRIBE 3 sip:bob@biloxi.com Expires=600 Event=weather
                230050 bob   -> alice 480 SUBSCRIBE
                230050 alice -> TU    Waiting 1 480 120
                350050 alice -> bob   SUBSCRIBE 4 sip:bob@biloxi.com Expires=600 Event=weather
                350050 bob   -> alice 403 SUBSCRIBE
                350050 alice -> TU    Ended 1 403
                """);
    }

    @Test void nobody_who_answers_is_a_failure_that_may_pass() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   50 bob   -> alice 200 SUBSCRIBE Expires=600
                32000 alice -> TU    Waiting 1 408 0
                32000 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                64000 alice -> TU    Waiting 1 408 60
                70000 TU    -> alice unsubscribe 1
                70000 alice -> TU    Ended 1 200
                """);
        play("""
                    0 TU    -> alice subscribe 1 nowhere weather
                    0 alice -> TU    Ended 1 400
                """);
    }

    /// Who is given up before he has told anything is told to end it as soon as he does.
    @Test void it_is_ended_before_it_has_begun() {
        var flow = play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                   10 TU    -> alice unsubscribe 1
                   50 b1    -> alice NOTIFY 7 Event=weather Subscription-State=active;expires=600
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 active;expires=600
                   50 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=0 Event=weather
                   60 b2    -> alice 200 SUBSCRIBE X-First=1 Expires=600
                   60 alice -> b2    SUBSCRIBE 2 sip:b2@127.0.0.2 Expires=0 Event=weather
                   70 b2    -> alice 500 SUBSCRIBE
                   80 b1    -> alice NOTIFY 8 Event=weather Subscription-State=terminated
                   80 alice -> b1    200 NOTIFY
                   80 alice -> TU    Notified 1 b1 terminated
                32000 alice -> TU    Ended 1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void it_is_refreshed_when_the_program_wants_to_be_told_all() {
        play(SUBSCRIBED + """
                  100 TU    -> alice refresh 1
                  100 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=600 Event=weather
                """);
    }

    //= rfc6665#4.1.3-6 what is terminated is over
    //= rfc6665#4.1.3-8 with no reason, or one that nobody knows: after retry-after, or any time
    @Test void every_reason_has_its_consequence() {
        for (var line : """
                terminated;reason=deactivated                   | Waiting 1 deactivated 0
                terminated;reason=deactivated;retry-after=90    | Waiting 1 deactivated 0
                terminated;reason=probation                     | Waiting 1 probation 60
                terminated;reason=probation;retry-after=90      | Waiting 1 probation 90
                terminated;reason=rejected                      | Ended 1 rejected
                terminated;reason=rejected;retry-after=90       | Ended 1 rejected
                terminated;reason=timeout;retry-after=90        | Waiting 1 timeout 0
                terminated;reason=giveup                        | Waiting 1 giveup 60
                terminated;reason=giveup;retry-after=90         | Waiting 1 giveup 90
                terminated;reason=noresource;retry-after=90     | Ended 1 noresource
                terminated;reason=invariant;retry-after=90      | Ended 1 invariant
                terminated;reason=moonshine                     | Waiting 1 200 60
                terminated;reason=moonshine;retry-after=90      | Waiting 1 200 90
                terminated;expires=600                          | Waiting 1 200 60
                Terminated;Reason=Rejected                      | Ended 1 rejected
                """.lines().toList()) {
            var state = line.split("\\|")[0].strip();
            var told = line.split("\\|")[1].strip();
            play(SUBSCRIBED + """
                40000 b1    -> alice NOTIFY 8 Event=weather Subscription-State=%s
                40000 alice -> b1    200 NOTIFY
                40000 alice -> TU    Notified 1 b1 %s
                40000 alice -> TU    %s
                """.formatted(state, state.replace("Terminated", "terminated"), told)
                    + (told.endsWith(" 0") ? """
                40000 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com Expires=600 Event=weather
                """ : ""));
        }
    }


    /// At once is at once only once: who is sent away again and again asks more and more seldom.
    @Test void nobody_can_make_it_ask_in_a_circle() {
        var script = new StringBuilder("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com first
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=first
                """);
        long at = 0;
        for (int pause : List.of(0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600)) {
            var asked = play(script.toString()).sent("SUBSCRIBE");
            var notify = "NOTIFY 8 Event=first Subscription-State=terminated;reason=deactivated"
                    + " Call-ID=" + asked.callId() + " To=" + asked.need("From").replace(' ', '_');
            script.append("""
                %1$d b1    -> alice %2$s
                %1$d alice -> b1    200 NOTIFY
                %1$d alice -> TU    Notified 1 b1 terminated;reason=deactivated
                %1$d alice -> TU    Waiting 1 deactivated %3$d
                """.formatted(at, notify, pause));
            at += pause * 1000L;
            script.append("""
                %d alice -> bob   SUBSCRIBE %d sip:bob@biloxi.com Expires=600 Event=first
                """.formatted(at, asked.cseq().number() + 1));
        }
        play(script.toString());
    }

    /// What has ended leaves no dialog behind, also while another one is waited for.
    @Test void no_dialog_outlives_its_subscription() {
        var options = """
                  200 b1    -> alice OPTIONS 20
                  200 alice -> b1    %s
                """;
        play(SUBSCRIBED + options.formatted("200 OPTIONS Accept-Encoding=identity"));
        play(SUBSCRIBED + """
                  100 b1    -> alice NOTIFY 8 Event=weather \
                        Subscription-State=terminated;reason=probation
                  100 alice -> b1    200 NOTIFY
                  100 alice -> TU    Notified 1 b1 terminated;reason=probation
                32000 alice -> TU    Waiting 1 probation 60
                32200 b1    -> alice OPTIONS 20
                32200 alice -> b1    481 OPTIONS
                """);
    }
}
