package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.host.*;

/// How two phones speak with each other: in which codec, over a network that loses packets, and
/// while nobody says anything.
class SpeechTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Network network = new Network(42, _ -> { });

    private Telephone phone(String name, String address, UnaryOperator<PhoneSetup> more) {
        return Telephone.start(network.host(address), name, more.apply(PhoneSetup.at(
                "sip:" + name + "@" + address).calls(1).recording()));
    }

    private Telephone alice(UnaryOperator<PhoneSetup> more) {
        return phone("alice", "10.0.0.1", more);
    }

    private Telephone bob(UnaryOperator<PhoneSetup> more) {
        return phone("bob", "10.0.0.2", more);
    }

    private static Formats speaking(String codecs) { return Formats.of(codecs, false); }

    /// How much of a tone there is from one second to another: 1 for a tone alone.
    private static double share(Recording call, double hertz, int from, int to) {
        double re = 0, im = 0, all = 1;
        int rate = call.rate();
        for (int i = from * rate; i < Math.min(to * rate, call.heard().length); i++) {
            double angle = 2 * Math.PI * hertz * i / rate, value = call.heard()[i];
            re += value * Math.cos(angle);
            im += value * Math.sin(angle);
            all += value * value;
        }
        return 2 * (re * re + im * im) / ((to - from) * (double) rate * all);
    }

    /// Of the tone that is heard, how much else there is: in dB, the mean of pieces of 20 ms, of
    /// which none counts as better than 35 dB.
    private static double segmentalSnr(Recording call, double hertz) {
        var heard = call.heard();
        int rate = call.rate(), piece = rate / 50, pieces = 0;
        double sum = 0;
        for (int at = rate; at + piece <= 4 * rate; at += piece, pieces++) {
            double re = 0, im = 0, all = 1;
            for (int i = at; i < at + piece; i++) {
                double angle = 2 * Math.PI * hertz * i / rate;
                re += heard[i] * Math.cos(angle);
                im += heard[i] * Math.sin(angle);
                all += heard[i] * heard[i];
            }
            double tone = 2 * (re * re + im * im) / piece;
            sum += Math.clamp(10 * Math.log10(tone / Math.max(1, all - tone)), -10, 35);
        }
        return sum / pieces;
    }

    @ParameterizedTest @ValueSource(strings = {"pcmu", "pcma", "g722", "opus", "l16"})
    void both_hear_each_other_in_the_codec_that_they_have(String codec) {
        try (var alice = alice(setup -> setup.speaking(speaking(codec)));
                var bob = bob(setup -> setup.speaking(speaking("pcmu,pcma,g722,opus,l16"))
                        .playing(new Source.Tone(1000, 4000)))) {
            var call = alice.call(BOB);
            call.press("5");
            call.talk(Duration.ofSeconds(5));
            var taken = bob.answer(SECOND).orElseThrow();
            assertThat(call.hangUp().lost()).isZero();
            taken.talk(SECOND);
            assertThat(taken.keys()).isEqualTo("5");
            assertThat(share(call.recorded(), 1000, 1, 4)).isGreaterThan(0.95);
            assertThat(share(taken.recorded(), 440, 1, 4)).isGreaterThan(0.95);
            assertThat(call.recorded().rate()).isEqualTo(switch (codec) {
                case "g722" -> 16_000;
                case "opus" -> 48_000;
                default -> 8000;
            });
        }
    }

    @Test void who_calls_is_answered_in_his_own_order() {
        try (var alice = alice(setup -> setup.speaking(speaking("opus,pcmu")));
                var bob = bob(setup -> setup.speaking(speaking("pcmu,opus")))) {
            var call = alice.call(BOB);
            assertThat(bob.answer(SECOND)).isPresent();
            call.talk(SECOND);
            call.hangUp();
            assertThat(call.recorded().rate()).isEqualTo(48_000);
        }
    }

    @Test void codecs_are_named_in_any_case_and_others_refused_with_those_there_are() {
        assertThat(speaking("OPUS, g722").codecs()).extracting(c -> c.encoding())
                .containsExactly("opus", "G722");
        assertThatIllegalArgumentException().isThrownBy(() -> speaking("pcmu,mp3"))
                .withMessageContaining("mp3").withMessageContaining("opus");
    }

    //= rfc7587#7-1 the clock rate of opus is 48000 in rtpmap, with 2 channels
    //= rfc3551#4.5.2¶2 that of G722 is 8,000 Hz
    @Test void what_is_offered_if_nobody_says_otherwise() {
        assertThat(Formats.USUAL.all().stream().map(f -> f.map().attribute().value()))
                .containsExactly("0 PCMU/8000", "8 PCMA/8000", "9 G722/8000",
                "107 opus/48000/2", "101 telephone-event/8000");
        assertThat(Formats.of("g722", true).quietly().all().stream()
                .map(f -> f.map().encoding() + " " + f.fmtp()))
                .containsExactly("G722 ", "red 9/9", "CN ", "telephone-event 0-15");
        assertThat(Formats.of("opus,pcmu", false).all().stream().skip(2).map(f ->
                f.map().clockRate())).containsExactly(48_000, 8000);
    }

    private double heardAt(double loss, boolean redundant) {
        var network = new Network(7, _ -> { });
        network.wires(new Wire(Duration.ofMillis(10), Duration.ZERO, loss, 0, 0));
        var formats = Formats.of("pcmu", redundant);
        try (var alice = Telephone.start(network.host("10.0.0.1"), "alice",
                PhoneSetup.at("sip:alice@10.0.0.1").speaking(formats).recording());
                var bob = Telephone.start(network.host("10.0.0.2"), "bob",
                        PhoneSetup.at("sip:bob@10.0.0.2").speaking(formats)
                                .playing(new Source.Tone(1000, 4000)))) {
            var call = alice.call(BOB);
            assertThat(bob.answer(SECOND)).isPresent();
            call.talk(Duration.ofSeconds(5));
            call.hangUp();
            return segmentalSnr(call.recorded(), 1000);
        }
    }

    //= rfc2198#5¶1 red has a dynamic number, bound by rtpmap
    @Test void what_is_said_twice_is_heard_though_packets_are_lost() {
        double whole = heardAt(0, false), lost = heardAt(0.05, false), twice = heardAt(0.05, true);
        assertThat(lost).isLessThan(twice);
        assertThat(twice).isGreaterThan(whole - 1);
    }

    //= rfc3551#4.1-1 silence suppression; comfort noise goes in place of the sound
    //= rfc3389#4-1,2 the number of 8,000 Hz is 13, as of a codec of its own
    //= rfc3389#4-3,4 one payload of comfort noise in a packet, without the marker bit
    @Test void while_nobody_speaks_next_to_nothing_is_sent() {
        var dice = new SplittableRandom(5);
        var room = new short[8000 * 6];
        for (int i = 0; i < room.length; i++) {
            boolean speaks = i < 8000 || i > 8000 * 4;
            room[i] = (short) (dice.nextGaussian() * 30
                    + (speaks ? 6000 * Math.sin(2 * Math.PI * 440 * i / 8000) : 0));
        }
        try (var alice = alice(setup -> setup.speaking(speaking("pcmu"))
                .playing(new Source.Samples(8000, room)).thrifty());
                var bob = bob(setup -> setup.speaking(speaking("pcmu")).thrifty())) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(6));
            var taken = bob.answer(SECOND).orElseThrow();
            var statistics = call.hangUp();
            taken.talk(SECOND);
            assertThat(statistics.sent()).isBetween(140L, 220L);
            var heard = taken.recorded().heard();
            //  the room goes on to be heard, and so does the voice afterwards
            double quiet = 0;
            for (int i = 8000 * 2; i < 8000 * 3; i++) quiet += heard[i] * heard[i];
            assertThat(Math.sqrt(quiet / 8000)).isBetween(15.0, 60.0);
            assertThat(share(taken.recorded(), 440, 5, 6)).isGreaterThan(0.9);
        }
    }

    @Test void who_is_muted_is_not_heard_until_he_is_again() {
        try (var alice = alice(setup -> setup); var bob = bob(setup -> setup)) {
            var call = alice.call(BOB);
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(Duration.ofSeconds(2));
            call.mute(true);
            call.talk(Duration.ofSeconds(2));
            call.mute(false);
            call.talk(Duration.ofSeconds(2));
            call.hangUp();
            taken.talk(SECOND);
            assertThat(share(taken.recorded(), 440, 1, 2)).isGreaterThan(0.9);
            assertThat(share(taken.recorded(), 440, 3, 4)).isLessThan(0.1);
            assertThat(share(taken.recorded(), 440, 5, 6)).isGreaterThan(0.9);
        }
    }

    @Test void a_file_of_another_rate_is_played_at_its_own_pitch() {
        var tone = new Source.Tone(600, 8000).take(44_100, 0, 44_100 * 3);
        try (var alice = alice(setup -> setup.speaking(speaking("g722"))
                .playing(new Source.Samples(44_100, tone)));
                var bob = bob(setup -> setup.speaking(speaking("g722")))) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(3));
            call.hangUp();
            var taken = bob.answer(SECOND).orElseThrow();
            taken.talk(SECOND);
            assertThat(share(taken.recorded(), 600, 1, 2)).isGreaterThan(0.95);
        }
    }
}
