import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2833.TelephoneEvent;

/// # Four bytes
///
/// A key that is pressed travels as four bytes: the event, one bit that says whether it is over,
/// one that is not used, six bits of volume, and sixteen bits of duration, the higher byte first.
/// Write them.
///
/// Hint: the bit that says that it is over is the highest of the second byte.
class Exercise9_1 {
    // answer
    byte[] event(int event, boolean end, int volume, int duration) {
        return new byte[] {(byte) event, (byte) ((end ? 0x80 : 0) | volume),   //~ return new byte[] {(byte) event, (byte) ((end ? 1 : 0) | volume << 2),
            (byte) (duration >> 8), (byte) duration};   //~ (byte) duration, (byte) (duration >> 8)};
    }
    // start
    //| byte[] event(int event, boolean end, int volume, int duration) {
    //|     return new byte[4];
    //| }
    // end

    private void check(TelephoneEvent expected) {
        var bytes = event(expected.event(), expected.end(), expected.volume(),
                expected.duration());
        assertThat(TelephoneEvent.parse(ByteBuffer.wrap(bytes))).isEqualTo(expected);
    }

    @Test void while_the_key_is_down() {
        check(new TelephoneEvent(7, false, 10, 160));
    }

    @Test void when_it_is_up() {
        check(new TelephoneEvent(11, true, 10, 800));
    }

    @Test void for_as_long_as_can_be() {
        check(new TelephoneEvent(0, true, 63, 65_535));
    }
}
