package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    @Property void a_slice_is_a_part(@ForAll byte[] array, @ForAll char one, @ForAll char other) {
        int a = one % (array.length + 1), b = other % (array.length + 1);
        int from = Math.min(a, b), to = Math.max(a, b);
        assertThat(Bytes.copyOf(array).slice(from, to).toArray())
                .isEqualTo(Arrays.copyOfRange(array, from, to));
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
