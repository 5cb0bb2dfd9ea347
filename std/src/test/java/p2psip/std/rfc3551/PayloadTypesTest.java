package p2psip.std.rfc3551;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class PayloadTypesTest {

    /// Tables 4 and 5, as IANA's registry has them.
    @Test void the_numbers_mean_what_the_tables_say() {
        assertThat(PayloadTypes.all().stream().map(e -> e.payloadType() + " " + e.name() + "/"
                + e.clockRate() + (e.channels() == 1 ? "" : "/" + e.channels()) + " "
                + e.media().charAt(0)).collect(Collectors.joining("\n"))).isEqualTo("""
                0 PCMU/8000 a
                3 GSM/8000 a
                4 G723/8000 a
                5 DVI4/8000 a
                6 DVI4/16000 a
                7 LPC/8000 a
                8 PCMA/8000 a
                9 G722/8000 a
                10 L16/44100/2 a
                11 L16/44100 a
                12 QCELP/8000 a
                13 CN/8000 a
                14 MPA/90000 a
                15 G728/8000 a
                16 DVI4/11025 a
                17 DVI4/22050 a
                18 G729/8000 a
                25 CelB/90000 v
                26 JPEG/90000 v
                28 nv/90000 v
                31 H261/90000 v
                32 MPV/90000 v
                33 MP2T/90000 v
                34 H263/90000 v""");
    }

    //= rfc3551#3¶6 the dynamic numbers mean nothing by themselves
    @Test void dynamic_and_reserved_numbers_mean_nothing() {
        assertThat(IntStream.of(1, 2, 19, 24, 35, 72, 95, 96, 101, 127, 128, -1)
                .filter(n -> PayloadTypes.of(n).isPresent())).isEmpty();
        //= rfc3551#3-2 dynamic ones are 96 to 127
        assertThat(List.of(PayloadTypes.FIRST_DYNAMIC, PayloadTypes.LAST_DYNAMIC))
                .containsExactly(96, 127);
        assertThat(PayloadTypes.of(0)).map(PayloadTypes.Encoding::name).contains("PCMU");
    }
}
