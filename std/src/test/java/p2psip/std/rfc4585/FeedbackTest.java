package p2psip.std.rfc4585;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4585.Feedback.*;
import p2psip.std.rfc4585.Feedback.GenericNack.Loss;
import p2psip.std.rfc4585.Feedback.SliceLoss.Slice;

class FeedbackTest {
    private static final long ME = 0xdeadbeefL, THEM = 0xcafebabeL;
    private static final String SSRCS = "deadbeefcafebabe";

    private static String wire(Feedback message) {
        return CompoundPacket.encode(List.of(message.packet())).hex();
    }

    private static final Map<Feedback, String> MESSAGES = Map.of(
            new GenericNack(ME, THEM, List.of(new Loss(0xfffe, 0x8001), new Loss(7, 0))),
            "81cd0004" + SSRCS + "fffe8001" + "00070000",
            new PictureLoss(ME, THEM), "81ce0002" + SSRCS,
            new SliceLoss(ME, THEM, List.of(new Slice(1, 2, 3), new Slice(0x1fff, 0x1fff, 63))),
            "82ce0004" + SSRCS + "00080083" + "ffffffff",
            new ReferencePicture(ME, THEM, 96, Bytes.hex("aabbcc"), 5),
            "83ce0004" + SSRCS + "1d60aabbcc000000",
            new ApplicationFeedback(ME, THEM, Bytes.hex("01020304")),
            "8fce0003" + SSRCS + "01020304",
            new OtherFeedback(Feedback.TRANSPORT, 15, ME, THEM, Bytes.hex("01020304")),
            "8fcd0003" + SSRCS + "01020304");

    //= rfc4585#6.1-1 all have the common format
    //= rfc4585#6.2.1-4 the length of a NACK is 2+n
    //= rfc4585#6.3.2.2-1 and of an SLI 2+n
    @Test void messages_bit_by_bit() {
        //= rfc4585#6.3.1.2-1 of a PLI 2, without any Feedback Control Information
        //= rfc4585#6.3.1-1 exactly one PLI
        MESSAGES.forEach((message, hex) -> {
            assertThat(wire(message)).isEqualTo(hex);
            assertThat(CompoundPacket.parseReducedSize(Bytes.hex(hex).buffer()))
                    .extracting(Feedback::parse).containsExactly(Optional.of(message));
        });
    }

    //= rfc4585#6.3.3.2-1 a bit that is zero upon transmission and ignored upon reception
    //= rfc4585#6.3.3.2-2 the payload type of the bit string
    //= rfc4585#6.3.3.2-3 the padding bits are indicated by PB
    @Test void a_reference_picture_with_padding() {
        //= rfc4585#6.3.3-1 exactly one RPSI, which has all of the packet
        for (var hex : List.of("1d60aabbcc000000", "1de0aabbcc000000"))
            assertThat(read(Feedback.PAYLOAD, 3, SSRCS + hex))
                    .contains(new ReferencePicture(ME, THEM, 96, Bytes.hex("aabbcc"), 5));
    }

    private static Optional<Feedback> read(int type, int format, String hex) {
        return Feedback.parse(new RtcpPacket.Unknown(type, format, Bytes.hex(hex)));
    }

    //= rfc4585#6.2.1-1 no Generic NACK without an entry
    //= rfc4585#6.3.2-1 nor an SLI
    //= rfc4585#4.2-17 what cannot be understood is discarded silently
    @Test void what_is_not_as_it_should_be_is_none() {
        //= rfc4585#6.1-4 no packet without a message
        assertThat(read(Feedback.TRANSPORT, 1, SSRCS)).isEmpty();
        assertThat(read(Feedback.PAYLOAD, 2, SSRCS)).isEmpty();
        assertThat(read(Feedback.PAYLOAD, 3, SSRCS)).isEmpty();
        assertThat(read(Feedback.PAYLOAD, 3, SSRCS + "10600000")).isEmpty();
        assertThat(read(Feedback.PAYLOAD, 1, "deadbeef")).isEmpty();
        //= rfc4585#6.4-1 one application message: all that is in the packet
        assertThat(read(Feedback.PAYLOAD, 15, SSRCS + "0102030405060708")).contains(
                new ApplicationFeedback(ME, THEM, Bytes.hex("0102030405060708")));
        assertThat(read(204, 1, SSRCS)).isEmpty();
        assertThat(read(Feedback.TRANSPORT, 1, SSRCS + "00010000".repeat(65))).isEmpty();
        assertThat(Feedback.parse(new RtcpPacket.Bye(List.of(), ""))).isEmpty();
        assertThatThrownBy(() -> new GenericNack(1, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SliceLoss(1, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        //= rfc4585#6.4-3 data of an application is 32-bit aligned
        assertThatThrownBy(() -> new ApplicationFeedback(1, 2, Bytes.hex("010203")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300) void nonsense_is_a_message_or_none(
            @ForAll @IntRange(min = 200, max = 210) int type,
            @ForAll @IntRange(max = 31) int format, @ForAll @Size(max = 48) byte[] bytes) {
        var body = Bytes.wrap(Arrays.copyOf(bytes, bytes.length & ~3));
        Feedback.parse(new RtcpPacket.Unknown(type, format, body)).ifPresent(message ->
                assertThat(Feedback.parse(message.packet())).contains(message));
    }

    @net.jqwik.api.Provide Arbitrary<List<Integer>> losses() {
        return Arbitraries.integers().between(65_500, 65_700).map(n -> n & 0xffff).list()
                .uniqueElements().ofMinSize(1).ofMaxSize(40);
    }

    //= rfc4585#6.2.1-3 a bit of 0 says nothing: exactly those are named that are missed
    @Property(tries = 60) void losses_are_named_and_no_others(
            @ForAll("losses") List<Integer> lost) {
        var nack = GenericNack.of(1, 2, lost);
        assertThat(nack.sequences()).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(Feedback.parse(nack.packet())).contains(nack);
    }

    @Test void what_one_message_cannot_hold_takes_two() {
        var lost = IntStream.range(0, 100).map(i -> i * 20).boxed().toList();
        assertThat(GenericNack.of(1, 2, lost).losses()).hasSize(Feedback.MAX_ENTRIES);
        var both = List.<Feedback>of(GenericNack.of(1, 2, lost),
                GenericNack.of(1, 2, lost.subList(64, 100)));
        assertThat(Feedback.merged(both).stream().flatMap(m ->
                ((GenericNack) m).sequences().stream())).containsExactlyElementsOf(lost);
    }

    //= rfc4585#3.5.2-2 as few messages as possible
    //= rfc4585#6.1-6 those of the same type, which have the same FMT
    //= rfc4585#6.1-7 and of several types several messages
    @Test void several_become_few() {
        assertThat(Feedback.merged(List.of(GenericNack.of(1, 2, List.of(5)),
                new PictureLoss(1, 2), GenericNack.of(1, 2, List.of(6)),
                GenericNack.of(1, 3, List.of(6)), new PictureLoss(1, 2))))
                .containsExactly(new PictureLoss(1, 2),
                        new GenericNack(1, 2, List.of(new Loss(5, 1))),
                        GenericNack.of(1, 3, List.of(6)));
    }

    @Test void what_covers_what() {
        var two = GenericNack.of(9, 2, List.of(5, 6));
        assertThat(two.covers(GenericNack.of(1, 2, List.of(6)))).isTrue();
        assertThat(two.covers(GenericNack.of(1, 2, List.of(6, 7)))).isFalse();
        assertThat(two.covers(GenericNack.of(1, 3, List.of(6)))).isFalse();
        assertThat(two.covers(new PictureLoss(1, 2))).isFalse();
        var slice = new SliceLoss(1, 2, List.of(new Slice(1, 1, 1)));
        assertThat(new PictureLoss(9, 2).covers(slice)).isTrue();
        assertThat(slice.covers(new PictureLoss(9, 2))).isFalse();
        assertThat(slice.covers(slice)).isTrue();
        var picture = new ReferencePicture(1, 2, 96, Bytes.hex("aa"), 0);
        assertThat(picture.covers(new ReferencePicture(3, 2, 96, Bytes.hex("aa"), 0))).isTrue();
        assertThat(picture.covers(new ReferencePicture(3, 2, 96, Bytes.hex("ab"), 0))).isFalse();
        var own = new ApplicationFeedback(1, 2, Bytes.EMPTY);
        assertThat(own.covers(own)).isFalse();
    }
}
