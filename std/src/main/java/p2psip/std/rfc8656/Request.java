package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// A request whose sender is known, and how it is answered: with a proof, and by its own path.
///
/// @param message with the attributes of TURN read
record Request(FiveTuple tuple, Message message, Guard.Verdict.Accepted user, Software software) {

    TurnServer.Output succeed(List<? extends Attribute> attributes) {
        return answer(Kind.SUCCESS, attributes);
    }

    TurnServer.Output refuse(Refusal why, Attribute... more) {
        return answer(Kind.ERROR, Stream.concat(Stream.of(why.attribute()), Stream.of(more))
                .toList());
    }

    private TurnServer.Output answer(Kind kind, List<? extends Attribute> attributes) {
        var response = message.response(kind, signed(message, attributes, software));
        var wire = user.seal(response, TurnAttribute.TABLE);
        //= rfc8656#5-10 a fingerprint is answered by one
        return new TurnServer.Output.ToClient(tuple,
                message.has(Fingerprint.class) ? Fingerprints.append(wire) : wire);
    }

    /// The attributes of a response, with what software it is from where that is to be said.
    static List<Attribute> signed(
            Message request, List<? extends Attribute> attributes, Software software) {
        var all = new ArrayList<Attribute>(attributes);
        //= rfc8656#5-9 SOFTWARE in each answer to Allocate and Refresh
        if (request.method() == Method.ALLOCATE || request.method() == Method.REFRESH)
            all.add(software);
        return all;
    }

    /// The addresses of the peers that it names.
    List<InetSocketAddress> peers() {
        return message.attributes().stream()
                .filter(TurnAttribute.XorPeerAddress.class::isInstance)
                .map(peer -> ((TurnAttribute.XorPeerAddress) peer).address()).toList();
    }
}
