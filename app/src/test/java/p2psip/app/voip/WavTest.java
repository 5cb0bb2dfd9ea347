package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WavTest {
    private static short[] samples(byte[] file) { return Wav.parse(file).samples(); }

    private static byte[] file(int... samples) {
        var all = new short[samples.length];
        for (int i = 0; i < all.length; i++) all[i] = (short) samples[i];
        return Wav.encode(8000, all);
    }

    @Property(tries = 100) void what_is_written_is_read(@ForAll @Size(max = 100) short[] samples) {
        assertThat(samples(Wav.encode(8000, samples))).isEqualTo(samples);
    }

    @Test void the_rate_is_that_of_the_file() {
        assertThat(Wav.parse(Wav.encode(48_000, new short[2])).rate()).isEqualTo(48_000);
    }

    @Test void two_channels_are_heard_as_one() {
        assertThat(samples(Wav.encode(8000, new short[] {10, 20}, new short[] {30, -20})))
                .containsExactly(20, 0);
    }

    @Test void G711_is_understood() {
        var file = ByteBuffer.wrap(file(0, 0)).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(20, (short) 7).putShort(34, (short) 8).put(44, (byte) 0xce);
        assertThat(samples(file.array())).startsWith(988);
        file.putShort(20, (short) 6);
        assertThat(samples(file.array())).hasSize(4);
    }

    @Test void other_chunks_are_skipped() {
        var file = ByteBuffer.wrap(file(1, -2)).order(ByteOrder.LITTLE_ENDIAN);
        var with = ByteBuffer.allocate(file.capacity() + 12).order(ByteOrder.LITTLE_ENDIAN);
        with.put(file.slice(0, 36)).put("LIST".getBytes()).putInt(3).put(new byte[4])
                .put(file.slice(36, file.capacity() - 36));
        assertThat(samples(with.array())).containsExactly(1, -2);
    }

    @Test void truncated_anywhere_it_is_refused_or_shorter() {
        var file = file(1, 2, 3);
        for (int i = 0; i < file.length; i++) {
            var cut = Arrays.copyOf(file, i);
            if (i < 44) assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(cut));
            else assertThat(samples(cut)).hasSize((i - 44) / 2);
        }
    }

    @Property(tries = 1000) void nonsense_is_refused(@ForAll @Size(max = 60) byte[] tail) {
        var file = ByteBuffer.allocate(12 + tail.length);
        file.put(file(), 0, 12).put(tail);
        try {
            Wav.parse(file.array());
        } catch (IllegalArgumentException expected) {
            // and nothing else may be thrown
        }
    }

    @Test void other_formats_are_named() {
        var surround = file(0, 0);
        surround[22] = 6;
        assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(surround))
                .withMessageContaining("6 channels").withMessageContaining("sox");
        var fine = file(0, 0);
        fine[34] = 24;
        assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(fine))
                .withMessageContaining("24 bits");
    }

    @Test void sound_without_a_format_is_refused() {
        var file = ByteBuffer.wrap(file(1)).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(12, 0x20202020);
        assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(file.array()))
                .withMessageContaining("format");
    }
}
