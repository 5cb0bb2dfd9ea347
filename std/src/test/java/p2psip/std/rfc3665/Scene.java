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
import p2psip.std.rfc3428.Messages;
import p2psip.std.rfc3515.*;
import p2psip.std.rfc3891.*;
import p2psip.std.rfc3911.*;
import p2psip.std.rfc4235.DialogInfo;
import p2psip.std.rfc6665.*;

/// The telephones and servers of a flow, and what happens to them step by step: in a good network,
/// where what passes is the ladder of the RFC, or in a bad one.
public final class Scene {
    /// What all users know.
    private static final String PASSWORD = "pw";
    private static final Optional<Content> OFFER = Optional.of(Content.sdp("offer")),
            ANSWER = Optional.of(Content.sdp("answer")),
            HOLD = Optional.of(Content.sdp("a=sendonly"));

    private static final Duration ALL_TRANSACTIONS = Duration.ofSeconds(40);
    /// When a connection is closed that nobody uses: a transaction takes much less.
    private static final Duration IDLE = Duration.ofMinutes(70);

    public final SipNet net;
    public final Map<String, Phone> phones = new LinkedHashMap<>();
    private final Transport transport;
    private final Duration pause;
    /// How much the cores still have.
    private final SequencedMap<String, IntSupplier> counts = new LinkedHashMap<>();
    private final List<String> passed = new ArrayList<>();
    private Function<Phone, List<Extension>> extensions = _ -> List.of();

    /// @param pause after each step, until all is said
    public Scene(SipNet net, Transport transport, Duration pause) {
        this.net = net;
        this.transport = transport;
        this.pause = pause;
    }

    public static Scene good() {
        return new Scene(new SipNet(), Transport.UDP, Duration.ofSeconds(3));
    }

    /// The phones that come now transfer calls, replace and join them, tell of them and send texts.
    ///
    /// @param rule who may take the place of whom, and come into whose calls
    public void services(Replacements.Rule rule) {
        extensions = phone -> List.of(new Replacements(rule), new Joins(rule, _ -> false),
                new Messages(),
                new Referrals(_ -> phone.serves),
                new Subscriptions(List.of(DialogInfo.of("sip:" + phone.name)
                        .watchedBy(_ -> Access.ALLOWED)),
                        //  nobody lies here of where he is
                        new Authentication(_ -> true, Optional.empty(), net.random)));
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

    /// Lets no call pass that has shown its password: its caller, or its callee, is on a list.
    private record Screening(Guard asking, Refusal refusal) implements Guard {
        @Override public Optional<Refusal> refuses(
                Request request, Flow flow, Purpose purpose, Instant now) {
            if (!request.is("INVITE")) return Optional.empty();
            return asking.refuses(request, flow, purpose, now).or(() -> Optional.of(refusal));
        }
    }

    private Guard asking(String realm) {
        return new Asking(new DigestServer(SipNet.domain(realm),
                _ -> Optional.of(new Secret.Password(PASSWORD)),
                DigestServer.Policy.RFC3261, net.random));
    }

    private Guard guard(String name, boolean asks) { return asks ? asking(name) : Guard.OPEN; }

    private Proxy proxy(Domains domains, Guard guard) {
        var proxy = new Proxy(domains, guard, List.of(), false, Proxy.secret(net.random),
                net.random);
        counts.put("requests of " + domains.domain(), () -> proxy.size() + proxy.pending());
        return proxy;
    }

    private void count(String name, Bindings bindings) {
        counts.put("contacts at " + name,
                () -> bindings.of(new Aor("bob", SipNet.domain(name))).size());
    }

    /// Sends on what is for others.
    public void proxy(String name, boolean asks) {
        net.add(name, domains -> proxy(domains, guard(name, asks)), Scene::unexpected);
    }

    /// The same, which no later request of a dialog visits.
    public void forgetfulProxy(String name) {
        net.add(name, domains -> new Forgetful(proxy(domains, Guard.OPEN)), Scene::unexpected);
    }

    /// Asks for a password, and lets no call pass.
    public void screening(String name, String reason, Header... headers) {
        net.add(name, domains -> proxy(domains, new Screening(asking(name),
                new Guard.Refusal(403, reason, List.of(headers)))), Scene::unexpected);
    }

    /// Sends on what is for its users to these hosts, one after the other.
    ///
    /// @param recurses whether it follows those who redirect
    public void forwarding(String name, boolean recurses, String... hosts) {
        net.add(name, domains -> {
            var proxy = new Proxy(domains, Guard.OPEN, List.of(), recurses,
                    Proxy.secret(net.random), net.random);
            counts.put("requests of " + name, () -> proxy.size() + proxy.pending());
            return new Finding(proxy, _ -> IntStream.range(0, hosts.length)
                    .mapToObj(i -> new Destination(Uri.parse(contact(hosts[i])),
                            1 - 0.1 * i, Optional.empty())).toList());
        }, _ -> { });
    }

    /// Knows where the users of its domain are, and asks for no password.
    public void home(String name) { home(name, false); }

    public void home(String name, boolean asks) {
        count(name, net.home(name, List.of(), domains -> proxy(domains, guard(name, asks))));
    }

    /// The same, which no later request of a dialog visits.
    public void forgetful(String name) {
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
    public void registrar(String name) {
        count(name, net.home(
                name, List.of(), asking(name), domains -> proxy(domains, Guard.OPEN)));
    }

    /// Says that whoever is called is at another domain.
    public void redirecting(String name, String domain) {
        net.home(name, List.of(), domains -> new Finding(
                new RedirectServer(domains, Guard.OPEN, net.random), aor -> List.of(Destination.of(
                        SipUri.parse("sip:" + aor.user() + "@" + SipNet.domain(domain))))));
    }

    /// A server, and where its users are.
    private record Finding(Core server, Function<Aor, List<Destination>> places) implements Core {
        @Override public Instant deadline() { return server.deadline(); }

        @Override public List<Output> wake(Instant now) { return found(server.wake(now), now); }

        @Override public List<Output> handle(Input input, Instant now) {
            return found(server.handle(input, now), now);
        }

        private List<Output> found(List<Output> outputs, Instant now) {
            return outputs.stream().flatMap(output -> switch (output) {
                case Output.Told(LocationService.Event.Find(long id, var aor, _)) -> handle(
                        new Input.Asked(new LocationService.Found(id, true, places.apply(aor))),
                        now).stream();
                default -> Stream.of(output);
            }).toList();
        }
    }

    private static void unexpected(Core.Event event) { throw new AssertionError(event); }

    // Phones

    /// A phone, what it does when it is called, and what it has become of its calls.
    public final class Phone {
        final String name;
        public final SequencedMap<Long, String> calls = new LinkedHashMap<>();
        public String registration = "none";
        List<String> contacts = List.of();
        /// How it answers: 180, 200 or another status; 302 and 305 name [#elsewhere].
        public int status = 180;
        public String elsewhere = "";
        /// Whether it calls for those who are in no call with it.
        public boolean serves;
        /// Whether it lets proxies wait for no longer than they would (RFC 3261 §13.3.1.1).
        public boolean ringsOnce;
        /// What it was told of its referrals and by its subscriptions.
        public final List<String> told = new ArrayList<>();
        /// The dialog of each call, by its number, as the package of that name describes it.
        public final SequencedMap<Long, DialogInfo.Dialog> dialogs = new LinkedHashMap<>();
        private final Set<Long> replacing = new HashSet<>();
        private final Map<Long, Long> referrals = new HashMap<>();
        private final Set<Long> subscriptions = new LinkedHashSet<>();
        private List<DialogInfo.Dialog> seen = List.of();
        private Optional<Content> answer = ANSWER;
        private UserAgent agent;
        private long last;

        private Phone(String name, String domain, String password, List<String> routes) {
            this.name = name;
            net.add(name, domains -> {
                agent = new UserAgent(new Profile(
                        Address.parse("<sip:" + name + "@" + SipNet.domain(domain) + ">"),
                        own(name, domains.listeners().getFirst().address()),
                        routes.stream().map(to -> Address.parse(
                                "<sip:" + SipNet.domain(to) + ";lr>")).toList(),
                        Optional.of(new DigestClient(
                                name, new Secret.Password(password), net.random)),
                        "test", CallRules.PLAIN, Optional.empty()), extensions.apply(this),
                        net.random);
                return new Watched(agent, this);
            }, this::heard);
            counts.put("usages of " + name,
                    () -> agent.legs() - (registration.equals("none") ? 0 : 1));
        }

        private void heard(Core.Event event) {
            switch (event) {
                case Call.Event.Incoming(long call, _, _, var offer) -> {
                    calls.put(call, "called");
                    answer = offer.isPresent() ? ANSWER : OFFER;
                    incoming(call);
                }
                case Call.Event.Progress(long call, int said, _, _, _) -> {
                    if (said > 100) calls.put(call, "hears it ring");
                }
                case Call.Event.Answered(long call, var content) -> {
                    calls.put(call, "talks");
                    if (content.equals(OFFER)) net.ask(name,
                            new Call.Command.Acknowledge(call, ANSWER));
                    report(call, 200);
                }
                case Call.Event.Confirmed(long call, _) -> calls.put(call, "talks");
                case Call.Event.ChangeOffered(long call, _) -> answer(call, ANSWER);
                case Call.Event.Changed(long call, _) -> calls.put(call, "talks anew");
                case Call.Event.Ended(long call, int why, _) -> {
                    calls.put(call, "ended " + why);
                    report(call, why);
                }
                case Registration.Event.Registered _ -> registration = "registered";
                case Registration.Event.NotRegistered(int why, _) -> registration = "not " + why;
                case Registration.Event.Unregistered _ -> registration = "unregistered";
                case LoneRequest.Result(_, var response) ->
                        contacts = response.list("Contact");
                case Replacements.Replacing(long call, _) -> replacing.add(call);
                case Referee.Event.Asked(long referral, _, var to, var more) -> {
                    net.ask(name, new Referee.Command.Follow(referral));
                    referrals.put(begin(), referral);
                    net.ask(name, new Call.Command.Invite(last, to.uri(), OFFER, more));
                }
                case Referrer.Event.Progress(_, int status, _) -> told.add("told " + status);
                case Messages.Event.Said(_, _, var text) -> told.add(text);
                case Subscriber.Event.Notified(_, _, var state, var body) -> {
                    body.ifPresent(content ->
                            seen = DialogInfo.parse(content.bytes()).dialogs());
                    told.add(state.status() + seen.stream().map(DialogInfo.Dialog::phase).toList());
                }
                case Subscriber.Event.Ended(long usage, _) -> subscriptions.remove(usage);
                default -> { }
            }
        }

        private void incoming(long call) {
            if (status == 200 || replacing.contains(call)) answer(call, answer);
            else if (status == 180) net.ask(name, new Call.Command.Ring(call, Optional.empty()));
            else net.ask(name, elsewhere.isEmpty() ? new Call.Command.Refuse(call, status)
                    : new Call.Command.Redirect(call, List.of(Address.parse(elsewhere))));
        }

        private void report(long call, int status) {
            if (referrals.containsKey(call)) net.ask(name, new Referee.Command.Report(
                    referrals.get(call), status, Status.reason(status)));
        }

        private void answer(long call, Optional<Content> content) {
            net.ask(name, new Call.Command.Answer(call, content));
        }

        /// The number of something new.
        private long begin() {
            last++;
            calls.put(last, "calls");
            return last;
        }

        /// @param at 0 for its first call, 1 for the second; one that has not come to be is none
        private long call(int at) {
            return calls.keySet().stream().skip(at).findFirst().orElse(NONE);
        }

        public void calls(String uri) { invites(uri, OFFER); }

        public void invites(String uri, Optional<Content> offer) {
            step(this, new Call.Command.Invite(begin(), uri, offer, List.of()));
        }

        public void answers() { answers(0); }

        public void answers(int at) { step(this, new Call.Command.Answer(call(at), answer)); }

        public void refuses(int status) { step(this, new Call.Command.Refuse(call(0), status)); }

        public void changes() { changes(0); }

        public void changes(int at) { step(this, new Call.Command.Change(call(at), OFFER)); }

        public void holds(int at) { step(this, new Call.Command.Change(call(at), HOLD)); }

        public void hangsUp() { hangsUp(0); }

        public void hangsUp(int at) { step(this, new Call.Command.HangUp(call(at))); }

        public void registers() {
            step(this, new Registration.Command.Register(Duration.ofHours(1)));
        }

        public void unregisters() { step(this, new Registration.Command.Unregister(true)); }

        public void asksForContacts(String aor) {
            step(this, new LoneRequest.Command.Send(
                    ASKED, "REGISTER", aor, Optional.empty()));
        }

        /// Has the peer of a call call somebody else.
        public void refers(int at, String uri) {
            step(this, new Referrer.Command.Refer(ASKED, call(at), uri));
        }

        /// Has the peer of a call take the place that this phone has in another.
        public void transfers(int at, int with) {
            step(this, new Referrer.Command.Transfer(ASKED, call(at), call(with)));
        }

        /// Has a server take the place that this phone has in a call.
        public void parks(int at, String server) {
            step(this, new Referrer.Command.Park(ASKED, server, call(at)));
        }

        /// Has a phone call somebody, and is told nothing of it.
        public void clicks(String phone, String uri) {
            step(this, new Referrer.Command.Ask(ASKED, phone, uri, true));
        }

        /// Says to all who watch how its calls are: those that are not over.
        public void shows() {
            step(this, new Publish(ASKED + 1, DialogInfo.NAME, new DialogInfo.State(
                    "sip:" + name, calls.keySet().stream()
                            .filter(call -> !calls.get(call).startsWith("ended"))
                            .flatMap(call -> Optional.ofNullable(dialogs.get(call)).stream())
                            .toList())));
        }

        public void watches(String uri) {
            subscriptions.add(ASKED + 2);
            step(this, new Subscriber.Command.Subscribe(ASKED + 2, uri, DialogInfo.NAME));
        }

        public void watchesNoMore() {
            step(this, new Subscriber.Command.Unsubscribe(ASKED + 2));
        }

        /// Calls the other end of the call that it has seen, to take the place of this end.
        ///
        /// @param early unless somebody else has answered it
        public void picksUp(boolean early) { seen.forEach(dialog -> picksUp(dialog, early)); }

        /// The same of a call of a phone that it knows otherwise.
        public void picksUp(String phone) {
            phones.get(phone).dialogs.values().forEach(dialog -> picksUp(dialog, false));
        }

        private void picksUp(DialogInfo.Dialog dialog, boolean early) {
            var replaces = new Replaces(dialog.callId().orElseThrow(),
                    dialog.remoteTag().orElseThrow(), dialog.localTag().orElseThrow(), early);
            replaces(target(dialog), replaces.toString());
        }

        /// Comes into the call of a phone that it knows of.
        public void joins(String phone) {
            phones.get(phone).dialogs.values().stream().findFirst().ifPresent(dialog -> step(this,
                    new Call.Command.Invite(begin(), contact(phone), OFFER, List.of(
                            new Header(Joins.NAME, new Replaces(dialog.callId().orElseThrow(),
                                    dialog.localTag().orElseThrow(),
                                    dialog.remoteTag().orElseThrow(), false).toString()),
                            new Header("Require", Joins.OPTION)))));
        }

        private void replaces(String uri, String dialog) {
            step(this, new Call.Command.Invite(begin(), uri, OFFER, List.of(
                    new Header(Replaces.NAME, dialog), new Header("Require", Replaces.OPTION))));
        }

        /// Sends somebody the address of the peer in its first call, and what to say there.
        public void tells(String uri) {
            dialogs.values().stream().findFirst().ifPresent(dialog -> step(this,
                    new Messages.Command.Say(ASKED + 3, uri, new Replaces(
                            dialog.callId().orElseThrow(), dialog.remoteTag().orElseThrow(),
                            dialog.localTag().orElseThrow(), false)
                            .in(SipUri.parse(target(dialog))).toString())));
        }

        /// Calls the address that it was sent.
        public void clicks() {
            told.stream().map(SipUri::parse).forEach(uri -> replaces(
                    uri.withoutHeaders().toString(),
                    Escapes.decode(uri.headers().get(Replaces.NAME).orElseThrow())));
        }

        private static String target(DialogInfo.Dialog dialog) {
            return dialog.remote().flatMap(DialogInfo.Participant::target).orElseThrow();
        }
    }

    /// What no program of a phone calls by this number; and others for what is no call.
    private static final long NONE = 90, ASKED = 91;

    /// A user agent whose dialogs are seen: the stack tells its program only of calls. One that is
    /// to say 302 and to name a proxy says 305.
    private record Watched(UserAgent agent, Phone phone, Deque<Long> placed,
            Map<String, Long> numbers, Map<String, String> contacts) implements Core {
        Watched(UserAgent agent, Phone phone) {
            this(agent, phone, new ArrayDeque<>(), new HashMap<>(), new HashMap<>());
        }

        @Override public Instant deadline() { return agent.deadline(); }

        @Override public List<Output> wake(Instant now) { return seen(agent.wake(now)); }

        @Override public List<Output> handle(Input input, Instant now) {
            if (input instanceof Input.Asked(Call.Command.Invite(long call, _, _, _)))
                placed.add(call);
            var outputs = agent.handle(input, now);
            if (input instanceof Input.Received(_, var request, _)) for (var output : outputs)
                if (output instanceof Output.Told(Call.Event.Incoming(long call, _, _, _))) {
                    numbers.put(request.callId(), call);
                    contacts.put(request.callId(), request.need("Contact"));
                }
            if (input instanceof Input.Answered(_, var response, _)) see(response, true);
            return seen(outputs);
        }

        private List<Output> seen(List<Output> outputs) {
            var out = new ArrayList<Output>();
            for (var output : outputs) switch (output) {
                case Output.Send(_, var request, _) when request.is("INVITE") -> {
                    if (!numbers.containsKey(request.callId()) && !placed.isEmpty())
                        numbers.put(request.callId(), placed.remove());
                    out.add(output);
                }
                case Output.Respond(var id, var response) when phone.status == 305
                        && response.status() == 302 -> out.add(new Output.Respond(id,
                                new Response(305, Status.reason(305), response.headers(),
                                        response.body())));
                case Output.Respond(_, var response) when phone.ringsOnce
                        && response.status() == 180 && known(response) -> { }
                case Output.Respond(_, var response) -> {
                    see(response, false);
                    out.add(output);
                }
                default -> out.add(output);
            }
            return out;
        }

        private boolean known(Response response) {
            return phone.dialogs.containsKey(numbers.get(response.callId()));
        }

        /// That of the response which makes it or confirms it, not that of a later one.
        private void see(Response response, boolean placed) {
            var call = numbers.get(response.callId());
            if (call == null || !response.cseq().method().equals("INVITE")
                    || response.status() == 100 || response.status() >= 300
                    || known(response) && phone.dialogs.get(call).phase()
                            == DialogInfo.Phase.CONFIRMED) return;
            var own = placed ? response.from() : response.to();
            var peer = placed ? response.to() : response.from();
            var contact = Address.parse(placed ? response.need("Contact")
                    : contacts.get(response.callId())).uri().toString();
            phone.dialogs.put(call, new DialogInfo.Dialog("d" + call,
                    Optional.of(response.callId()), own.tag(), peer.tag(), Optional.empty(),
                    response.provisional() ? DialogInfo.Phase.EARLY : DialogInfo.Phase.CONFIRMED,
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.of(new DialogInfo.Participant(List.of(), Optional.of(contact)))));
        }
    }

    private SipUri own(String name, InetSocketAddress address) {
        var uri = SipUri.of(name, address);
        return transport == Transport.UDP ? uri
                : uri.withParams(Params.NONE.with("transport", transport.parameter(uri.scheme())));
    }

    public Phone phone(String name, String domain, String... routes) {
        return phone(name, domain, PASSWORD, List.of(routes));
    }

    public Phone phone(String name, String domain, String password, List<String> routes) {
        return phones.computeIfAbsent(name, _ -> new Phone(name, domain, password, routes));
    }

    public Phone phone(String name) { return phones.get(name); }

    /// Where a phone is reached without a server.
    public String contact(String phone) { return own(phone, net.address(phone)).toString(); }

    // What happens

    private void step(Phone phone, Core.Command command) {
        net.ask(phone.name, command);
        passed.addAll(net.run(pause));
    }

    /// Time, until the last request is given up.
    public void pass() { pass(ALL_TRANSACTIONS); }

    public void pass(Duration span) { passed.addAll(net.run(span)); }

    /// What has passed in all steps from the last time on.
    public List<String> passed() {
        var all = List.copyOf(passed);
        passed.clear();
        return all;
    }

    /// What has become of everybody: the calls and the registration of each phone.
    public Map<String, String> outcome() {
        return phones.values().stream().collect(Collectors.toMap(phone -> phone.name,
                phone -> phone.calls.values() + " " + phone.registration, (a, _) -> a,
                LinkedHashMap::new));
    }

    /// Whether somebody believes that he talks, and he with whom does not.
    public boolean oneSided() {
        var talking = new HashMap<String, Integer>();
        for (var phone : phones.values()) phone.calls.forEach((call, state) -> {
            if (state.startsWith("talks") && phone.dialogs.containsKey(call))
                talking.merge(phone.dialogs.get(call).callId().orElseThrow(), 1, Integer::sum);
        });
        return talking.containsValue(1);
    }

    public boolean talking() {
        return phones.values().stream().flatMap(phone -> phone.calls.values().stream())
                .anyMatch(state -> state.startsWith("talks"));
    }

    /// Everybody hangs up and leaves, and what there still is then, after all time-outs.
    public Map<String, Integer> left() {
        for (var phone : phones.values()) {
            for (long call : List.copyOf(phone.calls.keySet()))
                net.ask(phone.name, new Call.Command.HangUp(call));
            if (!phone.subscriptions.isEmpty()) phone.watchesNoMore();
            net.run(pause);
            if (phone.registration.equals("registered")) phone.unregisters();
        }
        net.run(IDLE);
        var left = new LinkedHashMap<>(net.left());
        counts.forEach((what, count) -> left.put(what, count.getAsInt()));
        left.values().removeIf(count -> count == 0);
        return left;
    }
}
