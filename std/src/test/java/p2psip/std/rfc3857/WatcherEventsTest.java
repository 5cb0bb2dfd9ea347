package p2psip.std.rfc3857;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3858.WatcherInfo;
import p2psip.std.rfc3858.WatcherInfo.*;
import p2psip.std.rfc6665.*;

class WatcherEventsTest {
    private final WatcherEvents watchers = new WatcherEvents("sip:alice@atlanta.com", "presence");

    private boolean told(long usage, String who, Access access, String state) {
        return watchers.take(new Notifier.Event.Watching(usage, "presence",
                Address.parse("\"W\" <sip:" + who + ">;tag=1"), access,
                SubscriptionState.parse(state)));
    }

    private List<String> seen() {
        return watchers.state().watchers().stream().map(w -> w.id() + " " + w.uri() + " "
                + w.status() + " " + w.cause()).toList();
    }

    @Test void who_waits_is_approved_and_goes() {
        assertThat(told(-3, "carol@x", Access.PENDING, "pending")).isTrue();
        assertThat(seen()).containsExactly("w3 sip:carol@x PENDING SUBSCRIBE");
        told(-3, "carol@x", Access.ALLOWED, "active");
        assertThat(seen()).containsExactly("w3 sip:carol@x ACTIVE APPROVED");
        assertThat(told(-3, "carol@x", Access.ALLOWED, "terminated;reason=timeout")).isTrue();
        assertThat(seen()).isEmpty();
    }

    /// The waiting state of §4.7.1: somebody can be asked although nobody is subscribed now.
    //= rfc3858#3-11 each of the watchers has an id of its own
    @Test void who_waited_in_vain_is_remembered_until_he_comes_again() {
        told(-1, "carol@x", Access.PENDING, "pending");
        told(-1, "carol@x", Access.PENDING, "terminated;reason=timeout");
        assertThat(seen()).containsExactly("w1 sip:carol@x WAITING TIMEOUT");
        told(-2, "carol@x", Access.PENDING, "pending");
        assertThat(seen()).containsExactly("w2 sip:carol@x PENDING SUBSCRIBE");
        told(-2, "carol@x", Access.REFUSED, "terminated;reason=rejected");
        assertThat(seen()).isEmpty();
    }

    //= rfc3857#4.7.2-6 transient states are not told: who fetches comes and goes at once
    @Test void who_fetches_is_not_told_of() {
        assertThat(told(-1, "bob@x", Access.ALLOWED, "terminated;reason=timeout")).isFalse();
        assertThat(seen()).isEmpty();
    }

    @Test void another_package_is_none_of_it() {
        assertThat(watchers.take(new Notifier.Event.Watching(-1, "dialog",
                Address.parse("<sip:bob@x>"), Access.ALLOWED, SubscriptionState.parse("active"))))
                .isFalse();
    }

    //= rfc3857#4.7.1-1 so many waiting ones are remembered, and no more
    @Test void there_are_not_too_many() {
        for (int i = 1; i <= WatcherEvents.MAX_WAITING + 7; i++) {
            told(-i, "w" + i + "@x", Access.PENDING, "pending");
            told(-i, "w" + i + "@x", Access.PENDING, "terminated;reason=timeout");
        }
        assertThat(seen()).hasSize(WatcherEvents.MAX_WAITING)
                .first().isEqualTo("w8 sip:w8@x WAITING TIMEOUT");
    }

    //= rfc3857#4.7.2-4,5 those watchers who have changed; the full state for who asks anew
    //= rfc3857#4.5-4 in the one format there is
    //= rfc3858#3-10 each has an id, which is a token
    @Test void documents_say_all_and_then_what_is_new() {
        told(-1, "bob@x", Access.ALLOWED, "active");
        told(-2, "carol@x", Access.PENDING, "pending");
        var before = watchers.state();
        told(-2, "carol@x", Access.ALLOWED, "active");
        told(-1, "bob@x", Access.ALLOWED, "terminated;reason=timeout");
        var news = watchers.state().news(before, 4).orElseThrow();
        assertThat(news.type()).isEqualTo("application/watcherinfo+xml");
        var info = WatcherInfo.parse(news.bytes());
        assertThat(info.version()).isEqualTo(4);
        assertThat(info.full()).isFalse();
        assertThat(info.lists()).singleElement().satisfies(list -> {
            assertThat(list.resource()).isEqualTo("sip:alice@atlanta.com");
            assertThat(list.event()).isEqualTo("presence");
            assertThat(list.watchers()).containsExactly(
                    new Watcher("w2", "sip:carol@x", Status.ACTIVE, Cause.APPROVED, "W"),
                    new Watcher("w1", "sip:bob@x", Status.TERMINATED, Cause.TIMEOUT, "W"));
        });
        assertThat(WatcherInfo.parse(watchers.state().whole(5).orElseThrow().bytes()).full())
                .isTrue();
        assertThat(watchers.state().news(Document.NONE, 6)).isEmpty();
    }

    //= rfc3857#4.4-1 a duration of an hour, in Expires
    //= rfc3857#4.10-1 every five seconds
    //= rfc3857#4.9-1 multiple subscriptions: each fork that answers
    @Test void its_package() {
        var events = WatcherEvents.of("presence");
        assertThat(events.name()).isEqualTo("presence.winfo");
        assertThat(events.expires()).isEqualTo(Duration.ofHours(1));
        assertThat(events.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(events.forking()).isEqualTo(EventPackage.Forking.ALL);
        //= rfc3857#4.5-1,3 the one format
        assertThat(events.bodies()).containsExactly(WatcherInfo.TYPE);
    }
}
