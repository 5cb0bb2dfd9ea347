package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.std.rfc3911.Joins;

/// Alice talks with bob and with carol, and has him come into the call with her. Each says a tone
/// of his own.
class JoiningTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060", CAROL = "sip:carol@10.0.0.3:5060";
    private static final Duration SECOND = Duration.ofSeconds(1), LONG = Duration.ofSeconds(5);

    /// By name.
    private static final Map<String, Double> PITCH =
            Map.of("alice", 440.0, "bob", 700.0, "carol", 1100.0, "dave", 1700.0);

    private final Network network = new Network(42, _ -> { });
    private final List<News> told = new ArrayList<>();

    private static PhoneSetup setup(String name, String address) {
        return PhoneSetup.at("sip:" + name + "@" + address).calls(1).recording()
                .playing(new Source.Tone(PITCH.get(name), 6000));
    }

    private Telephone phone(String name, String address, UnaryOperator<PhoneSetup> more) {
        return Telephone.start(network.host(address), name, more.apply(setup(name, address)),
                told::add);
    }

    private Telephone alice() {
        return phone("alice", "10.0.0.1", setup -> setup.calls(3).ringing());
    }

    private Telephone bob() { return phone("bob", "10.0.0.2", PhoneSetup::following); }

    private static final int RATE = 8000;

    /// How much of a tone there is in what was heard: 1 for a tone alone.
    private static double share(short[] samples, String name) {
        double re = 0, im = 0, all = 0;
        for (int i = 0; i < samples.length; i++) {
            double angle = 2 * Math.PI * PITCH.get(name) * i / RATE;
            re += samples[i] * Math.cos(angle);
            im += samples[i] * Math.sin(angle);
            all += (double) samples[i] * samples[i];
        }
        return 2 * (re * re + im * im) / (samples.length * all);
    }

    private static short[] last(short[] samples, Duration time) {
        int count = (int) (time.toMillis() * RATE / 1000);
        return Arrays.copyOfRange(samples, samples.length - count, samples.length);
    }

    //= rfc3911#4-13 the matched dialog goes on, and all in it hear each other
    @Test void all_three_hear_each_other() {
        try (var alice = alice(); var bob = bob();
                var carol = phone("carol", "10.0.0.3", PhoneSetup::joining)) {
            var first = alice.call(BOB);
            var second = alice.call(CAROL);
            first.bringInto(second);
            assertThat(first.end()).isPresent();
            second.talk(LONG);
            assertThat(second.end()).as("goes on").isEmpty();
            var company = carol.answer(SECOND).orElseThrow().company();
            assertThat(company).singleElement().satisfies(call ->
                    assertThat(call.peer().orElseThrow().uri()).hasToString("sip:bob@10.0.0.2"));
            var there = bob.answer(SECOND).orElseThrow().next().orElseThrow();
            assertThat(there.peer().orElseThrow().uri()).hasToString(CAROL);
            second.hangUp();
            there.talk(LONG);
            assertThat(there.end()).as("who has come in stays").isEmpty();
            there.hangUp();
            //  alice has heard both of them, and bob both others, and then carol alone
            var heard = last(second.recorded().heard(), Duration.ofSeconds(3));
            assertThat(share(heard, "bob")).isBetween(0.35, 0.6);
            assertThat(share(heard, "carol")).isBetween(0.35, 0.6);
            assertThat(share(heard, "alice")).as("herself").isLessThan(0.01);
            var then = there.recorded().heard();
            assertThat(share(Arrays.copyOf(then, 3 * RATE), "alice")).isGreaterThan(0.3);
            assertThat(share(last(then, Duration.ofSeconds(3)), "alice")).isLessThan(0.01);
            assertThat(share(last(then, Duration.ofSeconds(3)), "carol")).isGreaterThan(0.95);
        }
    }

    /// Carol's phone takes calls by itself; that is no word of hers on who may hear them.
    @Test void nobody_is_let_in_without_a_word() {
        try (var alice = alice(); var bob = bob();
                var carol = phone("carol", "10.0.0.3", setup -> setup.calls(3))) {
            var first = alice.call(BOB);
            var second = alice.call(CAROL);
            assertThat(bob.answer(SECOND)).isPresent();
            assertThatThrownBy(() -> first.bringInto(second)).hasMessage("603 Decline");
            second.talk(SECOND);
            assertThat(second.end()).isEmpty();
            assertThat(first.end()).isEmpty();
            assertThat(carol.answer(SECOND).orElseThrow().company()).isEmpty();
            assertThat(told).noneMatch(News.Joining.class::isInstance);
        }
    }

    @Test void who_is_asked_decides() {
        var carol = network.host("10.0.0.3").start("carol", room -> new Phone(
                setup("carol", "10.0.0.3").calls(3).ringing(), room));
        try (var alice = alice(); var bob = bob()) {
            network.at(network.now().plusSeconds(2),
                    () -> carol.command(new PhoneCommand.Answer(-1)));
            network.at(network.now().plusSeconds(6),
                    () -> carol.command(new PhoneCommand.Answer(-2)));
            var second = alice.call(CAROL);
            var first = alice.call(BOB);
            assertThat(bob.answer(SECOND)).isPresent();
            first.bringInto(second);
            assertThat(carol.told(Duration.ZERO)).contains(new News.Joining(-2, -1));
            second.talk(LONG);
            second.hangUp();
            assertThat(share(last(second.recorded().heard(), Duration.ofSeconds(3)), "bob"))
                    .isGreaterThan(0.3);
        }
    }

    /// Four in all hear each other; one more finds no room.
    @Test void there_is_an_end_to_it() {
        var company = new Company(true);
        for (long call = -2; call >= -Company.MAX; call--) {
            company.told(new Joins.Joining(call, -1));
            assertThat(company.roomFor(call)).isTrue();
            assertThat(company.takes(call)).isTrue();
            assertThat(company.there(call)).isTrue();
        }
        company.told(new Joins.Joining(-9, -2));
        assertThat(company.roomFor(-9)).isFalse();
        assertThat(company.others(-2)).containsExactlyInAnyOrder(-1L, -3L, -4L);
        company.ended(-3);
        assertThat(company.roomFor(-9)).isTrue();
        assertThat(company.there(-7)).as("an ordinary call").isFalse();
        company.ended(-2);
        assertThat(company.into(-9)).as("what it would have come into is over").isEmpty();
        assertThat(company.others(-1)).containsExactly(-4L);
    }

    @Test void samples_are_no_louder_than_they_can_be() {
        var medley = new Medley();
        medley.hear(1, new Sound(RATE, new short[] {30_000, -30_000, 1}));
        assertThat(medley.with(new short[] {20_000, -20_000, 2, 3}, RATE))
                .containsExactly(32_767, -32_768, 3, 3);
        assertThat(medley.with(new short[] {5}, RATE)).containsExactly(5);
    }

    @Test void who_speaks_faster_than_he_is_heard_loses_his_oldest_words() {
        var medley = new Medley();
        var words = new short[(int) Medley.WAITING.toMillis() * RATE / 1000 + 1];
        words[0] = 7;
        words[1] = 8;
        medley.hear(1, new Sound(RATE, words));
        assertThat(medley.with(new short[1], RATE)).containsExactly(8);
        medley.forget(1);
        assertThat(medley.with(new short[] {1}, RATE)).containsExactly(1);
    }
}
