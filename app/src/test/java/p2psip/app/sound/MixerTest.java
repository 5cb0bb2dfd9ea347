package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import org.junit.jupiter.api.Test;

class MixerTest {
    private final Mixer<String> mixer = new Mixer<>(4);

    private static short[] frame(int... samples) {
        var frame = new short[4];
        for (int i = 0; i < 4; i++) frame[i] = (short) samples[i % samples.length];
        return frame;
    }

    @Test void each_hears_the_others_and_not_himself() {
        mixer.say("alice", frame(1));
        mixer.say("bob", frame(20));
        mixer.say("carol", frame(300));
        assertThat(mixer.hear("alice")).containsOnly(320);
        assertThat(mixer.hear("bob")).containsOnly(301);
        assertThat(mixer.hear("carol")).containsOnly(21);
        assertThat(mixer.hear("dave")).containsOnly(321);
    }

    @Test void who_says_it_again_has_said_it_so() {
        mixer.say("alice", frame(1));
        mixer.say("alice", frame(5));
        assertThat(mixer.hear("bob")).containsOnly(5);
    }

    @Test void each_frame_is_by_itself() {
        mixer.say("alice", frame(1));
        mixer.next();
        assertThat(mixer.hear("bob")).containsOnly(0);
    }

    @Test void what_is_too_loud_is_softer_as_a_whole() {
        mixer.say("alice", frame(30_000, 10_000));
        mixer.say("bob", frame(30_000, 10_000));
        var heard = mixer.hear("carol");
        assertThat(heard[0]).isBetween((short) 32_000, (short) 32_767);
        assertThat((double) heard[0] / heard[1]).isBetween(2.9, 3.1);
        // and comes back slowly
        mixer.next();
        mixer.say("alice", frame(1000));
        assertThat(mixer.hear("carol")[0]).isBetween((short) 500, (short) 700);
        for (int i = 0; i < 10; i++) mixer.hear("carol");
        assertThat(mixer.hear("carol")).containsOnly(1000);
    }

    @Test void who_has_gone_is_forgotten() {
        mixer.say("alice", frame(30_000));
        mixer.say("bob", frame(30_000));
        mixer.hear("carol");
        mixer.leave("carol");
        mixer.next();
        mixer.say("alice", frame(1000));
        assertThat(mixer.hear("carol")[0]).isEqualTo((short) 1000);
    }

    @Test void frames_are_all_of_one_length() {
        assertThatIllegalArgumentException().isThrownBy(() -> mixer.say("bob", new short[3]));
    }
}
