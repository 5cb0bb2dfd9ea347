package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.app.voip.News.Seen;
import p2psip.std.Bytes;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3858.WatcherInfo;
import p2psip.std.rfc3858.WatcherInfo.*;
import p2psip.std.rfc6665.Access;

/// Who watches somebody by way of a server, as his phone hears of it.
class OnlookersTest {
    private static final Duration SOON = Duration.ofSeconds(6);

    private final Onlookers onlookers = new Onlookers("presence");
    private final List<String> changed = new ArrayList<>();

    private static Watcher watcher(String name, Status status) {
        return new Watcher(name, "sip:" + name + "@example.com", status, Cause.SUBSCRIBE, "");
    }

    private Onlookers.Verdict take(long version, boolean full, Watcher... watchers) {
        return take("presence", version, full, watchers);
    }

    private Onlookers.Verdict take(
            String event, long version, boolean full, Watcher... watchers) {
        changed.clear();
        return onlookers.take(new WatcherInfo(version, full, List.of(new WatcherList(
                "sip:alice@example.com", event, List.of(watchers)))).encode(),
                each -> changed.add(each.id() + " " + each.status()));
    }

    // initialized with the version of the first document
    @Test void what_changes_is_told_once() {
        take(7, true, watcher("bob", Status.PENDING), watcher("carol", Status.ACTIVE));
        assertThat(changed).containsExactly("bob PENDING", "carol ACTIVE");
        take(8, false, watcher("bob", Status.ACTIVE));
        assertThat(changed).containsExactly("bob ACTIVE");
        take(9, false, watcher("bob", Status.ACTIVE));
        assertThat(changed).isEmpty();
        take(10, false, watcher("carol", Status.TERMINATED));
        assertThat(changed).containsExactly("carol TERMINATED");
        take(11, false, watcher("carol", Status.TERMINATED));
        assertThat(changed).as("unknown, and gone").isEmpty();
    }

    @Test void what_is_not_named_in_the_whole_is_over() {
        take(1, true, watcher("bob", Status.PENDING), watcher("carol", Status.ACTIVE));
        take(2, true, watcher("bob", Status.PENDING));
        assertThat(changed).containsExactly("carol TERMINATED");
    }

    // more than one higher: processed, and then a refresh is due
    @Test void what_is_missing_is_noticed() {
        assertThat(take(1, true, watcher("bob", Status.PENDING)))
                .isEqualTo(Onlookers.Verdict.TAKEN);
        assertThat(take(3, false, watcher("carol", Status.ACTIVE)))
                .isEqualTo(Onlookers.Verdict.GAP);
        assertThat(changed).containsExactly("carol ACTIVE");
        assertThat(take(2, false, watcher("bob", Status.TERMINATED)))
                .isEqualTo(Onlookers.Verdict.STALE);
        assertThat(changed).isEmpty();
        onlookers.forget();
        assertThat(take(1, true)).isEqualTo(Onlookers.Verdict.TAKEN);
        assertThat(changed).containsExactly("bob TERMINATED", "carol TERMINATED");
    }

    @Test void other_things_that_are_watched_are_none_of_it() {
        take("dialog", 1, true, watcher("bob", Status.PENDING));
        assertThat(changed).isEmpty();
    }

    @Test void who_waits_is_known() {
        take(1, true, watcher("bob", Status.WAITING), watcher("carol", Status.ACTIVE));
        assertThat(onlookers.waits("sip:bob@example.com")).isTrue();
        assertThat(onlookers.waits("sip:carol@example.com")).isFalse();
    }

    @Test void there_are_not_too_many() {
        for (int part = 0; part <= Onlookers.MAX / 100; part++)
            take(1 + part, false, IntStream.range(part * 100, part * 100 + 100).mapToObj(i ->
                    watcher("w" + i, Status.PENDING)).toArray(Watcher[]::new));
        assertThat(onlookers.waits("sip:w0@example.com")).isTrue();
        assertThat(onlookers.waits("sip:w" + Onlookers.MAX + "@example.com")).isFalse();
    }

    @Test void nonsense_is_refused() {
        assertThatThrownBy(() -> onlookers.take(Bytes.utf8("<a/>"), _ -> { }))
                .isInstanceOf(SyntaxException.class);
    }

    // With a server

    private final Network network = new Network(42, _ -> { });
    private final List<String> told = new ArrayList<>();

    private Telephone phone(String name, String address) {
        return Telephone.start(network.host(address), name, PhoneSetup.of("sip:" + name
                + "@example.com", new InetSocketAddress("10.0.0.9", 5060)).port(5060).ringing(),
                news -> {
                    if (news instanceof News.Watcher(var who, var seen) && name.equals("alice"))
                        told.add(((SipUri) who.uri()).user() + " " + seen);
                    if (news instanceof News.Warned(var text) && name.equals("alice"))
                        told.add(text);
                });
    }

    // the presentity is told who watches it
    @Test void a_server_tells_who_waits_and_who_sees() {
        var server = network.host("10.0.0.9").start("presence",
                room -> new PresenceServer(room, 5060, true));
        try (var alice = phone("alice", "10.0.0.1")) {
            var bob = phone("bob", "10.0.0.2");
            alice.watchers();
            alice.pause(SOON);
            assertThat(told).isEmpty();
            bob.watch(PresenceServer.ALICE);
            alice.pause(SOON);
            assertThat(told).containsExactly("bob " + Seen.NOTHING_YET);
            alice.approve("sip:bob@example.com");
            alice.pause(SOON);
            assertThat(told).last().asString().contains("sip:bob@example.com waits at the server");
            told.clear();
            server.command(new PresenceServer.Rule(Access.ALLOWED));
            alice.pause(SOON);
            assertThat(told).containsExactly("bob " + Seen.ALL);
            told.clear();
            bob.close();
            alice.pause(SOON);
            assertThat(told).containsExactly("bob " + Seen.NO_MORE);
        }
    }

    /// A phone beside which nobody tells her presence says no word of that.
    @Test void without_such_a_server_nothing_is_told() {
        network.host("10.0.0.9").start("presence",
                room -> new PresenceServer(room, 5060, false));
        try (var alice = phone("alice", "10.0.0.1"); var bob = phone("bob", "10.0.0.2")) {
            alice.watchers();
            bob.watch(PresenceServer.ALICE);
            alice.pause(SOON);
            assertThat(told).isEmpty();
            alice.approve("sip:bob@example.com");
            alice.pause(SOON);
            assertThat(told).isEmpty();
        }
    }
}
