package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// The sample messages of RFC 5769 §2, and of RFC 8489 appendix B.1. The passwords of the long-term
/// samples are given as prepared by SASLprep, which OpaqueString does otherwise.
class Rfc5769VectorsTest {
    private static final Credential ICE = new Credential("evtj:h6vY", "VOkJxbRl1RmTxUk/WvJxBt");
    private static final Credential MATRIX = new Credential(
            "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", "TheMatrIX");
    private static final TransactionId ID =
            new TransactionId(Bytes.hex("2112a442b7e7a701bc34d686fa87dfae"));

    @Test void sample_request_of_2_1() {
        var wire = Bytes.hex("000100582112a442b7e7a701bc34d686fa87dfae80220010"
                + "5354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
                + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                + "80280004e57a3bcf");
        var message = Message.parse(wire);
        assertThat(message.kind()).isEqualTo(Kind.REQUEST);
        assertThat(message.method()).isEqualTo(Message.BINDING);
        assertThat(message.id()).isEqualTo(ID);
        assertThat(message.attributes()).startsWith(new Software("STUN test client"),
                new Unknown(0x0024, Bytes.hex("6e0001ff")),
                new Unknown(0x8029, Bytes.hex("932ff9b151263b36")), new Username("evtj:h6vY"));
        assertProven(wire, ICE.shortTermKey());
    }

    //= rfc8489#14.2¶4 the port and the IPv4 address are unmasked by the cookie
    @Test void sample_ipv4_response_of_2_2() {
        var wire = Bytes.hex("0101003c2112a442b7e7a701bc34d686fa87dfae8022000b"
                + "7465737420766563746f7220002000080001a147e112a643"
                + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");
        assertThat(Message.parse(wire).attributes()).startsWith(new Software("test vector"),
                new XorMappedAddress(new InetSocketAddress(
                        InetAddress.ofLiteral("192.0.2.1"), 32853)));
        assertProven(wire, ICE.shortTermKey());
    }

    //= rfc8489#14.2¶4 an IPv6 address by the cookie and the transaction ID
    @Test void sample_ipv6_response_of_2_3() {
        var wire = Bytes.hex("010100482112a442b7e7a701bc34d686fa87dfae8022000b"
                + "7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
                + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c");
        assertThat(Message.parse(wire).attributes()).startsWith(new Software("test vector"),
                new XorMappedAddress(new InetSocketAddress(
                        InetAddress.ofLiteral("2001:db8:1234:5678:11:2233:4455:6677"), 32853)));
        assertProven(wire, ICE.shortTermKey());
    }

    //= rfc8489#14.5¶3 the integrity of each sample is right, and of no sample with a bit changed
    private static void assertProven(Bytes wire, Bytes key) {
        assertThat(Message.isStun(wire)).isTrue();
        assertThat(Integrity.SHA_1.verify(wire, key)).isTrue();
        //= rfc8489#14.7¶2 so is the fingerprint
        assertThat(Fingerprints.isRight(wire)).isTrue();
        for (int i = Message.HEADER; i < wire.size() - 36; i++) {
            var spoiled = wire.toArray();
            spoiled[i] ^= 4;
            assertThat(Integrity.SHA_1.verify(Bytes.wrap(spoiled), key)).isFalse();
            assertThat(Fingerprints.isRight(Bytes.wrap(spoiled))).isFalse();
        }
    }

    @Test void sample_request_with_long_term_authentication_of_2_4() {
        var wire = Bytes.hex("000100602112a44278ad3433c6ad72c029da412e00060012"
                + "e3839ee38388e383aae38383e382afe382b900000015001c"
                + "662f2f3439396b39353464364f4c33346f4c39465354767936347341"
                + "0014000b6578616d706c652e6f726700"
                + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");
        var message = new Message(Kind.REQUEST, Message.BINDING,
                new TransactionId(Bytes.hex("2112a44278ad3433c6ad72c029da412e")),
                List.of(new Username(MATRIX.username()), new Nonce("f//499k954d6OL34oL9FSTvy64sA"),
                        new Realm("example.org")));
        assertThat(Integrity.SHA_1.append(message.encode(),
                MATRIX.longTermKey("example.org", Algorithm.MD5))).isEqualTo(wire);
    }

    /// The sample says 156 bytes in its header where 136 follow (it counts the header itself), and
    /// its HMAC is over that length: so the HMAC is checked here without [Integrity], which would
    /// not take it, and all else against what is encoded.
    @Test void sample_request_with_sha_256_and_userhash_of_8489_b_1() throws Exception {
        var wire = Bytes.hex("0001009c2112a44278ad3433c6ad72c029da412e001e0020"
                + "4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f170400150029"
                + "6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936"
                + "3473410000000014000b6578616d706c652e6f726700001c0020"
                + "e4686c8f0edeb59013e07090010a93efccbccc544c0a45d9f830aa6d6f735a01");
        var message = new Message(Kind.REQUEST, Message.BINDING,
                new TransactionId(Bytes.hex("2112a44278ad3433c6ad72c029da412e")),
                List.of(new UserHash(MATRIX.userHash("example.org")),
                        new Nonce("obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA"),
                        new Realm("example.org")));
        var key = MATRIX.longTermKey("example.org", Algorithm.SHA_256);
        var ours = Integrity.SHA_256.append(message.encode(), key);
        assertThat(ours.slice(4, 124)).isEqualTo(wire.slice(4, 124));
        assertThat(ours.size()).isEqualTo(wire.size());

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
        assertThat(mac.doFinal(wire.slice(0, 120).toArray()))
                .isEqualTo(wire.slice(124, 156).toArray());
    }

    @Test void the_key_that_section_9_2_2_gives() {
        assertThat(new Credential("user", "pass").longTermKey("realm", Algorithm.MD5))
                .isEqualTo(Bytes.hex("8493fbc53ba582fb4c044c456bdc40eb"));
    }
}
