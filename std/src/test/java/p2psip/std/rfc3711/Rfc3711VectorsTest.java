package p2psip.std.rfc3711;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// The data of RFC 3711 Appendix B and of RFC 6188 §7.
class Rfc3711VectorsTest {

    //= rfc3711#4.1.2.1-1,2,3 the IV, IV' and S(j) under the mask m, as in B.1
    //= rfc3711#4.1.2.2-1,2 the SRTP IV of header, SSRC and ROC
    @Test void b1_f8() {
        var packet = bytes("806e5cba50681de55c621599 70736575646f72616e646f6d6e657373"
                + " 20697320746865206e65787420626573 74207468696e67");
        var f8 = new F8Mode(bytes("234829008467be186c3de14aae72d62c"), bytes("32f2870d"), false);
        f8.apply(packet, 0, 12, packet.length, 0xd462564aL << 16 | 0x5cba);
        assertThat(hex(packet)).isEqualTo("806e5cba50681de55c621599"
                + "019ce7a26e7854014a6366aa95d4eefd1ad4172a14f9faf455b7f1d4b62bd08f562c0eef7c4802");
    }

    //= rfc3711#4.1.1-1,3 a keystream segment from an IV of index, SSRC and salting key
    //= rfc3711#4.1.1-2 outputs of AES in the encrypt direction, in increasing order
    @Test void b2_aes_cm() {
        stream("2b7e151628aed2a6abf7158809cf4f3c", """
                e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab
                41e95b3bb0a2e8dd477901e4fca894c0""", """
                ec8cdf7398607cb0f2d21675ea9ea1e4 362b7c3c6773516318a077d7fc5073ae
                6a2cc3787889374fbeb4c81b17ba6c44""");
    }

    @Test void rfc6188_7_1_aes_256_cm() {
        stream("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98", """
                92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac
                63c4868b7096d88421b563b8c94c9a31""", """
                cea518c90fd91ced9cbb18c078a54711 3dbc4814f4da5f00a08772b63c6a046d
                6eb246913062a16891433e97dd01a57f""");
    }

    @Test void rfc6188_7_3_aes_192_cm() {
        stream("eab234764e517b2d3d160d587d8c86219740f65f99b6bcf7", """
                35096cba4610028dc1b57503804ce37c 5de986291dcce161d5165ec4568f5c9a
                474a40c77894bc17180202272a4c264d""", """
                d108d1a31a00bad6367ec23eb044b415 c8f57129fdeb970b59f917b257662d4c
                a5dab625811034e8cebdfeb6dc158dd3""");
    }

    /// 65,282 blocks, of which the first three and the last three are known.
    private static void stream(String key, String first, String last) {
        var data = new byte[1_044_512];
        var salt = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd");
        new CounterMode(bytes(key), salt, false).apply(data, 0, 0, data.length, 0);
        assertThat(hex(Arrays.copyOf(data, 48))).isEqualTo(first.replaceAll("\\s", ""));
        assertThat(hex(Arrays.copyOfRange(data, data.length - 48, data.length)))
                .isEqualTo(last.replaceAll("\\s", ""));
    }

    //= rfc3711#4.3.1-8,11,12 each session key derived from label, index and master key
    //= rfc3711#4.3.3-1 by AES in counter mode
    //= rfc3711#4.3.1-7 a secure PRF
    @Test void b3_key_derivation() {
        var derivation = derivation("e1f97a0d3e018be0d64fa32c06de4139",
                "0ec675ad498afeebb6960b3aabe6");
        assertThat(hex(derivation.encryption(0, false, 16)))
                .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(hex(derivation.salt(0, false, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(hex(derivation.authentication(0, false, 94))).isEqualTo(
                "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2");
    }

    //= rfc6188#3.1-2,3 AES_256_CM_PRF, as AES_256_CM wants
    @Test void rfc6188_7_2_key_derivation_by_aes_256() {
        var derivation = derivation(
                "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
                "3b04803de51ee7c96423ab5b78d2");
        assertThat(hex(derivation.encryption(0, false, 32))).isEqualTo(
                "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4");
        assertThat(hex(derivation.salt(0, false, 14))).isEqualTo("fa31791685ca444a9e07c6c64e93");
        assertThat(hex(derivation.authentication(0, false, 20)))
                .isEqualTo("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05");
    }

    //= rfc6188#3.1-1 AES_192_CM_PRF, as AES_192_CM wants
    @Test void rfc6188_7_4_key_derivation_by_aes_192() {
        var derivation = derivation("73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1",
                "c8522f3acd4ce86d5add78edbb11");
        assertThat(hex(derivation.encryption(0, false, 24))).isEqualTo(
                "31874736a8f1143870c26e4857d8a5b2c4a354407faadabb");
    }

    @Test void a_suite_takes_keys_of_its_own_size() {
        for (var suite : HmacSuite.values()) for (int size : List.of(16, 24, 32)) {
            var key = MasterKey.of(Bytes.wrap(new byte[size]), Bytes.wrap(new byte[14]));
            if (size == suite.keySize()) new SrtpSender(SrtpPolicy.of(suite), key);
            else org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SrtpSender(SrtpPolicy.of(suite), key));
        }
    }

    /// What libsrtp makes of these packets under the keys of B.3, which its own tests have as data.
    //= rfc3711#4.2.1-1,2,3 HMAC-SHA1 without prefix, the left-most 80 bits
    //= rfc3711#4.3.1-1,2 keys by SRTP's key derivation, once at least
    @Test void packets_that_libsrtp_makes() {
        var sender = sender();
        var rtp = buffer("800f1234decafbadcafebabe abababababababababababababababab");
        assertThat(sender.protectRtp(rtp)).isEqualTo(Verdict.DONE);
        assertThat(hex(rtp)).isEqualTo("800f1234decafbadcafebabe"
                + "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
    }

    //= rfc3711#3.4-8 for SRTCP the authentication transform, key size and tag are the same
    //= rfc3711#4.3.2-1 and so is the master key
    //= rfc3711#3.2.1-7 by default, for it shares the context
    @Test void reports_that_libsrtp_makes() {
        //= rfc3711#5.2-2 a key of 160 bits and a tag of 80 bits
        //= rfc3711#4.2-1 over index and packet of SRTCP
        //= rfc3711#4.1.1-4 under the SSRC of the first header, with the index of 31 bits
        var sender = sender();
        var rtp = buffer("800f1234decafbadcafebabe" + "ab".repeat(16));
        sender.protectRtp(rtp);
        assertThat(hex(rtp)).as("over the packet and the ROC").endsWith("b78d6acc99ea179b8dbb");
        var rtcp = "81c8000bcafebabe abababababababababababababababab";
        sender.protectRtcp(buffer(rtcp));
        var second = buffer(rtcp);
        assertThat(sender.protectRtcp(second)).isEqualTo(Verdict.DONE);
        assertThat(hex(second)).isEqualTo("81c8000bcafebabe"
                + "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
    }

    private static SrtpSender sender() {
        return new SrtpSender(SrtpPolicy.of(HmacSuite.AES_CM_128_HMAC_SHA1_80),
                MasterKey.of(Bytes.hex("e1f97a0d3e018be0d64fa32c06de4139"),
                        Bytes.hex("0ec675ad498afeebb6960b3aabe6")));
    }

    private static KeyDerivation derivation(String key, String salt) {
        return new KeyDerivation(MasterKey.of(Bytes.hex(key), Bytes.hex(salt)));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static ByteBuffer buffer(String hex) {
        var bytes = bytes(hex);
        return ByteBuffer.allocate(bytes.length + 40).put(bytes).flip();
    }

    private static String hex(byte[] bytes) { return HexFormat.of().formatHex(bytes); }

    private static String hex(ByteBuffer buffer) { return Bytes.from(buffer.duplicate()).hex(); }
}
