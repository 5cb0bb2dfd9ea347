package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.PathUserAgent;
import p2psip.std.rfc3428.*;
import p2psip.std.rfc3515.Referee;
import p2psip.std.rfc3515.Referrer;
import p2psip.std.rfc3608.ServiceRouteUserAgent;
import p2psip.std.rfc3891.Replacements;
import p2psip.std.rfc4575.ConferenceInfo;
import p2psip.std.rfc5626.*;
import p2psip.std.rfc5627.GruuUserAgent;
import p2psip.std.rfc6665.Access;
import p2psip.std.rfc6665.Notifier;
import p2psip.std.rfc6665.Subscriber;
import p2psip.std.rfc6086.InfoPackages;
import p2psip.std.rfc8840.Fragment;

/// A telephone without a keyboard: a node that registers, calls, is called, plays and records.
///
/// It is told [PhoneCommand]s and tells [News]. What it plays is a [Source], so it needs no sound
/// card; the same phone runs on either host.
public final class Phone implements Machine<Event, Effect> {
    /// How many calls at once a phone can have.
    public static final int MAX_CALLS = 100;

    /// How long leaving may take, and how long to listen when there is nothing more to say.
    private static final Duration FAREWELL = Duration.ofMillis(1800),
            LAST_WORD = Duration.ofMillis(200);

    /// How long a request may go unanswered before the user is told so.
    private static final Duration SILENCE = Duration.ofSeconds(6);

    /// How a user proves to be one, to whoever asks.
    public record Login(String user, String password) implements Accounts {
        @Override public Optional<Accounts.Login> in(String realm) {
            return Optional.of(new Accounts.Login(user, new Secret.Password(password)));
        }

        @Override public String toString() { return "Login[" + user + "]"; }
    }

    /// How a phone is known outside, where neither its host nor its proxy can tell.
    ///
    /// @param address what Contact and SDP name in place of its own: that of a router which lets
    ///                in what comes for it
    /// @param strict  whether the proxy is a strict router, of RFC 2543: it gets the Request-URI
    /// @param instance its name among all phones of its user; with one it has a GRUU, where its
    ///                registrar gives one
    public record Outside(Optional<InetAddress> address, boolean strict,
            Optional<Instance> instance) {
        public static final Outside USUAL = new Outside(Optional.empty(), false, Optional.empty());

        Outside named(Instance name) { return new Outside(address, strict, Optional.of(name)); }
    }

    /// What a phone does for its peers.
    ///
    /// @param follows whether it calls whom they ask it to call, without asking
    /// @param meets   whether it takes part in conferences of them
    public record Manners(boolean follows, boolean meets) {}

    /// How a phone is set up.
    ///
    /// @param identity  its address of record
    /// @param proxy     what every request goes to first, as `host:port` in a SIP URI
    /// @param transport for what it sends; it takes in UDP and TCP
    /// @param local     its own address; without one the nearest to the proxy
    /// @param port      for SIP; 0 for any
    /// @param calls     how many calls at once; one more is refused as busy
    /// @param answer    whether it answers by itself
    /// @param record    whether it keeps what it hears
    /// @param traced    whether it notes messages and states
    /// @param ice       whether it looks for the best way to its peers, and who helps
    /// @param manners   what it does for its peers
    /// @param outbound  whether it is called by the flows that it opens, to these proxies; they
    ///                  are addresses as `proxy` is, the first of which is the proxy
    /// @param outside   how it is known outside
    public record Setup(Address identity, Optional<SipUri> proxy, Transport transport,
            Optional<Accounts> login, Optional<InetAddress> local, int port, int calls,
            boolean answer, Source source, boolean record, boolean traced, IceOptions ice,
            Manners manners, Optional<Outbound> outbound, Outside outside) {

        /// A phone that is called where it says that it is.
        public Setup(Address identity, Optional<SipUri> proxy, Transport transport,
                Optional<Accounts> login, Optional<InetAddress> local, int port, int calls,
                boolean answer, Source source, boolean record, boolean traced, IceOptions ice,
                boolean follow) {
            this(identity, proxy, transport, login, local, port, calls, answer, source, record,
                    traced, ice, new Manners(follow, false), Optional.empty(), Outside.USUAL);
        }

        /// A phone that is transferred only if its user allows it.
        public Setup(Address identity, Optional<SipUri> proxy, Transport transport,
                Optional<Accounts> login, Optional<InetAddress> local, int port, int calls,
                boolean answer, Source source, boolean record, boolean traced, IceOptions ice) {
            this(identity, proxy, transport, login, local, port, calls, answer, source, record,
                    traced, ice, false);
        }

        /// A phone without ICE.
        public Setup(Address identity, Optional<SipUri> proxy, Transport transport,
                Optional<Accounts> login, Optional<InetAddress> local, int port, int calls,
                boolean answer, Source source, boolean record, boolean traced) {
            this(identity, proxy, transport, login, local, port, calls, answer, source, record,
                    traced, IceOptions.OFF);
        }

        /// A phone that shows its identity to this proxy, plays a tone, and answers when called.
        public static Setup of(String aor, InetSocketAddress proxy) {
            return new Setup(Address.parse(aor), Optional.of(SipUri.of("", proxy)), Transport.UDP,
                    Optional.empty(), Optional.empty(), 0, MAX_CALLS, true, Source.Tone.A, false,
                    true);
        }

        /// A phone that is called where its address says, by an IP address and a port, and sends
        /// straight to whom it calls.
        public static Setup at(String aor) {
            var identity = Address.parse(aor);
            var uri = (SipUri) identity.uri();
            return new Setup(identity, Optional.empty(), Transport.UDP, Optional.empty(),
                    HostName.literal(uri.host()), uri.portOrDefault(), MAX_CALLS, true,
                    Source.Tone.A, false, true);
        }

        /// A phone that rings until its program takes the call.
        public Setup ringing() {
            return new Setup(identity, proxy, transport, login, local, port, calls, false, source,
                    record, traced, ice, manners, outbound, outside);
        }

        public Setup withLogin(String user, String password) {
            return new Setup(identity, proxy, transport, Optional.of(new Login(user, password)),
                    local, port, calls, answer, source, record, traced, ice, manners, outbound,
                    outside);
        }

        /// A phone that has a GRUU, where its registrar gives one.
        public Setup withInstance(Instance instance) {
            return with(outside.named(instance));
        }

        /// A phone that is called by its own flows.
        public Setup withOutbound(Outbound outbound) {
            return new Setup(identity, Optional.of((SipUri) outbound.proxies().getFirst().uri()),
                    transport, login, local, port, calls, answer, source, record, traced, ice,
                    manners, Optional.of(outbound), outside.named(outbound.instance()));
        }

        public Setup withIce(IceOptions ice) {
            return new Setup(identity, proxy, transport, login, local, port, calls, answer, source,
                    record, traced, ice, manners, outbound, outside);
        }

        /// A phone that is known outside as this.
        public Setup with(Outside outside) {
            return new Setup(identity, proxy, transport, login, local, port, calls, answer, source,
                    record, traced, ice, manners, outbound, outside);
        }

        /// A phone that is transferred without asking.
        public Setup following() {
            return new Setup(identity, proxy, transport, login, local, port, calls, answer, source,
                    record, traced, ice, new Manners(true, manners.meets), outbound, outside);
        }

        /// A phone that meets others in conferences.
        public Setup meeting() {
            return new Setup(identity, proxy, transport, login, local, port, calls, answer, source,
                    record, traced, ice, new Manners(manners.follows, true), outbound, outside);
        }

        /// A phone that tells what it has heard.
        public Setup recording() {
            return new Setup(identity, proxy, transport, login, local, port, calls, answer, source,
                    true, traced, ice, manners, outbound, outside);
        }
    }

    private final Setup setup;
    private final RandomGenerator random;
    private final InetAddress address;
    private final FirstHop firstHop;
    private final Helpers helpers;
    private final Reserve reserve;
    private final SipPort sip;
    private final Machines<Long, Conversation> calls = new Machines<>(UserAgent.MAX_LEGS);
    private final Deque<Core.Command> asked = new ArrayDeque<>();
    private final Pending outbox = new Pending();
    private final Presences presences;
    private final Transfers transfers;
    private final Mesh mesh;
    /// When to say of a call, a text or the registration (0) that nothing has answered: next first.
    private final SequencedMap<Long, Instant> unanswered = new LinkedHashMap<>();
    private List<ListeningPoint> points = List.of();
    private final Outbox<Effect> out = new Outbox<>();
    private boolean open, serving;
    private long informed;
    private boolean registered;
    private String warning = "", reached = "";
    private boolean exited;
    private Instant exit = Instant.MAX;

    public Phone(Setup setup, Host.Room room) {
        this.setup = setup;
        this.random = room.random();
        presences = new Presences(setup.identity().uri().toString());
        transfers = new Transfers(setup.manners().follows());
        mesh = new Mesh(setup.identity(), room.random());
        this.address = setup.local().orElseGet(() -> nearest(room.addresses(), setup.proxy()));
        this.helpers = new Helpers(setup.ice());
        this.reserve = new Reserve(helpers, address, random);
        //  a node, if there is one, is beside by UDP and TCP
        boolean looks = setup.outbound().isEmpty()
                && EnumSet.of(Transport.UDP, Transport.TCP).contains(setup.transport());
        this.firstHop = new FirstHop(setup.proxy(), looks ? room.addresses() : List.of());
        sip = new SipPort(wish(), 0, TimerValues.DEFAULT, random, setup.traced());
    }

    private SipPort.Wish wish() {
        var usual = new SipPort.Wish(List.of(address), setup.port(), false,
                EnumSet.of(Transport.UDP, Transport.TCP, setup.transport()));
        //  who has no certificate calls, and is called back by the connection that he has opened
        return setup.transport().secure() ? usual.calling(setup.transport()) : usual;
    }

    /// The own address from which a proxy can be reached: loopback only if the proxy is there.
    private static InetAddress nearest(List<InetAddress> own, Optional<SipUri> proxy) {
        var remote = proxy.map(SipUri::host).flatMap(HostName::literal);
        boolean loopback = remote.map(InetAddress::isLoopbackAddress)
                .orElse(proxy.filter(p -> p.host().equals("localhost")).isPresent());
        boolean ip6 = remote.filter(Inet6Address.class::isInstance).isPresent();
        //= rfc4566#5.2-6 a local address is not used where it would leave its scope
        return own.stream().filter(a -> a.isLoopbackAddress() == loopback
                        && !a.isLinkLocalAddress() && a instanceof Inet6Address == ip6)
                .findFirst().orElse(own.getFirst());
    }

    private UserAgent userAgent(Optional<SipUri> firstHop) {
        var at = HostName.at(points.stream().filter(p -> p.transport() == setup.transport())
                .findFirst().orElseThrow().sentBy(), 0);
        var contact = SipUri.of(((SipUri) setup.identity().uri()).user(),
                setup.outside().address().map(HostName::text).orElse(at.name()), at.port())
                .withParams(transport(Params.NONE));
        var proxy = firstHop.map(this::loose);
        var outbound = setup.outbound().map(o -> new Outbound(o.instance(), o.proxies().stream()
                .map(p -> loose((SipUri) p.uri())).toList()));
        return new UserAgent(new Profile(setup.identity(), contact,
                proxy.stream().toList(),
                setup.login().map(login -> new DigestClient(login, random)),
                "p2psip", CallRules.OBLIGING, outbound), extensions(), random);
    }

    private Address loose(SipUri proxy) {
        var params = setup.outside().strict() ? proxy.params() : proxy.params().with("lr", "");
        //= rfc5630#5.1.1-8 a SIPS URI says by itself that it is TLS: never transport=tls
        return Address.of(proxy.withParams(proxy.secure() && setup.transport() == Transport.TLS
                ? params.without("transport") : !setup.transport().connected() ? params
                : params.with("transport", setup.transport().parameter(proxy.scheme()))));
    }

    private List<Extension> extensions() {
        var all = new ArrayList<Extension>(List.of(new Messages()));
        all.addAll(transfers.extensions());
        //= rfc4579#3.1-3 a focus takes Replaces, as any phone here does
        //= rfc4579#3.4-2 REFER, SIP events and the conference package are here
        if (setup.manners().meets()) all.addAll(mesh.extensions());
        all.addAll(List.of(presences.extension(
                setup.manners().meets() ? List.of(mesh.events()) : List.of(),
                this::ofProxy, random), new PathUserAgent(), new ServiceRouteUserAgent()));
        boolean secure = setup.identity().uri() instanceof SipUri uri && uri.secure();
        setup.outside().instance().ifPresent(name ->
                all.add(new GruuUserAgent(name, false, secure)));
        //  who asks no helpers finds all of its addresses at once
        if (!helpers.all().isEmpty()) all.add(new InfoPackages(List.of(Fragment.PACKAGE)));
        return all;
    }

    /// Whether something comes from our proxy, which knows of whom it lets through.
    private boolean ofProxy(Flow flow) {
        var proxies = setup.outbound().map(Outbound::proxies).orElse(List.of()).stream()
                .map(proxy -> (SipUri) proxy.uri());
        return Stream.concat(setup.proxy().stream(), proxies)
                .map(proxy -> HostName.literal(proxy.host()))
                .anyMatch(Optional.of(flow.remote().getAddress())::equals);
    }

    private Params transport(Params params) {
        return setup.transport().connected()
                ? params.with("transport", setup.transport().parameter()) : params;
    }

    @Override public Instant deadline() {
        if (exited) return Instant.MAX;
        if (!open) return Instant.MIN;
        return Collections.min(List.of(sip.deadline(), calls.deadline(), exit,
                reserve.deadline(reserving()),
                unanswered.isEmpty() ? Instant.MAX : unanswered.firstEntry().getValue()));
    }

    @Override public List<Effect> wake(Instant now) {
        if (!open) {
            open = true;
            fromSip(sip.handle(new SipPort.Input.Open(), now), now);
        }
        fromSip(sip.wake(now), now);
        out.addAll(reserve.wake(reserving(), now));
        calls.wake(now, call -> call.wake(now), this::said);
        while (!unanswered.isEmpty() && !unanswered.firstEntry().getValue().isAfter(now))
            tell(new News.Unanswered(unanswered.pollFirstEntry().getKey()));
        return done(now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event.id().part()) {
            case SIP -> fromSip(sip.handle(new SipPort.Input.Happened(event), now), now);
            case MEDIA -> media(event, now);
            case PROGRAM -> {
                if (event instanceof Event.Command(PhoneCommand command)) command(command, now);
            }
            case STARTUP -> fromFirstHop(firstHop.answered(event), now);
            case LOOKUP, KEYS, STORE -> { }
        }
        return done(now);
    }

    /// Carries out what conversations have asked SIP for, and what comes of it, until all is done;
    /// before SIP is there it waits.
    private List<Effect> done(Instant now) {
        while (serving && !asked.isEmpty())
            fromSip(sip.handle(new SipPort.Input.Asked(asked.remove()), now), now);
        leave(now);
        return out.take();
    }

    /// Exits when all is said and a moment was left for an answer, or when time is over.
    private void leave(Instant now) {
        if (exit.equals(Instant.MAX)) return;
        var soon = now.plus(LAST_WORD);
        if (calls.size() == 0 && !registered && soon.isBefore(exit)) exit = soon;
        if (exit.isAfter(now)) return;
        out.add(new Effect.Exit());
        exited = true;
    }

    private void ask(Core.Command command) { asked.add(command); }

    private void tell(News news) { out.add(new Effect.Tell(news)); }

    private void tell(long call, Conversation.Input input, Instant now) {
        calls.tell(call, c -> c.handle(input, now), this::said);
    }

    /// What a conversation has said.
    private void said(long call, Conversation from, List<CallOutput> outputs) {
        for (var output : outputs) switch (output) {
            case CallOutput.Ask(var command) -> ask(mesh.completed(transfers.completed(command)));
            case CallOutput.Inform(var fragment) -> ask(new InfoPackages.Command.Send(
                    3 * PhoneCommand.NUMBERS + ++informed, call, Fragment.PACKAGE.name(),
                    fragment));
            case CallOutput.Do(var effect) -> out.add(effect);
        }
        if (from.terminated()) reserve.ended(call);
    }

    private void seen(List<Presences.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Presences.Output.Ask(var command) -> ask(command);
            case Presences.Output.Tell(var news) -> tell(news);
        }
    }

    private void moved(List<Transfers.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Transfers.Output.Place(long call, var peer) ->
                    place(new PhoneCommand.Call(call, peer.uri().toString()), peer, now);
            case Transfers.Output.Ask(var command) -> ask(command);
            case Transfers.Output.Tell(var news) -> tell(news);
        }
    }

    private void media(Event event, Instant now) {
        long number = reserve.call(event.id());
        if (event instanceof Event.Heard) for (var call : calls.keys())
            tell(call, new Conversation.Input.Happened(event), now);
        else if (reserve.isFor(event.id())) out.addAll(reserve.handle(event, now));
        else if (event instanceof Event.Bound(_, var local) && !calls.contains(number))
            out.add(new Effect.Unbind(local));   // of a call that is over already
        else tell(number, new Conversation.Input.Happened(event), now);
    }

    /// @param answering whether it is taken at once if it comes in
    private void begin(long number, Address peer, boolean answering, Conversation.Input first,
            Instant now) {
        var stock = reserve.take(number);
        var call = new Conversation(number, peer, answering, outside(),
                new Media.Habit(setup.source(), setup.record(), setup.traced()), stock, random);
        if (!calls.add(number, call)) {
            out.addAll(stock.close(now));
            reserve.ended(number);
            tell(new News.Ended(number, 503, "Too Many Calls", Statistics.NONE));
            return;
        }
        if (full()) describe();
        tell(number, first, now);
    }

    /// Whether ports are kept for another call.
    private boolean reserving() { return !full() && exit.equals(Instant.MAX); }

    /// Where sound is to be sent, as its peers see it.
    private InetAddress outside() { return setup.outside().address().orElse(address); }

    private boolean full() { return calls.size() >= setup.calls(); }

    /// Has those who ask by OPTIONS told what a caller would be told, and which sound is taken.
    private void describe() {
        ask(new UserAgent.Command.Describe(full() ? 486 : 200,
                Optional.of(Negotiation.capabilities(outside(), random))));
    }

    private void command(PhoneCommand command, Instant now) {
        warning = "";
        var silent = now.plus(SILENCE);
        switch (command) {
            case PhoneCommand.Register(var expires) -> {
                unanswered.putLast(0L, silent);
                ask(new Registration.Command.Register(expires));
            }
            case PhoneCommand.Unregister _ -> ask(new Registration.Command.Unregister(false));
            case PhoneCommand.Call call -> place(call, address(call.uri()), now);
            case PhoneCommand.Meet(long call, var uri) -> moved(mesh.meet(call, uri), now);
            case PhoneCommand.Refer(long call, var uri) -> moved(transfers.refer(call, uri), now);
            case PhoneCommand.Transfer(long call, long to) ->
                    moved(transfers.transfer(call, to), now);
            case PhoneCommand.Follow(long referral) -> moved(transfers.follow(referral), now);
            case PhoneCommand.Decline(long referral) -> moved(transfers.decline(referral), now);
            case PhoneCommand.OnCall asked ->
                    tell(asked.call(), new Conversation.Input.Asked(asked), now);
            case PhoneCommand.Text(long id, var uri, var text) -> {
                if (!outbox.full()) unanswered.putLast(id, silent);
                send(new Messages.Command.Say(id, uri, text));
            }
            case PhoneCommand.Watch(long id, var uri) -> seen(presences.watch(id, uri));
            case PhoneCommand.Unwatch(long id) -> seen(presences.unwatch(id));
            case PhoneCommand.Approve(var uri) -> seen(presences.decide(uri, Access.ALLOWED));
            case PhoneCommand.Block(var uri) -> seen(presences.decide(uri, Access.BLOCKED));
            case PhoneCommand.Show(boolean there, var note) -> seen(presences.show(there, note));
            case PhoneCommand.Leave _ -> {
                exit = now.plus(FAREWELL);
                out.addAll(reserve.close(now));
                seen(presences.leave());
                moved(mesh.leave(), now);
                calls.keys().forEach(number -> ask(new Call.Command.HangUp(number)));
                if (registered) ask(new Registration.Command.Unregister(false));
            }
        }
    }

    private void place(PhoneCommand.Call call, Address peer, Instant now) {
        begin(call.call(), peer, setup.answer(), new Conversation.Input.Asked(call), now);
        if (calls.contains(call.call())) unanswered.putLast(call.call(), now.plus(SILENCE));
    }

    private void send(Messages.Command.Say text) {
        if (outbox.full()) tell(new News.Sent(text.usage(), 503, "Too Many Messages"));
        else outbox.send(text).ifPresent(this::ask);
    }

    private void fromSip(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Told(Warning.Told(_, var text)) -> warned(text);
            case SipPort.Output.Told(Challenged(_, var realm)) -> warned(setup.login()
                    .flatMap(login -> login.in(realm)).isEmpty()
                    ? "\"" + realm + "\" asks for a name and a password"
                    : "\"" + realm + "\" does not take this name and password");
            case SipPort.Output.Told(Registration.Event event) -> told(event);
            case SipPort.Output.Told(Call.Event event) -> told(event, now);
            case SipPort.Output.Told(Messages.Event event) -> told(event);
            case SipPort.Output.Told(Subscriber.Event event) when mesh.watches(event.usage()) ->
                    moved(mesh.told(event), now);
            case SipPort.Output.Told(Subscriber.Event event) -> seen(presences.told(event));
            case SipPort.Output.Told(Notifier.Event.Watching event)
                    when event.event().equals(ConferenceInfo.NAME) -> mesh.told(event);
            case SipPort.Output.Told(Notifier.Event event) -> seen(presences.told(event));
            case SipPort.Output.Told(var event) when Mesh.isFor(event) -> mesh.told(event);
            case SipPort.Output.Told(Referrer.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(Referee.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(Replacements.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(InfoPackages.Event event) -> told(event, now);
            case SipPort.Output.Told(PathUserAgent.Event.Led(_, var path)) ->
                    warned("what is for you comes through " + String.join(", ", path));
            case SipPort.Output.Told(GruuUserAgent.Event.Assigned(_, var shown, _)) ->
                    shown.map(SipUri::toString).ifPresent(gruu -> {
                        if (!gruu.equals(reached)) tell(new News.Reached(gruu));
                        reached = gruu;
                    });
            case SipPort.Output.Told(var foreign) ->
                    throw new IllegalStateException("not of a user agent: " + foreign);
            case SipPort.Output.Ready(var open) -> {
                points = open;
                fromFirstHop(firstHop.begin(), now);
            }
            case SipPort.Output.Send send ->
                    throw new IllegalStateException("there are no Links here: " + send);
            case SipPort.Output.NotReady(var wanted, var why) ->
                    tell(new News.NotReady(wanted, why));
        }
    }

    /// A URI, whose parameters are its own, or one in angle brackets.
    private static Address address(String text) {
        return text.contains("<") ? Address.parse(text) : Address.of(Uri.parse(text));
    }

    /// Each response to a request may say the same.
    private void warned(String text) {
        if (!text.equals(warning)) tell(new News.Warned(text));
        warning = text;
    }

    private void fromFirstHop(List<FirstHop.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case FirstHop.Output.Do(var effect) -> out.add(effect);
            case FirstHop.Output.Use(var proxy) -> {
                proxy.filter(_ -> !proxy.equals(setup.proxy())).ifPresent(other ->
                        tell(new News.OtherPort(FirstHop.USUAL, FirstHop.NODE)));
                fromSip(sip.handle(new SipPort.Input.Serve(userAgent(proxy)), now), now);
                serving = true;
                describe();
                seen(presences.show(true, ""));
                tell(new News.Ready(points.getFirst().address()));
            }
        }
    }

    private void told(Registration.Event event) {
        unanswered.remove(event.usage());
        if (event instanceof Registration.Event.Lost(int flow)) {
            warned("the way through " + setup.outbound().map(o -> o.proxies().get(flow - 1).uri())
                    .map(Uri::toString).orElse("the proxy") + " has failed; others stand");
            return;
        }
        registered = event instanceof Registration.Event.Registered;
        tell(switch (event) {
            case Registration.Event.Lost _ -> throw new IllegalStateException("told above");
            case Registration.Event.Registered(var expires) -> new News.Registered(expires);
            case Registration.Event.NotRegistered(int status, var reason) ->
                    new News.NotRegistered(status, reason);
            case Registration.Event.Unregistered _ -> new News.Unregistered();
        });
    }

    private void told(Call.Event event, Instant now) {
        unanswered.remove(event.call());
        moved(transfers.told(event), now);
        moved(mesh.told(event), now);
        switch (event) {
            case Call.Event.Incoming(long number, _, _, _)
                    when mesh.refuses(number).isPresent() -> ask(
                    new Call.Command.Refuse(number, mesh.refuses(number).getAsInt()));
            //= rfc3261#13.3.1.3-1 no more calls can be taken: 486
            case Call.Event.Incoming(long number, _, _, _)
                    when full() && !transfers.replaces(number) ->
                    ask(new Call.Command.Refuse(number, 486));
            case Call.Event.Incoming(long number, var from, _, _) ->
                    begin(number, from, setup.answer() || transfers.replaces(number)
                                    || mesh.takes(number),
                            new Conversation.Input.Told(event), now);
            case Call.Event.Progress _, Call.Event.Answered _, Call.Event.Confirmed _,
                    Call.Event.ChangeOffered _, Call.Event.Changed _, Call.Event.NotChanged _,
                    Call.Event.Ended _ -> {
                boolean wasFull = full();
                tell(event.call(), new Conversation.Input.Told(event), now);
                if (wasFull && !full()) describe();
            }
        }
    }

    private void told(InfoPackages.Event event, Instant now) {
        switch (event) {
            case InfoPackages.Event.Said(_, long call, _, var body) ->
                    tell(call, new Conversation.Input.Trickled(body), now);
            case InfoPackages.Event.Outcome(_, long call, int status) ->
                    tell(call, new Conversation.Input.Heard(status < 300), now);
        }
    }

    private void told(Messages.Event event) {
        switch (event) {
            case Messages.Event.Said(_, var from, var text) -> tell(new News.Message(from, text));
            case Messages.Event.Outcome(long id, int status, var reason) -> {
                unanswered.remove(id);
                tell(new News.Sent(id, status, reason));
                outbox.done(id).ifPresent(this::ask);
            }
        }
    }
}
