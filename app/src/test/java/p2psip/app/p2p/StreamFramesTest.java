package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc9000.Ranges.Range;

/// What the other end of a Link may say about streams, and what it may not.
class StreamFramesTest {
    private static final Word.Name FIRST = new Word.Name(true, 1), OURS = new Word.Name(false, 7);
    private static final Instant T = Instant.EPOCH;

    private static final List<Frame> FRAMES = List.of(
            new Frame.Carry(5, 0, 9, List.of(new Word.Open(FIRST, 2),
                    new Word.Data(FIRST, 0, Bytes.utf8("hello"), false))),
            new Frame.Carry(5, 6, 10, List.of(new Word.Data(FIRST, 5, Bytes.EMPTY, true),
                    new Word.Taken(OURS), new Word.Reset(OURS, 3, 1L << 40), new Word.Ask(),
                    new Word.Stop(OURS, 4), new Word.Allow(FIRST, 1L << 41),
                    new Word.AllowAll(77), new Word.Pad(3))),
            new Frame.Have(5, 6, 1_000, List.of(new Range(90, 100), new Range(7, 80),
                    new Range(5, 5))),
            new Frame.Anew(6, 5));

    @Test void frames_come_back() {
        for (var frame : FRAMES)
            assertThat(Frame.parse(Bytes.wrap(frame.encode()))).isEqualTo(frame);
    }

    @Test void the_bytes_are_those_of_the_figures() {
        assertThat(Bytes.wrap(FRAMES.getFirst().encode()).hex()).isEqualTo("15" + "00000005"
                + "00000000" + "0000000000000009" + "01" + "00000001" + "0002"
                + "03" + "00000001" + "0000000000000000" + "0005" + "68656c6c6f");
        assertThat(Bytes.wrap(FRAMES.get(2).encode()).hex()).isEqualTo("16" + "00000005"
                + "00000006" + "000003e8" + "0000000000000064" + "0000000b" + "00000009"
                + "0000004a" + "00000001" + "00000001");
        assertThat(Bytes.wrap(FRAMES.getLast().encode()).hex())
                .isEqualTo("17" + "00000006" + "00000005");
    }

    @Test void one_cut_short_or_that_cannot_be_is_refused() {
        for (var frame : FRAMES.subList(2, 4)) {
            var whole = Bytes.wrap(frame.encode());
            for (int cut = 0; cut < whole.size(); cut++) {
                if (cut == 25 || cut == 33 || cut == whole.size()) continue;   // fewer ranges
                var part = whole.slice(0, cut);
                assertThatThrownBy(() -> Frame.parse(part)).isInstanceOf(SyntaxException.class);
            }
        }
        for (var hex : List.of(
                "150000000500000000ffffffffffffffff", "1500000005000000000000000000000000" + "0a",
                "1500000005000000000000000000000000" + "0200000000",
                "160000000500000006000003e8" + "0000000000000004" + "00000006",
                "160000000500000006000003e8" + "ffffffffffffffff" + "00000001"))
            assertThatThrownBy(() -> Frame.parse(Bytes.hex(hex))).as(hex)
                    .isInstanceOf(SyntaxException.class);
    }

    private final Slots slots = new Slots();
    private final Streams streams = new Streams(
            Bytes.utf8("peer"), slots, service -> service == 2, new SplittableRandom(1));
    private long number;
    private int epoch = 5;

    private List<Streams.Output> say(Word... words) {
        return streams.handle(new Streams.Input.Heard(
                new Frame.Carry(epoch, 0, number++, List.of(words))), T);
    }

    private static boolean ends(List<Streams.Output> outputs) {
        return outputs.stream().anyMatch(output ->
                output instanceof Streams.Output.Say(Frame.Anew _));
    }

    private Word.Data data(int stream, long offset, int size) {
        return new Word.Data(new Word.Name(true, stream), offset,
                Bytes.wrap(new byte[size]), false);
    }

    @Test void who_sends_more_than_he_may_ends_all_his_streams() {
        say(new Word.Open(FIRST, 2));
        //= rfc9000#4.1-2 one byte too many of a stream
        assertThat(ends(say(data(1, DuplexStream.WINDOW, 1)))).isTrue();
        assertThat(streams.isActive()).isFalse();
        assertThat(slots.used()).isZero();
    }

    @Test void and_who_sends_more_than_he_may_of_all_together() {
        for (int i = 1; i <= 4; i++)
            assertThat(ends(say(data(i, DuplexStream.WINDOW - 1, 1)))).isFalse();
        //= rfc9000#19.9-1,2 the sum of sizes of all streams, more data than that is an error
        assertThat(ends(say(data(5, 0, 1)))).isTrue();
    }

    @Test void and_who_opens_more_than_he_may() {
        for (int i = 1; i <= 2 * Streams.MAX; i++)
            assertThat(ends(say(new Word.Open(new Word.Name(true, i), 2)))).isFalse();
        //= rfc9000#4.6-3 stream limit: one too many
        assertThat(ends(say(new Word.Open(new Word.Name(true, 1_000), 2)))).isTrue();
    }

    @Test void and_who_moves_an_end_or_says_something_behind_it() {
        var end = new Word.Data(FIRST, 3, Bytes.utf8("cd"), true);
        for (var wrong : List.of(new Word.Data(FIRST, 4, Bytes.utf8("de"), false),
                new Word.Data(FIRST, 3, Bytes.utf8("c"), true),
                new Word.Data(FIRST, 3, Bytes.utf8("cde"), true), new Word.Reset(FIRST, 3, 4),
                new Word.Reset(FIRST, 3, 6))) {
            assertThat(ends(say(new Word.Open(FIRST, 2), end))).isFalse();
            //= rfc9000#4.5-3,4 final size: it does not change, and nothing comes behind it
            assertThat(ends(say(wrong))).as("" + wrong).isTrue();
            assertThat(slots.used()).isZero();
            epoch++;
            number = 0;
        }
    }

    /// All that may come comes, on one stream after the other, and none is read.
    @Test void of_who_is_never_read_no_more_is_kept_than_he_was_allowed() {
        long taken = 0;
        for (int stream = 1; ; stream++) {
            assertThat(ends(say(new Word.Open(new Word.Name(true, stream), 2)))).isFalse();
            boolean over = false;
            for (int at = 0; at < DuplexStream.WINDOW && !over; at += 1_024) {
                over = ends(say(data(stream, at, 1_024)));
                if (!over) taken += 1_024;
                streams.wake(T);
            }
            if (over) break;
        }
        assertThat(taken).isEqualTo(Streams.WINDOW);
        assertThat(streams.isActive()).isFalse();
    }

    @Test void a_program_that_writes_more_than_it_may_has_its_stream_reset() {
        streams.by(new Path.Direct(Net.at(1)), T);
        streams.handle(new Streams.Input.Asked(
                new Links.Command.Open(1, Bytes.utf8("peer"), 2)), T);
        assertThat(streams.handle(new Streams.Input.Asked(new Links.Command.Write(1,
                Bytes.wrap(new byte[DuplexStream.WINDOW + 1]))), T)).contains(
                new Streams.Output.Told(new Links.Event.Ended(1, Links.How.RESET)));
        assertThat(slots.used()).isZero();
    }

    @Test void what_is_said_of_streams_that_are_not_there_does_nothing() {
        say(new Word.Taken(OURS), new Word.Reset(OURS, 1, 5), new Word.Stop(OURS, 1),
                new Word.Allow(OURS, 5), new Word.Data(OURS, 0, Bytes.utf8("x"), true));
        assertThat(streams.isActive()).isFalse();
    }

    @Test void an_answer_to_what_was_never_sent_does_nothing() {
        streams.by(new Path.Direct(Net.at(1)), T);
        streams.handle(new Streams.Input.Asked(
                new Links.Command.Open(1, Bytes.utf8("peer"), 2)), T);
        streams.handle(new Streams.Input.Heard(new Frame.Have(
                5, 0, 0, List.of(new Range(0, 1_000_000)))), T);
        assertThat(streams.deadline()).isBefore(Instant.MAX);
        assertThat(streams.isActive()).isTrue();
    }

    @Test void a_word_of_a_former_epoch_is_not_heard() {
        say(new Word.Open(FIRST, 2));
        streams.handle(new Streams.Input.Heard(new Frame.Carry(6, 0, 0, List.of(
                new Word.Open(FIRST, 2)))), T);
        assertThat(slots.used()).isOne();
        say(new Word.Open(new Word.Name(true, 2), 2));
        assertThat(slots.used()).isOne();
    }

    /// Frames with bits turned over, in any order: nothing is thrown, and nothing grows.
    @Property(tries = 200) void whatever_is_said_nothing_is_thrown_and_nothing_grows(
            @ForAll long seed) {
        var dice = new SplittableRandom(seed);
        var room = new Slots();
        var victim = new Streams(Bytes.utf8("peer"), room, service -> service == 2,
                new SplittableRandom(1));
        victim.by(new Path.Direct(Net.at(1)), T);
        var now = T;
        for (int i = 0; i < 300; i++) {
            var bytes = FRAMES.get(dice.nextInt(FRAMES.size())).encode();
            for (int turned = dice.nextInt(4); turned > 0; turned--)
                bytes[8 + dice.nextInt(bytes.length - 8)] ^= (byte) (1 << dice.nextInt(8));
            now = now.plusMillis(dice.nextInt(20));
            victim.wake(now);
            try {
                if (Frame.parse(Bytes.wrap(bytes)) instanceof Frame.OfStreams frame)
                    victim.handle(new Streams.Input.Heard(frame), now);
            } catch (SyntaxException expected) {
                // and nothing else may be thrown
            }
            assertThat(room.used()).isLessThanOrEqualTo(2 * Streams.MAX);
        }
    }
}
