package p2psip.std.rfc5780;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc5780.BehaviorAttribute.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;

/// The attributes of behaviour discovery against IANA's registry and on the wire: §7.
class BehaviorAttributeTest {
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));
    private static final InetSocketAddress AT =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 3479);

    private static final Map<Attribute, String> WIRE = new LinkedHashMap<>();

    static {
        //= rfc5780#7.2¶4 of 32 bits A is that of 4, B that of 2
        WIRE.put(new ChangeRequest(true, false), "00030004 00000004");
        WIRE.put(new ChangeRequest(false, true), "00030004 00000002");
        WIRE.put(new ChangeRequest(true, true), "00030004 00000006");
        WIRE.put(new Padding(Bytes.hex("0000000000")), "00260005 0000000000000000");
        //= rfc5780#7.5¶2 the port, and two bytes of padding
        WIRE.put(new ResponsePort(65_535), "00270004 ffff0000");
        WIRE.put(new CacheTimeout(Bytes.hex("0000003c")), "80270004 0000003c");
        //= rfc5780#7.1¶1 as MAPPED-ADDRESS has it
        WIRE.put(new ResponseOrigin(AT), "802b0008 00010d97c0000209");
        WIRE.put(new OtherAddress(AT), "802c0008 00010d97c0000209");
    }

    private static Bytes encode(Attribute... attributes) {
        return new Message(Kind.REQUEST, Message.BINDING, ID, List.of(attributes))
                .encode(BehaviorAttribute.TABLE);
    }

    @Test void each_is_written_as_figured_and_read_again() {
        WIRE.forEach((attribute, wire) -> {
            var message = encode(attribute);
            assertThat(message.slice(20, message.size()).hex()).isEqualTo(wire.replace(" ", ""));
            assertThat(Message.parse(message, BehaviorAttribute.TABLE).attributes())
                    .containsExactly(attribute);
        });
    }

    @Test void what_is_cut_short_is_a_syntax_error() {
        for (var wire : List.of("00030002 00020000", "00270000", "802c0004 00010d97"))
            assertThatThrownBy(() -> {
                var attribute = Bytes.hex(wire.replace(" ", ""));
                Message.parse(Bytes.wrap(ByteBuffer.allocate(20 + attribute.size())
                        .putInt(0x0001_0000 | attribute.size()).put(ID.bytes().buffer())
                        .put(attribute.buffer()).array()), BehaviorAttribute.TABLE);
            }).isInstanceOf(SyntaxException.class);
    }

    /// https://www.iana.org/assignments/stun-parameters, as far as it refers to RFC 5780.
    @Test void it_has_the_six_attributes_of_the_registry_under_the_names_of_their_records() {
        var names = new TreeMap<Integer, String>();
        for (int number = 0; number <= 0xffff; number++) {
            if (Table.RFC8489.row(number).isPresent()) continue;
            for (var row : BehaviorAttribute.TABLE.row(number).stream().toList()) {
                names.put(number, row.name());
                assertThat(row.name().replace("-", ""))
                        .isEqualToIgnoringCase(row.kind().getSimpleName());
            }
        }
        assertThat(names).isEqualTo(Map.of(0x0003, "CHANGE-REQUEST", 0x0026, "PADDING",
                0x0027, "RESPONSE-PORT", 0x8027, "CACHE-TIMEOUT", 0x802b, "RESPONSE-ORIGIN",
                0x802c, "OTHER-ADDRESS"));
    }
}
