package p2psip.std.rfc7714;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;

/// The data of RFC 7714 §16 and §17 (with erratum 7858), and what the suites add to SRTP.
class GcmVectorsTest {
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String SALT = "517569642070726f2071756f";
    private static final String HEADER = "8040f17b8041f8d35501a0b2";
    private static final String TEXT =
            "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String RTCP = "81c8000d4d617273";
    private static final String REPORT = "4e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final long INDEX = 0xf17b, WORD = 0x5d4, ENCRYPTED = 0x8000_0000L;

    //= rfc7714#1-2 with a tag of 16 octets
    //= rfc7714#10-2,3 and an IV of 12 octets
    @Test void encryption_of_rtp_16_1_1_and_16_2_1() {
        assertThat(sealed(KEY_128, false, HEADER, TEXT, INDEX)).isEqualTo(HEADER
                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce");
        assertThat(sealed(KEY_256, false, HEADER, TEXT, INDEX)).isEqualTo(HEADER
                + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    @Test void decryption_of_rtp_16_1_2_and_16_2_2() {
        opens(KEY_128, false, HEADER, TEXT, INDEX);
        opens(KEY_256, false, HEADER, TEXT, INDEX);
    }

    @Test void a_tag_alone_16_1_3_and_16_2_3() {
        assertThat(sealed(KEY_128, false, HEADER + TEXT, "", INDEX))
                .isEqualTo(HEADER + TEXT + "22493f82d2bce397e9d79e3b19aa4216");
        assertThat(sealed(KEY_256, false, HEADER + TEXT, "", INDEX))
                .isEqualTo(HEADER + TEXT + "a866d5910f887463067ceefec45215d4");
        opens(KEY_128, false, HEADER + TEXT, "", INDEX);
        opens(KEY_256, false, HEADER + TEXT, "", INDEX);
    }

    //= rfc7714#13.1-4 the block counter begins anew with each packet
    //= rfc7714#9-1 SRTCP is authenticated, and encrypted if one wants
    @Test void rtcp_17_1_to_17_4() {
        assertThat(sealed(KEY_128, true, RTCP, REPORT, ENCRYPTED | WORD)).isEqualTo(RTCP
                + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade");
        assertThat(sealed(KEY_256, true, RTCP, REPORT, ENCRYPTED | WORD)).isEqualTo(RTCP
                + "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be"
                + "8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be");
        assertThat(sealed(KEY_128, true, RTCP + REPORT, "", WORD))
                .isEqualTo(RTCP + REPORT + "841dd9683dd78ec92ae58790125f62b3");
        assertThat(sealed(KEY_256, true, RTCP + REPORT, "", WORD))
                .isEqualTo(RTCP + REPORT + "91db4afbfeee5a978fab4393ed2615fe");
        opens(KEY_256, true, RTCP, REPORT, ENCRYPTED | WORD);
        opens(KEY_256, true, RTCP + REPORT, "", WORD);
    }

    //= rfc7714#11-1,2 session keys by the KDF of AES_CM and of AES_256_CM
    //= rfc7714#12-1 both suites, AEAD_AES_128_GCM and AEAD_AES_256_GCM
    //= rfc7714#7.1-1,2 no authentication tag besides that of AEAD
    @Test void both_suites_carry_rtp_and_rtcp_and_add_16_octets() {
        //= rfc7714#3-2 the master key as large as the encryption key
        for (var suite : AeadSuite.values()) {
            var policy = SrtpPolicy.of(suite);
            var key = suite.randomKey(new SplittableRandom(7714));
            assertThat(key.key().size()).isEqualTo(suite == AeadSuite.AEAD_AES_128_GCM ? 16 : 32);
            var sender = new SrtpSender(policy, key);
            var receiver = new SrtpReceiver(policy, key);
            var rtp = buffer(HEADER + TEXT);
            assertThat(sender.protectRtp(rtp)).isEqualTo(Verdict.DONE);
            var keys = new KeyDerivation(key);
            var sealed = HexFormat.of().parseHex(HEADER + TEXT + "00".repeat(16));
            new GcmTransform(keys.encryption(0, false, suite.keySize()), keys.salt(0, false, 12),
                    false).encipher(sealed, 0, 12, sealed.length - 16, INDEX);
            assertThat(hex(rtp)).isEqualTo(HexFormat.of().formatHex(sealed));
            assertThat(rtp.remaining()).isEqualTo((HEADER + TEXT).length() / 2 + 16);
            assertThat(hex(rtp)).startsWith(HEADER).doesNotContain(TEXT.substring(0, 16));
            assertThat(receiver.unprotectRtp(rtp)).isEqualTo(Verdict.DONE);
            assertThat(hex(rtp)).isEqualTo(HEADER + TEXT);
            var rtcp = buffer(RTCP + REPORT);
            assertThat(sender.protectRtcp(rtcp)).isEqualTo(Verdict.DONE);
            assertThat(rtcp.remaining()).isEqualTo((RTCP + REPORT).length() / 2 + 20);
            assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(Verdict.DONE);
            assertThat(hex(rtcp)).isEqualTo(RTCP + REPORT);
        }
    }

    /// Keys and packet as another implementation (jitsi-srtp) has them: the salt of 96 bits stands
    /// at the left of the 112 that are derived from.
    @Test void salt_of_the_key_derivation_as_erratum_4938_says() {
        var derivation = new KeyDerivation(MasterKey.of(Bytes.hex(KEY_128), Bytes.hex(SALT)));
        var padded = new KeyDerivation(MasterKey.of(Bytes.hex(KEY_128), Bytes.hex(SALT + "0000")));
        assertThat(derivation.salt(0, true, 12)).isEqualTo(padded.salt(0, true, 12));
    }

    //= rfc7714#8.2-1 RTP is encrypted: there is no such suite without
    @Test void rtp_in_clear_is_not_to_be_had() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() ->
                SrtpPolicy.of(AeadSuite.AEAD_AES_128_GCM).withEncryption(false, true));
    }

    //= rfc7714#5.3-1,2,3 what does not pass authentication is not decrypted and not released
    //= rfc7714#1-1 nor if the tag is truncated
    @Test void whatever_is_changed_is_refused_and_stays_as_it_came() {
        var sealed = HexFormat.of().parseHex(sealed(KEY_128, false, HEADER, TEXT, INDEX));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var before = changed.clone();
            // the SSRC is in the IV, so that it counts twice
            assertThat(transform(KEY_128, false)
                    .decipher(changed, 0, 12, changed.length - 16, INDEX)).isFalse();
            assertThat(changed).isEqualTo(before);
        }
        for (int size = 28; size < sealed.length; size++) {
            var cut = Arrays.copyOf(sealed, size);
            assertThat(transform(KEY_128, false).decipher(cut, 0, 12, size - 16, INDEX)).isFalse();
        }
    }

    private static String sealed(String key, boolean rtcp, String clear, String text, long index) {
        var packet = HexFormat.of().parseHex(clear + text + "00".repeat(16));
        transform(key, rtcp).encipher(packet, 0, clear.length() / 2,
                (clear + text).length() / 2, index);
        return HexFormat.of().formatHex(packet);
    }

    private static void opens(String key, boolean rtcp, String clear, String text, long index) {
        var packet = HexFormat.of().parseHex(sealed(key, rtcp, clear, text, index));
        int end = (clear + text).length() / 2;
        assertThat(transform(key, rtcp).decipher(packet, 0, clear.length() / 2, end, index))
                .isTrue();
        assertThat(HexFormat.of().formatHex(packet, 0, end)).isEqualTo(clear + text);
    }

    private static Transform transform(String key, boolean rtcp) {
        return new GcmTransform(HexFormat.of().parseHex(key), HexFormat.of().parseHex(SALT), rtcp);
    }

    private static ByteBuffer buffer(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(bytes.length + 40).put(bytes).flip();
    }

    private static String hex(ByteBuffer buffer) { return Bytes.from(buffer.duplicate()).hex(); }
}
