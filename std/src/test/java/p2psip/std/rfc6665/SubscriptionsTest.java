package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;

/// Subscriptions as a user agent carries them that knows nothing of them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.4 RFC 6665 §4.4
class SubscriptionsTest {

    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "subscribe" ->
                        new Subscriptions.Command.Subscribe(number, words[2], words[3]);
                case "notify" -> new Subscriptions.Command.Notify(
                        number, words[2], Content.text(words[3]));
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        @Override public String text(Usage.Event event) {
            return switch ((Subscriptions.Event) event) {
                case Subscriptions.Event.Watched(long n, var from, var what) ->
                        "Watched " + n + " " + from.uri() + " " + what;
                case Subscriptions.Event.Notified(long n, var fork, var state) ->
                        "Notified " + n + " " + fork + " " + state;
                case Subscriptions.Event.Ended(long n, int status) -> "Ended " + n + " " + status;
            };
        }
    };

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new Subscriptions(List.of("presence"))), WORDS, script);
    }

    /// Each fork has its own dialog, with numbers of its own.
    @Test void two_forks_notify_before_the_2xx_comes() {
        var flow = play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com presence
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                   50 b1    -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 active;expires=600
                   60 b2    -> alice NOTIFY 4 Event=presence \
                        Subscription-State=pending;expires=300 Contact=<sip:bob@cell>
                   60 alice -> b2    200 NOTIFY
                   60 alice -> TU    Notified 1 b2 pending;expires=300
                   70 b2    -> alice 200 SUBSCRIBE Expires=300 Contact=<sip:bob@cell>
                   80 b1    -> alice NOTIFY 8 Event=presence Subscription-State=active;expires=600
                   80 alice -> b1    200 NOTIFY
                   80 alice -> TU    Notified 1 b1 active;expires=600
                   90 b1    -> alice NOTIFY 4 Event=presence Subscription-State=active;expires=600
                   90 alice -> b1    500 NOTIFY
                270070 alice -> b2    SUBSCRIBE 2 sip:bob@cell Expires=3600 Event=presence
                270090 b2    -> alice 481 SUBSCRIBE
                540050 alice -> b1    SUBSCRIBE 2 sip:bob@127.0.0.2 Expires=3600 Event=presence
                540060 b1    -> alice 200 SUBSCRIBE Expires=600
                540070 b1    -> alice NOTIFY 9 Event=presence Subscription-State=terminated
                540070 alice -> b1    200 NOTIFY
                540070 alice -> TU    Notified 1 b1 terminated
                540070 alice -> TU    Ended 1 200
                540080 b1    -> alice NOTIFY 10 Event=presence Subscription-State=active
                540080 alice -> b1    481 NOTIFY
                """);
        assertThat(flow.sent("SUBSCRIBE").need("Contact")).isEqualTo("<sip:alice@127.0.0.1:5060>");
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void a_fork_may_notify_until_timer_n_ends_the_wait() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com presence
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                   70 b1    -> alice 200 SUBSCRIBE Expires=600
                31000 b2    -> alice NOTIFY 4 Event=presence Subscription-State=active;expires=600
                31000 alice -> b2    200 NOTIFY
                31000 alice -> TU    Notified 1 b2 active;expires=600
                40000 b3    -> alice NOTIFY 4 Event=presence Subscription-State=active;expires=600
                40000 alice -> b3    481 NOTIFY
                """);
    }

    @Test void no_more_than_32_forks_are_taken() {
        var script = new StringBuilder("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com presence
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                """);
        for (int i = 1; i <= 33; i++) script.append((i > 32 ? """
                   50 b%d   -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600
                   50 alice -> b%<d   481 NOTIFY
                """ : """
                   50 b%d   -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600
                   50 alice -> b%<d   200 NOTIFY
                   50 alice -> TU    Notified 1 b%<d active;expires=600
                """).formatted(i));
        assertThat(play(script.toString()).answer("NOTIFY").status()).isEqualTo(481);
    }

    /// Asked for a password, the request goes again with the next number, unseen by the usage.
    @Test void who_asks_for_a_password_is_none_of_its_business() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com presence
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                   10 p     -> alice 407 SUBSCRIBE Proxy-Authenticate=Digest_realm="r",nonce="n"
                   10 alice -> bob   SUBSCRIBE 2 sip:bob@biloxi.com proxy-authorization \
                        Expires=3600 Event=presence
                   50 b1    -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600 \
                        Record-Route=<sip:p1;lr>
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 b1 active;expires=600
                540050 alice -> b1    SUBSCRIBE 3 sip:bob@127.0.0.2 route=<sip:p1;lr> \
                        proxy-authorization Expires=3600 Event=presence
                """);
    }

    @Test void nobody_subscribed_to_that() {
        play("""
                    0 TU    -> alice subscribe 1 sip:bob@biloxi.com presence
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                   50 b1    -> alice NOTIFY 7 Event=dialog Subscription-State=active
                   50 alice -> b1    481 NOTIFY
                   60 b1    -> alice 489 SUBSCRIBE
                   60 alice -> TU    Ended 1 489
                   70 b1    -> alice NOTIFY 8 Event=presence Subscription-State=active
                   70 alice -> b1    481 NOTIFY
                """);
    }

    @Test void an_event_that_we_do_not_know_is_bad() {
        var flow = play("""
                    0 bob   -> alice SUBSCRIBE 1 Event=winfo
                    0 alice -> bob   489 SUBSCRIBE
                    1 bob   -> alice SUBSCRIBE 2
                    1 alice -> bob   489 SUBSCRIBE
                    2 bob   -> alice SUBSCRIBE 3 Event=presence Contact=-
                    2 alice -> bob   400 SUBSCRIBE
                    3 bob   -> alice SUBSCRIBE 4 Event=winfo
                    3 alice -> bob   489 SUBSCRIBE
                """);
        assertThat(flow.answer("SUBSCRIBE").need("Allow-Events")).isEqualTo("presence");
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void who_watches_is_told_until_it_is_gone() {
        var flow = play("""
                    0 bob   -> alice SUBSCRIBE 1 Event=presence Expires=600
                    0 alice -> bob   200 SUBSCRIBE Expires=600
                    0 alice -> TU    Watched -1 sip:bob@biloxi.com presence
                   10 TU    -> alice notify -1 active here
                   10 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=presence \
                        Subscription-State=active here
                   50 bob   -> alice 200 NOTIFY Contact=<sip:b1@127.0.0.2>
                   60 bob   -> alice SUBSCRIBE 2 Event=presence Expires=600 Contact=<sip:bob@moved>
                   60 alice -> bob   200 SUBSCRIBE Expires=600
                   60 alice -> TU    Watched -1 sip:bob@biloxi.com presence
                   70 TU    -> alice notify -1 active away
                   70 alice -> bob   NOTIFY 2 sip:bob@moved Event=presence \
                        Subscription-State=active away
                   90 bob   -> alice 481 NOTIFY Contact=<sip:b1@127.0.0.2>
                   90 alice -> TU    Ended -1 481
                   95 bob   -> alice SUBSCRIBE 3 Event=presence
                   95 alice -> bob   481 SUBSCRIBE
                """);
        assertThat(flow.agent().legs()).isZero();
    }
}
