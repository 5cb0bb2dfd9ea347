package p2psip.std.rfc5764;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;

class Rfc5764Test {
    private static final ProtectionProfile CM_80 = ProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
    private static final ProtectionProfile GCM = ProtectionProfile.SRTP_AEAD_AES_128_GCM;

    @Test void numbers_of_the_profiles() {
        assertThat(Arrays.stream(ProtectionProfile.values()).map(ProtectionProfile::value))
                .containsExactly(1, 2, 5, 6, 7, 8);
        for (var profile : ProtectionProfile.values())
            assertThat(ProtectionProfile.of(profile.value())).contains(profile);
        assertThat(ProtectionProfile.of(3)).isEmpty();
    }

    //= rfc5764#4.1.1-1 the client's extension data is a value of profiles and MKI
    //= rfc5764#4.1.1-2,3 the server responds with a single profile
    //= rfc5764#4.1.1-4 that the client has offered
    @Test void the_extension() {
        var offer = UseSrtp.offer(List.of(GCM, CM_80));
        assertThat(offer.encode()).isEqualTo(Bytes.hex("00040007000100"));
        assertThat(UseSrtp.parse(offer.encode())).isEqualTo(offer);
        var answer = offer.answer(List.of(CM_80, GCM)).orElseThrow();
        assertThat(answer.encode()).isEqualTo(Bytes.hex("0002000100"));
        assertThat(offer.agreed(answer)).contains(CM_80);
        //= rfc5764#4.1.1-5 no shared profile, no extension
        assertThat(offer.answer(List.of(ProtectionProfile.SRTP_AEAD_AES_256_GCM))).isEmpty();
    }

    //= rfc5764#4.1.3-4 the server accepts without the MKI, as it may
    //= rfc5764#4.1.3-5 a different MKI aborts the handshake
    @Test void an_mki_is_read_and_not_agreed_to() {
        var offer = UseSrtp.parse(Bytes.hex("000200010401020304"));
        assertThat(offer.mki()).isEqualTo(Bytes.hex("01020304"));
        assertThat(offer.answer(List.of(CM_80)).orElseThrow().mki()).isEqualTo(Bytes.EMPTY);
        assertThat(offer.agreed(UseSrtp.parse(Bytes.hex("000200010401020304")))).contains(CM_80);
        assertThat(offer.agreed(UseSrtp.parse(Bytes.hex("000200010401020305")))).isEmpty();
        assertThat(offer.agreed(UseSrtp.parse(Bytes.hex("0004000100020401020304")))).isEmpty();
        assertThat(offer.agreed(UseSrtp.parse(Bytes.hex("0002000700")))).isEmpty();
    }

    @Test void what_is_cut_short_or_too_long_is_refused() {
        var whole = Bytes.hex("00040007000104aabbccdd");
        for (int size = 0; size < whole.size(); size++) {
            int cut = size;
            assertThatThrownBy(() -> UseSrtp.parse(whole.slice(0, cut)))
                    .isInstanceOf(SyntaxException.class);
        }
        for (var bad : List.of("0000" + "00", "0003" + "000700" + "00",
                "00030007000100", "000200070000"))
            assertThatThrownBy(() -> UseSrtp.parse(Bytes.hex(bad)))
                    .isInstanceOf(SyntaxException.class);
    }

    //= rfc5764#4.2-1 the server decrypts by the client's keys only
    //= rfc5764#4.2-2 the client checks inbound packets by the server's
    //= rfc5764#5.1-1 without the handshake's material SRTP processing has no keys
    @Test void key_material_is_keys_then_salts_the_clients_first() {
        var material = Bytes.hex("11".repeat(16) + "22".repeat(16) + "33".repeat(14)
                + "44".repeat(14));
        assertThat(ExtractedKeys.size(CM_80)).isEqualTo(60);
        var keys = ExtractedKeys.of(CM_80, material);
        assertThat(keys.client().key()).isEqualTo(Bytes.hex("11".repeat(16)));
        assertThat(keys.client().salt()).isEqualTo(Bytes.hex("33".repeat(14)));
        assertThat(keys.server().key()).isEqualTo(Bytes.hex("22".repeat(16)));
        assertThat(keys.server().salt()).isEqualTo(Bytes.hex("44".repeat(14)));
        assertThat(keys.sending(true)).isEqualTo(keys.receiving(false)).isEqualTo(keys.client());
        assertThat(keys.receiving(true)).isEqualTo(keys.sending(false)).isEqualTo(keys.server());
        assertThat(ExtractedKeys.size(GCM)).isEqualTo(56);
        assertThat(ExtractedKeys.size(ProtectionProfile.SRTP_AEAD_AES_256_GCM)).isEqualTo(88);
        assertThatIllegalArgumentException().isThrownBy(() -> ExtractedKeys.of(GCM, material));
        assertThat(keys.toString()).doesNotContain("1111");
        assertThat(ExtractedKeys.LABEL).isEqualTo("EXTRACTOR-dtls_srtp");
    }

    @Test void keys_live_as_long_as_the_profile_says() {
        for (var profile : ProtectionProfile.values()) {
            var keys = ExtractedKeys.of(profile,
                    Bytes.wrap(new byte[ExtractedKeys.size(profile)]));
            assertThat(keys.client().rtcpLifetime()).isEqualTo(1L << 31);
            assertThat(keys.client().rtpLifetime()).isEqualTo(
                    profile.name().contains("GCM") ? 1L << 48 : 1L << 31);
            new SrtpSender(keys.policy(), keys.client());
        }
    }
}
