package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;

/// Three phones on a simulated network: one brings the other two together.
class TransferTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060", CAROL = "sip:carol@10.0.0.3:5060";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Network network = new Network(42, _ -> { });
    private final List<News> told = new ArrayList<>();

    private static PhoneSetup setup(String name, String address, boolean answer) {
        return PhoneSetup.at("sip:" + name + "@" + address)
                .calls(name.equals("alice") ? 2 : 1).answering(answer).recording();
    }

    private Telephone phone(String name, String address, boolean answer, boolean follow) {
        var setup = setup(name, address, answer);
        return Telephone.start(network.host(address), name, follow ? setup.following() : setup,
                news -> { if (name.equals("alice")) told.add(news); });
    }

    private Telephone alice() { return phone("alice", "10.0.0.1", false, false); }

    //= rfc3515#2.4.2-2,9 the resource is contacted, and notifications tell of it
    @Test void a_blind_transfer() {
        try (var alice = alice(); var bob = phone("bob", "10.0.0.2", true, true);
                var carol = phone("carol", "10.0.0.3", true, false)) {
            var call = alice.call(BOB);
            call.talk(SECOND);
            call.transfer(CAROL);
            assertThat(told).filteredOn(News.Transferring.class::isInstance)
                    .extracting(news -> ((News.Transferring) news).status())
                    .startsWith(100).endsWith(200);
            assertThat(call.end()).isPresent();

            var old = bob.answer(SECOND).orElseThrow();
            old.talk(SECOND);
            var next = old.next().orElseThrow();
            assertThat(old.end()).isPresent();
            assertThat(next.peer().orElseThrow().uri()).hasToString(CAROL);
            next.talk(Duration.ofSeconds(3));
            assertThat(next.hears()).isTrue();
            var taken = carol.answer(SECOND).orElseThrow();
            assertThat(taken.peer().orElseThrow().uri()).hasToString("sip:bob@10.0.0.2");
            assertThat(next.hangUp().received()).isGreaterThan(100);
        }
    }

    /// Without consent nothing is done, and the call goes on.
    // approval of the user is requested
    @Test void who_is_not_asked_is_not_transferred() {
        try (var alice = alice(); var bob = phone("bob", "10.0.0.2", true, false);
                var carol = phone("carol", "10.0.0.3", true, false)) {
            var call = alice.call(BOB);
            assertThatThrownBy(() -> call.transfer(CAROL)).isInstanceOf(Telephone.Failed.class)
                    .extracting(e -> ((Telephone.Failed) e).status()).isEqualTo(603);
            assertThat(call.end()).isEmpty();
            call.talk(SECOND);
            assertThat(call.flows()).isTrue();
            assertThat(carol.answer(SECOND)).isEmpty();
            assertThat(bob.answer(SECOND).orElseThrow().next()).isEmpty();
        }
    }

    //= rfc3515#5.2-7 the user provides authorization, interactively
    @Test void who_is_asked_decides() {
        for (boolean yes : List.of(true, false)) {
            var network = new Network(42, _ -> { });
            var bob = new Telephone[1];
            var wishes = new ArrayList<String>();
            var alice = network.host("10.0.0.1").start("alice",
                    room -> new Phone(setup("alice", "10.0.0.1", true), room));
            try (var phone = Telephone.start(network.host("10.0.0.2"), "bob",
                            setup("bob", "10.0.0.2", true), news -> {
                                if (!(news instanceof News.Referred(long referral, _, var to)))
                                    return;
                                wishes.add(to);
                                if (yes) bob[0].follow(referral);
                                else bob[0].decline(referral);
                            });
                    var carol = Telephone.start(network.host("10.0.0.3"), "carol",
                            setup("carol", "10.0.0.3", true))) {
                bob[0] = phone;
                alice.command(new PhoneCommand.Call(1, BOB));
                var call = phone.answer(Duration.ofSeconds(5)).orElseThrow();
                alice.command(new PhoneCommand.Refer(1, CAROL));
                call.talk(Duration.ofSeconds(5));
                assertThat(wishes).containsExactly(CAROL);
                assertThat(call.next().isPresent()).isEqualTo(yes);
                assertThat(carol.answer(SECOND).isPresent()).isEqualTo(yes);
                assertThat(alice.told(Duration.ZERO)).filteredOn(News.Transferred.class::isInstance)
                        .containsExactly(yes ? new News.Transferred(1, 200, "OK")
                                : new News.Transferred(1, 603, "Decline"));
            }
        }
    }

    /// Alice has left, and carol's phone still rings: what comes of it is waited for.
    @Test void who_transfers_may_leave_at_once() {
        var alice = network.host("10.0.0.1").start("alice",
                room -> new Phone(setup("alice", "10.0.0.1", true), room));
        var carol = network.host("10.0.0.3").start("carol",
                room -> new Phone(setup("carol", "10.0.0.3", false), room));
        try (var bob = phone("bob", "10.0.0.2", true, true)) {
            alice.command(new PhoneCommand.Call(1, BOB));
            var call = bob.answer(Duration.ofSeconds(5)).orElseThrow();
            alice.command(new PhoneCommand.Refer(1, CAROL));
            call.talk(SECOND);
            alice.command(new PhoneCommand.HangUp(1));
            assertThat(call.talk(SECOND)).isTrue();
            network.at(network.now().plusSeconds(5),
                    () -> carol.command(new PhoneCommand.Answer(-1)));
            assertThat(call.next()).isPresent();
        }
    }

    @Test void a_blind_transfer_to_nobody() {
        try (var alice = alice(); var bob = phone("bob", "10.0.0.2", true, true);
                var carol = phone("carol", "10.0.0.3", true, true)) {
            var call = alice.call(BOB);
            assertThatThrownBy(() -> call.transfer("sip:dave@10.0.0.3:5060"))
                    .isInstanceOf(Telephone.Failed.class)
                    .extracting(e -> ((Telephone.Failed) e).status()).isEqualTo(404);
            call.talk(SECOND);
            assertThat(call.flows()).isTrue();
            assertThat(bob.answer(SECOND).orElseThrow().next()).isEmpty();
            assertThat(carol.answer(SECOND)).isEmpty();
        }
    }

    /// Both calls of alice end; carol, who has one line, goes on with bob on it.
    @Test void an_attended_transfer() {
        try (var alice = alice(); var bob = phone("bob", "10.0.0.2", true, true);
                var carol = phone("carol", "10.0.0.3", true, false)) {
            var one = alice.call(BOB);
            one.hold();
            var other = alice.call(CAROL);
            other.talk(SECOND);
            one.transfer(other);
            assertThat(one.end()).isPresent();
            assertThat(other.end()).isPresent();

            var atBob = bob.answer(SECOND).orElseThrow();
            atBob.talk(SECOND);
            var atCarol = carol.answer(SECOND).orElseThrow();
            atCarol.talk(SECOND);
            assertThat(atCarol.end()).isPresent();
            var next = atCarol.next().orElseThrow();
            assertThat(next.peer().orElseThrow().uri()).hasToString("sip:bob@10.0.0.2");
            next.talk(Duration.ofSeconds(3));
            assertThat(next.hears()).isTrue();
            assertThat(atBob.next().orElseThrow().hangUp().received()).isGreaterThan(100);
            assertThat(next.hangUp().received()).isGreaterThan(100);
        }
    }

    /// The target has gone before: both calls are what they were.
    @Test void an_attended_transfer_that_cannot_be_done() {
        try (var alice = alice(); var bob = phone("bob", "10.0.0.2", true, true);
                var carol = phone("carol", "10.0.0.3", true, false)) {
            var one = alice.call(BOB);
            var other = alice.call(CAROL);
            other.hangUp();
            assertThatThrownBy(() -> one.transfer(other)).isInstanceOf(Telephone.Failed.class)
                    .extracting(e -> ((Telephone.Failed) e).status()).isEqualTo(481);
            one.talk(SECOND);
            assertThat(one.flows()).isTrue();
            assertThat(bob.answer(SECOND)).isPresent();
            assertThat(carol.answer(SECOND)).isPresent();
        }
    }
}
