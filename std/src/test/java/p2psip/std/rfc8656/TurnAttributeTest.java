package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc8656.Scene.*;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.TurnAttribute.*;

/// TURN's attributes against IANA's registry and on the wire: §18.
class TurnAttributeTest {
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));

    /// Each with its value on the wire.
    private static final Map<Attribute, String> WIRE = new LinkedHashMap<>();

    static {
        //= rfc8656#18.1-1 the two bytes behind a channel's number are 0
        WIRE.put(new ChannelNumber(0x4001), "000c0004 40010000");
        WIRE.put(new Lifetime(Duration.ofSeconds(600)), "000d0004 00000258");
        WIRE.put(new Data(Bytes.hex("010203")), "00130003 01020300");
        //= rfc8656#18.6-1 the 24 reserved bits are set to zero
        WIRE.put(new RequestedAddressFamily(2), "00170004 02000000");
        WIRE.put(new EvenPort(true), "00180001 80000000");
        //= rfc8656#18.8-1 and those that RFFU are set to zero
        WIRE.put(new RequestedTransport(17), "00190004 11000000");
        WIRE.put(new DontFragment(), "001a0000");
        WIRE.put(new ReservationToken(Bytes.hex("0102030405060708")), "00220008 0102030405060708");
        WIRE.put(new AdditionalAddressFamily(2), "80000004 02000000");
        WIRE.put(new AddressErrorCode(2, 440, "no"), "80010006 02000428 6e6f0000");
        WIRE.put(new Icmp(3, 4, 1400), "80040008 00000304 00000578");
    }

    private static Bytes encode(Attribute... attributes) {
        return new Message(Kind.REQUEST, Method.ALLOCATE, ID, List.of(attributes))
                .encode(TurnAttribute.TABLE);
    }

    //= rfc8656#18-1 with padding to whole words
    @Test void each_is_written_as_figured_and_read_again() {
        WIRE.forEach((attribute, wire) -> {
            var message = encode(attribute);
            assertThat(message.slice(20, message.size()).hex()).isEqualTo(wire.replace(" ", ""));
            assertThat(Message.parse(message, TurnAttribute.TABLE).attributes())
                    .containsExactly(attribute);
        });
    }

    //= rfc8656#18.1-1 whatever stands behind the number is ignored
    //= rfc8656#18.6-1 the reserved bits of a family
    //= rfc8656#18.8-1 and the field behind a protocol, ignored on reception
    @Test void what_is_reserved_is_ignored() {
        assertThat(read(0x000c, "4001ffff")).isEqualTo(new ChannelNumber(0x4001));
        assertThat(read(0x0017, "02ffffff")).isEqualTo(new RequestedAddressFamily(2));
        assertThat(read(0x0019, "11ffffff")).isEqualTo(new RequestedTransport(17));
        assertThat(read(0x0018, "ff")).isEqualTo(new EvenPort(true));
        assertThat(read(0x0018, "7f")).isEqualTo(new EvenPort(false));
        //= rfc8656#18.12-1 the reserved bits before a class are ignored
        //= rfc8656#18.13-1 and the reserved field before an ICMP type is ignored
        assertThat(read(0x8001, "02fffc08")).isEqualTo(new AddressErrorCode(2, 408, ""));
        assertThat(read(0x8004, "ffff0304 00000578".replace(" ", "")))
                .isEqualTo(new Icmp(3, 4, 1400));
    }

    private static Attribute read(int number, String value) {
        return Message.parse(encode(new Attribute.Unknown(number, Bytes.hex(value))),
                TurnAttribute.TABLE).attributes().getFirst();
    }

    //= rfc8656#18.12-2 a reason has fewer than 128 characters, and as many as 763 bytes when read
    @Test void reasons_are_short() {
        encode(new AddressErrorCode(2, 508, "ü".repeat(127)));
        assertThatThrownBy(() -> encode(new AddressErrorCode(2, 508, "u".repeat(128))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(read(0x8001, "02000508" + "61".repeat(763)))
                .isEqualTo(new AddressErrorCode(2, 508, "a".repeat(763)));
        assertThatThrownBy(() -> read(0x8001, "02000508" + "61".repeat(764)))
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    /// https://www.iana.org/assignments/stun-parameters, those that refer to RFC 8656.
    @Test void numbers_and_names_are_those_of_the_registry() {
        var registry = new TreeMap<>(Map.ofEntries(Map.entry(0x000c, "CHANNEL-NUMBER"),
                Map.entry(0x000d, "LIFETIME"), Map.entry(0x0012, "XOR-PEER-ADDRESS"),
                Map.entry(0x0013, "DATA"), Map.entry(0x0016, "XOR-RELAYED-ADDRESS"),
                Map.entry(0x0017, "REQUESTED-ADDRESS-FAMILY"), Map.entry(0x0018, "EVEN-PORT"),
                Map.entry(0x0019, "REQUESTED-TRANSPORT"), Map.entry(0x001a, "DONT-FRAGMENT"),
                Map.entry(0x0022, "RESERVATION-TOKEN"),
                Map.entry(0x8000, "ADDITIONAL-ADDRESS-FAMILY"),
                Map.entry(0x8001, "ADDRESS-ERROR-CODE"), Map.entry(0x8004, "ICMP")));
        var ours = new TreeMap<Integer, String>();
        for (int number = 0; number <= 0xffff; number++) {
            if (Table.RFC8489.row(number).isPresent()) continue;
            TurnAttribute.TABLE.row(number).ifPresent(row -> {
                ours.put(row.number(), row.name());
                assertThat(row.name().replace("-", ""))
                        .isEqualToIgnoringCase(row.kind().getSimpleName());
            });
        }
        assertThat(ours).isEqualTo(registry);
    }

    /// The fast way and the table say the same.
    @Property(tries = 200) void an_indication_is_the_same_by_either_way(
            @ForAll @Size(max = 50) byte[] data, @ForAll @IntRange(min = 1, max = 65_535) int port,
            @ForAll boolean six) {
        var peer = six ? at("2001:db8::7", port) : at("192.0.2.7", port);
        var wire = Indication.encode(Method.SEND, peer, Bytes.copyOf(data),
                new Ids(new SplittableRandom(port)));
        //= rfc8656#11.1-2 the peer and the data, also where these are none
        assertThat(Message.parse(wire, TurnAttribute.TABLE).attributes()).containsExactly(
                new XorPeerAddress(peer), new Data(Bytes.copyOf(data)));
        assertThat(Indication.parse(Method.SEND, wire)).contains(new Indication(
                peer, Optional.of(Bytes.copyOf(data)), Optional.empty()));
        for (int end = 0; end < wire.size(); end++)
            assertThat(Indication.parse(Method.SEND, wire.slice(0, end))).isEmpty();
    }

    @Property(tries = 200) void a_stream_is_cut_anywhere(@ForAll long seed) {
        var dice = new SplittableRandom(seed);
        var sent = new ArrayList<Bytes>();
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            var data = Bytes.wrap(new byte[dice.nextInt(30)]);
            sent.add(dice.nextBoolean() ? ChannelData.encode(0x4000 + i, data, true)
                    : encode(new Data(data)));
            stream.writeBytes(sent.getLast().toArray());
        }
        var framing = new StreamFraming();
        var got = new ArrayList<Bytes>();
        var all = stream.toByteArray();
        for (int at = 0; at < all.length;) {
            int end = Math.min(all.length, at + 1 + dice.nextInt(40));
            got.addAll(framing.feed(Bytes.slice(all, at, end)));
            at = end;
        }
        assertThat(got).isEqualTo(sent);
        assertThat(framing.broken()).isFalse();
        framing.feed(Bytes.utf8("POST / HTTP/1.1\r\n"));
        assertThat(framing.broken()).isTrue();
        assertThat(framing.feed(sent.getFirst())).isEmpty();
    }
}
