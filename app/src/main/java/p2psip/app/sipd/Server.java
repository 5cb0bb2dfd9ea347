package p2psip.app.sipd;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Tokens;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// What stands behind the address of a SIP server: a registrar for its domains, a proxy for all
/// else, or a redirect server, and an answer to whoever asks whether it is there.
///
/// It asks with [LocationService.Event.Find] where somebody is, and tells of each change of
/// bindings: a table ([LocalLocations]) or a ring of nodes is the location service, and
/// [BindingStore] its memory.
public final class Server implements Core {
    /// What becomes of a request for somebody.
    public enum Mode {
        /// It is forwarded.
        PROXY,
        /// It is forwarded, and where the answer is a redirection it is followed.
        RECURSING,
        /// It is answered with where that is.
        REDIRECT,
        /// It is forwarded, and forgotten.
        STATELESS
    }

    /// What it does beyond RFC 3261, in the order in which it is written to the wire.
    public record Extensions(List<RegistrarExtension> registrar, List<ProxyExtension> proxy) {
        public static final Extensions NONE = new Extensions(List.of(), List.of());

        public Extensions {
            registrar = List.copyOf(registrar);
            proxy = List.copyOf(proxy);
        }
    }

    /// What is its own.
    ///
    /// @param product what it says of itself, if anything, in what it answers as a registrar or for
    ///                itself
    /// @param secret  of [Proxy#secret]
    public record Self(Optional<String> product, Bytes secret) {
        public static Self nameless(RandomGenerator random) {
            return new Self(Optional.empty(), Proxy.secret(random));
        }

        /// Never the secret.
        @Override public String toString() { return "Self[" + product + "]"; }
    }

    private final Self self;
    private final Domains home;
    private final Registrar registrar;
    private final Intermediary relay;
    private final RandomGenerator random;

    /// @param bindings where the registrar writes
    public Server(Domains home, Limits limits, Guard guard, Bindings bindings,
            Extensions extensions, Mode mode, RandomGenerator random) {
        this(Self.nameless(random), home, limits, guard, bindings, extensions, mode, random);
    }

    /// @param bindings where the registrar writes
    public Server(Self self, Domains home, Limits limits, Guard guard, Bindings bindings,
            Extensions extensions, Mode mode, RandomGenerator random) {
        this.self = self;
        this.home = home;
        this.registrar = new Registrar(
                home, limits, guard, bindings, extensions.registrar, random);
        this.relay = switch (mode) {
            case PROXY, RECURSING -> new Proxy(home, guard, extensions.proxy,
                    mode == Mode.RECURSING, self.secret, random);
            case REDIRECT -> new RedirectServer(home, guard, random);
            case STATELESS -> new StatelessProxy(
                    home, guard, extensions.proxy, self.secret, random);
        };
        this.random = random;
    }

    public Registrar registrar() { return registrar; }

    /// How many requests are under way, or were accepted in the last 32 seconds.
    public int size() { return relay.size(); }

    /// How many entries the tables beside have, or how many wait to be told where to.
    public int pending() { return relay.pending(); }

    @Override public Instant deadline() {
        var first = registrar.deadline();
        return first.isBefore(relay.deadline()) ? first : relay.deadline();
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<>(named(registrar.wake(now)));
        out.addAll(relay.wake(now));
        return out;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            //= rfc3261#6-1 registrar and proxy are combined in one program
            //= rfc3261#10.1-2 for the same domain
            case Input.Received(var id, var request, _) when isForRegistrar(request) ->
                    named(registrar.handle(input, now));
            case Input.Received(var id, var request, _) when isForServer(request) ->
                    named(List.of(new Output.Respond(id, capabilities(request))));
            case Input.FlowEnded _ -> registrar.handle(input, now);
            case Input.Asked(Found _), Input.Asked(Gone _) -> relay.handle(input, now);
            case Input.Asked _ -> named(registrar.handle(input, now));
            case Input.Received _, Input.Acknowledged _, Input.Answered _, Input.Failed _,
                    Input.Stray _, Input.Resolved _, Input.Ponged _ -> relay.handle(input, now);
        };
    }

    /// With what it says of itself, if it does: who looks for servers with a hole finds them by it.
    private List<Output> named(List<Output> outputs) {
        //= rfc3261#20.35-1 the Server field is a configurable option
        return self.product.<List<Output>>map(name -> outputs.stream()
                .map(output -> output instanceof Output.Respond(var id, var response)
                        ? new Output.Respond(id, response.with("Server", name))
                        : output).toList()).orElse(outputs);
    }

    @Override public boolean stateless(Message message) {
        return relay.stateless(message) && !(message instanceof Request request
                && (isForRegistrar(request) || isForServer(request)));
    }

    private boolean isForRegistrar(Request request) {
        //= rfc3261#10.3-8 a REGISTER for another domain is for the proxy to forward
        return request.is("REGISTER") && isForDomain(Uri.parse(request.uri()));
    }

    private boolean isForServer(Request request) {
        if (!request.is("OPTIONS")) return false;
        //= rfc3261#11-2 with a Max-Forwards of 0 it is answered here, whatever its Request-URI
        //= rfc3261#16.3-10 as by its final recipient
        if (request.first("Max-Forwards").filter("0"::equals).isPresent()) return true;
        return Uri.parse(request.uri()) instanceof SipUri uri && uri.user().isEmpty()
                && isForDomain(uri);
    }

    private boolean isForDomain(Uri uri) {
        return home.speaks(uri) && home.hosts((SipUri) uri);
    }

    private Response capabilities(Request options) {
        return Reply.to(options, 200, Tokens.token(random)).change(list -> {
            //= rfc3261#11.2-3 but no Allow: a proxy takes any method
            list.add(new Header("Accept", "application/sdp"));
            list.add(new Header("Accept-Encoding", "identity"));
            list.add(new Header("Accept-Language", "en"));
            list.add(new Header("Supported", String.join(", ", registrar.options())));
        });
    }
}
