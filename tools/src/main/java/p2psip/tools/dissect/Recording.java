package p2psip.tools.dissect;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.node.Demonstration;
import p2psip.app.p2p.Overlay;
import p2psip.app.stun.Asking;
import p2psip.app.trace.*;
import p2psip.app.voip.PhoneSetup;
import p2psip.std.rfc8489.Authentication;

/// All that was noted in a run.
final class Recording implements Consumer<Trace> {
    private final List<Trace> traces = new ArrayList<>();
    private String outcome = "";

    /// One call between two phones at two nodes, in virtual time. The first phone asks its node by
    /// STUN where it is, and has to prove who it is; the seed decides the rest, so that the bytes
    /// are the same in every run.
    static Recording ofCall(long seed) {
        var recording = new Recording();
        var network = new Network(seed, recording);
        var hosts = new HashMap<InetAddress, SimHost>();
        try (var demonstration = new Demonstration(at -> hosts.computeIfAbsent(at,
                address -> network.host(address.getHostAddress())), Demonstration.PLACES,
                Optional.of(new PhoneSetup.Login("alice", "wonderland")))) {
            hosts.get(Demonstration.PLACES.get(2)).start("alice",
                    room -> new Asking(demonstration.proxy().getAddress().getHostAddress(),
                            demonstration.proxy().getPort(), new Authentication.None(),
                            room.random()));
            demonstration.register();
            recording.outcome = demonstration.call();
        }
        return recording;
    }

    @Override public void accept(Trace trace) { traces.add(trace); }

    /// How the call went: `rtp=N/N lost=0`.
    String outcome() { return outcome; }

    Conversation conversation() { return Conversation.of(traces, Overlay.DISSECTOR); }
}
