package p2psip.std.rfc3665;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.Challenger;
import p2psip.std.rfc2617.DigestClient;
import p2psip.std.rfc2617.DigestServer;
import p2psip.std.rfc2617.Secret;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.ua.*;

/// The telephones and servers of a flow, and what happens to them step by step: in a good network,
/// where what passes is the ladder of the RFC, or in a bad one.
final class Scene {
    /// What all users know.
    private static final String PASSWORD = "pw";
    private static final Optional<Content> OFFER = Optional.of(Content.sdp("offer")),
            ANSWER = Optional.of(Content.sdp("answer"));

    private static final Duration ALL_TRANSACTIONS = Duration.ofSeconds(40);
    /// When a connection is closed that nobody uses: a transaction takes much less.
    private static final Duration IDLE = Duration.ofMinutes(70);

    final SipNet net;
    final Map<String, Phone> phones = new LinkedHashMap<>();
    private final Transport transport;
    private final Duration pause;
    /// How much the cores still have.
    private final SequencedMap<String, IntSupplier> counts = new LinkedHashMap<>();
    private final List<String> passed = new ArrayList<>();

    /// @param pause after each step, until all is said
    Scene(SipNet net, Transport transport, Duration pause) {
        this.net = net;
        this.transport = transport;
        this.pause = pause;
    }

    static Scene good() {
        return new Scene(new SipNet(), Transport.UDP, Duration.ofSeconds(3));
    }

    // Servers

    /// Asks for a password who begins a call or registers.
    private record Asking(DigestServer server) implements Guard {
        @Override public Optional<Refusal> refuses(
                Request request, Flow flow, Purpose purpose, Instant now) {
            if (purpose == Purpose.IN_DIALOG || request.is("ACK")) return Optional.empty();
            var asker = purpose == Purpose.REGISTER ? Challenger.SERVER : Challenger.PROXY;
            return server.verify(request.all(asker.credentials()), request.method(),
                    request.uri(), request.body(), now)
                    instanceof DigestServer.Verdict.Challenged(var challenges, _)
                    ? Optional.of(Refusal.of(asker.status(), challenges.stream()
                            .map(each -> new Header(asker.challenge(), each.toString()))
                            .toArray(Header[]::new))) : Optional.empty();
        }
    }

    private Guard asking(String realm) {
        return new Asking(new DigestServer(realm + ".example",
                _ -> Optional.of(new Secret.Password(PASSWORD)),
                DigestServer.Policy.RFC3261, net.random));
    }

    private Guard guard(String name, boolean asks) { return asks ? asking(name) : Guard.OPEN; }

    private Proxy proxy(Domains domains, Guard guard) {
        var proxy = new Proxy(domains, guard, TimerValues.DEFAULT, net.random);
        counts.put("requests of " + domains.domain(), () -> proxy.size() + proxy.pending());
        return proxy;
    }

    private void count(String name, Bindings bindings) {
        counts.put("contacts at " + name,
                () -> bindings.of(new Aor("bob", name + ".example")).size());
    }

    /// Sends on what is for others.
    void proxy(String name, boolean asks) {
        net.add(name, domains -> proxy(domains, guard(name, asks)), Scene::unexpected);
    }

    /// Knows where the users of its domain are, and asks for no password.
    void home(String name) { home(name, false); }

    void home(String name, boolean asks) {
        count(name, net.home(name, List.of(), domains -> proxy(domains, guard(name, asks))));
    }

    /// The same, which no later request of a dialog visits.
    void forgetful(String name) {
        count(name, net.home(
                name, List.of(), domains -> new Forgetful(proxy(domains, Guard.OPEN))));
    }

    /// A proxy without its Record-Route.
    private record Forgetful(Core proxy) implements Core {
        @Override public Instant deadline() { return proxy.deadline(); }

        @Override public List<Output> wake(Instant now) { return proxy.wake(now); }

        @Override public List<Output> handle(Input input, Instant now) {
            return proxy.handle(input, now).stream().map(output -> switch (output) {
                case Output.Send(var id, var request, var target) when request.is("INVITE") ->
                        new Output.Send(id, request.change(Forgetful::forget), target);
                default -> output;
            }).toList();
        }

        private static void forget(List<Header> headers) {
            headers.stream().filter(each -> each.is("Record-Route")).findFirst()
                    .ifPresent(headers::remove);
        }
    }

    /// A registrar that asks for a password.
    void registrar(String name) {
        count(name, net.home(
                name, List.of(), asking(name), domains -> proxy(domains, Guard.OPEN)));
    }

    /// Says that whoever is called is at another domain.
    void redirecting(String name, String domain) {
        net.home(name, List.of(), domains -> new Redirecting(
                new RedirectServer(domains, Guard.OPEN, net.random), domain + ".example"));
    }

    private record Redirecting(RedirectServer server, String domain) implements Core {
        @Override public Instant deadline() { return server.deadline(); }

        @Override public List<Output> wake(Instant now) { return server.wake(now); }

        @Override public List<Output> handle(Input input, Instant now) {
            return server.handle(input, now).stream().flatMap(output -> switch (output) {
                case Output.Told(LocationService.Event.Find(long id, var aor, _)) -> handle(
                        new Input.Asked(new LocationService.Found(id, true, List.of(
                                Destination.of(SipUri.parse("sip:" + aor.user() + "@" + domain))))),
                        now).stream();
                default -> Stream.of(output);
            }).toList();
        }
    }

    private static void unexpected(Core.Event event) { throw new AssertionError(event); }

    // Phones

    /// A phone, what it does when it is called, and what it has become of its calls.
    final class Phone {
        final String name;
        final SequencedMap<Long, String> calls = new LinkedHashMap<>();
        String registration = "none";
        List<String> contacts = List.of();
        /// How it answers: 180, 200 or another status.
        int status = 180;
        private Optional<Content> answer = ANSWER;
        private UserAgent agent;

        private Phone(String name, String domain, String password, List<String> routes) {
            this.name = name;
            net.add(name, domains -> agent = new UserAgent(new Profile(
                    Address.parse("<sip:" + name + "@" + domain + ".example>"),
                    own(name, domains.listeners().getFirst().address()),
                    routes.stream().map(to -> Address.parse("<sip:" + to + ".example;lr>"))
                            .toList(),
                    Optional.of(new DigestClient(
                            name, new Secret.Password(password), net.random)),
                    "test"), List.of(), net.random), this::heard);
            counts.put("usages of " + name,
                    () -> agent.legs() - (registration.equals("none") ? 0 : 1));
        }

        private void heard(Core.Event event) {
            switch (event) {
                case Call.Event.Incoming(long call, _, _, var offer) -> {
                    calls.put(call, "called");
                    answer = offer.isPresent() ? ANSWER : OFFER;
                    if (status == 180) net.ask(name, new Call.Command.Ring(call, Optional.empty()));
                    else if (status == 200) answer(call, answer);
                    else net.ask(name, new Call.Command.Refuse(call, status));
                }
                case Call.Event.Progress(long call, int said, _, _, _) -> {
                    if (said > 100) calls.put(call, "hears it ring");
                }
                case Call.Event.Answered(long call, var content) -> {
                    calls.put(call, "talks");
                    if (content.equals(OFFER)) net.ask(name,
                            new Call.Command.Acknowledge(call, ANSWER));
                }
                case Call.Event.Confirmed(long call, _) -> calls.put(call, "talks");
                case Call.Event.ChangeOffered(long call, _) -> answer(call, ANSWER);
                case Call.Event.Changed(long call, _) -> calls.put(call, "talks anew");
                case Call.Event.Ended(long call, int why, _) -> calls.put(call, "ended " + why);
                case Registration.Event.Registered _ -> registration = "registered";
                case Registration.Event.NotRegistered(int why, _) -> registration = "not " + why;
                case Registration.Event.Unregistered _ -> registration = "unregistered";
                case LoneRequest.Event.Result(_, var response) ->
                        contacts = response.list("Contact");
                default -> { }
            }
        }

        private void answer(long call, Optional<Content> content) {
            net.ask(name, new Call.Command.Answer(call, content));
        }

        private long call() { return calls.isEmpty() ? 1 : calls.firstEntry().getKey(); }

        void calls(String uri) { invites(uri, OFFER); }

        void invites(String uri, Optional<Content> offer) {
            calls.put(1L, "calls");
            step(this, new Call.Command.Invite(1, uri, offer));
        }

        void answers() { step(this, new Call.Command.Answer(call(), answer)); }

        void refuses(int status) { step(this, new Call.Command.Refuse(call(), status)); }

        void changes() { step(this, new Call.Command.Change(call(), OFFER)); }

        void hangsUp() { step(this, new Call.Command.HangUp(call())); }

        void registers() { step(this, new Registration.Command.Register(Duration.ofHours(1))); }

        void unregisters() { step(this, new Registration.Command.Unregister(true)); }

        void asksForContacts(String aor) {
            step(this, new LoneRequest.Command.Send(9, "REGISTER", aor, Optional.empty()));
        }
    }

    private SipUri own(String name, InetSocketAddress address) {
        var uri = SipUri.of(name, address);
        return transport == Transport.UDP ? uri
                : uri.withParams(Params.NONE.with("transport", transport.parameter()));
    }

    Phone phone(String name, String domain, String... routes) {
        return phone(name, domain, PASSWORD, List.of(routes));
    }

    Phone phone(String name, String domain, String password, List<String> routes) {
        return phones.computeIfAbsent(name, _ -> new Phone(name, domain, password, routes));
    }

    Phone phone(String name) { return phones.get(name); }

    /// Where a phone is reached without a server.
    String contact(String phone) { return own(phone, net.address(phone)).toString(); }

    // What happens

    private void step(Phone phone, Core.Command command) {
        net.ask(phone.name, command);
        passed.addAll(net.run(pause));
    }

    /// Time, until the last request is given up.
    void pass() { passed.addAll(net.run(ALL_TRANSACTIONS)); }

    /// What has passed in all steps from the last time on.
    List<String> passed() {
        var all = List.copyOf(passed);
        passed.clear();
        return all;
    }

    /// What has become of everybody: the calls and the registration of each phone.
    Map<String, String> outcome() {
        return phones.values().stream().collect(Collectors.toMap(phone -> phone.name,
                phone -> phone.calls.values() + " " + phone.registration, (a, _) -> a,
                LinkedHashMap::new));
    }

    boolean talking() {
        return phones.values().stream().flatMap(phone -> phone.calls.values().stream())
                .anyMatch(state -> state.startsWith("talks"));
    }

    /// Everybody hangs up and leaves, and what there still is then, after all time-outs.
    Map<String, Integer> left() {
        for (var phone : phones.values()) {
            phone.hangsUp();
            if (phone.registration.equals("registered")) phone.unregisters();
        }
        net.run(IDLE);
        var left = new LinkedHashMap<>(net.left());
        counts.forEach((what, count) -> left.put(what, count.getAsInt()));
        left.values().removeIf(count -> count == 0);
        return left;
    }
}
