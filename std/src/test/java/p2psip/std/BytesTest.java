package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Property void bytes_are_what_the_array_was(@ForAll byte[] array, @ForAll byte[] other) {
        var bytes = Bytes.copyOf(array);
        assertThat(bytes.toArray()).isEqualTo(array);
        assertThat(bytes.size()).isEqualTo(array.length);
        assertThat(bytes.isEmpty()).isEqualTo(array.length == 0);
        assertThat(Bytes.from(bytes.buffer())).isEqualTo(bytes);
        assertThat(Bytes.hex(bytes.hex())).isEqualTo(bytes).hasSameHashCodeAs(bytes);
        assertThat(bytes.equals(Bytes.copyOf(other))).isEqualTo(Arrays.equals(array, other));
        for (int i = 0; i < array.length; i++) assertThat(bytes.at(i)).isEqualTo(array[i]);
    }

    @Property void a_slice_is_a_part(@ForAll byte[] array,
            @ForAll @Size(max = 3) List<@Size(2) char[]> cuts) {
        var slice = Bytes.copyOf(array);
        var part = array;
        for (var cut : cuts) {
            int a = cut[0] % (part.length + 1), b = cut[1] % (part.length + 1);
            slice = slice.slice(Math.min(a, b), Math.max(a, b));
            part = Arrays.copyOfRange(part, Math.min(a, b), Math.max(a, b));
            assertSame(slice, Bytes.copyOf(part));
        }
    }

    private static void assertSame(Bytes slice, Bytes whole) {
        assertThat(slice).isEqualTo(whole).hasSameHashCodeAs(whole).hasToString(whole.toString());
        assertThat(slice.size()).isEqualTo(whole.size());
        assertThat(slice.isEmpty()).isEqualTo(whole.isEmpty());
        assertThat(slice.hex()).isEqualTo(whole.hex());
        assertThat(slice.utf8()).isEqualTo(whole.utf8());
        assertThat(slice.toArray()).isEqualTo(whole.toArray());
        assertThat(slice.buffer()).isEqualTo(whole.buffer());
        assertThat(slice.buffer().position()).isZero();
        assertThat(slice.to(ByteBuffer.allocate(slice.size())).flip()).isEqualTo(whole.buffer());
        assertThat(IntStream.range(0, slice.size()).map(slice::at))
                .containsExactlyElementsOf(IntStream.range(0, whole.size()).map(whole::at).boxed()
                        .toList());
        var copied = new byte[slice.size() + 1];
        slice.copy(0, slice.size(), copied, 1);
        assertThat(Arrays.copyOfRange(copied, 1, copied.length)).isEqualTo(whole.toArray());
        assertThat(slice.<byte[], RuntimeException>lend((lent, begin, size) ->
                Arrays.copyOfRange(lent, begin, begin + size))).isEqualTo(whole.toArray());
        assertThatThrownBy(() -> slice.at(slice.size()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, slice.size() + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.copy(0, slice.size() + 1, copied, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property void a_slice_keeps_at_most_as_much_again(
            @ForAll byte[] array, @ForAll @Size(max = 3) List<@Size(2) char[]> cuts) {
        var slice = Bytes.copyOf(array);
        for (var cut : cuts) {
            int a = cut[0] % (slice.size() + 1), b = cut[1] % (slice.size() + 1);
            slice = slice.slice(Math.min(a, b), Math.max(a, b));
            assertThat(slice.<Integer, RuntimeException>lend((lent, _, _) -> lent.length))
                    .isLessThanOrEqualTo(2 * slice.size());
        }
    }

    @Test void the_next_of_a_buffer_are_taken_from_it() {
        var bytes = Bytes.hex("0102030405");
        var in = bytes.buffer();
        assertThat(bytes.next(in, 1)).isEqualTo(Bytes.hex("01"));
        assertThat(bytes.next(in, 3)).isEqualTo(Bytes.hex("020304"));
        assertThatThrownBy(() -> bytes.next(in, 2)).isInstanceOf(BufferUnderflowException.class);
        assertThat(bytes.rest(in)).isEqualTo(Bytes.hex("05"));
        assertThat(bytes.rest(in)).isEqualTo(Bytes.EMPTY);
    }

    @Test void nothing_can_change_them() {
        var array = new byte[] {1, 2, 3};
        var bytes = Bytes.copyOf(array);
        array[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.hex("010203"));
        assertThatThrownBy(() -> bytes.buffer().put((byte) 9))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test void a_buffer_is_read_to_its_limit() {
        var buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
        assertThat(Bytes.from(buffer)).isEqualTo(Bytes.hex("0203"));
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test void text_goes_in_and_comes_out_and_what_is_no_text_is_marked() {
        assertThat(Bytes.utf8("h\u00e9").hex()).isEqualTo("68c3a9");
        assertThat(Bytes.utf8("h\u00e9").utf8()).isEqualTo("h\u00e9");
        assertThat(Bytes.hex("68ffe282c3a9").utf8()).isEqualTo("h\udcff\udce2\udc82\u00e9");
    }

    /// Of ASCII, of parts of longer sequences, and of characters that need four bytes.
    @Provide Arbitrary<byte[]> octets() {
        return Arbitraries.of("41", "c3a9", "f09f9880", "efbfbd", "edb280", "c3", "e282", "f09f",
                "ff", "00", "80", "c080").list().ofMaxSize(12)
                .map(parts -> HexFormat.of().parseHex(String.join("", parts)));
    }

    @Property void any_octets_survive_as_text(@ForAll("octets") byte[] array) {
        assertThat(Bytes.utf8(Bytes.copyOf(array).utf8()).toArray()).isEqualTo(array);
    }

    @Property void random_octets_survive_as_text(@ForAll byte[] array) {
        assertThat(Bytes.utf8(Bytes.copyOf(array).utf8()).toArray()).isEqualTo(array);
    }

    @Property void text_survives_as_octets(@ForAll String any) {
        var text = any.replaceAll("[\\ud800-\\udfff]", "?");
        assertThat(Bytes.utf8(text).utf8()).isEqualTo(text);
    }

    @Test void printed_they_do_not_tell_all() {
        assertThat(Bytes.hex("00112233445566778899")).hasToString("10 bytes 0011223344556677");
        assertThat(Bytes.EMPTY).hasToString("0 bytes");
    }
}
