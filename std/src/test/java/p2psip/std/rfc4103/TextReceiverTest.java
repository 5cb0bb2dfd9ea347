package p2psip.std.rfc4103;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc2198.RedundantPayload.Block;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.SequenceNumber;
import p2psip.std.rfc4103.TextReceiver.Input.Received;

/// What becomes of packets that are late, lost, doubled or made by somebody who means harm.
class TextReceiverTest {
    private static final TextFormat RED = TextLine.RED;
    private static final String LOST = T140.MISSING;

    private final TextReceiver receiver = new TextReceiver(RED);

    /// @param blocks the oldest first, 300 ms apart
    private static RtpPacket packet(int number, long timestamp, boolean marker, String... blocks) {
        return raw(number, timestamp, marker, Arrays.stream(blocks).map(Bytes::utf8).toList());
    }

    private static RtpPacket raw(int number, long timestamp, boolean marker, List<Bytes> blocks) {
        var redundant = IntStream.range(0, blocks.size() - 1).mapToObj(i -> new Block(98,
                300 * (blocks.size() - 1 - i), blocks.get(i))).toList();
        return of(number, timestamp, marker, 100, new RedundantPayload(redundant,
                new Block(98, 0, blocks.getLast())).encode());
    }

    private static RtpPacket of(int number, long timestamp, boolean marker, int type,
            Bytes payload) {
        return RtpPacket.of(marker, type, new SequenceNumber(number & 0xffff), timestamp, 7,
                payload);
    }

    private String hear(long at, RtpPacket packet) {
        return TextLine.text(receiver.handle(new Received(packet), Instant.ofEpochMilli(at)));
    }

    private String wake(long at) {
        return TextLine.text(receiver.wake(Instant.ofEpochMilli(at)));
    }

    //= rfc4103#4.2¶3 the numbers of redundant blocks are inferred by counting backwards
    @Test void what_was_lost_is_found_in_the_next_packet() {
        assertThat(hear(0, packet(65_535, 0, true, "a"))).isEqualTo("a");
        assertThat(hear(900, packet(2, 900, false, "b", "c", "d"))).isEqualTo("bcd");
        assertThat(hear(1200, packet(3, 1200, false, "c", "d", ""))).isEmpty();
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc4103#5.4-1,2,3 kept in a buffer for a second while the missing packet may arrive
    @Test void a_late_packet_is_waited_for() {
        hear(0, packet(10, 0, true, "a"));
        assertThat(hear(1500, packet(15, 1500, false, "d", "e", "f"))).isEmpty();
        hear(1550, packet(15, 1500, false, "d", "e", "f"));   // again: nothing new
        assertThat(receiver.deadline()).isEqualTo(Instant.ofEpochMilli(2500));
        //= rfc4103#5.4¶2 consecutive blocks from the leading edge are consumed
        assertThat(hear(1600, packet(11, 300, false, "a", "b"))).isEqualTo("b");
        assertThat(wake(2499)).isEmpty();
        assertThat(hear(2499, packet(12, 600, false, "a", "b", "c"))).isEqualTo("cdef");
    }

    //= rfc4103#5.3-1,2,3 a gap in the sequence is loss: a marker for each missing block
    @Test void what_does_not_come_in_a_second_is_marked() {
        hear(0, packet(10, 0, true, "a"));
        hear(1500, packet(15, 1500, false, "d", "e", "f"));
        assertThat(wake(2500)).isEqualTo(LOST + LOST + "def");
        assertThat(hear(2600, packet(12, 600, false, "a", "b", "c"))).isEmpty();
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void a_second_gap_has_its_own_second() {
        hear(0, packet(10, 0, true, "a"));
        hear(1000, packet(12, 1000, false, "c"));
        hear(1600, packet(14, 1600, false, "e"));
        assertThat(wake(2000)).isEqualTo(LOST + "c");
        assertThat(receiver.deadline()).isEqualTo(Instant.ofEpochMilli(2600));
        assertThat(hear(2600, packet(15, 2600, false, "f"))).isEqualTo(LOST + "ef");
    }

    @Test void nothing_is_heard_twice() {
        var packets = List.of(packet(10, 0, true, "a"), packet(11, 300, false, "a", "b"));
        assertThat(packets.stream().flatMap(p -> Stream.of(p, p, packets.getFirst()))
                .map(p -> hear(400, p)).collect(Collectors.joining())).isEqualTo("ab");
    }

    //= rfc4103#5.3-5 each excluded level counts as an empty block
    @Test void blocks_too_old_to_be_sent_are_no_loss() {
        hear(0, packet(10, 0, true, "", "", "\ufeffa"));
        assertThat(hear(20_000, packet(13, 20_000, true, "b"))).isEqualTo("b");
        // what could have been included, and was not, is lost
        assertThat(hear(30_000, packet(16, 30_000, true, "c"))).isEmpty();
        assertThat(wake(31_000)).isEqualTo(LOST + LOST + "c");
        hear(60_000, packet(20, 60_000, true, "d"));
        assertThat(wake(61_000)).isEqualTo(LOST + "d");
    }

    /// What is held says more of the age than what was told.
    @Test void blocks_after_what_is_held_are_judged_by_it() {
        hear(0, packet(10, 0, true, "", "", "\ufeffa"));
        assertThat(hear(20_000, packet(14, 20_000, false, "b"))).isEmpty();
        assertThat(hear(20_900, packet(17, 20_900, false, "c"))).isEmpty();
        assertThat(wake(22_000)).isEqualTo(LOST + "b" + LOST + LOST + "c");
    }

    /// Of two empty blocks lost, one was left out by the second packet after them, which overtook
    /// the first.
    @Test void blocks_left_out_say_nothing_of_time() {
        hear(0, packet(10, 0, true, "", "", "\ufeffa"));
        assertThat(hear(20_300, packet(14, 20_300, false, "b", "c"))).isEmpty();
        assertThat(hear(20_900, packet(13, 20_000, true, "b"))).isEqualTo("bc");
    }

    //= rfc4103#5.3-6 the number of generations of two successive packets is the general level
    @Test void a_peer_may_repeat_less_or_more() {
        hear(0, packet(10, 0, true, "a"));
        hear(300, packet(11, 300, false, "b"));
        assertThat(hear(20_000, packet(13, 20_000, true, "d"))).isEmpty();
        assertThat(wake(21_000)).isEqualTo(LOST + "d");
        hear(21_000, packet(14, 21_000, false, "", "", "", "e"));
        assertThat(hear(41_000, packet(18, 41_000, true, "f"))).isEqualTo("f");
    }

    /// Twice fewer, for twice a block was too old.
    @Test void the_level_is_not_lowered_by_age() {
        hear(0, packet(10, 0, true, "\ufeff", "a", ""));
        hear(16_200, of(11, 16_200, true, 100, new RedundantPayload(
                List.of(new Block(98, 16_200, Bytes.EMPTY)), new Block(98, 0, Bytes.utf8("b")))
                .encode()));
        hear(16_500, packet(12, 16_500, false, "b", "c"));
        assertThat(hear(40_000, packet(15, 40_000, true, "d"))).isEqualTo("d");
    }

    //= rfc4103#3.5-6 with a marker bit it is the first, and nothing is missing before it
    //= rfc4103#5.3-4 without the bit, and without the start of a session, a marker of loss
    @Test void who_comes_late_is_told_so() {
        assertThat(hear(0, packet(10, 0, false, "a", "b", "c"))).isEmpty();
        assertThat(wake(1000)).isEqualTo(LOST + "abc");
        assertThat(new TextReceiver(RED).handle(new Received(
                packet(10, 0, false, T140.BYTE_ORDER_MARK + "a", "b", "c")), Instant.EPOCH))
                .containsExactly(new TextReceiver.Output.Text("abc"));
    }

    @Test void the_first_packet_may_be_overtaken() {
        assertThat(hear(0, packet(11, 300, false, "b"))).isEmpty();
        assertThat(hear(100, packet(10, 0, true, "a"))).isEqualTo("ab");
        var other = new TextReceiver(RED);
        other.handle(new Received(packet(11, 300, false, "b")), Instant.EPOCH);
        // a marker behind says nothing of what is before
        assertThat(other.handle(new Received(packet(14, 9000, true, "", "", "c")), Instant.EPOCH))
                .isEmpty();
        assertThat(TextLine.text(other.wake(Instant.ofEpochSecond(1)))).isEqualTo(LOST + "bc");
    }

    /// The first two packets are lost; the third is later than the fourth, which follows a pause.
    @Test void what_is_behind_a_pause_waits_for_what_is_before() {
        assertThat(hear(900, packet(13, 900, true, "", "", "b"))).isEmpty();
        assertThat(hear(1000, packet(12, 600, false, T140.BYTE_ORDER_MARK + "a", "", "")))
                .isEqualTo("ab");
    }

    //= rfc4103#5.3-4 a marker bit: no false marker of loss
    @Test void after_a_pause_nothing_is_marked() {
        assertThat(hear(0, packet(10, 0, true, "", "", "a"))).isEmpty();
        assertThat(wake(1000)).isEqualTo("a");
        var other = new TextReceiver(RED);
        other.handle(new Received(packet(10, 0, true, "", "", "b")), Instant.EPOCH);
        other.handle(new Received(packet(7, 0, false, "a")), Instant.EPOCH);
        assertThat(TextLine.text(other.wake(Instant.ofEpochSecond(1)))).isEqualTo(LOST + "ab");
    }

    @Test void the_mark_of_the_byte_order_is_not_told() {
        assertThat(hear(0, packet(1, 0, true, "\ufeffa\ufeff"))).isEqualTo("a");
        assertThat(receiver.handle(new Received(packet(2, 0, false, "\ufeff")), Instant.EPOCH))
                .isEmpty();
    }

    @Test void text_without_redundancy() {
        assertThat(hear(0, of(1, 0, true, 98, Bytes.utf8("a")))).isEqualTo("a");
        assertThat(hear(300, of(3, 600, false, 98, Bytes.utf8("c")))).isEmpty();
        assertThat(wake(1300)).isEqualTo(LOST + "c");
    }

    @Test void what_is_not_of_text_is_ignored() {
        hear(0, packet(1, 0, true, "a"));
        assertThat(hear(1, of(2, 300, false, 0, Bytes.utf8("x")))).isEmpty();
        assertThat(hear(1, of(2, 300, false, 100, new RedundantPayload(List.of(),
                new Block(0, 0, Bytes.utf8("x"))).encode()))).isEmpty();
        assertThat(hear(1, of(2, 300, false, 100, new RedundantPayload(Collections.nCopies(9,
                new Block(98, 0, Bytes.EMPTY)), new Block(98, 0, Bytes.utf8("x"))).encode())))
                .isEmpty();
        assertThat(hear(1, of(2, 300, false, 100, Bytes.hex("e2000001")))).isEmpty();
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
        assertThat(new TextReceiver(TextFormat.plain(98)).handle(new Received(
                packet(1, 0, true, "a")), Instant.EPOCH)).isEmpty();
    }

    @Test void half_a_character_is_missing_text() {
        assertThat(hear(0, raw(1, 0, true, List.of(Bytes.hex("61e282"))))).isEqualTo("a" + LOST);
        assertThat(hear(300, raw(2, 300, false, List.of(Bytes.hex("ac62ff63")))))
                .isEqualTo(LOST + "b" + LOST + "c");
        assertThat(hear(600, raw(3, 600, false, List.of(Bytes.hex("c080eda080")))))
                .matches(LOST + "+");
    }

    @Test void a_jump_is_believed_when_the_next_packet_goes_on_there() {
        hear(0, packet(1, 0, true, "a"));
        assertThat(hear(1, packet(30_000, 0, false, "x"))).isEmpty();
        assertThat(hear(300, packet(2, 300, false, "b"))).isEqualTo("b");
        assertThat(hear(2, packet(30_001, 0, false, "x"))).isEmpty();
        hear(700, packet(4, 600, false, "d"));
        assertThat(hear(800, packet(50_000, 9, true, "y"))).isEmpty();
        assertThat(hear(900, packet(50_001, 309, false, "y", "z"))).isEqualTo(
                LOST + "d" + LOST + "yz");
        assertThat(hear(1000, packet(50_002, 609, false, "z", "!"))).isEqualTo("!");
    }

    @Test void no_more_markers_than_a_jump() {
        hear(0, packet(1, 0, true, "a"));
        hear(1, packet(1 + TextReceiver.MAX_JUMP, 0, false, "x"));
        assertThat(wake(1001)).isEqualTo(LOST.repeat(TextReceiver.MAX_JUMP - 1) + "x");
        hear(1001, packet(2 + 2 * TextReceiver.MAX_JUMP + 1, 0, false, "x"));
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc4103#6-2 characters that come at a far higher rate are handled, none is thrown away
    @Test void giant_blocks_do_not_heap_up_behind_a_gap() {
        var much = "x".repeat(30_000);
        hear(0, packet(1, 0, true, "a"));
        assertThat(hear(1, packet(3, 0, false, much))).isEmpty();
        assertThat(hear(1, packet(5, 0, false, much))).isEmpty();
        assertThat(hear(1, packet(7, 0, false, much))).isEqualTo(LOST + much);
        assertThat(hear(1, packet(9, 0, false, much))).isEqualTo(LOST + much);
    }

    @Property(tries = 300) void nonsense_does_no_harm(@ForAll long seed,
            @ForAll @Size(max = 40) byte[] noise) {
        var random = new SplittableRandom(seed);
        var nasty = new TextReceiver(RED);
        long at = 0;
        for (int i = 0; i < 60; i++) {
            at += random.nextInt(700);
            var payload = random.nextBoolean() ? Bytes.copyOf(noise) : Bytes.hex(
                    "e2" + "%06x".formatted(random.nextInt(1 << 24)) + "62" + "6162e282");
            var packet = of(random.nextInt(300), random.nextInt() & 0xffff_ffffL,
                    random.nextBoolean(), random.nextBoolean() ? 98 : 100, payload);
            var out = nasty.handle(new Received(packet), Instant.ofEpochMilli(at));
            assertThat(out).hasSizeLessThanOrEqualTo(1);
            assertThat(TextLine.text(out)).doesNotContain("\ufeff").hasSizeLessThan(5000);
            assertThat(nasty.deadline()).isAfter(Instant.ofEpochMilli(at));
        }
        nasty.wake(Instant.ofEpochMilli(at).plus(TextReceiver.PATIENCE));
        assertThat(nasty.deadline()).isEqualTo(Instant.MAX);
    }
}
