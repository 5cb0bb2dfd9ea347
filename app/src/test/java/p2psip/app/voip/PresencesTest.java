package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.voip.News.Seen;
import p2psip.std.rfc2396.SipUri;

/// Two phones that watch each other on a simulated network, without anybody between.
class PresencesTest {
    private static final String ALICE = "sip:alice@10.0.0.1:5060", BOB = "sip:bob@10.0.0.2:5060";
    private static final Duration SOON = Duration.ofSeconds(6);

    private final Network network = new Network(42, _ -> { });
    private final Map<String, Host> hosts = new HashMap<>();
    private final List<News.Watcher> watchers = new ArrayList<>();
    private final List<News.Unseen> unseen = new ArrayList<>();

    private Telephone phone(String name, String address) {
        var host = hosts.computeIfAbsent(address, network::host);
        return Telephone.start(host, name, PhoneSetup.of("sip:" + name + "@" + address)
                .port(5060).calls(1).ringing().untraced(),
                news -> {
                    if (news instanceof News.Watcher watcher) watchers.add(watcher);
                    if (news instanceof News.Unseen none) unseen.add(none);
                });
    }

    private static void assertSeen(Telephone watcher, boolean open, String... notes) {
        assertThat(watcher.presence(SOON)).hasValueSatisfying(presence -> {
            assertThat(presence.uri()).isEqualTo(ALICE);
            assertThat(presence.open()).isEqualTo(open);
            assertThat(presence.notes()).containsExactly(notes);
        });
    }

    private List<String> watchers() {
        return watchers.stream().map(watcher -> ((SipUri) watcher.who().uri()).user() + " "
                + watcher.seen()).toList();
    }

    @Test void who_is_not_known_waits_until_he_is_approved() {
        try (var alice = phone("alice", "10.0.0.1"); var bob = phone("bob", "10.0.0.2")) {
            bob.watch(ALICE);
            assertSeen(bob, false, "Waiting for permission");
            alice.pause(Duration.ofSeconds(1));
            assertThat(watchers()).containsExactly("bob " + Seen.NOTHING_YET);
            alice.approve(BOB);
            assertSeen(bob, true);
            alice.show(true, "in the garden");
            assertSeen(bob, true, "in the garden");
            alice.show(false, "gone to bed");
            assertSeen(bob, false, "gone to bed");
            alice.block(BOB);
            assertSeen(bob, false);
            alice.show(true, "in the garden");
            assertThat(bob.presence(SOON)).as("blocked").isEmpty();
            alice.pause(Duration.ofSeconds(1));
            assertThat(watchers()).containsExactly("bob " + Seen.NOTHING_YET, "bob " + Seen.ALL,
                    "bob " + Seen.NOBODY);
        }
    }

    @Test void who_is_approved_before_sees_at_once_until_she_leaves() {
        try (var bob = phone("bob", "10.0.0.2")) {
            try (var alice = phone("alice", "10.0.0.1")) {
                alice.approve("*");
                alice.pause(Duration.ofMillis(100));
                bob.watch(ALICE);
                assertSeen(bob, true);
            }
            assertSeen(bob, false);
            bob.pause(Duration.ofSeconds(40));
            assertThat(unseen).first().satisfies(none -> {
                assertThat(none.why()).isEqualTo("probation");
                assertThat(none.pause()).contains(Duration.ofMinutes(1));
            });
            try (var again = phone("alice", "10.0.0.1")) {
                again.approve(BOB);
                again.pause(Duration.ofSeconds(120));
                assertSeen(bob, true);
            }
        }
    }

    @Test void who_is_not_there_is_tried_again() {
        try (var bob = phone("bob", "10.0.0.2")) {
            bob.watch(ALICE);
            bob.pause(Duration.ofSeconds(40));
            assertThat(unseen).singleElement().isEqualTo(new News.Unseen(
                    1, ALICE, "408", Optional.of(Duration.ofSeconds(30))));
            bob.watch("sip:nobody@10.0.0.2:5060");
            bob.pause(Duration.ofSeconds(1));
            assertThat(unseen).last().isEqualTo(new News.Unseen(
                    2, "sip:nobody@10.0.0.2:5060", "404", Optional.empty()));
        }
    }
}
