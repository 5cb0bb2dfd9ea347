package p2psip.tools.dissect;

import module java.base;
import p2psip.app.host.Network;
import p2psip.app.node.Demonstration;
import p2psip.app.stun.Asking;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What;
import p2psip.app.voip.Phone;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8489.Authentication;

/// Every datagram of a run, in the order in which they left.
final class Recording implements Consumer<Trace> {
    private final List<What.Wire> wires = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final Map<InetAddress, String> names = new HashMap<>();
    private final Map<Bytes, Bytes> frames = new HashMap<>();
    private String outcome = "";

    /// One call between two phones at two nodes, in virtual time. The first phone asks its node by
    /// STUN where it is, and has to prove who it is; the seed decides the rest, so that the bytes
    /// are the same in every run.
    static Recording ofCall(long seed) {
        var recording = new Recording();
        var network = new Network(seed, recording);
        var hosts = new HashMap<InetAddress, p2psip.app.host.SimHost>();
        try (var demonstration = new Demonstration(at -> hosts.computeIfAbsent(at,
                address -> network.host(address.getHostAddress())), Demonstration.PLACES,
                Optional.of(new Phone.Login("alice", "wonderland")))) {
            hosts.get(Demonstration.PLACES.get(2)).start("alice",
                    room -> new Asking(demonstration.proxy().getAddress().getHostAddress(),
                            demonstration.proxy().getPort(), new Authentication.None(),
                            room.random()));
            demonstration.register();
            recording.outcome = demonstration.call();
        }
        return recording;
    }

    @Override public void accept(Trace trace) {
        switch (trace.what()) {
            case What.Sealed(var datagram, var frame) -> frames.put(datagram, frame);
            case What.Wire wire when wire.sent() && !wire.bytes().isEmpty() -> {
                names.put(wire.local().getAddress(), trace.node());
                wires.add(wire);
                times.add(trace.at());
            }
            case What.Wire _, What.Message _, What.State _, What.Remark _ -> { }
        }
    }

    /// How the call went: `rtp=N/N lost=0`.
    String outcome() { return outcome; }

    List<Shot> shots() {
        return IntStream.range(0, wires.size()).mapToObj(i -> {
            var wire = wires.get(i);
            return new Shot(times.get(i), names.get(wire.local().getAddress()),
                    names.get(wire.remote().getAddress()), wire.local(), wire.remote(),
                    wire.bytes(), frames.getOrDefault(wire.bytes(), Bytes.EMPTY));
        }).toList();
    }

    /// What the payload types of RTP stand for, from the session descriptions of the call.
    Map<Integer, String> formats() {
        var formats = new TreeMap<Integer, String>();
        for (var shot : shots())
            if (shot.protocol().equals("SIP") && !shot.sip().body().isEmpty())
                formats.putAll(SdpParts.formats(SessionDescription.parse(shot.sip().body())));
        return formats;
    }
}
