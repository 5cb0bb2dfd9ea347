package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.app.trace.Trace;

/// Two phones on a simulated network, used as a program would use them.
class TelephoneTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060";

    private final List<Trace> traces = new ArrayList<>();
    private final Network network = new Network(42, traces::add);

    private Telephone phone(String name, String address, boolean answer, Source source) {
        return Telephone.start(network.host(address), name, PhoneSetup.at(
                "sip:" + name + "@" + address).calls(1).answering(answer).playing(source)
                .recording());
    }

    @Test void a_call_with_sound_both_ways_and_keys() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", true, new Source.Tone(1000, 4000))) {
            var call = alice.call(BOB);
            call.press("159#");
            call.talk(Duration.ofSeconds(5));
            var statistics = call.hangUp();
            var taken = bob.answer(Duration.ofSeconds(1)).orElseThrow();
            taken.talk(Duration.ofSeconds(1));

            assertThat(taken.keys()).isEqualTo("159#");
            assertThat(statistics.sent()).isBetween(245L, 265L);
            assertThat(statistics.received()).isBetween(245L, 265L);
            assertThat(taken.hangUp().received()).isEqualTo(statistics.sent());
            assertThat(pitch(call.recorded())).isBetween(990.0, 1010.0);
            assertThat(pitch(taken.recorded())).isBetween(400.0, 450.0);   // keys are silence
        }
    }

    @Test void hold_and_resume() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", true, Source.Tone.A)) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(1));
            call.hold();
            assertThat(call.flows()).isFalse();
            call.talk(Duration.ofSeconds(10));
            call.resume();
            assertThat(call.flows()).isTrue();
            call.talk(Duration.ofSeconds(1));
            assertThat(call.hangUp().received()).isLessThan(120);   // bob was silent on hold
            assertThat(bob.answer(Duration.ofSeconds(1))).isPresent();
        }
    }

    @Test void the_callee_answers_and_hangs_up() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", true, new Source.Echo())) {
            var call = alice.call(BOB);
            var taken = bob.answer(Duration.ofSeconds(1)).orElseThrow();
            taken.talk(Duration.ofSeconds(2));
            taken.hangUp();
            assertThat(call.talk(Duration.ofSeconds(5))).isTrue();
            assertThat(call.end().orElseThrow().status()).isEqualTo(200);
            assertThat(pitch(call.recorded())).isBetween(400.0, 450.0);
        }
    }

    @Test void who_calls_somebody_with_as_many_calls_as_can_be_is_told_busy() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", true, Source.Tone.A);
                var carol = phone("carol", "10.0.0.3", false, Source.Tone.A)) {
            var call = alice.call(BOB);
            assertThatThrownBy(() -> carol.call(BOB)).hasMessageStartingWith("486");
            call.hangUp();
            carol.call(BOB).hangUp();
            assertThat(bob.answer(Duration.ofSeconds(1))).isPresent();
        }
    }

    @Test void nobody_there() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", false, Source.Tone.A)) {
            assertThatThrownBy(() -> alice.call("sip:carol@10.0.0.2:5060"))
                    .hasMessage("404 Not Found");
            assertThatThrownBy(() -> alice.call("sip:bob@10.0.0.9:5060"))
                    .hasMessage("408 Request Timeout");
            assertThat(bob.answer(Duration.ofSeconds(1))).isEmpty();
        }
    }

    @Test void a_text() {
        try (var alice = phone("alice", "10.0.0.1", false, Source.Tone.A);
                var bob = phone("bob", "10.0.0.2", false, Source.Tone.A)) {
            alice.message(BOB, "Watson, come here.");
            assertThat(bob.message(Duration.ofSeconds(1))).contains("Watson, come here.");
            assertThatThrownBy(() -> alice.message("sip:carol@10.0.0.2:5060", "Hello?"))
                    .hasMessage("404 Not Found");
        }
    }

    /// How often the sound crosses zero upwards, a second.
    static double pitch(Recording recording) {
        var samples = recording.heard();
        int crossings = 0;
        for (int i = 1; i < samples.length; i++)
            if (samples[i - 1] < 0 && samples[i] >= 0) crossings++;
        return (double) crossings * recording.rate() / samples.length;
    }
}
