package p2psip.std.rfc8489;

import static p2psip.std.rfc8489.Codec.*;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;

/// The attributes that a reader or writer of messages knows. Another specification adds rows for
/// its own and hands the longer table to [Message#parse], [Message#encode] and [Client]:
///
/// ```java
/// record Lifetime(int seconds) implements Attribute {}
///
/// static final Table TURN = Table.RFC8489.with(new Table.Row<>(0x000d, "LIFETIME",
///         Lifetime.class, Codec.NUMBER.map(Lifetime::new, Lifetime::seconds)));
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-18.3 RFC 8489 §18.3
public final class Table {
    static final int INTEGRITY = 0x0008, INTEGRITY_SHA256 = 0x001c, FINGERPRINT = 0x8028;

    /// What is known of an attribute: its number and name at IANA, its record, and its wire form.
    public record Row<A extends Attribute>(int number, String name, Class<A> kind, Codec<A> codec) {
        private Unknown raw(Attribute attribute, TransactionId id) {
            return new Unknown(number, codec.encoder().apply(kind.cast(attribute), id));
        }
    }

    public static final Table RFC8489 = new Table(List.of(
            new Row<>(0x0001, "MAPPED-ADDRESS", MappedAddress.class,
                    ADDRESS.map(MappedAddress::new, MappedAddress::address)),
            new Row<>(0x0006, "USERNAME", Username.class, TEXT.map(Username::new, Username::value)),
            new Row<>(INTEGRITY, "MESSAGE-INTEGRITY", MessageIntegrity.class,
                    bytes(20).map(MessageIntegrity::new, MessageIntegrity::hmac)),
            new Row<>(0x0009, "ERROR-CODE", ErrorCode.class, ERROR_CODE),
            new Row<>(0x000a, "UNKNOWN-ATTRIBUTES", UnknownAttributes.class,
                    TYPES.map(UnknownAttributes::new, UnknownAttributes::types)),
            new Row<>(0x0014, "REALM", Realm.class, TEXT.map(Realm::new, Realm::value)),
            new Row<>(0x0015, "NONCE", Nonce.class, TEXT.map(Nonce::new, Nonce::value)),
            //= rfc8489#14.6-1 fewer than 32 bytes are a usage's choice, none of ours
            new Row<>(INTEGRITY_SHA256, "MESSAGE-INTEGRITY-SHA256", MessageIntegritySha256.class,
                    bytes(32).map(MessageIntegritySha256::new, MessageIntegritySha256::hmac)),
            new Row<>(0x001d, "PASSWORD-ALGORITHM", PasswordAlgorithm.class,
                    ALGORITHM.map(PasswordAlgorithm::new, PasswordAlgorithm::algorithm)),
            new Row<>(0x001e, "USERHASH", UserHash.class,
                    bytes(32).map(UserHash::new, UserHash::hash)),
            new Row<>(0x0020, "XOR-MAPPED-ADDRESS", XorMappedAddress.class,
                    XORED_ADDRESS.map(XorMappedAddress::new, XorMappedAddress::address)),
            new Row<>(0x8002, "PASSWORD-ALGORITHMS", PasswordAlgorithms.class,
                    ALGORITHMS.map(PasswordAlgorithms::new, PasswordAlgorithms::algorithms)),
            new Row<>(0x8003, "ALTERNATE-DOMAIN", AlternateDomain.class,
                    TEXT.map(AlternateDomain::new, AlternateDomain::value)),
            new Row<>(0x8022, "SOFTWARE", Software.class, TEXT.map(Software::new, Software::value)),
            new Row<>(0x8023, "ALTERNATE-SERVER", AlternateServer.class,
                    ADDRESS.map(AlternateServer::new, AlternateServer::address)),
            new Row<>(FINGERPRINT, "FINGERPRINT", Fingerprint.class,
                    NUMBER.map(Fingerprint::new, Fingerprint::crc))));

    private final Map<Integer, Row<?>> byNumber;
    private final Map<Class<?>, Row<?>> byKind;

    /// @throws IllegalStateException if two rows have a number or a kind in common
    public Table(List<Row<?>> rows) {
        byNumber = rows.stream().collect(Collectors.toMap(Row::number, row -> row));
        byKind = rows.stream().collect(Collectors.toMap(Row::kind, row -> row));
    }

    /// This one and more rows.
    public Table with(Row<?>... more) {
        return new Table(Stream.concat(byNumber.values().stream(), Stream.of(more)).toList());
    }

    public Optional<Row<?>> row(int number) { return Optional.ofNullable(byNumber.get(number)); }

    /// What an attribute is to who knows this table.
    Optional<? extends Attribute> known(Unknown raw, TransactionId id) {
        var row = row(raw.type());
        return row.isPresent() ? row.get().codec.decoder().apply(raw.value(), id)
                : Optional.of(raw);
    }

    /// The attribute as it is to who does not know it: number and value.
    ///
    /// @throws IllegalArgumentException if it is not in this table
    public Unknown raw(Attribute attribute, TransactionId id) {
        if (attribute instanceof Unknown raw) return raw;
        var row = Optional.<Row<?>>ofNullable(byKind.get(attribute.getClass())).orElseThrow(
                () -> new IllegalArgumentException("not in the table: " + attribute));
        return row.raw(attribute, id);
    }
}
