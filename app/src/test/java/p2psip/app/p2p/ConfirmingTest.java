package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// When a confirmed payload is sent again.
class ConfirmingTest {
    private static final Bytes TEXT = Bytes.utf8("INVITE");
    private static final int TRIP = 50;

    private final Confirming confirming = new Confirming();
    private int said;

    private static Instant at(int millis) { return Instant.EPOCH.plusMillis(millis); }

    private int say(long sequence, int millis) {
        assertThat(confirming.add(TEXT, sequence, at(millis))).hasSize(1);
        return said++;
    }

    private void answer(int number, int millis) {
        confirming.acknowledged(new Frame.Ack(number, 1), at(millis));
    }

    /// A round trip of so long is known, by a few answers.
    private void measured() {
        for (int i = 0; i < 30; i++) answer(say(i, -10_000 + 100 * i), -10_000 + 100 * i + TRIP);
    }

    private boolean due(int millis) { return !confirming.due(1_000, at(millis)).isEmpty(); }

    @Test void before_a_round_trip_was_measured_every_three_tenths_of_a_second() {
        say(0, 0);
        for (int time = 0; time < 3_000; time++)
            assertThat(due(time)).as("" + time).isEqualTo(time > 0 && time % 300 == 0);
    }

    @Test void at_once_when_three_later_ones_have_got_there() {
        measured();
        say(100, 0);
        for (int i = 1; i <= 3; i++) confirming.carried(i, 100 + i);
        confirming.has(2, at(TRIP));
        assertThat(due(TRIP)).isFalse();
        confirming.has(3, at(TRIP));
        assertThat(due(TRIP)).isTrue();
        confirming.has(3, at(TRIP + 1));
        assertThat(due(TRIP + 1)).as("those were sent before it was said again").isFalse();
    }

    @Test void soon_when_one_later_one_has_got_there() {
        measured();
        say(100, 0);
        confirming.carried(1, 101);
        confirming.has(1, at(TRIP));
        assertThat(due(TRIP)).isFalse();
        assertThat(due(TRIP + 5)).isFalse();
        assertThat(due(TRIP + TRIP / 8 + 1)).isTrue();
    }

    @Test void and_when_another_payload_that_was_said_later_has() {
        measured();
        say(100, 0);
        answer(say(103, 1), 1 + TRIP);
        assertThat(due(1 + TRIP)).isTrue();
    }

    @Test void what_was_sent_before_it_says_nothing() {
        measured();
        confirming.carried(1, 99);
        say(100, 0);
        confirming.has(1, at(TRIP));
        assertThat(due(TRIP + 20)).isFalse();
    }

    /// A round trip and the 25 ms that an answer may wait; then after twice as long, and no longer.
    @Test void with_nothing_behind_it_by_the_round_trip_and_then_more_seldom() {
        measured();
        say(100, 0);
        var times = IntStream.range(0, 1_200).filter(this::due).boxed().toList();
        assertThat(times).first().matches(first -> first >= TRIP + 25 && first <= TRIP + 30);
        assertThat(times.get(1) - times.get(0)).isBetween(2 * (TRIP + 25), 2 * (TRIP + 30));
        assertThat(times.get(2) - times.get(1)).isEqualTo(300);
        assertThat(times.get(3) - times.get(2)).isEqualTo(300);
    }

    @Test void what_was_sent_twice_measures_nothing() {
        measured();
        int number = say(100, 0);
        assertThat(due(100)).isTrue();
        answer(number, 101);
        say(200, 1_000);
        assertThat(due(1_000 + TRIP)).isFalse();
        assertThat(due(1_000 + TRIP + 30)).isTrue();
    }
}
