package p2psip.app.api;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// A request that has come in, for the program to decide about, once: what is not decided when the
/// program is done with it is answered 501.
public final class Incoming {
    /// What it needs of its server.
    ///
    /// @param decided where decisions go
    record Service(Consumer<Desk.Decision> decided, Realms realms, Supplier<Instant> now) {}

    private final Service service;
    private final long id;
    private final Request request;
    private final Flow flow;
    private boolean decided;

    Incoming(Service service, Desk.Asked asked) {
        this.service = service;
        this.id = asked.id();
        this.request = asked.request();
        this.flow = asked.flow();
    }

    public String method() { return request.method(); }

    public boolean is(String method) { return request.is(method); }

    /// Whom it is for.
    public String uri() { return request.uri(); }

    /// Who sends it, as far as that can be believed: `sip:alice@example.com`.
    public String from() { return request.from().uri().toString(); }

    public String to() { return request.to().uri().toString(); }

    public Optional<String> header(String name) { return request.first(name); }

    /// Its body.
    public String text() { return request.body().utf8(); }

    /// Where it came from.
    public InetSocketAddress source() { return flow.remote(); }

    boolean decided() { return decided; }

    /// Says yes, with a 200.
    ///
    /// @param contacts where its sender is told that somebody is
    public void accept(String... contacts) { answer(200, Status.reason(200), contacts(contacts)); }

    /// Says no, or anything else.
    public void reject(int status, String reason) { answer(status, reason, List.of()); }

    /// The same with the usual words.
    public void reject(int status) { reject(status, Status.reason(status)); }

    /// Asks for a name and a password: 401 to a REGISTER, else the 407 of a proxy.
    public void challenge(String realm) {
        decide(service.realms.challenge(id, realm, request, service.now.get()));
    }

    /// The user whose password it proves to know, if it does.
    ///
    /// @param password of a user; null if there is none
    public Optional<String> user(String realm, UnaryOperator<String> password) {
        return service.realms.user(realm, request, password, service.now.get());
    }

    /// Says where to look: 302, or 300 if there is a choice.
    public void redirect(String... uris) {
        if (uris.length == 0) throw new IllegalArgumentException("redirected to nobody");
        int status = uris.length == 1 ? 302 : 300;
        //= rfc3261#21.3.1-2 the choices are listed as Contact fields
        answer(status, Status.reason(status), contacts(uris));
    }

    /// Has the registrar do what it asks for: bindings are made, kept, shown, and expire.
    public void register() { decide(new Desk.Register(id)); }

    /// Forwards it: to who has registered with us, or where its URI leads.
    public void proxy() { proxy(new String[0]); }

    /// Forwards it to these, to all at once; one answer comes back.
    public void proxy(String... uris) {
        decide(new Desk.Forward(id, Arrays.stream(uris).map(Uri::parse).toList()));
    }

    private void answer(int status, String reason, List<Header> headers) {
        decide(new Desk.Answer(id, status, reason, headers));
    }

    private static List<Header> contacts(String... uris) {
        return Arrays.stream(uris).map(uri ->
                new Header("Contact", Address.of(Uri.parse(uri)).toString())).toList();
    }

    private void decide(Desk.Decision decision) {
        if (decided) throw new IllegalStateException(method() + " is decided already");
        decided = true;
        service.decided.accept(decision);
    }

    @Override public String toString() { return request.startLine(); }
}
