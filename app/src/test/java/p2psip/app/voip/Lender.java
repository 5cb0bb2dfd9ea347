package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.*;
import p2psip.std.rfc2396.TurnUri;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// A TURN server at 10.0.0.3, which lends the phone of a [MachineRoom] an address for each of its
/// ports, and keeps what comes of the phone for its peers.
final class Lender {
    private static final InetSocketAddress AT = MachineRoom.address("10.0.0.3", 3478);
    private static final Credential ALICE = new Credential("alice", "wonderland");

    /// A phone that asks this one, and nobody else.
    static final IceOptions ASKED = new IceOptions(true, List.of(),
            List.of(new IceOptions.Turn(TurnUri.parse("turn:10.0.0.3"), ALICE)));

    /// What it has lent: for sound, then for its control.
    final List<InetSocketAddress> lent = new ArrayList<>();
    final List<InetSocketAddress> returned = new ArrayList<>();
    final List<TurnServer.Output.ToPeer> passed = new ArrayList<>();
    private final MachineRoom room;
    private final TurnServer server;
    private int seen;

    Lender(MachineRoom room) {
        this.room = room;
        var random = new SplittableRandom(3);
        var own = AT.getAddress();
        server = new TurnServer(new TurnServer.Settings("test", Map.of(Family.IPV4, own),
                50_000, 50_999, Limits.USUAL, new Peers(List.of(Net.parse("10.0.0.2/32")),
                        Set.of(own))),
                new Guard.LongTerm("example.org", List.of(ALICE), Duration.ofMinutes(30), random),
                random);
    }

    /// Lets time pass for the phone and for this one.
    void run(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            room.run(1);
            while (seen < room.media.size()) received(room.media.get(seen++));
            said(server.wake(room.now()));
        }
    }

    private void received(Effect.Datagram datagram) {
        if (datagram.remote().equals(AT)) said(server.fromClient(new FiveTuple(
                FiveTuple.Carrier.UDP, datagram.local(), AT), datagram.bytes(), room.now()));
    }

    /// A datagram of somebody to an address that was lent.
    void hear(InetSocketAddress relay, InetSocketAddress from, Bytes datagram) {
        said(server.fromPeer(relay, from, datagram, room.now()));
    }

    private void said(List<TurnServer.Output> outputs) {
        for (var output : outputs) switch (output) {
            case TurnServer.Output.ToClient(var tuple, var message) ->
                    room.hear(tuple.client(), AT, message);
            case TurnServer.Output.ToPeer toPeer -> passed.add(toPeer);
            case TurnServer.Output.Open(_, var relay) -> {
                lent.add(relay);
                said(server.handle(new TurnServer.Input.Opened(relay), room.now()));
            }
            case TurnServer.Output.Close(var relay) -> returned.add(relay);
            case TurnServer.Output.Changed _ -> { }
        }
    }
}
