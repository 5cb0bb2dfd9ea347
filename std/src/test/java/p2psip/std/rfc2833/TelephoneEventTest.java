package p2psip.std.rfc2833;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class TelephoneEventTest {

    /// The example of RFC 2833 §3.8: 9, 1 and 1, of which the last still lasts.
    @Test void payloads_of_the_example() {
        for (var line : List.of("0987 0640 9 true 7 1600", "018a 07d0 1 true 10 2000",
                "0114 0190 1 false 20 400")) {
            var f = line.split(" ");
            var wire = Bytes.hex(f[0] + f[1]);
            var event = new TelephoneEvent(Integer.parseInt(f[2]), Boolean.parseBoolean(f[3]),
                    Integer.parseInt(f[4]), Integer.parseInt(f[5]));
            assertThat(TelephoneEvent.parse(wire.buffer())).isEqualTo(event);
            assertThat(encoded(event)).isEqualTo(wire);
        }
    }

    private static Bytes encoded(TelephoneEvent event) {
        var out = ByteBuffer.allocate(TelephoneEvent.SIZE);
        event.encode(out);
        return Bytes.from(out.flip());
    }

    @Property void what_is_encoded_is_parsed(@ForAll @IntRange(max = 255) int event,
            @ForAll boolean end, @ForAll @IntRange(max = 63) int volume,
            @ForAll @IntRange(max = 0xffff) int duration) {
        var it = new TelephoneEvent(event, end, volume, duration);
        assertThat(TelephoneEvent.parse(encoded(it).buffer())).isEqualTo(it);
    }

    //= rfc2833#3.5-4 the receiver ignores the reserved bit
    //= rfc4733#2.3.3-1 and the sender sets it to zero
    @Property void any_four_bytes_are_an_event(@ForAll int bits) {
        var wire = ByteBuffer.allocate(4).putInt(bits).flip();
        var event = TelephoneEvent.parse(wire);
        assertThat(encoded(event).buffer().getInt()).isEqualTo(bits & ~0x40_0000);
    }

    @Test void fewer_bytes_are_refused_and_more_are_left() {
        for (int size = 0; size < 4; size++) {
            var cut = ByteBuffer.allocate(size);
            assertThatThrownBy(() -> TelephoneEvent.parse(cut)).isInstanceOf(SyntaxException.class);
        }
        var long_ = ByteBuffer.allocate(9);
        TelephoneEvent.parse(long_);
        assertThat(long_.remaining()).isEqualTo(5);
        assertThatThrownBy(() -> new TelephoneEvent(1, false, 0, 0x1_0000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    //= rfc2833#3.3-1 the events of the table: sixteen keys
    //= rfc2833#6.1-1 all of which everybody supports
    @Test void keys_and_events() {
        assertThat("0123456789*#ABCD".chars().map(c -> Dtmf.event((char) c).orElseThrow()))
                .containsExactly(IntStream.range(0, 16).boxed().toArray(Integer[]::new));
        assertThat(Dtmf.event('d')).hasValue(15);
        assertThat(Dtmf.event('x')).isEmpty();
        assertThat(Dtmf.key(10)).contains('*');
        assertThat(Dtmf.key(Dtmf.FLASH)).isEmpty();
        assertThat(Dtmf.key(-1)).isEmpty();
    }
}
