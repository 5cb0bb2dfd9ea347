package p2psip.app.node;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// A core before which phones are told where they find each other, and call there on their own:
/// what begins something is redirected, unless it comes by a Link, which is no phone's.
///
/// A phone of this node is where it has registered from; one of another node is behind that, at the
/// node's plain address (`maddr`), which lets it in if its owner allows that.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.3 RFC 3261 §8.3
final class Redirecting implements Core {
    /// The note of a destination with the plain address of the node that serves it.
    private static final String NOTE = "Node";

    private final Domains home;
    private final RedirectServer server;
    private final Core others;

    Redirecting(Domains home, RedirectServer server, Core others) {
        this.home = home;
        this.server = server;
        this.others = others;
    }

    /// @param address a SIP URI with the transport
    static Header note(String address) { return new Header(NOTE, address); }

    @Override public Instant deadline() { return others.deadline(); }

    @Override public List<Output> wake(Instant now) { return others.wake(now); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received(_, var request, var flow) when begins(request, flow) ->
                    server.handle(input, now).stream().map(Redirecting::asked).toList();
            case Input.Asked(Found found) when found.id() < 0 -> server.handle(
                    new Input.Asked(new Found(-found.id(), found.known(), found.destinations()
                            .stream().flatMap(Redirecting::plain).toList(), found.headers())), now);
            case Input.Asked(Gone gone) when gone.id() < 0 -> List.of();   // a phone finds out
            default -> others.handle(input, now);
        };
    }

    /// The questions of the redirect server are told apart from those of the proxy by their sign.
    private static Output asked(Output output) {
        return output instanceof Output.Told(LocationService.Event.Find(long id, var aor,
                var request)) ? new Output.Told(new LocationService.Event.Find(-id, aor, request))
                : output;
    }

    private boolean begins(Request request, Flow flow) {
        try {
            return flow.transport() != Transport.LINK && !request.is("REGISTER")
                    && request.to().tag().isEmpty()
                    && Uri.parse(request.uri()) instanceof SipUri uri && home.hosts(uri)
                    && !uri.user().isEmpty() && !uri.params().has("maddr")
                    && request.list("Route").stream().allMatch(route ->
                            Address.parse(route).uri() instanceof SipUri hop && home.isRoute(hop));
        } catch (SyntaxException e) {
            return false;   // the proxy says what is wrong with it
        }
    }

    /// Where a phone finds it that has no Links.
    private static Stream<Destination> plain(Destination to) {
        var nodes = to.notes().stream().filter(note -> note.is(NOTE)).toList();
        return nodes.isEmpty() ? Stream.of(to) : nodes.stream().map(note ->
                new Destination(behind((SipUri) to.uri(), SipUri.parse(note.value())), to.q(),
                        Optional.empty()));
    }

    /// Somebody, by way of a node: where to send to stands beside what to ask for.
    private static SipUri behind(SipUri whom, SipUri node) {
        return new SipUri("sip", whom.user(), "", whom.host(), node.port(), Params.NONE
                .with("maddr", node.host())
                .with("transport", node.params().get("transport").orElse("udp")), Params.NONE);
    }
}
