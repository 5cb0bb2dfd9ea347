package p2psip.std.rfc2833;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload;

/// Tones in packets, and the example of section 5, which has them beside an event.
class TelephoneToneTest {
    private static Bytes encoded(TelephoneTone tone) {
        var out = ByteBuffer.allocate(4 + 2 * tone.frequencies().size());
        tone.encode(out);
        return Bytes.from(out.flip());
    }

    /// RFC 2833 §5: ringing, in the second time that it sounds.
    @Test void a_ring_its_pause_and_its_tone_in_one_packet() {
        var bytes = Bytes.hex("e2" + "fffc04" + "e1" + "fffc08" + "61" + "46006edf"
                + "003f3fff" + "00000000" + "00052ee0" + "01b801e0");
        var payload = RedundantPayload.parse(bytes.buffer());
        assertThat(payload.redundant()).extracting(RedundantPayload.Block::offset)
                .containsExactly(16383, 16383);
        assertThat(TelephoneEvent.parse(payload.redundant().getFirst().data().buffer()))
                .isEqualTo(new TelephoneEvent(70, false, 0, 28_383));
        var pause = TelephoneTone.parse(payload.redundant().getLast().data().buffer());
        assertThat(pause).isEqualTo(new TelephoneTone(0, false, 63, 16_383, List.of(0, 0)));
        var tone = TelephoneTone.parse(payload.primary().data().buffer());
        assertThat(tone).isEqualTo(new TelephoneTone(0, false, 5, 12_000, List.of(440, 480)));
        assertThat(encoded(tone)).isEqualTo(payload.primary().data());
        assertThat(payload.encode()).isEqualTo(bytes);
    }

    @Test void modulation_by_thirds() {
        var tone = new TelephoneTone(50, true, 10, 80, List.of(425));
        assertThat(encoded(tone)).isEqualTo(Bytes.hex("194a005001a9"));
        assertThat(TelephoneTone.parse(encoded(tone).buffer()).modulationHertz())
                .isEqualTo(50 / 3.0);
    }

    @Property(tries = 200) void what_is_encoded_is_read(@ForAll @IntRange(max = 511) int modulation,
            @ForAll boolean third, @ForAll @IntRange(max = 63) int volume,
            @ForAll @IntRange(max = 65_535) int duration,
            @ForAll @Size(max = 8) List<@IntRange(max = 4095) Integer> frequencies) {
        var tone = new TelephoneTone(modulation, third, volume, duration, frequencies);
        assertThat(TelephoneTone.parse(encoded(tone).buffer())).isEqualTo(tone);
    }

    //= rfc2833#4.4-1 the reserved bits are ignored
    //= rfc4733#4.3.3-2 by the receiver; the sender sets them to zero
    @Test void reserved_bits_are_ignored() {
        assertThat(TelephoneTone.parse(Bytes.hex("00050050f1b8").buffer()).frequencies())
                .containsExactly(440);
        assertThat(encoded(new TelephoneTone(0, false, 5, 80, List.of(4095))).at(4) & 0xf0)
                .isZero();
    }

    @Test void what_is_cut_short_is_none_and_of_too_much_the_first_is_read() {
        for (int size = 0; size < 4; size++) {
            var cut = ByteBuffer.allocate(size);
            assertThatThrownBy(() -> TelephoneTone.parse(cut)).isInstanceOf(SyntaxException.class);
        }
        assertThat(TelephoneTone.parse(ByteBuffer.allocate(5)).frequencies()).isEmpty();
        assertThat(TelephoneTone.parse(ByteBuffer.allocate(100)).frequencies())
                .hasSize(TelephoneTone.MAX_FREQUENCIES);
    }
}
