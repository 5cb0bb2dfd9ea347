package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc6665.Weather.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// Who is subscribed to.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2 RFC 6665 §4.2
class NotifierTest {
    /// Bob watches from the start.
    private static final String WATCHED = """
                    0 TU    -> alice publish 1 sun
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=600
                   50 alice -> bob   200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=600 0:sun
                  100 bob   -> alice 200 NOTIFY
                """;

    //= rfc6665#4.2.1.2-1 a NOTIFY at once
    //= rfc6665#4.2.2-1,2 immediately, and when a change occurs
    //= rfc6665#3.2.1-1,2 with the Event of the SUBSCRIBE
    @Test void who_watches_is_told_at_once_and_when_things_change() {
        var flow = play(WATCHED + """
                10000 TU    -> alice publish 2 rain
                10000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=590 1:+rain
                10100 bob   -> alice 200 NOTIFY
                20000 TU    -> alice publish 3 rain
                """);
        assertThat(flow.answer("SUBSCRIBE").need("Expires")).isEqualTo("600");
        assertThat(flow.answer("SUBSCRIBE").need("Contact")).contains("sip:alice@");
        assertThat(flow.sent("NOTIFY").need("Contact")).contains("sip:alice@");
    }

    //= rfc6665#8.2.1-3 Event is in no response
    //= rfc6665#8.2.3-1 Subscription-State neither, nor in other requests
    //= rfc6665#8.3.1-2 which is a 200, and never a 202, also for who waits
    @Test void fields_stand_where_they_belong() {
        for (var who : List.of("bob", "carol")) {
            var ladder = """
                   50 b     -> alice SUBSCRIBE 7 Event=weather Expires=600 From=<sip:%s@x>;tag=b
                   50 alice -> b     200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 %<s %s
                   50 alice -> b     NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=%s
                """.formatted(who, who.equals("bob") ? "ALLOWED active;expires=0"
                        : "PENDING pending;expires=0", who.equals("bob") ? "active;expires=600"
                        : "pending;expires=600 0:fog");
            var answer = play(ladder).answer("SUBSCRIBE");
            assertThat(answer.has("Event") || answer.has("Subscription-State")).isFalse();
        }
        var asked = play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com weather
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=600 Event=weather
                """).sent("SUBSCRIBE");
        assertThat(asked.has("Subscription-State")).isFalse();
    }

    //= rfc6665#3.1.1-3 Expires in the 200
    //= rfc6665#5.3.2-1 each document has the next number, whatever was left out
    @Test void what_changes_often_is_told_seldom_and_one_after_the_other() {
        play(WATCHED + """
                 1000 TU    -> alice publish 2 rain
                 2000 TU    -> alice publish 3 hail
                 5050 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=595 1:+hail
                20000 TU    -> alice publish 4 snow
                21000 bob   -> alice 200 NOTIFY
                21000 alice -> bob   NOTIFY 3 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=579 2:+snow
                """);
    }

    //= rfc6665#4.2.1.4-3,4 when it runs out: terminated, reason timeout
    @Test void what_is_not_refreshed_ends() {
        var flow = play(WATCHED + """
                600050 alice -> TU    Watching -1 bob ALLOWED terminated;reason=timeout
                600050 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=timeout 1:+sun
                600060 bob   -> alice 200 NOTIFY
                600070 bob   -> alice SUBSCRIBE 8 Event=weather Expires=600
                600070 alice -> bob   481 SUBSCRIBE
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc6665#4.2.2-6,7 a NOTIFY says what is left of it, and no more
    //= rfc6665#4.2.1.4-1 the time until expiration is not increased
    //= rfc6665#4.2.1.4-2 and not too short
    @Test void a_refresh_is_told_all() {
        play(WATCHED + """
                100000 bob   -> alice SUBSCRIBE 8 Event=weather Expires=300
                100000 alice -> bob   200 SUBSCRIBE Expires=300
                100000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=300 1:sun
                100050 bob   -> alice 200 NOTIFY
                200000 bob   -> alice SUBSCRIBE 9 Event=weather Expires=59
                200000 alice -> bob   423 SUBSCRIBE
                400000 alice -> TU    Watching -1 bob ALLOWED terminated;reason=timeout
                400000 alice -> bob   NOTIFY 3 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=timeout 2:+sun
                """);
    }

    @Test void who_unsubscribes_is_told_once_more() {
        var flow = play(WATCHED + """
                 1000 bob   -> alice SUBSCRIBE 8 Event=weather Expires=0
                 1000 alice -> bob   200 SUBSCRIBE Expires=0
                 1000 alice -> TU    Watching -1 bob ALLOWED terminated;reason=timeout
                 1000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=timeout 1:sun
                 1050 bob   -> alice 200 NOTIFY
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void who_fetches_is_told_once() {
        var flow = play("""
                    0 TU    -> alice publish 1 sun
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=0
                   50 alice -> bob   200 SUBSCRIBE Expires=0
                   50 alice -> TU    Watching -1 bob ALLOWED terminated;reason=timeout
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=timeout 0:sun
                  100 bob   -> alice 200 NOTIFY
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc6665#3.1.1-2,4 the default of the package, and never longer than was asked
    //= rfc6665#4.2.1.1-7 as Expires of a registrar
    @Test void how_long_it_lasts() {
        for (var asked : List.of("Expires=-|600", "Expires=600|600", "Expires=60|60",
                "Expires=90000|86400", "Expires=soon|600", "Expires=99999999999|600"))
            play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather %s
                   50 alice -> bob   200 SUBSCRIBE Expires=%s
                   50 alice -> TU    Watching -1 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=%2$s
                """.formatted(asked.split("\\|")[0], asked.split("\\|")[1])
                    .replace("%2$s", asked.split("\\|")[1]));
    }

    //= rfc6665#4.2.1.1-5,6 more than nothing and less than a minute: 423, with Min-Expires
    @Test void what_is_too_brief_is_refused() {
        var flow = play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=1
                   50 alice -> bob   423 SUBSCRIBE
                """);
        assertThat(flow.answer("SUBSCRIBE").need("Min-Expires")).isEqualTo("60");
        assertThat(flow.agent().legs()).isZero();
        play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=0
                   50 alice -> bob   200 SUBSCRIBE Expires=0
                   50 alice -> TU    Watching -1 bob ALLOWED terminated;reason=timeout
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=timeout
                """);
        play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=60
                   50 alice -> bob   200 SUBSCRIBE Expires=60
                   50 alice -> TU    Watching -1 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=60
                """);
    }

    //= rfc6665#4.2.1.1-2,3 an event that is not known is 489
    //= rfc6665#4.2.3-2 and so is no Event
    @Test void what_cannot_be_watched_is_a_bad_event() {
        for (var event : List.of("stones", "-", "first", "weather,_stones", "(", "weather;=")) {
            var flow = play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=%s Expires=600
                   50 alice -> bob   489 SUBSCRIBE
                """.formatted(event));
            //= rfc6665#4.4.4-1 Allow-Events lists what can be watched, and nothing else
            assertThat(flow.answer("SUBSCRIBE").all("Allow-Events")).containsExactly("weather");
        }
    }

    //= rfc6665#3.2.1-3 what is written must be one of those that are accepted
    @Test void who_understands_nothing_that_is_written_is_refused() {
        for (var accept : List.of("text/plain", "image/*")) play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=600 Accept=%s
                   50 alice -> bob   406 SUBSCRIBE
                """.formatted(accept));
        for (var accept : List.of("text/plain,_text/weather;q=0.5", "text/*", "*/*")) play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather Expires=600 Accept=%s
                   50 alice -> bob   200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=600
                """.formatted(accept));
    }

    //= rfc6665#4.2.1.3-1 403
    @Test void who_may_not_watch_is_told_so() {
        var flow = play("""
                   50 m     -> alice SUBSCRIBE 7 Event=weather From=<sip:mallory@evil>;tag=m
                   50 alice -> m     403 SUBSCRIBE
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc6665#4.2.1.1-1 the answer waits for nobody
    //= rfc6665#4.2.2-5 pending, active, terminated
    @Test void who_has_to_wait_is_told_when_he_may() {
        play("""
                    0 TU    -> alice publish 1 sun
                   50 c     -> alice SUBSCRIBE 7 Event=weather Expires=600 \
                        From=<sip:carol@chicago.com>;tag=c
                   50 alice -> c     200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 carol PENDING pending;expires=0
                   50 alice -> c     NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=pending;expires=600 0:fog
                   60 c     -> alice 200 NOTIFY
                10000 TU    -> alice publish 2 rain
                20000 TU    -> alice decide -1 ALLOWED
                20000 alice -> TU    Watching -1 carol ALLOWED active;expires=0
                20000 alice -> c     NOTIFY 2 sip:c@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=580 1:rain
                20010 c     -> alice 200 NOTIFY
                20020 TU    -> alice decide -1 ALLOWED
                30000 TU    -> alice decide -1 REFUSED
                30000 alice -> TU    Watching -1 carol REFUSED terminated;reason=rejected
                30000 alice -> c     NOTIFY 3 sip:c@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=rejected 2:fog
                30010 c     -> alice 200 NOTIFY
                """);
    }

    //= rfc6665#6.2-1,2 who is blocked gets a 200, and a state that may be true
    @Test void who_is_blocked_does_not_see_it() {
        play("""
                    0 TU    -> alice publish 1 sun
                   50 d     -> alice SUBSCRIBE 7 Event=weather Expires=600 \
                        From=<sip:dave@denver.com>;tag=d
                   50 alice -> d     200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 dave BLOCKED active;expires=0
                   50 alice -> d     NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=600 0:fog
                   60 d     -> alice 200 NOTIFY
                10000 TU    -> alice publish 2 rain
                20000 TU    -> alice end -1 PROBATION 90
                20000 alice -> TU    Watching -1 dave BLOCKED terminated;reason=probation;\
                        retry-after=90
                20000 alice -> d     NOTIFY 2 sip:d@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=probation;retry-after=90 1:+fog
                """.replaceAll("probation;\\s+retry", "probation;retry"));
    }

    //= rfc6665#4.2.2-8,9 the reason, and retry-after
    @Test void the_program_ends_it_for_any_reason() {
        for (var reason : Reason.values()) {
            var flow = play(WATCHED + """
                20000 TU    -> alice end -1 %s 90
                20000 alice -> TU    Watching -1 bob ALLOWED terminated;reason=%s;retry-after=90
                20000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=terminated;reason=%2$s;retry-after=90 1:+sun
                20010 TU    -> alice end -1 TIMEOUT
                20020 bob   -> alice 500 NOTIFY
                """.formatted(reason.name(), reason).replace("%2$s", reason.toString()));
            assertThat(flow.agent().legs()).isZero();
        }
    }

    //= rfc6665#4.2.2-3,4 no answer, or a refusal for good: it is removed
    @Test void a_notify_that_fails_ends_it() {
        for (var failure : List.of("404", "405", "410", "416", "480", "481", "482", "483", "484",
                "485", "489", "501", "604", "! TIMEOUT")) {
            var flow = play(WATCHED + """
                10000 TU    -> alice publish 2 rain
                10000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=590 1:+rain
                10100 bob   %s NOTIFY
                10100 alice -> TU    Watching -1 bob ALLOWED terminated;reason=noresource
                10200 bob   -> alice SUBSCRIBE 8 Event=weather Expires=600
                10200 alice -> bob   481 SUBSCRIBE
                """.formatted(failure.startsWith("!") ? failure : "-> alice " + failure));
            assertThat(flow.agent().legs()).as(failure).isZero();
        }
    }

    /// Any other failure: he does not know, so all is told once more, after a while.
    @Test void a_notify_that_fails_for_now_is_told_again_whole() {
        play(WATCHED + """
                10000 TU    -> alice publish 2 rain
                10000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=590 1:+rain
                10100 bob   -> alice 500 NOTIFY
                11000 TU    -> alice publish 3 hail
                40100 alice -> bob   NOTIFY 3 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=559 2:hail
                """);
    }

    //= rfc6665#4.5.2-7 the id comes back
    @Test void an_id_is_part_of_the_event() {
        play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=weather;id=3 Expires=600
                   50 alice -> bob   200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -1 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather;id=3 \
                        Subscription-State=active;expires=600
                   60 bob   -> alice 200 NOTIFY
                   70 bob   -> alice SUBSCRIBE 8 Event=weather Expires=600
                   70 alice -> bob   481 SUBSCRIBE
                   80 bob   -> alice SUBSCRIBE 9 Event=weather;id=3 Expires=600
                   80 alice -> bob   200 SUBSCRIBE Expires=600
                   80 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=weather;id=3 \
                        Subscription-State=active;expires=600
                """);
    }

    //= rfc6665#4.5.2-4,5 in the dialog of a call 403, which says why
    @Test void no_dialog_is_shared_with_a_call() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                  100 bob   -> alice SUBSCRIBE 8 Event=weather
                  100 alice -> bob   403 SUBSCRIBE
                """);
        assertThat(flow.answer("SUBSCRIBE").reason()).isEqualTo("Dialog Sharing Not Supported");
        //= rfc6665#4.4.4-2 the answer to the INVITE says what can be watched
        assertThat(flow.answer("INVITE").need("Allow-Events")).isEqualTo("weather");
        assertThat(play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """).sent("INVITE").has("Allow-Events")).as("too long").isFalse();
        //= rfc6665#8.2.2-1 Allow-Events may stand in any response
        assertThat(flow.answer("INVITE").list("Allow")).contains("SUBSCRIBE", "NOTIFY");
    }

    //= rfc6665#4.2.1-1 nothing but a SUBSCRIBE makes a subscription
    @Test void who_stands_outside_is_refused() {
        play("""
                   50 bob   -> alice NOTIFY 7 Event=weather Subscription-State=active
                   50 alice -> bob   481 NOTIFY
                   60 TU    -> alice publish 1 sun
                """);
    }

    //= rfc6665#4.6-1,2 a CANCEL is answered, and changes nothing
    @Test void a_cancel_cancels_nothing() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   50 bob   -> alice SUBSCRIBE 8 Event=weather Expires=600 Call-ID=s
                   50 alice -> bob   200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -2 bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=600
                   60 bob   -> alice CANCEL 8 Call-ID=s
                   60 alice -> bob   200 CANCEL
                """);
        assertThat(flow.agent().legs()).isEqualTo(2);
    }

    /// Limits: of one peer, and of all.
    @Test void there_are_not_too_many() {
        var script = new StringBuilder();
        for (int i = 1; i <= Watchers.MAX_OF_ONE + 1; i++) script.append("""
                   50 bob   -> alice SUBSCRIBE %d Event=weather Expires=600 \
                        To=<sip:alice@atlanta.com> Call-ID=s%<d
                """.formatted(i)).append(i > Watchers.MAX_OF_ONE ? """
                   50 alice -> bob   503 SUBSCRIBE Retry-After=60
                """ : """
                   50 alice -> bob   200 SUBSCRIBE Expires=600
                   50 alice -> TU    Watching -%d bob ALLOWED active;expires=0
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=weather \
                        Subscription-State=active;expires=600
                """.formatted(i));
        play(script.toString());
        var watchers = new Watchers();
        for (long i = 0; i < Watchers.MAX; i++)
            assertThat(watchers.enter(i, "weather", List.of("peer " + i))).isTrue();
        assertThat(watchers.enter(-1, "weather", List.of("one more"))).isFalse();
        watchers.leave(7);
        assertThat(watchers.enter(-1, "weather", List.of("one more"))).isTrue();
        watchers.leave(-1);
        watchers.leave(-1);
        assertThat(watchers.of("weather")).hasSize(Watchers.MAX - 1).startsWith(0L, 1L);
    }
}
