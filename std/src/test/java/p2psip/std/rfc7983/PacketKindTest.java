package p2psip.std.rfc7983;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class PacketKindTest {
    //= rfc7983#7-1 each known range, and a value of none of them is dropped
    //= rfc5764#5.1.2-1 all packet types that may be multiplexed can be demultiplexed
    @Test void every_first_byte() {
        for (int b = 0; b < 256; b++) assertThat(PacketKind.of(b, 0)).as("byte " + b).isEqualTo(
                b < 4 ? PacketKind.STUN : b < 16 ? PacketKind.UNKNOWN : b < 20 ? PacketKind.ZRTP
                : b < 64 ? PacketKind.DTLS : b < 80 ? PacketKind.CHANNEL
                : b < 128 || b > 191 ? PacketKind.UNKNOWN : PacketKind.RTP);
    }

    @Test void rtcp_by_its_second_byte() {
        for (int b = 0; b < 256; b++) assertThat(PacketKind.of(0x80, b)).isEqualTo(
                b >= 192 && b <= 223 ? PacketKind.RTCP : PacketKind.RTP);
    }

    @Test void short_ones() {
        assertThat(PacketKind.of(Bytes.EMPTY)).isEqualTo(PacketKind.UNKNOWN);
        assertThat(PacketKind.of(Bytes.hex("80"))).isEqualTo(PacketKind.RTP);
        assertThat(PacketKind.of(Bytes.hex("80c8"))).isEqualTo(PacketKind.RTCP);
        assertThat(PacketKind.of(Bytes.hex("0001"))).isEqualTo(PacketKind.STUN);
    }
}
