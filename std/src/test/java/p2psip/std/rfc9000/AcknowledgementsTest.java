package p2psip.std.rfc9000;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc9000.Acknowledgements.Answer;
import p2psip.std.rfc9000.Ranges.Range;

class AcknowledgementsTest {
    private static final Instant T = Instant.EPOCH;

    private final Acknowledgements come = new Acknowledgements();

    @Test void one_packet_is_answered_in_time_and_two_at_once() {
        come.heard(0, 1_000, T);
        //= rfc9000#13.2.1-1,2 packets: in time
        assertThat(come.deadline()).isEqualTo(T.plus(Acknowledgements.MAX_DELAY));
        come.heard(1, 1_000, T.plusMillis(5));
        //= rfc9000#13.2.2-1 ACK after packets: two
        assertThat(come.deadline()).isEqualTo(T.plusMillis(5));
        //= rfc9000#13.2.5-1 ACK delay: the time since the newest came
        assertThat(come.answer(T.plusMillis(9))).isEqualTo(
                new Answer(List.of(new Range(0, 1)), Duration.ofMillis(4)));
        //= rfc9000#13.2.1-3,4 ACK packets: once
        assertThat(come.owes()).isFalse();
        assertThat(come.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void where_none_is_missing_for_long_ten_are_answered_together() {
        int answers = 0;
        for (int i = 0; i < 1_000; i++) {
            come.heard(i, 1_000, T);
            if (come.deadline().isAfter(T)) continue;
            answers++;
            come.answer(T);
        }
        assertThat(answers).isBetween(100, 150);
        come.heard(1_001, 1_000, T);
        come.answer(T);
        come.heard(1_002, 1_000, T);
        come.heard(1_003, 1_000, T);
        //= rfc9000#13.2.2-1 ACK after packets: two again
        assertThat(come.deadline()).isEqualTo(T);
    }

    /// Of large ones there are few on their way: who sends would wait for the answer.
    @Test void of_large_packets_every_second_is_answered() {
        int answers = 0;
        for (int i = 0; i < 1_000; i++) {
            come.heard(i, 32_000, T);
            if (come.deadline().isAfter(T)) continue;
            answers++;
            come.answer(T);
        }
        assertThat(answers).isEqualTo(500);
    }

    @Test void a_gap_is_told_at_once() {
        come.heard(0, 1_000, T);
        come.answer(T);
        come.heard(2, 1_000, T);
        //= rfc9000#13.2.1-8 ACK without delay: one is missing
        assertThat(come.deadline()).isEqualTo(T);
        come.answer(T);
        come.heard(1, 1_000, T);
        //= rfc9000#13.2.1-8 ACK without delay: it comes late
        assertThat(come.deadline()).isEqualTo(T);
        assertThat(come.answer(T).ranges()).containsExactly(new Range(0, 2));
    }

    @Test void a_number_is_taken_once() {
        come.heard(0, 1_000, T);
        come.heard(2, 1_000, T);
        //= rfc9000#12.3-4 packet number: the middle one alone is new
        assertThat(List.of(come.has(0), come.has(1), come.has(2)))
                .containsExactly(true, false, true);
    }

    @Test void the_oldest_ranges_are_left_out_and_never_taken_again() {
        for (int i = 0; i <= Acknowledgements.MAX_RANGES; i++) come.heard(2 * i, 1_000, T);
        var ranges = come.answer(T).ranges();
        //= rfc9000#13.2.3-1,3,6 ACK ranges: the newest first
        assertThat(ranges).hasSize(Acknowledgements.MAX_RANGES)
                .first().isEqualTo(new Range(128, 128));
        //= rfc9000#13.2.3-4 ACK range: nobody knows any more whether it has come
        assertThat(come.has(0)).isTrue();
        assertThat(come.has(1)).isFalse();
    }
}
