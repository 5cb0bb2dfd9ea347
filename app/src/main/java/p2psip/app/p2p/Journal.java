package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup;
import p2psip.app.trace.Trace;
import p2psip.app.why.*;
import p2psip.std.Outbox;

/// How the parts of the overlay ask the host for something, and note for trace what they do.
final class Journal {
    private final Outbox<Lookup.Output> out;

    Journal(Outbox<Lookup.Output> out) { this.out = out; }

    void act(Effect effect) { out.add(new Lookup.Output.Do(effect)); }

    /// For who asks the node later why something has failed.
    void fact(Fact fact) { act(new Effect.Tell(new Noted(fact))); }

    /// For the user of this node.
    void notice(String line) { act(new Effect.Tell(new Host.Notice(line))); }

    void remark(String text) { note(new Trace.What.Remark(Trace.Subject.RING, text, "")); }

    void message(boolean sent, String protocol, InetSocketAddress local, Peer peer,
            String summary) {
        note(new Trace.What.Message(
                sent, protocol, local, peer.address(), summary, peer.toString()));
    }

    /// A question about the address it comes from, or its answer.
    void stun(boolean sent, InetSocketAddress local, InetSocketAddress remote) {
        note(new Trace.What.Message(sent, "STUN", local, remote,
                sent ? "Binding response" : "Binding request", ""));
    }

    void note(Trace.What what) { act(new Effect.Note(what)); }
}
