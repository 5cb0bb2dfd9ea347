package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.Message;

/// The peer of a [MachineRoom] when it speaks ICE: an agent at 10.0.0.2, ports 4000 and 4001 or
/// others, and what it would say in SDP.
final class IcePeer {
    private static final int STREAM = 1;
    final Agent agent;
    final Map<Integer, Path> selected = new TreeMap<>();
    private final MachineRoom room;
    private final InetSocketAddress rtp, rtcp;
    private final List<Candidate> candidates = new ArrayList<>();
    Description description;
    private int seen;
    boolean deaf;

    /// @param lite   whether it checks nothing
    /// @param offers whether it calls
    IcePeer(MachineRoom room, boolean lite, boolean offers) { this(room, lite, offers, 4000); }

    IcePeer(MachineRoom room, boolean lite, boolean offers, int port) {
        this.room = room;
        rtp = MachineRoom.address("10.0.0.2", port);
        rtcp = MachineRoom.address("10.0.0.2", port + 1);
        var random = new SplittableRandom(room.sip.size());
        var settings = Settings.DEFAULT.withoutTrickle();
        agent = lite ? new LiteAgent(offers, settings, random)
                : new FullAgent(offers, settings, new Pacer(), random);
        tell(new Agent.Input.Stream(STREAM, 2));
        tell(new Agent.Input.Host(STREAM, 1, List.of(rtp)));
        tell(new Agent.Input.Host(STREAM, 2, List.of(rtcp)));
        tell(new Agent.Input.Gathered());
    }

    void tell(Agent.Input input) { said(agent.handle(input, room.now())); }

    private void said(List<Agent.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var now) -> {
                description = now;
                candidates.clear();
            }
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.Send(var base, var to, var datagram) -> {
                if (!deaf) room.hear(to, base, datagram);
            }
            case Agent.Output.Selected(_, int component, var path) ->
                    selected.put(component, path);
            default -> { }
        }
    }

    /// Lets time pass for both.
    void run(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            room.run(1);
            catchUp();
        }
    }

    /// Hears what has come, and does what is due.
    void catchUp() {
        while (seen < room.media.size()) received(room.media.get(seen++));
        if (!agent.deadline().isAfter(room.now())) said(agent.wake(room.now()));
    }

    private void received(Effect.Datagram datagram) {
        if (deaf || !Message.isStun(datagram.bytes())
                || !List.of(rtp, rtcp).contains(datagram.remote())) return;
        tell(new Agent.Input.Received(datagram.remote(), datagram.local(), datagram.bytes()));
    }

    /// What it says of a stream of PCMU, with more lines.
    String sdp(String... more) {
        return text(SdpSection.running(description, candidates, false), more);
    }

    String completed(boolean offers, String... more) {
        return text(SdpSection.completed(description, new TreeMap<>(selected), offers), more);
    }

    private String text(SdpSection section, String... more) {
        var plain = SessionDescription.parse(MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n"
                + String.join("", more)));
        return plain.withAttributes(SdpSection.session(description))
                .withMedia(List.of(section.into(plain.media().getFirst()))).toString();
    }

    /// Takes what the phone has said last.
    void listen() {
        SdpReading.of(room.descriptions().getLast()).getFirst().inputs(STREAM)
                .forEach(this::tell);
    }
}
