package p2psip.std.rfc6455;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.Bytes;

/// The bytes of frames.
class FrameTest {
    private static final int MOST = 70_000;

    private static Optional<Frame> next(Bytes bytes, boolean masked) {
        return Frame.next(bytes.buffer(), masked, MOST);
    }

    /// The examples of section 5.7.
    @ParameterizedTest
    @CsvSource({"810548656c6c6f, false, true, TEXT, Hello",
            "818537fa213d7f9f4d5158, true, true, TEXT, Hello",
            "010348656c, false, false, TEXT, Hel", "80026c6f, false, true, CONTINUATION, lo",
            "890548656c6c6f, false, true, PING, Hello",
            "8a8537fa213d7f9f4d5158, true, true, PONG, Hello"})
    void the_examples_of_the_rfc(
            String hex, boolean masked, boolean last, String opcode, String text) {
        var frame = new Frame(last, Opcode.valueOf(opcode), Bytes.utf8(text));
        //= rfc6455#6.2-7 a server removes the mask
        assertThat(next(Bytes.hex(hex), masked)).contains(frame);
        //= rfc6455#5.3-1 a masked frame has the bit, and the key
        assertThat((masked ? frame.encode(0x37fa213d) : frame.encode()).hex()).isEqualTo(hex);
    }

    //= rfc6455#5.2-6 the minimal number of bytes for the length
    @ParameterizedTest
    @CsvSource({"0, 8200", "125, 827d", "126, 827e007e", "65535, 827effff",
            "65536, 827f0000000000010000"})
    void a_length_has_as_few_bytes_as_it_needs(int size, String head) {
        var frame = new Frame(true, Opcode.BINARY, Bytes.wrap(new byte[size]));
        assertThat(frame.encode().hex()).startsWith(head);
        assertThat(frame.encode().size()).isEqualTo(head.length() / 2 + size);
        assertThat(next(frame.encode(), false)).contains(frame);
    }

    //= rfc6455#5.2-2 the reserved bits are 0 where no extension is negotiated
    @Property void what_was_sent_is_read(@ForAll boolean last, @ForAll boolean text,
            @ForAll byte[] bytes, @ForAll boolean masked, @ForAll int key) {
        var frame = new Frame(last, text ? Opcode.TEXT : Opcode.CONTINUATION, Bytes.wrap(bytes));
        var sent = masked ? frame.encode(key) : frame.encode();
        assertThat(next(sent, masked)).contains(frame);
        assertThat(sent.at(0) & 0x70).isZero();
    }

    @Property void cut_anywhere_it_is_waited_for(@ForAll byte[] bytes,
            @ForAll @IntRange(min = 0, max = 400) int at) {
        var sent = new Frame(true, Opcode.BINARY, Bytes.wrap(bytes)).encode(7);
        var in = sent.slice(0, Math.min(at, sent.size() - 1)).buffer();
        assertThat(Frame.next(in, true, MOST)).isEmpty();
        assertThat(in.position()).isZero();
    }

    @Test void a_buffer_is_left_behind_the_frame() {
        var in = Bytes.hex("8101418101428101").buffer();
        assertThat(Frame.next(in, false, MOST).orElseThrow().payload()).isEqualTo(Bytes.utf8("A"));
        assertThat(Frame.next(in, false, MOST).orElseThrow().payload()).isEqualTo(Bytes.utf8("B"));
        assertThat(Frame.next(in, false, MOST)).isEmpty();
        assertThat(in.remaining()).isEqualTo(2);
    }

    //= rfc6455#5.2-3,4 a nonzero reserved bit, an unknown opcode
    //= rfc6455#5.2-5 the most significant bit of a length in 8 bytes
    //= rfc6455#5.5-1 control frames: not fragmented, 125 bytes or less
    @ParameterizedTest
    @CsvSource({"c100, false, 1002, a reserved bit is set", "a100, false, 1002, a reserved bit",
            "9100, false, 1002, a reserved bit", "8300, false, 1002, opcode 3 is not known",
            "8b00, false, 1002, opcode 11 is not known", "8100, true, 1002, not masked",
            "8180, false, 1002, masked", "0900, false, 1002, PING is cut or too long",
            "887e, false, 1002, CLOSE is cut or too long", "8a7f, false, 1002, PONG is cut",
            "827e007d, false, 1002, a length in more bytes than it needs",
            "827f000000000000ffff, false, 1002, a length in more bytes than it needs",
            "827f8000000000000000, false, 1002, a length of more than 63 bits",
            "827f0000000000011171, false, 1009, 70001 bytes of 70000",
            "827f7fffffffffffffff, false, 1009, 9223372036854775807 bytes of 70000"})
    void what_is_wrong_is_told_as_soon_as_it_is_seen(
            String hex, boolean masked, int code, String why) {
        assertThatThrownBy(() -> next(Bytes.hex(hex), masked))
                .isInstanceOfSatisfying(SyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }

    @Test void none_is_made_that_may_not_be() {
        assertThatThrownBy(() -> new Frame(false, Opcode.PING, Bytes.EMPTY))
                .isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> new Frame(true, Opcode.PONG, Bytes.wrap(new byte[126])))
                .isInstanceOf(SyntaxException.class);
        assertThat(new Frame(true, Opcode.PONG, Bytes.wrap(new byte[125])).encode().size())
                .isEqualTo(127);
    }

    //= rfc6455#10.4-1 the frame size has its limit, and the largest is within it
    @Test void the_largest_is_read() {
        var largest = new Frame(true, Opcode.BINARY, Bytes.wrap(new byte[MOST]));
        assertThat(next(largest.encode(), false)).contains(largest);
        var larger = new Frame(true, Opcode.BINARY, Bytes.wrap(new byte[MOST + 1])).encode();
        assertThatThrownBy(() -> next(larger, false)).isInstanceOf(SyntaxException.class);
    }

    @Property void nonsense_is_refused_or_waited_for(
            @ForAll byte[] bytes, @ForAll boolean masked) {
        try {
            Frame.next(ByteBuffer.wrap(bytes), masked, MOST);
        } catch (SyntaxException e) {
            assertThat(CloseCode.maySay(e.code())).isTrue();
        }
    }
}
