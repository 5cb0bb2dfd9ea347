package p2psip.std.rfc9000;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc9000.ReceiveStream.Taken;
import p2psip.std.rfc9000.SendStream.*;

/// The two ends of a stream.
class StreamsTest {
    private static final long ALL = Long.MAX_VALUE;

    private final SendStream from = new SendStream(100, 1_000);
    private final ReceiveStream to = new ReceiveStream(100);

    private static Taken in(int fresh) { return new Taken.In(fresh); }

    private static Taken refused(Violation why) { return new Taken.Refused(why); }

    private Piece next(int most) { return from.next(most, ALL).orElseThrow(); }

    private Taken give(Piece piece) {
        return to.receive(piece.offset(), piece.bytes(), piece.end());
    }

    private String read() {
        var text = new StringBuilder();
        for (var part = to.read(7); !part.isEmpty(); part = to.read(7)) text.append(part.utf8());
        return text.toString();
    }

    /// The example of the package.
    @Test void what_is_written_is_read() {
        from.write(Bytes.utf8("hello"));
        from.finish();
        var piece = next(1_000);
        assertThat(give(piece)).isEqualTo(in(5));
        assertThat(to.read(1_000).utf8()).isEqualTo("hello");
        assertThat(to.finished()).isTrue();
        assertThat(from.delivered(piece.part())).isEqualTo(5);
        assertThat(from.state()).isEqualTo(SendStream.State.DATA_RECVD);
        assertThat(to.state()).isEqualTo(ReceiveStream.State.DATA_READ);
    }

    @Test void pieces_may_come_in_any_order_and_twice() {
        from.write(Bytes.utf8("abcdefghij"));
        from.finish();
        var pieces = List.of(next(4), next(4), next(4));
        //= rfc9000#2.2-1 in order
        for (int i : new int[] {2, 1, 2, 0, 1}) give(pieces.get(i));
        assertThat(read()).isEqualTo("abcdefghij");
        assertThat(to.finished()).isTrue();
    }

    @Test void what_was_lost_comes_before_what_is_new_and_is_the_same() {
        from.write(Bytes.utf8("abcdefghij"));
        var first = next(4);
        next(3);
        from.lost(first.part());
        //= rfc9000#2.2-3 data at an offset: the same bytes
        //= rfc9000#13.3-4 retransmission: first
        assertThat(next(4)).isEqualTo(new Piece(0, Bytes.utf8("abcd"), 0, false));
        assertThat(next(4).bytes().utf8()).isEqualTo("hij");
    }

    @Test void what_got_there_by_another_packet_is_not_sent_again() {
        from.write(Bytes.utf8("abcdef"));
        var first = next(3);
        next(3);
        from.lost(first.part());
        var again = next(3);
        from.delivered(again.part());
        //= rfc9000#13.3-6 acknowledged information: it is there
        from.lost(first.part());
        assertThat(from.wants(ALL)).isFalse();
    }

    @Test void no_more_is_sent_than_the_peer_takes() {
        from.write(Bytes.wrap(new byte[300]));
        //= rfc9000#2.2-4 of all streams
        //= rfc9000#4.1-1 limit: of this one
        assertThat(from.next(1_000, 30).orElseThrow().bytes().size()).isEqualTo(30);
        assertThat(next(1_000).bytes().size()).isEqualTo(70);
        assertThat(from.wants(ALL)).isFalse();
        from.allowed(150);
        //= rfc9000#4.1-3 an older limit changes nothing
        //= rfc9000#13.3-5 outdated frame: though it is taken
        from.allowed(120);
        //= rfc9000#19.10-3 the largest counts
        assertThat(next(1_000).bytes().size()).isEqualTo(50);
        assertThat(from.next(1_000, ALL)).isEmpty();
    }

    @Test void who_sends_more_than_allowed_is_refused() {
        //= rfc9000#4.1-2 limits: the last byte would be one too many
        assertThat(to.receive(99, Bytes.utf8("ab"), false))
                .isEqualTo(refused(Violation.FLOW_CONTROL_ERROR));
        assertThat(to.receive(98, Bytes.utf8("ab"), false)).isEqualTo(in(100));
        //= rfc9000#19.10-4 maximum data: also where some were there before
        assertThat(to.receive(0, Bytes.wrap(new byte[101]), false))
                .isEqualTo(refused(Violation.FLOW_CONTROL_ERROR));
        assertThat(to.reset(1, 101)).isEqualTo(refused(Violation.FLOW_CONTROL_ERROR));
    }

    @Test void more_is_allowed_when_half_of_the_window_is_free_again() {
        to.receive(0, Bytes.wrap(new byte[60]), false);
        to.read(30);
        assertThat(to.raise()).isEmpty();
        to.read(10);
        //= rfc9000#4.2-2 MAX_STREAM_DATA: the peer has not asked
        assertThat(to.raise()).hasValue(140);
        assertThat(to.raise()).isEmpty();
        to.receive(60, Bytes.wrap(new byte[80]), true);
        to.read(100);
        //= rfc9000#13.3-2 the end is known
        assertThat(to.raise()).isEmpty();
    }

    @Test void an_end_stays_where_it_is() {
        to.receive(0, Bytes.utf8("abc"), true);
        //= rfc9000#4.5-3 final size: it moves back, or on
        assertThat(to.receive(0, Bytes.utf8("ab"), true))
                .isEqualTo(refused(Violation.FINAL_SIZE_ERROR));
        assertThat(to.reset(1, 4)).isEqualTo(refused(Violation.FINAL_SIZE_ERROR));
        //= rfc9000#4.5-4 final size: something comes behind it
        assertThat(to.receive(3, Bytes.utf8("d"), false))
                .isEqualTo(refused(Violation.FINAL_SIZE_ERROR));
        var other = new ReceiveStream(100);
        other.receive(5, Bytes.utf8("f"), false);
        assertThat(other.receive(0, Bytes.utf8("abc"), true))
                .isEqualTo(refused(Violation.FINAL_SIZE_ERROR));
    }

    @Test void nothing_is_sent_behind_the_end() {
        from.write(Bytes.utf8("abc"));
        from.finish();
        assertThat(from.room()).isZero();
        //= rfc9000#4.5-2 final size: nor written
        assertThatThrownBy(() -> from.write(Bytes.utf8("d")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(next(9).end()).isTrue();
        assertThat(from.wants(ALL)).isFalse();
    }

    @Test void a_reset_drops_what_was_not_read_and_counts_what_never_came() {
        to.receive(0, Bytes.utf8("abc"), false);
        //= rfc9000#4.5-1 final size: forty in all
        assertThat(to.reset(7, 40)).isEqualTo(in(37));
        //= rfc9000#3.2-2 discard data: nothing is read
        assertThat(to.read(10)).isEqualTo(Bytes.EMPTY);
        assertThat(to.resetting()).hasValue(7);
        assertThat(to.isOver()).isTrue();
        assertThat(to.abandon()).isEqualTo(40);
    }

    @Test void after_a_reset_nothing_more_is_sent() {
        from.write(Bytes.utf8("abc"));
        var piece = next(2);
        from.reset(5);
        from.reset(6);
        from.lost(piece.part());
        //= rfc9000#3.3-2 no data
        assertThat(from.wants(ALL)).isFalse();
        //= rfc9000#13.3-1 RESET_STREAM: the first reason stays
        assertThat(from.resetting()).hasValue(5);
        from.resetDelivered();
        //= rfc9000#3.3-1 terminal state: nothing at all
        assertThat(from.resetting()).isEmpty();
        assertThat(from.isOver()).isTrue();
    }

    @Test void who_is_asked_to_stop_resets_for_the_same_reason() {
        from.write(Bytes.utf8("abc"));
        next(2);
        from.stopped(9);
        //= rfc9000#3.5-2,5 RESET_STREAM: nine
        assertThat(from.resetting()).hasValue(9);
    }

    @Test void who_has_sent_all_resets_only_if_some_of_it_is_lost() {
        from.write(Bytes.utf8("abc"));
        from.finish();
        var piece = next(9);
        from.stopped(9);
        //= rfc9000#3.5-3 Data Sent: it waits
        assertThat(from.resetting()).isEmpty();
        from.lost(piece.part());
        //= rfc9000#3.5-4 in place of the data
        assertThat(from.resetting()).hasValue(9);
        assertThat(from.next(9, ALL)).isEmpty();
    }

    @Test void only_one_that_may_go_on_is_asked_to_stop() {
        //= rfc9000#3.5-1,7 STOP_SENDING: until it has given up itself
        assertThat(to.stoppable()).isTrue();
        to.reset(1, 0);
        assertThat(to.stoppable()).isFalse();
    }

    @Test void gaps_are_not_kept_without_end() {
        var wide = new ReceiveStream(10_000);
        for (int i = 0; i < ReceiveStream.MAX_PIECES; i++)
            assertThat(wide.receive(2 * i + 1, Bytes.utf8("x"), false))
                    .isInstanceOf(Taken.In.class);
        //= rfc9000#21.7-1 fragmentation: one more is as good as lost
        assertThat(wide.receive(5_001, Bytes.utf8("x"), false)).isEqualTo(new Taken.Crowded());
        assertThat(wide.receive(0, Bytes.utf8("x"), false)).isInstanceOf(Taken.In.class);
    }

    /// Packets are lost, doubled and reordered; what is written is what is read, and no end keeps
    /// more than it may.
    @Property(tries = 100) void whatever_happens_on_the_way_it_arrives(
            @ForAll long seed, @ForAll @IntRange(max = 60) int loss) {
        var dice = new SplittableRandom(seed);
        var sender = new SendStream(64, 50);
        var receiver = new ReceiveStream(64);
        var text = IntStream.range(0, 300).mapToObj(i -> "" + (char) ('a' + i % 26))
                .collect(Collectors.joining());
        var read = new StringBuilder();
        var air = new ArrayList<Piece>();
        int written = 0;
        for (int step = 0; !sender.isOver() && step < 20_000; step++) {
            int room = Math.min(sender.room(), text.length() - written);
            if (room > 0 && dice.nextBoolean()) {
                sender.write(Bytes.utf8(text.substring(written, written + room)));
                written += room;
                if (written == text.length()) sender.finish();
            }
            sender.next(1 + dice.nextInt(20), ALL).ifPresent(air::add);
            assertThat(sender.kept()).isLessThanOrEqualTo(50);
            if (!air.isEmpty() && dice.nextBoolean()) {
                var piece = air.remove(dice.nextInt(air.size()));
                if (dice.nextInt(100) < loss) sender.lost(piece.part());
                else {
                    receiver.receive(piece.offset(), piece.bytes(), piece.end());
                    if (dice.nextInt(4) == 0) air.add(piece);
                    else sender.delivered(piece.part());
                }
            }
            read.append(receiver.read(dice.nextInt(30)).utf8());
            receiver.raise().ifPresent(sender::allowed);
            assertThat(receiver.kept()).isLessThanOrEqualTo(64);
        }
        for (var part = receiver.read(64); !part.isEmpty(); part = receiver.read(64))
            read.append(part.utf8());
        assertThat(read.toString()).isEqualTo(text);
        assertThat(receiver.finished()).isTrue();
    }
}
