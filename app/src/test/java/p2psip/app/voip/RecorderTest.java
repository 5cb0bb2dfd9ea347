package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final Recorder recorder = new Recorder();
    private final Instant start = Instant.EPOCH;

    private static short[] frame(int value, int count) {
        var frame = new short[count];
        Arrays.fill(frame, (short) value);
        return frame;
    }

    private void hear(int value, boolean made, int millis) {
        recorder.hear(frame(value, 160), 8000, made, start.plusMillis(millis));
    }

    /// Each value of what was heard, with how many samples of it there are in a row.
    private List<String> heard() {
        var runs = new ArrayList<String>();
        var heard = recorder.recording().heard();
        for (int i = 0, from = 0; i < heard.length; i++)
            if (i + 1 == heard.length || heard[i + 1] != heard[i]) {
                runs.add(heard[i] + " x " + (i + 1 - from));
                from = i + 1;
            }
        return runs;
    }

    @Test void frames_follow_each_other_though_they_come_a_little_early_or_late() {
        hear(1, false, 0);
        hear(2, false, 35);
        hear(3, false, 38);
        assertThat(heard()).containsExactly("1 x 160", "2 x 160", "3 x 160");
    }

    @Test void what_was_made_up_is_kept_if_the_voice_goes_on_behind_it() {
        hear(1, false, 0);
        hear(9, true, 20);
        hear(2, false, 40);
        hear(9, true, 60);
        assertThat(heard()).containsExactly("1 x 160", "9 x 160", "2 x 160");
    }

    @Test void a_pause_is_silent_and_as_long_as_it_was() {
        hear(1, false, 0);
        for (int i = 1; i < 5; i++) hear(9, true, 20 * i);
        hear(2, false, 1000);
        assertThat(heard()).containsExactly("1 x 160", "0 x 7840", "2 x 160");
    }

    @Test void both_sides_are_kept_from_the_same_moment_on() {
        for (int i = 0; i < 50; i++)
            recorder.say(frame(7, 160), 8000, start.plusMillis(20 * i));
        hear(1, false, 1000);
        var recording = recorder.recording();
        assertThat(recording.said()).hasSize(8000).containsOnly(7);
        assertThat(recording.heard()).hasSize(8160);
        assertThat(heard()).containsExactly("0 x 8000", "1 x 160");
    }

    @Test void another_rate_is_brought_to_the_first() {
        recorder.say(frame(1000, 160), 8000, start);
        for (int i = 0; i < 50; i++)
            recorder.hear(frame(1000, 960), 48_000, false, start.plusMillis(20 * i));
        var recording = recorder.recording();
        assertThat(recording.rate()).isEqualTo(8000);
        assertThat(recording.heard()).hasSize(8000);
        assertThat(recording.heard()[4000]).isBetween((short) 998, (short) 1002);
    }

    @Test void an_hour_is_kept_and_no_more() {
        recorder.hear(frame(1, 160), 8000, false, start);
        recorder.hear(frame(2, 160), 8000, false, start.plus(Duration.ofHours(3)));
        assertThat(recorder.recording().heard().length).isLessThanOrEqualTo(Recorder.LIMIT);
    }

    @Test void a_file_has_what_was_said_on_the_left_and_what_was_heard_on_the_right() {
        recorder.say(frame(5, 2), 8000, start);
        recorder.hear(frame(6, 1), 8000, false, start);
        var file = ByteBuffer.wrap(recorder.recording().wav()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getShort(22)).isEqualTo((short) 2);
        assertThat(file.getInt(24)).isEqualTo(8000);
        assertThat(List.of(file.getShort(44), file.getShort(46), file.getShort(48),
                file.getShort(50))).containsExactly((short) 5, (short) 6, (short) 5, (short) 0);
    }
}
