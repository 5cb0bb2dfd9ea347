package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WavTest {
    @Property(tries = 100) void what_is_written_is_read(@ForAll @Size(max = 100) short[] samples) {
        assertThat(Wav.parse(Wav.encode(samples))).isEqualTo(samples);
    }

    @Test void other_chunks_are_skipped() {
        var file = ByteBuffer.wrap(Wav.encode(new short[] {1, -2})).order(ByteOrder.LITTLE_ENDIAN);
        var with = ByteBuffer.allocate(file.capacity() + 12).order(ByteOrder.LITTLE_ENDIAN);
        with.put(file.slice(0, 36)).put("LIST".getBytes()).putInt(3).put(new byte[4])
                .put(file.slice(36, file.capacity() - 36));
        assertThat(Wav.parse(with.array())).containsExactly(1, -2);
    }

    @Test void truncated_anywhere_it_is_refused_or_shorter() {
        var file = Wav.encode(new short[] {1, 2, 3});
        for (int i = 0; i < file.length; i++) {
            var cut = Arrays.copyOf(file, i);
            if (i < 44) assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(cut));
            else assertThat(Wav.parse(cut)).hasSize((i - 44) / 2);
        }
    }

    @Property(tries = 1000) void nonsense_is_refused(@ForAll @Size(max = 60) byte[] tail) {
        var file = ByteBuffer.allocate(12 + tail.length);
        file.put(Wav.encode(new short[0]), 0, 12).put(tail);
        try {
            Wav.parse(file.array());
        } catch (IllegalArgumentException expected) {
            // and nothing else may be thrown
        }
    }

    @Test void other_formats_are_named() {
        var stereo = Wav.encode(new short[2]);
        stereo[22] = 2;
        assertThatIllegalArgumentException().isThrownBy(() -> Wav.parse(stereo))
                .withMessageContaining("2 channels").withMessageContaining("sox");
    }
}
