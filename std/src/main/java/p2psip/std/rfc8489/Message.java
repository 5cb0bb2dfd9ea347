package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;

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

    /// SOURCE-ADDRESS, CHANGED-ADDRESS and REFLECTED-FROM, which the answers of an RFC 3489 server
    /// have: nothing is to be done with them.
    private static final List<Integer> OF_RFC_3489 = List.of(0x0004, 0x0005, 0x000b);

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

    public static Message parse(Bytes wire) { return parse(wire, Table.RFC8489); }

    public static Message parse(Bytes wire, Table table) {
        if (!looksClassic(wire))
            throw new SyntaxException("no STUN header, or its length is wrong: " + wire);
        int type = wire.buffer().getShort();
        //= rfc8489#5¶6 bits 4 and 8 of the type are the class, the other twelve the method
        var kind = Kind.values()[type >> 7 & 2 | type >> 4 & 1];
        int method = type & 0xf | type >> 1 & 0x70 | type >> 2 & 0xf80;
        var id = new TransactionId(wire.slice(4, HEADER));
        var attributes = new ArrayList<Attribute>();
        try {
            for (var raw : Codec.attributes(wire.buffer().position(HEADER)))
                if (counts(raw.type(), attributes)) table.known(raw, id).ifPresent(attributes::add);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new SyntaxException("an attribute cut short");
        }
        return new Message(kind, method, id, attributes);
    }

    private static boolean counts(int type, List<Attribute> before) {
        //= rfc8489#9-1,2 after MESSAGE-INTEGRITY or its SHA-256 sister little counts
        return type == Table.FINGERPRINT || before.stream().noneMatch(one ->
                one instanceof MessageIntegritySha256 || one instanceof MessageIntegrity
                        && type != Table.INTEGRITY_SHA256);
    }

    public Bytes encode() { return encode(Table.RFC8489); }

    public Bytes encode(Table table) {
        int two = kind.ordinal();
        int type = method & 0xf | (method & 0x70) << 1 | (method & 0xf80) << 2
                | (two & 1) << 4 | (two & 2) << 7;
        return append(Codec.join(Codec.words(type, 0), id.bytes()),
                attributes.stream().map(attribute -> table.raw(attribute, id)).toList());
    }

    /// The message with more attributes at its end.
    static Bytes append(Bytes message, List<Unknown> attributes) {
        var longer = Codec.join(message, Codec.encode(attributes));
        return lengthened(longer, longer.size());
    }

    /// The message with the length in its header as if it ended at `end`.
    static Bytes lengthened(Bytes message, int end) {
        //= rfc8489#5-8 the length is that of the attributes, without the header
        return Codec.join(message.slice(0, 2), Codec.words(end - HEADER),
                message.slice(4, message.size()));
    }

    /// Where the first attribute of a type begins, or the end if there is none.
    static int offset(Bytes message, int type) {
        var in = message.buffer();
        int at = HEADER;
        while (at + 4 <= message.size() && (in.getShort(at) & 0xffff) != type)
            at += 4 + Codec.padded(in.getShort(at + 2) & 0xffff);
        return at + 4 <= message.size() ? at : message.size();
    }

    /// The first attribute of a kind.
    public <A extends Attribute> Optional<A> first(Class<A> kind) {
        //= rfc8489#14-6 of those that occur more than once the first counts
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// The error code, 0 if it has none.
    public int code() { return first(ErrorCode.class).map(ErrorCode::code).orElse(0); }

    /// Whether it has an attribute of a kind.
    public boolean has(Class<? extends Attribute> kind) { return first(kind).isPresent(); }

    /// The types of attributes that nobody may pass over and that the reader's table has not got.
    public List<Integer> unknownRequired() {
        //= rfc8489#6.3-1 optional attributes that are unknown are ignored
        return attributes.stream().filter(Unknown.class::isInstance).map(Unknown.class::cast)
                .map(Unknown::type).filter(type -> type < 0x8000 && !OF_RFC_3489.contains(type))
                .distinct().toList();
    }

    /// This one with more attributes.
    public Message with(List<Attribute> more) {
        return new Message(kind, method, id,
                Stream.concat(attributes.stream(), more.stream()).toList());
    }

    /// A response to this request.
    public Message response(Kind kind, List<Attribute> attributes) {
        //= rfc8489#5-7 a response has the transaction ID of its request
        return new Message(kind, method, id, attributes);
    }
}
