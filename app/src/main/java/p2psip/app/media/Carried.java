package p2psip.app.media;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.Bytes;

/// What a node's media have to say that is not SIP.
public sealed interface Carried {
    record Do(Effect effect) implements Carried {}
    record Moment(InetSocketAddress peer, int channel, Bytes bytes) implements Carried {}

    /// Whether something of that node may not cease.
    record Await(InetSocketAddress peer, boolean now) implements Carried {}

    /// Sockets are open: say [MediaProxy.Resume] to the core, by its stack.
    record Resume() implements Carried {}
    record Remark(String text) implements Carried {}
}
