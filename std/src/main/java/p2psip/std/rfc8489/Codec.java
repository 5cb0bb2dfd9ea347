package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;

/// How a value stands in an attribute, without padding. The transaction ID masks XORed addresses.
///
/// @param decoder nothing comes of a value that is as good as not there; to read beyond its end is
///                a syntax error
public record Codec<V>(BiFunction<Bytes, TransactionId, Optional<V>> decoder,
        BiFunction<V, TransactionId, Bytes> encoder) {

    /// The longest text that is read, in bytes; what RFC 5389 let agents write.
    private static final int LONGEST = 763;

    /// How many attributes a message may have, and algorithms an attribute.
    private static final int MOST = 64;

    public static final Codec<String> TEXT = of(Codec::text, Bytes::utf8);
    public static final Codec<Integer> NUMBER = of(value -> exactly(4, value).buffer().getInt(),
            number -> words(number >>> 16, number));
    public static final Codec<InetSocketAddress> ADDRESS =
            new Codec<>((value, _) -> address(value), (address, _) -> encode(address));
    public static final Codec<InetSocketAddress> XORED_ADDRESS =
            new Codec<>((value, id) -> address(masked(value, id)),
                    (address, id) -> masked(encode(address), id));

    static final Codec<ErrorCode> ERROR_CODE = of(Codec::errorCode, Codec::encode);
    static final Codec<List<Integer>> TYPES = of(Codec::types, types ->
            words(types.stream().mapToInt(type -> type).toArray()));
    /// Algorithms are built like attributes; whatever is behind the one is passed over.
    static final Codec<Algorithm> ALGORITHM = of(value -> algorithm(attribute(value.buffer())),
            one -> encode(List.of(like(one))));
    static final Codec<List<Algorithm>> ALGORITHMS = of(
            value -> attributes(value.buffer()).stream().map(Codec::algorithm).toList(),
            algorithms -> encode(algorithms.stream().map(Codec::like).toList()));

    /// One that needs no transaction ID.
    public static <V> Codec<V> of(Function<Bytes, V> decoder, Function<V, Bytes> encoder) {
        return new Codec<>((value, _) -> Optional.of(decoder.apply(value)),
                (value, _) -> encoder.apply(value));
    }

    /// Exactly so many of them.
    public static Codec<Bytes> bytes(int size) {
        return of(value -> exactly(size, value), value -> value);
    }

    /// The same bytes for another type, such as the record that holds the value.
    public <T> Codec<T> map(Function<V, T> to, Function<T, V> from) {
        return new Codec<>((value, id) -> decoder.apply(value, id).map(to),
                (value, id) -> encoder.apply(from.apply(value), id));
    }

    private static String text(Bytes value) {
        //= rfc8489#14.3-2 to be compatible with RFC 5389: up to 763 octets
        //= rfc8489#14.8-1 a reason of as many bytes when decoding
        if (value.size() > LONGEST) throw new SyntaxException("text of " + value.size() + " bytes");
        return value.utf8();
    }

    private static Bytes exactly(int size, Bytes value) {
        if (value.size() != size) throw new SyntaxException("not " + size + " but " + value);
        return value;
    }

    private static Optional<InetSocketAddress> address(Bytes value) {
        //= rfc8489#14.1-3 the first byte only aligns the rest
        int family = value.at(1);
        //= rfc8489#6.3.3-1 an address of another family is as good as not there
        if (family != 1 && family != 2) return Optional.empty();
        //= rfc8489#14.1-1,2 IPv4 has four bytes; IPv6 has sixteen
        var ip = exactly(family == 1 ? 8 : 20, value).slice(4, value.size()).toArray();
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip),
                    value.buffer().getShort(2) & 0xffff));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // it has 4 or 16 bytes
        }
    }

    private static Bytes encode(InetSocketAddress address) {
        var ip = Bytes.wrap(address.getAddress().getAddress());
        return join(words(ip.size() == 4 ? 1 : 2, address.getPort()), ip);
    }

    //= rfc8489#14.2¶4 the port is XORed with the top half of the cookie, an IPv4 address with the
    //= rfc8489#14.2¶4 cookie, an IPv6 address with cookie and transaction ID: one mask of 16 bytes
    private static Bytes masked(Bytes value, TransactionId id) {
        var masked = value.toArray();
        for (int i = 2; i < Math.min(20, masked.length); i++)
            masked[i] ^= id.bytes().at(i < 4 ? i - 2 : i - 4);
        return Bytes.wrap(masked);
    }

    private static ErrorCode errorCode(Bytes value) {
        //= rfc8489#14.8-3 the reserved bits before the class are ignored
        int hundreds = value.at(2) & 7, number = value.at(3);
        //= rfc8489#14.8-4 the value of the class is between 3 and 6
        if (hundreds < 3 || hundreds > 6 || number < 0 || number > 99)
            throw new SyntaxException("error code " + hundreds + "/" + number);
        return new ErrorCode(hundreds * 100 + number, text(value.slice(4, value.size())));
    }

    private static Bytes encode(ErrorCode error) {
        //= rfc8489#14.8-2,5 two reserved bytes of 0, then class and number of the code
        return join(words(0, error.code() / 100 << 8 | error.code() % 100),
                Bytes.utf8(error.reason()));
    }

    private static List<Integer> types(Bytes value) {
        return IntStream.range(0, value.size() / 2)
                .mapToObj(i -> value.buffer().getShort(2 * i) & 0xffff).toList();
    }

    /// What the buffer holds from here to its end, before any table is asked.
    static List<Unknown> attributes(ByteBuffer in) {
        var attributes = new ArrayList<Unknown>();
        while (in.hasRemaining()) {
            if (attributes.size() == MOST) throw new SyntaxException("too many attributes");
            attributes.add(attribute(in));
        }
        return attributes;
    }

    private static Unknown attribute(ByteBuffer in) {
        int type = in.getShort() & 0xffff, size = in.getShort() & 0xffff;
        var value = Bytes.from(in, size);
        //= rfc8489#14-4 whatever is in the padding is passed over
        //= rfc8489#14.12-1 the padding of an algorithm's parameters too
        in.position(Math.min(in.limit(), in.position() + padded(size) - size));
        return new Unknown(type, value);
    }

    private static Algorithm algorithm(Unknown like) {
        return new Algorithm(like.type(), like.value());
    }

    private static Unknown like(Algorithm algorithm) {
        return new Unknown(algorithm.number(), algorithm.parameters());
    }

    static Bytes encode(List<Unknown> attributes) {
        //= rfc8489#14-1,2,3 an attribute is type, length of the value, value, in whole words
        return join(attributes.stream().flatMap(raw -> Stream.of(
                words(raw.type(), raw.value().size()),
                Bytes.wrap(Arrays.copyOf(raw.value().toArray(), padded(raw.value().size())))))
                .toArray(Bytes[]::new));
    }

    /// How much room whole words for so many bytes take.
    static int padded(int size) { return size + 3 & ~3; }

    /// Numbers of 16 bits.
    static Bytes words(int... numbers) {
        var out = ByteBuffer.allocate(2 * numbers.length);
        for (int number : numbers) out.putShort((short) number);
        return Bytes.wrap(out.array());
    }

    static Bytes join(Bytes... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) out.writeBytes(part.toArray());
        return Bytes.wrap(out.toByteArray());
    }
}
