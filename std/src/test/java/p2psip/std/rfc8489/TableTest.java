package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Message.Kind;

/// The table of RFC 8489 against IANA's registry of STUN attributes, as far as it refers to that
/// document: https://www.iana.org/assignments/stun-parameters.
class TableTest {
    private static final Map<Integer, String> REQUIRED = Map.ofEntries(
            Map.entry(0x0001, "MAPPED-ADDRESS"),
            Map.entry(0x0006, "USERNAME"),
            Map.entry(0x0008, "MESSAGE-INTEGRITY"),
            Map.entry(0x0009, "ERROR-CODE"),
            Map.entry(0x000a, "UNKNOWN-ATTRIBUTES"),
            Map.entry(0x0014, "REALM"),
            Map.entry(0x0015, "NONCE"),
            Map.entry(0x001c, "MESSAGE-INTEGRITY-SHA256"),
            Map.entry(0x001d, "PASSWORD-ALGORITHM"),
            Map.entry(0x001e, "USERHASH"),
            Map.entry(0x0020, "XOR-MAPPED-ADDRESS")),
            OPTIONAL = Map.of(
            0x8002, "PASSWORD-ALGORITHMS",
            0x8003, "ALTERNATE-DOMAIN",
            0x8022, "SOFTWARE",
            0x8023, "ALTERNATE-SERVER",
            0x8028, "FINGERPRINT");

    @Test void it_has_the_sixteen_attributes_of_the_registry_and_no_other() {
        var expected = new TreeMap<>(REQUIRED);
        expected.putAll(OPTIONAL);
        var actual = new TreeMap<Integer, String>();
        for (int number = 0; number <= 0xffff; number++)
            for (var row : Table.RFC8489.row(number).stream().toList())
                actual.put(row.number(), row.name());
        assertThat(actual).isEqualTo(expected).hasSize(16);
    }

    /// `XOR-MAPPED-ADDRESS` is `XorMappedAddress`.
    @Test void each_name_is_that_of_its_record() {
        for (var number : Stream.concat(REQUIRED.keySet().stream(), OPTIONAL.keySet().stream())
                .toList()) {
            var row = Table.RFC8489.row(number).orElseThrow();
            assertThat(row.name().replace("-", "")).isEqualToIgnoringCase(
                    row.kind().getSimpleName());
        }
    }

    //= rfc8489#6.3-1 who does not know an attribute passes it over, if its number says that he may
    @Test void the_number_says_which_may_be_passed_over_by_who_does_not_know_them() {
        var nothing = new Table(List.of());
        for (var numbers : List.of(REQUIRED.keySet(), OPTIONAL.keySet()))
            for (int number : numbers) {
                var wire = new Message(Kind.REQUEST, Message.BINDING,
                        TransactionId.random(new SplittableRandom(1)),
                        List.of(new Attribute.Unknown(number, Bytes.EMPTY))).encode();
                assertThat(Message.parse(wire, nothing).unknownRequired()).isEqualTo(
                        numbers == REQUIRED.keySet() ? List.of(number) : List.of());
            }
    }
}
