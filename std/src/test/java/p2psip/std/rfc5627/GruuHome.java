package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.*;
import p2psip.std.rfc5626.server.*;

/// A registrar and proxy of GRUUs, and what is sent there by hand.
final class GruuHome {
    static final Instance ONE = new Instance("urn:uuid:00000000-0000-1000-8000-000000000001"),
            TWO = new Instance("urn:uuid:00000000-0000-1000-8000-000000000002");
    static final String SHOWN = "sip:bob@home.example;gr=";

    final SipNet net;
    final Bindings bindings;
    final TemporaryGruus temporary = new TemporaryGruus(Bytes.utf8("secret"));
    private int cseq;

    GruuHome() { this(1); }

    GruuHome(long seed) {
        net = new SipNet(seed);
        bindings = net.home("home", domains -> List.of(new PathRegistrar(false),
                        new OutboundRegistrar(), new GruuRegistrar(
                                domains, Optional.of(temporary), net.random)),
                (domains, random) -> new Proxy(domains, Guard.OPEN, List.of(
                        new GruuProxy(domains, Optional.of(temporary), this::given),
                        new PathHomeProxy()),
                        true, Proxy.secret(random), random));
    }

    /// Two instances were there once, a third never.
    private boolean given(Aor aor, String instance) {
        return aor.user().equals("bob") && List.of(ONE, TWO).stream()
                .anyMatch(each -> each.urn().equals(instance));
    }

    List<Binding> bound() { return bindings.of(new Aor("bob", "home.example")); }

    /// What comes of a REGISTER of bob that a host sends.
    Response register(String host, String callId, String contacts, String... more) {
        return registerAs(host, "sip:bob@home.example", callId, contacts, more);
    }

    Response registerAs(String host, String to, String callId, String contacts, String... more) {
        var register = (Request) Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK%d;rport
                From: <%s>;tag=1
                To: <%2$s>
                Call-ID: %s
                CSeq: %1$d REGISTER
                Supported: path, outbound, gruu
                %s
                """.formatted(++cseq, to, callId,
                        contacts.isEmpty() ? "" : "Contact: " + contacts + "\n")
                        .replace("gruu\n", String.join("\n", more.length > 0
                                ? more : new String[] {"gruu"}) + "\n"));
        net.send(host, "home", register);
        return (Response) net.last(net.run(Duration.ofMillis(200)).getLast());
    }

    /// What passes because of the last request.
    List<String> passed = List.of();

    /// What a request from a host gets, other than a 100.
    Response ask(String host, String method, String uri, String... more) {
        return ask(host, "alice@elsewhere.example", method, uri, more);
    }

    Response askAs(String from, String method, String uri, String... more) {
        return ask("alice", from, method, uri, more);
    }

    private Response ask(
            String host, String from, String method, String uri, String... more) {
        var request = (Request) Message.parse("""
                %s %s SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK%d;rport
                From: <sip:%s>;tag=1
                To: <sip:bob@home.example>
                Call-ID: %3$d
                CSeq: 1 %1$s
                Max-Forwards: 70
                %s
                """.formatted(method, uri, ++cseq, from,
                        more.length > 0 ? String.join("\n", more) + "\n" : ""));
        net.send(host, "home", request);
        passed = List.copyOf(net.run(Duration.ofSeconds(40)));
        return (Response) net.last(passed.reversed().stream()
                .filter(line -> line.startsWith("home -> " + host)).findFirst().orElseThrow());
    }

    /// A host that sends everybody elsewhere.
    void redirecting(String name, String to) {
        net.add(name, _ -> new Redirecting(to), _ -> { });
    }

    private record Redirecting(String to) implements Core {
        @Override public Instant deadline() { return Instant.MAX; }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public List<Output> handle(Input input, Instant now) {
            return input instanceof Input.Received(var id, var request, _)
                    ? List.of(new Output.Respond(id, Reply.to(request, 302, "r")
                            .with("Contact", "<" + to + ">"))) : List.of();
        }
    }

    static String contact(String host, Instance instance) {
        return "<sip:bob@" + host + ">;+sip.instance=" + instance.quoted();
    }

    static Optional<String> said(Response ok, String kind) {
        return Address.parse(ok.list("Contact").getLast()).params().get(kind);
    }

    static String hidden(Response ok) { return said(ok, "temp-gruu").orElseThrow(); }
}
