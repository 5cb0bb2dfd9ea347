package p2psip.std.rfc3551;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class CodecTest {
    @Property(tries = 100) void samples_of_L16_come_back(@ForAll short[] samples) {
        assertThat(new L16(8000).decode(new L16(8000).encode(samples))).isEqualTo(samples);
    }

    @Test void L16_has_the_high_byte_first() {
        //= rfc3551#4.5.11¶1 two's complement, the most significant byte first
        //= rfc3551#4.3-2 in network byte order
        assertThat(new L16(44_100).encode(new short[] {1, -2, 0x1234}))
                .isEqualTo(Bytes.hex("0001fffe1234").buffer());
    }

    @Test void half_a_sample_is_none() {
        assertThat(new L16(8000).decode(Bytes.hex("123456").buffer()))
                .containsExactly((short) 0x1234);
        assertThat(new L16(8000).decode(Bytes.hex("12").buffer())).isEmpty();
    }

    @Test void time_is_counted_in_samples_of_the_codecs_clock() {
        var second = Duration.ofSeconds(1);
        for (var codec : List.of(G711.PCMA, new L16(8000), new L16(44_100))) {
            assertThat(codec.samples(second)).isEqualTo(codec.clockRate());
            assertThat(codec.ticks(second)).isEqualTo(codec.clockRate());
            assertThat(codec.time(codec.clockRate())).isEqualTo(second);
        }
        assertThat(new L16(44_100).samples(Duration.ofMillis(20))).isEqualTo(882);
    }

    @Test void names_are_those_of_rtpmap() {
        assertThat(List.of(G711.PCMU, G711.PCMA, new L16(8000)).stream().map(Codec::encoding))
                .containsExactly("PCMU", "PCMA", "L16");
    }
}
