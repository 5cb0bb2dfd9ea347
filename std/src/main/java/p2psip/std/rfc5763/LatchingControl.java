package p2psip.std.rfc5763;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// Opens the way of a handshake where there is no ICE: a middlebox that lets in only who has been
/// sent something lets in the side that begins, once the side that waits has sent this.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5763#section-6.7.2 RFC 5763 §6.7.2
public final class LatchingControl {
    private static final BindingServer ANSWERS = new BindingServer("p2psip", false);

    private LatchingControl() {}

    /// What the side that waits sends, once, as soon as the other has described itself.
    //= rfc5763#6.7.2-1 one connectivity check by STUN, of nobody who has to be known
    public static Bytes check(RandomGenerator random) {
        return new Message(Message.Kind.REQUEST, Message.BINDING, TransactionId.random(random),
                List.of()).encode();
    }

    /// What is answered to a datagram, if it is such a check.
    //= rfc5763#6.7.2-2 all are prepared to answer the request, also those who do no ICE
    public static Optional<Bytes> answer(Bytes datagram, InetSocketAddress from) {
        return ANSWERS.answer(datagram, from);
    }
}
