package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Message.Kind;

class MessageTest {
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));

    @Provide Arbitrary<Attribute> attributes() {
        var text = Arbitraries.strings().withCharRange(' ', '\uffff').ofMaxLength(60)
                .map(s -> Bytes.utf8(s).utf8());
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(30).map(Bytes::copyOf);
        var address = Combinators.combine(Arbitraries.of(4, 16).flatMap(
                        size -> Arbitraries.bytes().array(byte[].class).ofSize(size)),
                Arbitraries.integers().between(0, 65_535)).as(MessageTest::address);
        var algorithm = Combinators.combine(Arbitraries.integers().between(0, 65_535), bytes)
                .as(Algorithm::new);
        return Arbitraries.oneOf(address.map(Attribute.MappedAddress::new),
                address.map(Attribute.XorMappedAddress::new),
                address.map(Attribute.AlternateServer::new), text.map(Attribute.Username::new),
                text.map(Attribute.Realm::new), text.map(Attribute.Nonce::new),
                text.map(Attribute.Software::new), text.map(Attribute.AlternateDomain::new),
                Combinators.combine(Arbitraries.integers().between(300, 699), text)
                        .as(Attribute.ErrorCode::new),
                Arbitraries.integers().between(0, 65_535).list().ofMaxSize(9)
                        .map(Attribute.UnknownAttributes::new),
                algorithm.map(Attribute.PasswordAlgorithm::new),
                algorithm.list().ofMaxSize(4).map(Attribute.PasswordAlgorithms::new),
                bytes.map(value -> new Attribute.Unknown(0x4242, value)));
    }

    private static InetSocketAddress address(byte[] ip, int port) {
        try {
            var address = InetAddress.getByAddress(ip);
            // the JDK takes an IPv4-mapped address for IPv4, so on the wire it is another
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 300) void what_is_encoded_is_parsed(
            @ForAll Kind kind, @ForAll @IntRange(max = 0xfff) int method,
            @ForAll @Size(16) byte[] id,
            @ForAll @Size(max = 12) List<@net.jqwik.api.From("attributes") Attribute> attributes) {
        var message = new Message(kind, method, new TransactionId(Bytes.copyOf(id)), attributes);
        var wire = message.encode();
        assertThat(Message.parse(wire)).isEqualTo(message);
        for (int i = 0; i < wire.size(); i++) refused(wire.slice(0, i));
    }

    private static void refused(Bytes wire) {
        assertThatThrownBy(() -> Message.parse(wire)).isInstanceOf(SyntaxException.class);
    }

    @Property void nonsense_is_refused(@ForAll @Size(max = 60) byte[] attributes,
            @ForAll short type, @ForAll @Size(16) byte[] id) {
        var wire = Bytes.wrap(ByteBuffer.allocate(Message.HEADER + attributes.length)
                .putShort((short) (type & 0x3fff)).putShort((short) attributes.length).put(id)
                .put(attributes).array());
        for (var bytes : List.of(wire, Bytes.copyOf(attributes))) {
            try {
                Message.parse(bytes);
            } catch (SyntaxException expected) {
                // and nothing else may be thrown
            }
        }
    }

    //= rfc8489#5¶7 the numbers of the Binding request and its answer
    @Test void class_and_method_share_the_type() {
        var types = Arrays.stream(Kind.values()).map(kind ->
                new Message(kind, Message.BINDING, ID, List.of()).encode().slice(0, 2).hex());
        assertThat(types).containsExactly("0001", "0011", "0101", "0111");
        assertThat(new Message(Kind.ERROR, 0xfff, ID, List.of()).encode().slice(0, 2).hex())
                .isEqualTo("3fff");
    }

    //= rfc8489#5-4 each of the 96 bits is 1 as often as 0, and no ID comes twice
    @Test void transaction_ids_are_spread_evenly() {
        var random = new SplittableRandom(1);
        var ones = new int[96];
        var seen = new HashSet<TransactionId>();
        for (int i = 0; i < 4_000; i++) {
            var id = TransactionId.random(random);
            assertThat(seen.add(id)).isTrue();
            for (int bit = 0; bit < 96; bit++)
                ones[bit] += id.bytes().at(4 + bit / 8) >> bit % 8 & 1;
        }
        // 2,000 of each are expected; 200 are more than six standard deviations
        for (int count : ones) assertThat(count).isBetween(1_800, 2_200);
    }

    //= rfc8489#5-1 other protocols do not begin with two bits of zero
    //= rfc8489#5-3 or have no cookie in that place
    @Test void stun_is_told_from_sip_and_rtp() {
        var stun = new Message(Kind.REQUEST, Message.BINDING, ID, List.of()).encode();
        assertThat(Message.isStun(stun)).isTrue();
        for (var other : List.of(Bytes.utf8("OPTIONS sip:bob@example.com SIP/2.0\r\n\r\n\0\0"),
                Bytes.hex("8000" + stun.hex().substring(4)), Bytes.utf8("\r\n\r\n"), Bytes.EMPTY,
                Bytes.hex("000100002112a443" + stun.hex().substring(16)),
                Bytes.hex("000100042112a442" + stun.hex().substring(16))))
            assertThat(Message.isStun(other)).isFalse();
    }

    //= rfc8489#14-1,2 an attribute is a type, a length, a value, and whole words
    //= rfc8489#14-3 the length is the value's
    @Test void an_attribute_is_type_length_and_value_in_whole_words() {
        for (int size = 0; size < 9; size++) {
            int padding = (4 - size % 4) % 4;
            var wire = new Message(Kind.REQUEST, Message.BINDING, ID, List.of(
                    new Attribute.Software("A".repeat(size)), new Attribute.Realm("r"))).encode();
            //= rfc8489#5-8 the length in the header is that of the attributes alone
            assertThat(wire.hex()).isEqualTo("0001" + "%04x".formatted(12 + size + padding) + ID
                    + "8022" + "%04x".formatted(size) + "41".repeat(size) + "00".repeat(padding)
                    + "0014000172000000");
        }
    }

    //= rfc8489#14-6 the first of two counts
    @Test void what_comes_twice_counts_once() {
        assertThat(new Message(Kind.REQUEST, Message.BINDING, ID, List.of(
                new Attribute.Realm("a"), new Attribute.Realm("b"))).first(Attribute.Realm.class))
                .contains(new Attribute.Realm("a"));
    }

    //= rfc8489#14-4 what is in the padding does not matter
    @Test void padding_may_be_anything() {
        var wire = Bytes.hex("000100082112a442000000000000000000000000" + "8022000141ffeedd");
        assertThat(Message.parse(wire).attributes()).containsExactly(new Attribute.Software("A"));
    }

    //= rfc8489#9-1 of what follows MESSAGE-INTEGRITY only two attributes count
    //= rfc8489#9-2 of what follows the one of SHA-256 only the fingerprint
    @Test void nothing_can_be_slipped_in_after_the_integrity() {
        var key = Bytes.utf8("secret");
        var plain = new Message(Kind.REQUEST, 1, ID, List.of()).encode();
        for (var sealed : List.of(Integrity.SHA_1.append(plain, key),
                Integrity.SHA_256.append(plain, key),
                Integrity.SHA_256.append(Integrity.SHA_1.append(plain, key), key))) {
            var more = Bytes.hex(sealed.hex() + "8022000141000000");
            var slipped = Fingerprints.append(Message.lengthened(more, more.size()));
            assertThat(Message.parse(slipped).has(Attribute.Software.class)).isFalse();
            assertThat(Message.parse(slipped).has(Attribute.Fingerprint.class)).isTrue();
        }
        var both = Message.parse(Integrity.SHA_256.append(Integrity.SHA_1.append(plain, key), key));
        assertThat(both.attributes()).hasSize(2);
    }

    //= rfc8489#14.6-1 its 32 bytes are at least 16 and whole words; any other size is refused
    @Test void the_integrity_of_sha_256_is_not_cut_short() {
        var sealed = Integrity.SHA_256.append(new Message(Kind.REQUEST, 1, ID, List.of()).encode(),
                Bytes.utf8("secret"));
        assertThat(sealed.slice(20, 24).hex()).isEqualTo("001c0020");
        assertThat(sealed.size()).isEqualTo(20 + 4 + 32);
        for (int size = 0; size < 50; size++) {
            var wire = new Message(Kind.REQUEST, 1, ID, List.of(
                    new Attribute.Unknown(0x1c, Bytes.hex("ab".repeat(size))))).encode();
            if (size != 32) refused(wire);
            else assertThat(Message.parse(wire).has(Attribute.MessageIntegritySha256.class))
                    .isTrue();
        }
    }

    //= rfc8489#14.7-2 a fingerprint anywhere but at the end is none
    @Test void the_fingerprint_is_last() {
        var wire = Fingerprints.append(new Message(Kind.REQUEST, 1, ID, List.of()).encode());
        assertThat(Fingerprints.isRight(wire)).isTrue();
        var more = Bytes.hex(wire.hex() + "8022000141000000");
        assertThat(Fingerprints.isRight(Message.lengthened(more, more.size()))).isFalse();
        var twice = Fingerprints.append(wire);
        assertThat(Fingerprints.isRight(twice)).as("the first is not the last").isFalse();
    }

    //= rfc8489#14.3-2 763 octets are parsed, compatible with RFC 5389
    //= rfc8489#14.8-1 and as many bytes of a reason when decoding
    @Test void long_text_is_read_up_to_763_bytes() {
        for (int size : List.of(763, 764)) {
            for (var text : List.of(new Attribute.Username("u".repeat(size)),
                    new Attribute.ErrorCode(400, "r".repeat(size)))) {
                var wire = new Message(Kind.ERROR, 1, ID, List.of(text)).encode();
                if (size > 763) refused(wire);
                else assertThat(Message.parse(wire).attributes()).containsExactly(text);
            }
        }
    }

    //= rfc8489#6.3-1 from 0x8000 on they are optional
    @Test void what_may_be_passed_over_has_a_number_of_its_own_range() {
        assertThat(new Message(Kind.REQUEST, 1, ID, List.of(
                new Attribute.Unknown(0x7fff, Bytes.EMPTY),
                new Attribute.Unknown(0x8000, Bytes.EMPTY))).unknownRequired())
                .containsExactly(0x7fff);
    }

    @Test void a_message_of_too_many_attributes_is_refused() {
        refused(new Message(Kind.REQUEST, 1, ID, Collections.nCopies(65,
                new Attribute.Software(""))).encode());
    }

    private static Attribute decoded(int type, String value) {
        return Table.RFC8489.known(new Attribute.Unknown(type, Bytes.hex(value)), ID).orElseThrow();
    }

    private static String encoded(Attribute attribute) {
        return Table.RFC8489.raw(attribute, ID).value().hex();
    }

    @Test void an_error_code_is_a_class_of_3_to_6_and_a_number_below_100() {
        //= rfc8489#14.8-2 the reserved bits are 0
        //= rfc8489#14.8-5 the number is the code modulo 100
        assertThat(encoded(new Attribute.ErrorCode(420, "no"))).isEqualTo("000004146e6f");
        //= rfc8489#14.8-3 when they are not, that is ignored
        for (var good : Map.of("00000300", 300, "00000663", 699, "fffffb01", 301).entrySet())
            assertThat(decoded(9, good.getKey()))
                    .isEqualTo(new Attribute.ErrorCode(good.getValue(), ""));
        //= rfc8489#14.8-4 the class is between 3 and 6
        for (var bad : List.of("00000263", "00000700", "00000364", "000003ff"))
            assertThatThrownBy(() -> decoded(9, bad)).as(bad)
                    .isInstanceOf(SyntaxException.class);
    }

    //= rfc8489#14.1-1 IPv4 has 32 bits
    //= rfc8489#14.1-2 IPv6 has 128
    @Test void an_address_is_as_long_as_its_family_says() {
        for (var bad : List.of("0001000a" + "00".repeat(16), "0002000a" + "00".repeat(4)))
            assertThatThrownBy(() -> decoded(1, bad)).as(bad)
                    .isInstanceOf(SyntaxException.class);
    }

    //= rfc8489#14.1-3 the first 8 bits are 0, and ignored when they are not
    @Test void an_address_begins_with_a_byte_that_says_nothing() {
        var address = new Attribute.MappedAddress(address(new byte[] {(byte) 192, 0, 2, 1}, 3478));
        assertThat(encoded(address)).isEqualTo("00010d96c0000201");
        assertThat(decoded(1, "ff010d96c0000201")).isEqualTo(address);
    }

    //= rfc8489#6.3.3-1 an attribute of an unsupported family is ignored
    @Test void an_address_of_an_unknown_family_is_as_good_as_not_there() {
        var wire = Bytes.hex("010100082112a442000000000000000000000000" + "0020000400030000");
        var message = Message.parse(wire);
        assertThat(message.has(Attribute.XorMappedAddress.class)).isFalse();
        assertThat(message.unknownRequired()).isEmpty();
    }

    @Test void of_a_password_algorithm_the_first_counts_whatever_is_behind_it() {
        for (var tail : List.of("", "00", "00010000", "0001ffff", "0001000141".repeat(70)))
            assertThat(decoded(0x1d, "00020000" + tail)).as(tail)
                    .isEqualTo(new Attribute.PasswordAlgorithm(Algorithm.SHA_256));
        var salty = new Algorithm(9, Bytes.utf8("A"));
        //= rfc8489#14.12-1 the padding of its parameters is ignored, and zero on sending
        assertThat(decoded(0x1d, "0009000141ffeedd" + "0001"))
                .isEqualTo(new Attribute.PasswordAlgorithm(salty));
        assertThat(encoded(new Attribute.PasswordAlgorithm(salty))).isEqualTo("0009000141000000");
        var both = new Attribute.PasswordAlgorithms(List.of(salty, Algorithm.MD5));
        assertThat(decoded(0x8002, "0009000141ffeedd" + "00010000")).isEqualTo(both);
        assertThat(encoded(both)).isEqualTo("0009000141000000" + "00010000");
        for (var cut : List.of("", "0002", "0002000441"))
            refused(new Message(Kind.REQUEST, 1, ID,
                    List.of(new Attribute.Unknown(0x1d, Bytes.hex(cut)))).encode());
    }
}
