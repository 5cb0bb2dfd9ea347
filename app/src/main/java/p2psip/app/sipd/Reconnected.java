package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// A core whose calls outlive the connections of their phones.
///
/// The route of a dialog names the connection by which a phone was reached when the call began.
/// That may have ended since, with the server itself or alone, and the phone may have registered by
/// another one: what is for it goes by that. Where it has not, its contact is tried, which many
/// phones listen at.
final class Reconnected implements Core {
    /// Connections known to be up; a host has no more.
    private static final int LIMIT = 100_000;

    private final Core core;
    private final Domains home;
    private final Bindings bindings;
    private final SequencedSet<Flow> up = new LinkedHashSet<>();

    Reconnected(Core core, Domains home, Bindings bindings) {
        this.core = core;
        this.home = home;
        this.bindings = bindings;
    }

    @Override public boolean stateless(Message message) { return core.stateless(message); }

    @Override public Instant deadline() { return core.deadline(); }

    @Override public List<Output> wake(Instant now) { return led(core.wake(now)); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(_, _, var flow) -> alive(flow);
            case Input.Acknowledged(_, var flow) -> alive(flow);
            case Input.Answered(_, _, var flow) -> alive(flow);
            case Input.Stray(_, var flow) -> alive(flow);
            case Input.FlowEnded(var flow) -> up.remove(flow);
            case Input.Ponged(var flow, _) -> alive(flow);
            case Input.Failed _, Input.Resolved _, Input.Asked _ -> { }
        }
        return led(core.handle(input, now));
    }

    private void alive(Flow flow) {
        if (flow.transport().connected() && up.add(flow) && up.size() > LIMIT) up.removeFirst();
    }

    private List<Output> led(List<Output> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case Output.Send(var id, var request, var to) ->
                    new Output.Send(id, request, way(request, to));
            case Output.SendAck(var ack, var to) -> new Output.SendAck(ack, way(ack, to));
            case Output.Pass(var branch, var request, var to) ->
                    new Output.Pass(branch, request, way(request, to));
            case Output.Told _, Output.Respond _, Output.Forget _, Output.Resolve _,
                    Output.Ping _, Output.Changed _, Output.Reply _ ->
                    output;
        }).toList();
    }

    private Target way(Request request, Target to) {
        if (to.flow().filter(flow -> flow.transport().connected() && !up.contains(flow)).isEmpty()
                || !(Uri.parse(request.uri()) instanceof SipUri uri)
                //  who counts his connections wants to hear that this one has ended
                || uri.params().has("ob")
                || !(request.to().uri() instanceof SipUri callee) || !home.hosts(callee)) return to;
        //  in a dialog To is the other end, by the name under which it was called, or has called
        return bindings.of(home.aor(callee)).stream()
                .filter(binding -> binding.contact().uri().equals(uri)).findFirst()
                .flatMap(binding -> binding.flow().map(Target::of).or(() -> contact(uri)))
                .orElse(to);
    }

    private static Optional<Target> contact(SipUri uri) {
        var transport = Transport.named(uri.params().get("transport")
                .orElse(uri.secure() ? "tls" : "udp"));
        return transport.flatMap(by -> HostName.literal(uri.host()).map(host -> Target.of(by,
                new InetSocketAddress(host, uri.port().orElse(by.defaultPort())), uri.host())));
    }
}
