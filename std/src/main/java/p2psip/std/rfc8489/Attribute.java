package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// STUN attributes, one record each. Other specifications have records of their own; which number
/// and wire form each has stands in a [Table].
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14 RFC 8489 §14
public interface Attribute {
    record MappedAddress(InetSocketAddress address) implements Attribute {}
    record Username(String value) implements Attribute {}
    record MessageIntegrity(Bytes hmac) implements Attribute {}
    record ErrorCode(int code, String reason) implements Attribute {}
    record UnknownAttributes(List<Integer> types) implements Attribute {
        public UnknownAttributes { types = List.copyOf(types); }
    }
    record Realm(String value) implements Attribute {}
    record Nonce(String value) implements Attribute {}
    record MessageIntegritySha256(Bytes hmac) implements Attribute {}
    record PasswordAlgorithm(Algorithm algorithm) implements Attribute {}
    record UserHash(Bytes hash) implements Attribute {}
    record XorMappedAddress(InetSocketAddress address) implements Attribute {}
    record PasswordAlgorithms(List<Algorithm> algorithms) implements Attribute {
        public PasswordAlgorithms { algorithms = List.copyOf(algorithms); }
    }
    record AlternateDomain(String value) implements Attribute {}
    record Software(String value) implements Attribute {}
    record AlternateServer(InetSocketAddress address) implements Attribute {}
    record Fingerprint(int crc) implements Attribute {}

    /// One that the table of its reader has not got.
    record Unknown(int type, Bytes value) implements Attribute {}
}
