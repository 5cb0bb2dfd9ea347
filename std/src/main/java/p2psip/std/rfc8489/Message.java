package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// A STUN message: what it is, which transaction it belongs to, and its attributes in order.
///
/// Integrity and fingerprint cover the bytes before them, so they are put on and checked on the
/// wire form: [Integrity#append], [Integrity#verify], [Fingerprints].
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |0 0|  method and class         |  length of the attributes     |
/// |                         magic cookie                          |
/// |                   transaction ID, 96 bits                     |
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-5 RFC 8489 §5
public record Message(Kind kind, int method, TransactionId id, List<Attribute> attributes) {

    /// The class of a message; the order is that of the class's two bits.
    public enum Kind { REQUEST, INDICATION, SUCCESS, ERROR }

    public static final int BINDING = 1;

    static final int HEADER = 20;

    /// How many attributes a message may have.
    private static final int ATTRIBUTES = 64;

    public Message { attributes = List.copyOf(attributes); }

    /// Whether these bytes can be STUN and no other protocol that shares a port with it: RTP and
    /// SIP never begin with two bits of 0. RFC 3489's messages lack the cookie and are not
    /// recognised.
    public static boolean isStun(Bytes datagram) {
        //= rfc8489#5-1,3 the first two bits are zero; the cookie is where it must be
        return looksClassic(datagram) && datagram.buffer().getInt(4) == TransactionId.COOKIE;
    }

    /// Whether these bytes can be STUN, if only of RFC 3489: the length is right, that is all.
    static boolean looksClassic(Bytes datagram) {
        return datagram.size() >= HEADER && datagram.size() % 4 == 0 && (datagram.at(0) & 0xc0) == 0
                && (datagram.buffer().getShort(2) & 0xffff) == datagram.size() - HEADER;
    }

    /// Reads a header of type, length, cookie and transaction ID, then attributes, each of type,
    /// length, value and padding to whole words.
    ///
    /// @throws SyntaxException if it is none
    public static Message parse(Bytes wire) {
        //= rfc8489#5-8 the length counts what follows the header
        if (!looksClassic(wire))
            throw new SyntaxException("no STUN header, or its length is wrong: " + wire);
        var in = wire.buffer();
        int type = in.getShort(0);
        //= rfc8489#5¶6 bits 4 and 8 of the type are the class, the other twelve the method
        var kind = Kind.values()[type >> 7 & 2 | type >> 4 & 1];
        int method = type & 0xf | type >> 1 & 0x70 | type >> 2 & 0xf80;
        var id = new TransactionId(wire.slice(4, HEADER));
        return new Message(kind, method, id, attributes(in.position(HEADER), id));
    }

    private static List<Attribute> attributes(ByteBuffer in, TransactionId id) {
        var attributes = new ArrayList<Attribute>();
        while (in.hasRemaining()) {
            int type = in.getShort() & 0xffff, size = in.getShort() & 0xffff;
            if (size > in.remaining()) throw new SyntaxException("an attribute cut short");
            var value = Bytes.from(in.slice(in.position(), size));
            //= rfc8489#14-4 whatever is in the padding is passed over
            in.position(in.position() + size + Attribute.padding(size));
            if (attributes.size() == ATTRIBUTES) throw new SyntaxException("too many attributes");
            if (counts(type, attributes)) attributes.add(Attribute.decode(type, value, id));
        }
        return attributes;
    }

    private static boolean counts(int type, List<Attribute> before) {
        boolean sha1 = before.stream().anyMatch(Attribute.MessageIntegrity.class::isInstance);
        boolean sha256 = before.stream()
                .anyMatch(Attribute.MessageIntegritySha256.class::isInstance);
        //= rfc8489#9-1,2 after MESSAGE-INTEGRITY or its SHA-256 sister little counts
        return type == Attribute.Type.FINGERPRINT.number || !sha1 && !sha256
                || !sha256 && type == Attribute.Type.MESSAGE_INTEGRITY_SHA256.number;
    }

    public Bytes encode() {
        var values = attributes.stream().map(attribute -> attribute.encode(id)).toList();
        int size = values.stream().mapToInt(v -> 4 + v.size() + Attribute.padding(v.size())).sum();
        int two = kind.ordinal();
        var out = ByteBuffer.allocate(HEADER + size)
                .putShort((short) (method & 0xf | (method & 0x70) << 1 | (method & 0xf80) << 2
                        | (two & 1) << 4 | (two & 2) << 7))
                .putShort((short) size).put(id.bytes().buffer());
        for (int i = 0; i < values.size(); i++)
            put(out, attributes.get(i).type(), values.get(i));
        return Bytes.wrap(out.array());
    }

    static void put(ByteBuffer out, int type, Bytes value) {
        //= rfc8489#14-1,2,3 an attribute is type, length of the value, value, in whole words
        out.putShort((short) type).putShort((short) value.size()).put(value.buffer())
                .put(new byte[Attribute.padding(value.size())]);
    }

    /// The first attribute of a kind.
    public <A extends Attribute> Optional<A> first(Class<A> kind) {
        //= rfc8489#14-6 of those that occur more than once the first counts
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    boolean has(Class<? extends Attribute> kind) { return first(kind).isPresent(); }

    /// The types of attributes that nobody may pass over and that are not known here.
    public List<Integer> unknownRequired() {
        //= rfc8489#6.3-1 optional attributes that are unknown are ignored
        return attributes.stream().filter(attribute ->
                        attribute instanceof Attribute.Unknown unknown && unknown.isRequired())
                .map(Attribute::type).distinct().toList();
    }

    /// A response to this request.
    Message response(Kind kind, List<Attribute> attributes) {
        //= rfc8489#5-7 a response has the transaction ID of its request
        return new Message(kind, method, id, attributes);
    }
}
