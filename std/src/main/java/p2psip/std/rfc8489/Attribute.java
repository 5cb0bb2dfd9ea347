package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// STUN attributes and their wire form: one record each, one `switch` in, one `switch` out.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14 RFC 8489 §14
public sealed interface Attribute {

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
    record AlternateDomain(String name) implements Attribute {}
    record Software(String value) implements Attribute {}
    record AlternateServer(InetSocketAddress address) implements Attribute {}
    record Fingerprint(int crc) implements Attribute {}

    /// One of another specification, or an address of a family that is neither IPv4 nor IPv6.
    record Unknown(int type, Bytes value) implements Attribute {
        /// Whether a message that has it cannot be processed by who does not know it.
        public boolean isRequired() { return type < 0x8000 && !Type.known(type); }
    }

    /// The registry of section 18.3, as far as the records above go.
    enum Type {
        MAPPED_ADDRESS(0x0001), USERNAME(0x0006), MESSAGE_INTEGRITY(0x0008), ERROR_CODE(0x0009),
        UNKNOWN_ATTRIBUTES(0x000a), REALM(0x0014), NONCE(0x0015), MESSAGE_INTEGRITY_SHA256(0x001c),
        PASSWORD_ALGORITHM(0x001d), USERHASH(0x001e), XOR_MAPPED_ADDRESS(0x0020),
        PASSWORD_ALGORITHMS(0x8002), ALTERNATE_DOMAIN(0x8003), SOFTWARE(0x8022),
        ALTERNATE_SERVER(0x8023), FINGERPRINT(0x8028);

        final int number;

        Type(int number) { this.number = number; }

        private static final Map<Integer, Type> BY_NUMBER = Arrays.stream(values())
                .collect(Collectors.toMap(type -> type.number, type -> type));

        static boolean known(int number) { return BY_NUMBER.containsKey(number); }
    }

    /// The longest text that is read, in bytes; what RFC 5389 let agents write.
    int TEXT = 763;

    /// Reads the value of an attribute; the transaction ID is the mask of XORed addresses.
    static Attribute decode(int number, Bytes value, TransactionId id) {
        var type = Type.BY_NUMBER.get(number);
        if (type == null) return new Unknown(number, value);
        var in = value.buffer();
        try {
            return switch (type) {
                case MAPPED_ADDRESS -> address(number, value, NO_MASK, MappedAddress::new);
                case XOR_MAPPED_ADDRESS ->
                        address(number, value, id.bytes(), XorMappedAddress::new);
                case ALTERNATE_SERVER -> address(number, value, NO_MASK, AlternateServer::new);
                case USERNAME -> new Username(text(value));
                case REALM -> new Realm(text(value));
                case NONCE -> new Nonce(text(value));
                case SOFTWARE -> new Software(text(value));
                case ALTERNATE_DOMAIN -> new AlternateDomain(text(value));
                case MESSAGE_INTEGRITY -> new MessageIntegrity(exactly(20, value));
                //= rfc8489#14.6-1 fewer than 32 bytes are a usage's choice, none of ours
                case MESSAGE_INTEGRITY_SHA256 -> new MessageIntegritySha256(exactly(32, value));
                case USERHASH -> new UserHash(exactly(32, value));
                case FINGERPRINT -> new Fingerprint(exactly(4, value).buffer().getInt());
                //= rfc8489#14.8-3 the reserved bits before the class are ignored
                case ERROR_CODE -> new ErrorCode(code(in.get(2) & 7, in.get(3)),
                        text(value.slice(4, value.size())));
                case UNKNOWN_ATTRIBUTES -> {
                    var types = new ArrayList<Integer>();
                    while (in.remaining() >= 2) types.add(in.getShort() & 0xffff);
                    yield new UnknownAttributes(types);
                }
                case PASSWORD_ALGORITHM -> new PasswordAlgorithm(algorithm(in));
                case PASSWORD_ALGORITHMS -> {
                    var algorithms = new ArrayList<Algorithm>();
                    while (in.hasRemaining()) algorithms.add(algorithm(in));
                    yield new PasswordAlgorithms(algorithms);
                }
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new SyntaxException(type + " cut short", e);
        }
    }

    default int type() {
        return switch (this) {
            case MappedAddress _ -> Type.MAPPED_ADDRESS.number;
            case Username _ -> Type.USERNAME.number;
            case MessageIntegrity _ -> Type.MESSAGE_INTEGRITY.number;
            case ErrorCode _ -> Type.ERROR_CODE.number;
            case UnknownAttributes _ -> Type.UNKNOWN_ATTRIBUTES.number;
            case Realm _ -> Type.REALM.number;
            case Nonce _ -> Type.NONCE.number;
            case MessageIntegritySha256 _ -> Type.MESSAGE_INTEGRITY_SHA256.number;
            case PasswordAlgorithm _ -> Type.PASSWORD_ALGORITHM.number;
            case UserHash _ -> Type.USERHASH.number;
            case XorMappedAddress _ -> Type.XOR_MAPPED_ADDRESS.number;
            case PasswordAlgorithms _ -> Type.PASSWORD_ALGORITHMS.number;
            case AlternateDomain _ -> Type.ALTERNATE_DOMAIN.number;
            case Software _ -> Type.SOFTWARE.number;
            case AlternateServer _ -> Type.ALTERNATE_SERVER.number;
            case Fingerprint _ -> Type.FINGERPRINT.number;
            case Unknown(int type, _) -> type;
        };
    }

    /// The value as it goes on the wire, without padding.
    default Bytes encode(TransactionId id) {
        return switch (this) {
            case MappedAddress(var address) -> bytes(address, NO_MASK);
            case AlternateServer(var address) -> bytes(address, NO_MASK);
            case XorMappedAddress(var address) -> bytes(address, id.bytes());
            case Username(var text) -> Bytes.utf8(text);
            case Realm(var text) -> Bytes.utf8(text);
            case Nonce(var text) -> Bytes.utf8(text);
            case Software(var text) -> Bytes.utf8(text);
            case AlternateDomain(var text) -> Bytes.utf8(text);
            case MessageIntegrity(var hmac) -> hmac;
            case MessageIntegritySha256(var hmac) -> hmac;
            case UserHash(var hash) -> hash;
            case Fingerprint(int crc) -> Bytes.wrap(ByteBuffer.allocate(4).putInt(crc).array());
            case ErrorCode(int code, var reason) -> {
                var text = Bytes.utf8(reason);
                //= rfc8489#14.8-2,5 two reserved bytes of 0, then class and number of the code
                yield Bytes.wrap(ByteBuffer.allocate(4 + text.size()).putShort((short) 0)
                        .put((byte) (code / 100)).put((byte) (code % 100)).put(text.buffer())
                        .array());
            }
            case UnknownAttributes(var types) -> {
                var out = ByteBuffer.allocate(2 * types.size());
                types.forEach(type -> out.putShort(type.shortValue()));
                yield Bytes.wrap(out.array());
            }
            case PasswordAlgorithm(var algorithm) -> bytes(List.of(algorithm));
            case PasswordAlgorithms(var algorithms) -> bytes(algorithms);
            case Unknown(_, var value) -> value;
        };
    }

    static int padding(int size) { return -size & 3; }

    private static String text(Bytes value) {
        //= rfc8489#14.3-2 to be compatible with RFC 5389: up to 763 octets
        //= rfc8489#14.8-1 a reason of as many bytes when decoding
        if (value.size() > TEXT) throw new SyntaxException("text of " + value.size() + " bytes");
        return value.utf8();
    }

    private static Bytes exactly(int size, Bytes value) {
        if (value.size() != size) throw new SyntaxException("not " + size + " but " + value);
        return value;
    }

    private static int code(int hundreds, int number) {
        //= rfc8489#14.8-4 the value of the class is between 3 and 6
        if (hundreds < 3 || hundreds > 6 || number < 0 || number > 99)
            throw new SyntaxException("error code " + hundreds + "/" + number);
        return hundreds * 100 + number;
    }

    private static Algorithm algorithm(ByteBuffer in) {
        int number = in.getShort() & 0xffff, size = in.getShort() & 0xffff;
        var parameters = Bytes.from(in.slice(in.position(), size));
        //= rfc8489#14.12-1 padding bits of the parameters are ignored
        in.position(Math.min(in.limit(), in.position() + size + padding(size)));
        return new Algorithm(number, parameters);
    }

    private static Bytes bytes(List<Algorithm> algorithms) {
        var out = ByteBuffer.allocate(algorithms.stream()
                .mapToInt(a -> 4 + a.parameters().size() + padding(a.parameters().size())).sum());
        for (var algorithm : algorithms) {
            int size = algorithm.parameters().size();
            out.putShort((short) algorithm.number()).putShort((short) size)
                    .put(algorithm.parameters().buffer()).put(new byte[padding(size)]);
        }
        return Bytes.wrap(out.array());
    }

    /// XORing with it changes nothing.
    Bytes NO_MASK = Bytes.wrap(new byte[TransactionId.SIZE]);

    private static Attribute address(int type, Bytes value, Bytes mask,
            Function<InetSocketAddress, Attribute> attribute) {
        //= rfc8489#14.1-3 the first byte only aligns the rest
        int family = value.at(1);
        //= rfc8489#6.3.3-1 an address of another family is as good as not there
        if (family != 1 && family != 2) return new Unknown(type, value);
        //= rfc8489#14.1-1,2 IPv4 has four bytes; IPv6 has sixteen
        exactly(family == 1 ? 8 : 20, value);
        try {
            var ip = InetAddress.getByAddress(masked(value.slice(4, value.size()), mask));
            return attribute.apply(new InetSocketAddress(ip,
                    (value.buffer().getShort(2) ^ mask.buffer().getShort(0)) & 0xffff));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // it has 4 or 16 bytes
        }
    }

    //= rfc8489#14.2¶4 the port is XORed with the top half of the cookie, an IPv4 address with the
    //= rfc8489#14.2¶4 cookie, an IPv6 address with cookie and transaction ID: one mask of 16 bytes
    private static Bytes bytes(InetSocketAddress address, Bytes mask) {
        var ip = masked(Bytes.wrap(address.getAddress().getAddress()), mask);
        return Bytes.wrap(ByteBuffer.allocate(4 + ip.length)
                .putShort((short) (ip.length == 4 ? 1 : 2))
                .putShort((short) (address.getPort() ^ mask.buffer().getShort(0)))
                .put(ip).array());
    }

    private static byte[] masked(Bytes ip, Bytes mask) {
        var masked = ip.toArray();
        for (int i = 0; i < masked.length; i++) masked[i] ^= mask.at(i);
        return masked;
    }
}
