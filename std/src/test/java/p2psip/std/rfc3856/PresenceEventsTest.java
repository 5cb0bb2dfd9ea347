package p2psip.std.rfc3856;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3863.Presence;
import p2psip.std.rfc3863.Presence.*;
import p2psip.std.rfc6665.*;

/// The flow of the RFC, at the presence agent and at the watcher.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3856#section-8 RFC 3856 §8
class PresenceEventsTest {
    private static final EventPackage PRESENCE = PresenceEvents.of("sip:alice@atlanta.com")
            .watchedBy(who -> switch (((SipUri) who.uri()).user()) {
                case "bob" -> Access.ALLOWED;
                case "dave" -> Access.BLOCKED;
                default -> Access.PENDING;
            });

    private static Presence presence(Basic basic) {
        return new Presence("sip:alice@atlanta.com", List.of(new Tuple("desk", Optional.of(basic),
                Optional.of(new Contact("sip:alice@127.0.0.1", OptionalInt.empty())), List.of(),
                Optional.empty())), List.of());
    }

    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "watch" -> new Subscriber.Command.Subscribe(number, words[2], "presence");
                case "open" -> new Publish(number, "presence",
                        new PresenceEvents.State(presence(Basic.OPEN)));
                case "approve" -> new Notifier.Command.Decide(number, Access.ALLOWED);
                default -> throw new IllegalArgumentException(words[0]);
            };
        }

        @Override public String text(Usage.Event event) {
            return switch (event) {
                case Notifier.Event.Watching w -> "Watching " + w.usage() + " " + w.access();
                case Subscriber.Event.Notified n -> "Notified " + n.usage() + " " + n.state();
                default -> event.toString();
            };
        }
    };

    private static CallFlow play(String ladder) {
        return CallFlow.play(List.of(new Subscriptions(List.of(PRESENCE),
                new SplittableRandom(7))), WORDS, ladder);
    }

    private static String body(Presence presence) {
        return presence.encode().utf8().replaceAll("\\s+", " ");
    }

    //= rfc3903#10.1-3 the format is the one that is published, too
    //= rfc3856#6.5-1 in the PIDF format
    //= rfc3856#6.7-3,5 a NOTIFY with a presence document, in PIDF
    @Test void who_may_is_told_how_she_is() {
        //= rfc3856#6.5-2 where no Accept says what he takes
        var flow = play("""
                    0 TU    -> alice open 1
                   50 bob   -> alice SUBSCRIBE 7 Event=presence
                   50 alice -> bob   200 SUBSCRIBE Expires=3600
                   50 alice -> TU    Watching -1 ALLOWED
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=presence \
                        Subscription-State=active;expires=3600 %s
                """.formatted(body(presence(Basic.OPEN))));
        assertThat(flow.sent("NOTIFY").need("Content-Type")).isEqualTo("application/pidf+xml");
        assertThat(Presence.parse(flow.sent("NOTIFY").body())).isEqualTo(presence(Basic.OPEN));
        play("""
                   50 bob   -> alice SUBSCRIBE 7 Event=presence Accept=application/pidf+xml
                   50 alice -> bob   200 SUBSCRIBE Expires=3600
                   50 alice -> TU    Watching -1 ALLOWED
                   50 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=presence \
                        Subscription-State=active;expires=3600
                """);
    }

    //= rfc3856#6.6.2-1 nobody is accepted whom she does not know
    //= rfc3856#6.6.2-3 but told by a note that it is pending
    //= rfc3856#6.10-1 and what changes is not told more often than every five seconds
    @Test void who_is_not_known_waits() {
        var flow = play("""
                    0 TU    -> alice open 1
                   50 c     -> alice SUBSCRIBE 7 Event=presence From=<sip:carol@chicago.com>;tag=c
                   50 alice -> c     200 SUBSCRIBE Expires=3600
                   50 alice -> TU    Watching -1 PENDING
                   50 alice -> c     NOTIFY 1 sip:bob@127.0.0.2 Event=presence \
                        Subscription-State=pending;expires=3600 %s
                """.formatted(told(PRESENCE.pending())));
        var shown = Presence.parse(flow.sent("NOTIFY").body());
        assertThat(shown.open()).isFalse();
        assertThat(shown.notes()).extracting(Note::text).containsExactly("Waiting for permission");
        assertThat(PRESENCE.interval()).isEqualTo(Duration.ofSeconds(5));
    }

    //= rfc3856#6.6.2-4 who is blocked cannot tell that from somebody who is not there
    @Test void who_is_blocked_sees_nobody() {
        var flow = play("""
                    0 TU    -> alice open 1
                   50 d     -> alice SUBSCRIBE 7 Event=presence From=<sip:dave@denver.com>;tag=d
                   50 alice -> d     200 SUBSCRIBE Expires=3600
                   50 alice -> TU    Watching -1 BLOCKED
                   50 alice -> d     NOTIFY 1 sip:bob@127.0.0.2 Event=presence \
                        Subscription-State=active;expires=3600 %s
                """.formatted(told(PRESENCE.blocked())));
        var shown = Presence.parse(flow.sent("NOTIFY").body());
        assertThat(shown.open()).isFalse();
        assertThat(shown.notes()).isEmpty();
        assertThat(shown.entity()).isEqualTo("sip:alice@atlanta.com");
    }

    private static String told(Document document) {
        return document.whole(0).orElseThrow().bytes().utf8().replaceAll("\\s+", " ");
    }

    //= rfc3856#6.4-1 the duration is in Expires
    //= rfc3856#6.5-3 and PIDF in Accept
    //= rfc3856#6.9-1 the PA does what aggregation there is: of several forks the first is heard
    @Test void a_watcher_hears_one_agent() {
        var flow = play("""
                    0 TU    -> alice watch 1 sip:bob@biloxi.com
                    0 alice -> bob   SUBSCRIBE 1 sip:bob@biloxi.com Expires=3600 Event=presence
                   50 b1    -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600
                   50 alice -> b1    200 NOTIFY
                   50 alice -> TU    Notified 1 active;expires=600
                   60 b2    -> alice NOTIFY 7 Event=presence Subscription-State=active;expires=600
                   60 alice -> b2    481 NOTIFY
                """);
        assertThat(flow.sent("SUBSCRIBE").need("Accept")).isEqualTo("application/pidf+xml");
    }

    //= rfc3903#10.4-2,3 each tuple keeps the id that its publisher gave it
    @Test void what_two_phones_publish_is_one_presence() {
        var published = new LinkedHashMap<String, Presence>();
        published.put("p1", presence(Basic.OPEN));
        published.put("p2", presence(Basic.CLOSED));
        var all = PresenceEvents.composed("sip:alice@atlanta.com", published);
        assertThat(all.tuples()).extracting(Tuple::id).containsExactly("p1-desk", "p2-desk");
        assertThat(all.open()).isTrue();
        published.put("p1", presence(Basic.CLOSED));
        assertThat(PresenceEvents.composed("sip:alice@atlanta.com", published).tuples())
                .extracting(Tuple::id).containsExactly("p1-desk", "p2-desk");
    }
}
