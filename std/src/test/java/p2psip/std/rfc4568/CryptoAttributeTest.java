package p2psip.std.rfc4568;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;

class CryptoAttributeTest {
    private static final String KEY = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    private static final String LINE = "1 AES_CM_128_HMAC_SHA1_80 " + KEY;
    private static final String F8 = "2 F8_128_HMAC_SHA1_80 "
            + "inline:MTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5QUJjZGVm|2^20|1:4;"
            + "inline:QUJjZGVmMTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5|2^20|2:4 FEC_ORDER=FEC_SRTP";

    private static boolean valid(String value) {
        try {
            return CryptoAttribute.parse(value).protection().isPresent();
        } catch (SyntaxException e) {
            return false;
        }
    }

    /// The examples of §6.1 and §7.1.5.
    //= rfc4568#6.1-12 the MKI is big-endian in the packets
    //= rfc4568#6.1-6 the lifetime counts SRTP and SRTCP packets
    @Test void lines_of_the_examples() {
        var line = CryptoAttribute.parse(LINE + "|2^20|1:4");
        var key = line.protection().orElseThrow().keys().getFirst();
        assertThat(key.key()).isEqualTo(Bytes.utf8("wDfvg&T+)xG7@fb5"));
        assertThat(key.salt()).isEqualTo(Bytes.utf8("jU,RaA}\\|p0%*#"));
        assertThat(key.mki()).isEqualTo(Bytes.hex("00000001"));
        assertThat(key.rtpLifetime()).isEqualTo(1 << 20);
        assertThat(key.rtcpLifetime()).isEqualTo(1 << 20);
        var unlimited = CryptoAttribute.parse("1 AES_CM_128_HMAC_SHA1_80 "
                + "inline:YUJDZGVmZ2hpSktMbW9QUXJzVHVWd3l6MTIzNDU2|1066:4").protection()
                .orElseThrow().keys().getFirst();
        assertThat(unlimited.mki()).isEqualTo(Bytes.hex("0000042a"));
        assertThat(unlimited.rtpLifetime()).isEqualTo(1L << 48);
        assertThat(unlimited.rtcpLifetime()).isEqualTo(1L << 31);
        var f8 = CryptoAttribute.parse(F8).protection().orElseThrow();
        assertThat(f8.policy()).isEqualTo(SrtpPolicy.of(HmacSuite.F8_128_HMAC_SHA1_80));
        assertThat(f8.keys()).extracting(k -> k.mki().hex())
                .containsExactly("00000001", "00000002");
        for (var text : List.of(LINE + "|2^20|1:4", LINE, F8))
            assertThat(CryptoAttribute.parse(text).value()).isEqualTo(text);
    }

    @Test void all_suites_by_name() {
        for (var name : List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32",
                "F8_128_HMAC_SHA1_80", "AES_192_CM_HMAC_SHA1_80", "AES_192_CM_HMAC_SHA1_32",
                "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "AEAD_AES_128_GCM",
                "AEAD_AES_256_GCM")) {
            var suite = CryptoAttribute.suite(name).orElseThrow();
            var line = CryptoAttribute.of(1, suite,
                    suite.randomKey(new SplittableRandom(4568)));
            assertThat(line.protection().orElseThrow().policy()).isEqualTo(SrtpPolicy.of(suite));
            assertThat(CryptoAttribute.parse(line.value())).isEqualTo(line);
        }
        assertThat(CryptoAttribute.suite("NULL_HMAC_SHA1_80")).isEmpty();
        assertThat(valid("1 AES_CM_512_HMAC_SHA3 " + KEY)).isFalse();
    }

    @Test void long_keys_live_as_rfc_6188_says_if_nothing_is_said() {
        var suite = HmacSuite.AES_256_CM_HMAC_SHA1_80;
        var line = CryptoAttribute.of(1, suite, suite.randomKey(new SplittableRandom(1)));
        assertThat(line.protection().orElseThrow().keys().getFirst().rtpLifetime())
                .isEqualTo(1L << 31);
    }

    //= rfc4568#6.1-3 the length of key and salt does not match the suite: invalid
    //= rfc4568#6.2.1-2 30 octets for this suite
    //= rfc4568#6.2.2-1 30 octets for that suite
    @Test void a_key_of_another_length_is_invalid() {
        //= rfc4568#6.2.3-1 30 octets for f8
        for (var suite : List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32",
                "F8_128_HMAC_SHA1_80")) for (int size = 1; size < 50; size++)
            assertThat(valid("1 " + suite + " inline:" + Base64.getEncoder()
                    .encodeToString(new byte[size]))).isEqualTo(size == 30);
        assertThat(valid("1 AEAD_AES_128_GCM " + KEY)).isFalse();
    }

    //= rfc4568#4.1-1 no leading zeroes in the tag
    @Test void tags() {
        for (var tag : List.of("0", "1", "999999999"))
            assertThat(valid(LINE.replaceFirst("1", tag))).as(tag).isTrue();
        for (var tag : List.of("01", "00", "1000000000", "-1", "x", "+1"))
            assertThat(valid(LINE.replaceFirst("1", tag))).as(tag).isFalse();
    }

    //= rfc4568#6.1-7 decimal or as a power of 2, no leading zeroes
    //= rfc4568#6.1-8 not more than the maximum lifetime
    //= rfc4568#6.1-9 too large or invalid otherwise: the attribute is invalid
    @Test void lifetimes() {
        for (var life : List.of("1", "100", "2^0", "2^31", "2^48", "281474976710656"))
            assertThat(valid(LINE + "|" + life)).as(life).isTrue();
        for (var life : List.of("0", "01", "2^49", "2^01", "281474976710657", "3^4", "", "2^", "-1",
                "99999999999999999999999"))
            assertThat(valid(LINE + "|" + life)).as(life).isFalse();
    }

    //= rfc4568#6.1-13 its length is given too, after a colon
    //= rfc4568#6.1-14 the length is decimal without leading zeroes
    @Test void names_of_keys() {
        //= rfc4568#6.1-15 up to 128 bytes, or the attribute is invalid
        for (var mki : List.of("1:1", "255:1", "1:128", "65535:2"))
            assertThat(valid(LINE + "|2^20|" + mki)).as(mki).isTrue();
        for (var mki : List.of("0:1", "01:1", "1:01", "1:0", "1:129", "256:1", "1:", ":1", "1",
                "1:1|", "1:999", "x:1", "9".repeat(400) + ":128"))
            assertThat(valid(LINE + "|2^20|" + mki)).as(mki).isFalse();
    }

    //= rfc4568#4.3-3 several keys can be told from each other by inspection
    //= rfc4568#6.1-16 more than one key: all must include an MKI
    //= rfc4568#6.1-17 of the same length
    @Test void several_keys_have_names_that_differ() {
        //= rfc4568#6.1-2 master keys unique with respect to each other
        var other = "inline:YUJDZGVmZ2hpSktMbW9QUXJzVHVWd3l6MTIzNDU2";
        assertThat(valid(LINE + "|1:1;" + other + "|2:1")).isTrue();
        assertThat(valid(LINE + "|1:1;" + other)).isFalse();
        assertThat(valid(LINE + ";" + other)).isFalse();
        assertThat(valid(LINE + "|1:1;" + other + "|2:2")).isFalse();
        assertThat(valid(LINE + "|1:1;" + other + "|1:1")).isFalse();
        assertThat(valid(LINE + "|1:1;" + KEY + "|2:1")).isFalse();
    }

    @Test void no_line_has_more_keys_than_are_kept() {
        var keys = new StringJoiner(";");
        for (int i = 1; i <= CryptoAttribute.MAX_KEYS + 1; i++) {
            var bytes = new byte[30];
            bytes[0] = (byte) i;
            keys.add("inline:" + Base64.getEncoder().encodeToString(bytes) + "|" + i + ":1");
            assertThat(valid("1 AES_CM_128_HMAC_SHA1_80 " + keys))
                    .isEqualTo(i <= CryptoAttribute.MAX_KEYS);
        }
    }

    //= rfc4568#6.3.1-1 KDR is 1 to 24, no leading zeroes
    @Test void key_derivation_rates() {
        for (int i = 0; i <= 25; i++)
            assertThat(valid(LINE + " KDR=" + i)).isEqualTo(i >= 1 && i <= 24);
        assertThat(valid(LINE + " KDR=01")).isFalse();
        assertThat(CryptoAttribute.parse(LINE + " KDR=10").protection().orElseThrow().policy()
                .keyDerivationRate()).isEqualTo(1024);
    }

    //= rfc4568#6.3.6-2 a decimal integer, no leading zeroes
    //= rfc4568#6.3.6-1 a hint that is ignored
    @Test void window_sizes() {
        for (var size : List.of("64", "99", "100", "99999"))
            assertThat(valid(LINE + " WSH=" + size)).as(size).isTrue();
        for (var size : List.of("63", "064", "0", "", "x", "9999999999"))
            assertThat(valid(LINE + " WSH=" + size)).as(size).isFalse();
    }

    //= rfc4568#6.3.7-1 optional with a dash, and ignored
    //= rfc4568#6.3.7-2 unknown and without a dash: invalid
    //= rfc4568#6.3.3-1 UNAUTHENTICATED_SRTP is not taken
    @Test void parameters_that_are_unknown_or_not_supported() {
        //= rfc4568#6.3.5-3,4 an FEC_KEY makes the line invalid
        assertThat(valid(LINE + " -NEW=1")).isTrue();
        for (var parameter : List.of("NEW=1", "NEW", "UNAUTHENTICATED_SRTP", "FEC_ORDER=SRTP_FEC",
                "FEC_ORDER=x", "FEC_KEY=" + KEY, "KDR=1 KDR=2"))
            assertThat(valid(LINE + " " + parameter)).as(parameter).isFalse();
        assertThat(CryptoAttribute.parse(LINE + " FEC_KEY=" + KEY).toString())
                .doesNotContain(KEY.substring(7));
        for (var parameters : List.of("-NEW=1", "NEW", "UNAUTHENTICATED_SRTP WSH=64",
                "FEC_ORDER=SRTP_FEC FEC_KEY=" + KEY, "UNENCRYPTED_SRTP UNENCRYPTED_SRTCP KDR=24"))
            assertThat(CryptoAttribute.parse(LINE + " " + parameters).value())
                    .isEqualTo(LINE + " " + parameters);
    }

    @Test void what_is_left_in_clear() {
        assertThat(CryptoAttribute.parse(LINE + " UNENCRYPTED_SRTCP").protection().orElseThrow()
                .policy()).isEqualTo(SrtpPolicy.of(HmacSuite.AES_CM_128_HMAC_SHA1_80)
                        .withEncryption(true, false));
        var gcm = "1 AEAD_AES_128_GCM inline:"
                + Base64.getEncoder().encodeToString(new byte[28]);
        assertThat(valid(gcm)).isTrue();
        assertThat(valid(gcm + " UNENCRYPTED_SRTP")).isFalse();
        assertThat(valid(gcm + " UNENCRYPTED_SRTCP")).isTrue();
    }

    @Test void other_lines_are_none() {
        for (var line : List.of("", "1", "1 AES_CM_128_HMAC_SHA1_80", "1 AES-CM " + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 uri:x", "1 AES_CM_128_HMAC_SHA1_80 inline:",
                "1 AES_CM_128_HMAC_SHA1_80 inline:!!!", LINE + ";", LINE + "|2^20|1:4|"))
            assertThat(valid(line)).as(line).isFalse();
        assertThatThrownBy(() -> CryptoAttribute.parse(""))
                .isInstanceOf(SyntaxException.class);
    }

    @Test void no_log_shows_a_key() {
        var text = CryptoAttribute.parse(LINE).toString();
        assertThat(text).doesNotContain(KEY.substring(7, 20)).contains("inline:...");
        assertThat(CryptoAttribute.parse(LINE).protection().toString())
                .doesNotContain(Bytes.utf8("wDfvg&T+)x").hex().substring(0, 12));
    }

    @Property(tries = 2000) void nonsense_is_read_or_refused(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder(random.nextBoolean() ? F8 : LINE + "|2^20|1:4 KDR=3 WSH=64");
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(32, 127));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, " |:;=^-0129".charAt(random.nextInt(11)));
            }
        }
        try {
            var line = CryptoAttribute.parse(text.toString());
            line.protection();
            assertThat(CryptoAttribute.parse(line.value())).isEqualTo(line);
        } catch (SyntaxException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
