package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;

/// How whoever asks a server begins: the address of its name is asked for, and then a socket bound
/// of that address's family.
final class Approach {
    /// Why nobody of that name can be asked.
    static final String NOWHERE = "no address is known for that name";

    private final String host;
    private final int port;
    private boolean begun;

    /// @param host the server's name or address
    Approach(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /// At once, before it has begun.
    Instant deadline() { return begun ? Instant.MAX : Instant.MIN; }

    List<Effect> begin() {
        begun = true;
        return List.of(new Effect.Resolve(Id.PROGRAM, host));
    }

    /// Where the server is, if its name has addresses: at the first of them.
    Optional<InetSocketAddress> found(Event.Resolved answer) {
        return answer.addresses().stream().findFirst()
                .map(address -> new InetSocketAddress(address, port));
    }

    /// A socket from which a server can be asked.
    static Effect bind(Id id, InetSocketAddress server) {
        var any = server.getAddress() instanceof Inet6Address ? "::" : "0.0.0.0";
        return new Effect.Bind(id, new InetSocketAddress(InetAddress.ofLiteral(any), 0));
    }
}
