package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// Tells whoever asks from which address it asked. A function of the request alone: a
/// retransmission gets the same answer, and there is nothing to remember.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-12 RFC 8489 §12
public final class BindingServer {
    /// CHANGE-REQUEST of RFC 3489 that asks for nothing: old clients put it into each request. One
    /// that asks to be answered from elsewhere is unknown here.
    private static final Unknown NO_CHANGE = new Unknown(0x0003, Bytes.hex("00000000"));

    private static final int NAME = 127;

    private final Software software;
    private final boolean alone;

    /// That as an attribute.
    private final byte[] named;

    /// @param software what it says of itself, at most 127 characters
    /// @param alone    whether STUN has the port for itself: only then are clients of RFC 3489
    ///                 answered, whose requests could be another protocol's
    public BindingServer(String software, boolean alone) {
        //= rfc8489#14.14-2 fewer than 128 characters
        if (software.codePointCount(0, software.length()) > NAME)
            throw new IllegalArgumentException("a name of more than 127 characters: " + software);
        this.software = new Software(software);
        this.alone = alone;
        this.named = Codec.encode(List.of(Table.RFC8489.raw(this.software,
                TransactionId.NONE))).toArray();
    }

    /// The answer to a datagram that came from an address, or nothing if it asks for none.
    public Optional<Bytes> answer(Bytes datagram, InetSocketAddress from) {
        return isBare(datagram) ? Optional.of(bare(datagram, from)) : parsed(datagram, from);
    }

    /// Whether it is a Binding request without any attribute, as most are.
    private static boolean isBare(Bytes datagram) {
        return datagram.size() == Message.HEADER && datagram.at(0) == 0
                && datagram.at(1) == Message.BINDING && Message.isStun(datagram);
    }

    /// The same answer, written without parsing: a server of nothing else takes a third less.
    private Bytes bare(Bytes request, InetSocketAddress from) {
        var ip = from.getAddress().getAddress();
        int size = 8 + ip.length + named.length;
        var out = new byte[Message.HEADER + size];
        request.copy(4, Message.HEADER, out, 4);
        out[0] = 1;
        out[1] = Message.BINDING;
        out[3] = (byte) size;
        out[21] = 0x20;
        out[23] = (byte) (4 + ip.length);
        out[25] = (byte) (ip.length == 4 ? 1 : 2);
        out[26] = (byte) (from.getPort() >> 8 ^ out[4]);
        out[27] = (byte) (from.getPort() ^ out[5]);
        for (int i = 0; i < ip.length; i++) out[28 + i] = (byte) (ip[i] ^ out[4 + i]);
        System.arraycopy(named, 0, out, 28 + ip.length, named.length);
        out[2] = (byte) (size >> 8);
        return Bytes.wrap(out);
    }

    private Optional<Bytes> parsed(Bytes datagram, InetSocketAddress from) {
        //= rfc8489#6.3¶2 another method, an answer, a wrong fingerprint: discarded in silence
        return Fingerprints.parse(datagram, Table.RFC8489)
                //= rfc8489#12-7 only a stand-alone server is compatible with clients of RFC 3489
                .filter(request -> (alone || !request.id().isClassic())
                        //= rfc8489#12-1 Binding is what it serves
                        && request.kind() == Kind.REQUEST && request.method() == Message.BINDING)
                //= rfc8489#12-2,3 no mechanism of credentials, no ALTERNATE-SERVER: both cost
                //= rfc8489#6.3.1-1 retransmissions change no state, for there is none
                //= rfc8489#6.3.1-2 a request that comes again is answered again, changing nothing
                .map(request -> answer(request, from));
    }

    private Bytes answer(Message request, InetSocketAddress from) {
        //= rfc8489#6.3-2 attributes known, but not expected here, are ignored
        var unknown = new ArrayList<>(request.unknownRequired());
        if (request.attributes().contains(NO_CHANGE)) unknown.remove((Integer) NO_CHANGE.type());
        //= rfc8489#12-7 clients of RFC 3489 get what they know: the address unmasked, no software
        List<Attribute> mapped = request.id().isClassic() ? List.of(new MappedAddress(from))
                //= rfc8489#6.3.1.1¶5 the source address of the request and its port, under the mask
                //= rfc8489#6.3.1.1-5 each answer says what software it is from
                : List.of(new XorMappedAddress(from), software);
        var response = (unknown.isEmpty()
                ? request.response(Kind.SUCCESS, mapped)
                //= rfc8489#6.3.1¶1 what it may not pass over and does not know it lists
                //= rfc8489#6.3.1.1-1,2,3 beside the error code, which is 420, and the phrase for it
                : request.response(Kind.ERROR, List.of(new ErrorCode(420, "Unknown Attribute"),
                        //= rfc8489#14.8-10 with the unknown attributes themselves
                        new UnknownAttributes(unknown), software))).encode();
        //= rfc8489#12-6 a fingerprint is not asked for, but answered with another
        return request.has(Fingerprint.class) ? Fingerprints.append(response) : response;
    }
}
