package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final long LAST = 0xffff_ffffL;

    private final Recorder recorder = new Recorder();

    private void hear(long ssrc, long timestamp, int value) {
        recorder.hear(ssrc, timestamp & LAST, new short[] {(short) value, (short) value});
    }

    @Test void what_comes_late_is_in_its_place_and_what_is_lost_is_silence() {
        hear(1, LAST - 1, 1);
        hear(1, 2, 3);   // timestamps wrap; the one between is late
        hear(1, 0, 2);
        //= rfc3551#4.1-2 the sender has suppressed silence, or a packet is lost
        hear(1, 6, 5);
        assertThat(recorder.samples()).containsExactly(1, 1, 2, 2, 3, 3, 0, 0, 5, 5);
    }

    @Test void another_source_goes_on_at_the_end() {
        hear(1, 1000, 1);
        hear(2, 77, 2);
        hear(2, 79, 3);
        assertThat(recorder.samples()).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test void a_jump_is_no_hour_of_silence() {
        hear(1, 0, 1);
        hear(1, 1 << 30, 2);
        hear(1, (1 << 30) + 2, 3);
        assertThat(recorder.samples()).containsExactly(1, 1, 2, 2, 3, 3);
    }
}
