package p2psip.app.sipd;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc2617.DigestServer.Verdict;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// Who may do what at a server.
///
/// | purpose | with a list of users | without |
/// |---|---|---|
/// | REGISTER | the user of the address, by Digest | anybody |
/// | INBOUND | anybody, but who claims to be one of us proves it | anybody |
/// | IN_DIALOG, OFFERED | anybody | anybody |
/// | OUTBOUND | our users, by Digest | who is registered from the same address |
///
/// A server that relays for strangers would be their accomplice: they get 403. Who gives wrong
/// passwords waits longer and longer before another one is looked at ([Logins]), but not the phone
/// that is registered: behind one address there may be a guesser and others.
public final class Access implements Guard {
    /// Realms with nonces of their own, of which a server that takes any domain has as many as it
    /// is asked for: beyond, the one unused longest is forgotten, its users are challenged anew.
    static final int REALMS = 1_000;

    private final Domains home;
    private final Bindings bindings;
    private final RandomGenerator random;
    private final SequencedMap<String, DigestServer> servers = new LinkedHashMap<>();
    private final Logins logins;
    private final Outbox<String> remarks = new Outbox<>();
    private Optional<Users> users;

    /// @param bindings as the registrar knows them
    public Access(Domains home, Optional<Users> users, Bindings bindings,
            RandomGenerator random) {
        this(home, users, bindings, new Logins(), random);
    }

    /// @param logins remembers who gave wrong passwords
    public Access(Domains home, Optional<Users> users, Bindings bindings, Logins logins,
            RandomGenerator random) {
        this.logins = logins;
        this.home = home;
        this.users = users;
        this.bindings = bindings;
        this.random = random;
    }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        var banned = logins.banned(flow.remote().getAddress(), now);
        //  a call that is up goes on; and so does the phone behind the address of a guesser
        if (banned.isPresent() && purpose != Purpose.IN_DIALOG && !request.is("ACK")
                && !registers(request.from().uri(), flow)) return Optional.of(wait(banned.get()));
        return switch (purpose) {
            //= rfc3261#22.2-1 the registrar authenticates before it processes
            //= rfc3261#26.3.2.1-6 a REGISTER is challenged with a 401
            case REGISTER -> users.isEmpty() ? Optional.empty()
                    : proves(Challenger.SERVER, request, flow, request.to().uri(), now);
            //= rfc3261#22.1-1 a proxy asks with 407
            //= rfc3261#26.3.2.3-3 but not those who do not claim a domain of ours in From
            case INBOUND -> users.isEmpty() || request.is("ACK") || !isOurs(request.from().uri())
                    ? Optional.empty()
                    : proves(Challenger.PROXY, request, flow, request.from().uri(), now);
            case IN_DIALOG, OFFERED -> Optional.empty();
            //= rfc7118#7-6 asked by SIP, also who came by WebSocket
            //= rfc3261#26.3.2.2-1 it is the outbound proxy of its domains too
            //= rfc3428#11.1-1 which authenticates whoever sends messages through it
            case OUTBOUND -> outbound(request, flow, now);
        };
    }

    private static Refusal wait(Duration left) {
        return Refusal.of(503, new Header(
                "Retry-After", Long.toString(left.toSeconds() + 1)));
    }

    private Optional<Refusal> outbound(Request request, Flow flow, Instant now) {
        if (isOurs(request.from().uri())) {
            if (users.isPresent())
                return proves(Challenger.PROXY, request, flow, request.from().uri(), now);
            if (registers(request.from().uri(), flow)) return Optional.empty();
        }
        return Optional.of(Refusal.of(403, "Relaying Is For Our Users"));
    }

    private boolean isOurs(Uri uri) { return uri instanceof SipUri sip && home.hosts(sip); }

    /// Whether the address of record in a URI is registered by the phone at the end of a flow: for
    /// UDP the same address and port, for streams the same address.
    public boolean registers(Uri uri, Flow flow) {
        return uri instanceof SipUri sip && home.hosts(sip) && bindings.of(home.aor(sip))
                .stream().anyMatch(binding -> registers(binding, flow));
    }

    private static boolean registers(Binding binding, Flow flow) {
        var source = flow.remote();
        var phone = binding.flow().map(Flow::remote).or(() ->
                binding.contact().uri() instanceof SipUri uri ? HostName.literal(uri.host())
                        .map(host -> new InetSocketAddress(host, uri.portOrDefault()))
                        : Optional.empty());
        return phone.filter(at -> at.getAddress().equals(source.getAddress())
                && (flow.reliable() || at.getPort() == source.getPort())).isPresent();
    }

    //= rfc5922#8.1-1 one message authenticated infers nothing of others on that connection
    /// Whether the request proves, or else what it gets, that it comes from the user of a URI.
    private Optional<Refusal> proves(
            Challenger asker, Request request, Flow flow, Uri claimed, Instant now) {
        if (!(claimed instanceof SipUri uri) || !home.hosts(uri))
            return Optional.of(Refusal.of(404));
        var aor = home.aor(uri);
        var source = flow.remote().getAddress();
        var wait = logins.waits(source, now);
        if (wait.isPresent() && request.has(asker.credentials()) && !registers(uri, flow))
            return Optional.of(wait(wait.get()));
        //= rfc3261#22.1-3 globally unique as far as the domain is
        //= rfc3261#22.1-4 the realm is a domain name
        //= rfc3261#22.1-5 that a human knows from the user's own address
        var realm = aor.domain();
        //= rfc3261#26.3.2.1-7 which corresponds to the domain of the site certificate as well
        // the credentials of an ACK were made for its INVITE
        var method = request.is("ACK") ? "INVITE" : request.method();
        //= rfc2617#3.2.1-1 the realm is the name of the host or domain that authenticates
        //= rfc2617#4.13-2,3 and so unique among the realms of a user, for it includes that name
        //= rfc7616#5.2-1,2 a realm that includes the name of the host is unique for a user
        return switch (server(realm).verify(request.all(asker.credentials()), method,
                request.uri(), request.body(), now)) {
            //= rfc3261#10.3-12 the authenticated user must be the one of the address-of-record
            //= rfc3261#22-2 who it is has been identified: is this user authorized?
            //= rfc3261#26.3.2.1-9 the username is the user part of To
            case Verdict.Granted(var user, _, _) -> aor.user().equals(Escapes.canonical(
                    Escapes.encodeUser(user)))
                    ? Optional.empty() : Optional.of(Refusal.of(403));
            //= rfc3261#22.1-8 an ACK with the credentials that the INVITE has used is accepted
            case Verdict.Challenged(_, var reason) when request.is("ACK") && reason.knows() ->
                    Optional.empty();
            case Verdict.Challenged(var challenges, var reason) -> {
                //= rfc2617#3.2.2-7 whose login fails again and again is written down
                //= rfc7616#3.4-8 for that may be an attacker
                //= rfc7616#3.4-9 by the address claimed: a password may be typed as username
                if (reason == DigestServer.Reason.WRONG)
                    logins.wrong(source, aor.toString(), now).ifPresent(remarks::add);
                //= rfc3261#22-1 the initiator of the request is challenged
                //= rfc3261#22.2-2 a 401 has a WWW-Authenticate
                //= rfc3261#22.3-2 a Proxy-Authenticate value for the realm goes with the 407
                yield Optional.of(Refusal.of(asker.status(), challenges.stream()
                        .map(c -> new Header(asker.challenge(), c.toString()))
                        .toArray(Header[]::new)));
            }
            case Verdict.Malformed(var why) -> Optional.of(Refusal.of(400, why));
        };
    }

    /// One for each domain; the last one used is the last.
    private DigestServer server(String realm) {
        //= rfc3261#22.1-2 a realm string that keeps to the guidelines, whoever operates the server
        //= rfc3261#26.3.1-10,11 Digest for registrar and proxy, with the domain name as its realm
        var server = Optional.ofNullable(servers.get(realm)).orElseGet(() -> new DigestServer(realm,
                user -> users.orElseThrow().secret(user, realm),
                DigestServer.Policy.RFC3261.with(users.orElseThrow().algorithms()), random));
        servers.putLast(realm, server);
        if (servers.size() > REALMS) servers.pollFirstEntry();
        return server;
    }

    /// Who may register.
    Optional<Users> users() { return users; }

    /// These may register from now on. Who is asked by other algorithms is asked anew.
    void renew(Optional<Users> now) {
        if (!now.map(Users::algorithms).equals(users.map(Users::algorithms))) servers.clear();
        users = now;
    }

    /// What to write down since the last call: sources that gave too many wrong passwords.
    public List<String> remarks() { return remarks.take(); }

    int realms() { return servers.size(); }
}
