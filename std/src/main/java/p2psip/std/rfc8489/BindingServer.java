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
    private static final Attribute.Unknown NO_CHANGE =
            new Attribute.Unknown(0x0003, Bytes.hex("00000000"));

    private static final int NAME = 127;

    private final Software software;
    private final boolean alone;

    /// @param software what it says of itself, at most 127 characters
    /// @param alone    whether STUN has the port for itself: only then are clients of RFC 3489
    ///                 answered, whose requests could be another protocol's
    public BindingServer(String software, boolean alone) {
        //= rfc8489#14.14-2 fewer than 128 characters
        if (software.codePointCount(0, software.length()) > NAME)
            throw new IllegalArgumentException("a name of more than 127 characters: " + software);
        this.software = new Software(software);
        this.alone = alone;
    }

    /// The answer to a datagram that came from an address, or nothing if it asks for none.
    public Optional<Bytes> answer(Bytes datagram, InetSocketAddress from) {
        //= rfc8489#12-7 only a stand-alone server is compatible with clients of RFC 3489
        if (!(alone ? Message.looksClassic(datagram) : Message.isStun(datagram)))
            return Optional.empty();
        try {
            var request = Message.parse(datagram);
            //= rfc8489#12-1 Binding is what it serves
            //= rfc8489#6.3.1-2 a request that comes again is answered again, and changes nothing
            //= rfc8489#6.3¶2 another method, an answer, a wrong fingerprint: discarded in silence
            return request.kind() == Kind.REQUEST && request.method() == Message.BINDING
                    && Fingerprints.isRightIfThere(datagram)
                    //= rfc8489#12-2,3 no mechanism of credentials, no ALTERNATE-SERVER: both cost
                    //= rfc8489#6.3.1-1 retransmissions change no state, for there is none
                    ? Optional.of(answer(request, from, Fingerprints.isRight(datagram)))
                    : Optional.empty();
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    private Bytes answer(Message request, InetSocketAddress from, boolean fingerprint) {
        //= rfc8489#6.3-2 attributes known, but not expected here, are ignored
        var unknown = new ArrayList<>(request.unknownRequired());
        if (request.attributes().contains(NO_CHANGE)) unknown.remove((Integer) NO_CHANGE.type());
        //= rfc8489#6.3.1.1-5 each answer says what software it is from
        var response = (unknown.isEmpty()
                ? request.response(Kind.SUCCESS, List.of(mapped(request, from), software))
                //= rfc8489#6.3.1¶1 what it may not pass over and does not know it lists
                //= rfc8489#6.3.1.1-1,3 beside the error code, which is 420
                : request.response(Kind.ERROR, List.of(new ErrorCode(420, "Unknown Attribute"),
                        //= rfc8489#14.8-10 with the unknown attributes themselves
                        new UnknownAttributes(unknown), software))).encode();
        //= rfc8489#12-6 a fingerprint is not asked for, but answered with another
        return fingerprint ? Fingerprints.append(response) : response;
    }

    private static Attribute mapped(Message request, InetSocketAddress from) {
        //= rfc8489#6.3.1.1¶5 the source address of the request, port and all, under the mask
        //= rfc8489#12-7 clients of RFC 3489 get what they know: the address unmasked
        return request.id().isClassic() ? new MappedAddress(from) : new XorMappedAddress(from);
    }
}
