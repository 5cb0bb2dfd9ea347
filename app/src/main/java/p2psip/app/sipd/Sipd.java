package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3323.*;
import p2psip.std.rfc3325.TrustDomain;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc3608.ServiceRouteRegistrar;
import p2psip.std.rfc3840.FeatureRegistrar;
import p2psip.std.rfc3841.CallerPreferences;
import p2psip.std.rfc4028.*;
import p2psip.std.rfc5626.server.*;
import p2psip.std.rfc5627.*;
import p2psip.std.rfc5630.*;

/// A SIP server as a node: registrar and proxy of its domains.
///
/// It can be killed and started again at the same place: who was registered is, and calls that are
/// up go on, for the routes of their dialogs are known again by a secret that is kept beside.
public final class Sipd implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param domains none: the addresses it listens at
    /// @param users   who may register; without them anybody may
    /// @param edge    domains elsewhere whose phones register and call through here
    /// @param service by which proxies those who register here are to send, first one first
    /// @param mode    what becomes of a request for somebody
    /// @param traced  whether messages and states are noted
    public record Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
            List<String> edge, List<SipUri> service, Server.Mode mode, boolean traced,
            Conduct conduct, Favours favours) {
        public Options {
            domains = List.copyOf(domains);
            edge = List.copyOf(edge);
            service = List.copyOf(service);
        }

        public Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
                List<String> edge, List<SipUri> service, Server.Mode mode, boolean traced) {
            this(wish, domains, users, edge, service, mode, traced, Conduct.USUAL, Favours.NONE);
        }

        public Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
                boolean traced) {
            this(wish, domains, users, List.of(), List.of(), Server.Mode.PROXY, traced);
        }

        /// The same, conducting itself so.
        public Options with(Conduct other) {
            return new Options(wish, domains, users, edge, service, mode, traced, other, favours);
        }

        /// The same, doing these.
        public Options with(Favours other) {
            return new Options(wish, domains, users, edge, service, mode, traced, conduct, other);
        }
    }

    /// How it behaves towards its operator and towards strangers.
    ///
    /// @param product   what it calls itself, if anything, when it answers
    /// @param logged    whether it tells [Logbook.Line]s of every level; else of warnings alone
    /// @param bansLocal whether who guesses passwords on this very machine is banned, too
    public record Conduct(Optional<String> product, boolean logged, boolean bansLocal) {
        public static final Conduct USUAL = new Conduct(Optional.empty(), false, false);
    }

    /// What it does for calls beyond carrying them, where its owner likes.
    ///
    /// @param refresh at least so often calls are to be refreshed (RFC 4028), if at all
    /// @param trusted servers that are believed, and told, who a caller is (RFC 3325)
    /// @param hides   whether it does for callers what they want to be kept private (RFC 3323)
    /// @param obliges whether callers may have it redirect and recurse (RFC 3841)
    public record Favours(Optional<Duration> refresh, List<Net> trusted, boolean hides,
            boolean obliges) {
        public static final Favours NONE =
                new Favours(Optional.empty(), List.of(), false, false);

        public Favours { trusted = List.copyOf(trusted); }

        /// Whether it tells others who a caller is, or strikes out what they tell.
        private boolean asserts() { return hides || !trusted.isEmpty(); }
    }

    /// Asks it to end.
    public record Stop() {}

    /// Asks it to end when no call is left, and at the latest after a time; until then nothing
    /// begins.
    public record Drain(Duration patience) {}

    /// Asks for [Statistics].
    public record Count() {}

    /// Told when it takes in messages.
    public record Ready(List<ListeningPoint> points, String domain) {}

    /// Told when it cannot, just before it ends.
    public record NotReady(InetSocketAddress wanted, String why) {}

    /// How full its tables are.
    ///
    /// @param contexts requests under way, or accepted in the last 32 seconds
    /// @param pending  entries of the tables beside
    public record Statistics(int transactions, int contexts, int pending, int connections,
            int addresses, int contacts) {}

    private static final Id LOAD = new Id(Id.Part.STARTUP, 0, 0),
            SECRET = new Id(Id.Part.STARTUP, 1, 0), GIVEN = new Id(Id.Part.STARTUP, 2, 0);

    /// Key in the store: by what the proxy knows the routes that it has made.
    private static final String ROUTES = "routes/secret";

    private final Options options;
    private final Host.Room room;
    private final SipPort port;
    private final BindingStore registrations;
    private final Outbox<Effect> out = new Outbox<>();
    private final Logbook book = new Logbook();
    private final Bindings bindings = new Bindings();
    private final Logins logins;
    private final Instances instances = new Instances();
    /// What is being kept, by the number of its question.
    private final Map<Long, LocationService.Event.Bind> binding = new HashMap<>();
    /// Made when the sockets are open.
    private Optional<Serving> serving = Optional.empty();
    /// What was registered when it last ended.
    private LocationService.Restored restored = BindingStore.NOTHING;
    private Optional<Bytes> secret = Optional.empty();
    private Optional<Instant> drained = Optional.empty();
    private boolean begun;

    /// The parts of a server that listens.
    private record Serving(Domains home, Access access, Doorkeeper door, Server server,
            CallLog calls) {}

    public Sipd(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.registrations = new BindingStore(room.wall());
        this.logins = options.conduct.bansLocal ? new Logins(_ -> false) : new Logins();
        this.port = new SipPort(
                options.wish, 0, room.random(), options.traced);
    }

    @Override public Instant deadline() {
        return drained.filter(end -> end.isBefore(port.deadline())).orElseGet(port::deadline);
    }

    @Override public List<Effect> wake(Instant now) {
        if (begun) carry(port.wake(now), now);
        else out.add(BindingStore.load(LOAD));
        begun = true;
        return settled(now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event.id().part()) {
            case SIP -> tell(new SipPort.Input.Happened(event), now);
            case STORE -> registrations.answer(event).ifPresent(answer -> kept(answer, now));
            case STARTUP -> startup(event, now);
            case PROGRAM -> command(event, now);
            case LOOKUP, KEYS, MEDIA -> { }
        }
        return settled(now);
    }

    /// First who was registered, then who has a GRUU, then the secret; the sockets when all are
    /// there.
    private void startup(Event event, Instant now) {
        if (event instanceof Event.NotStored(var id, var why) && id.equals(LOAD))
            out.add(BindingStore.lost(why));
        if (event.id().equals(LOAD)) {
            if (event instanceof Event.Loaded(_, var values))
                restored = registrations.restored(values, now);
            out.add(Instances.load(GIVEN));
        } else if (event.id().equals(GIVEN)) {
            if (event instanceof Event.Loaded(_, var values)) instances.load(values);
            restored.bindings().forEach(instances::knows);
            out.add(new Effect.Load(SECRET, ROUTES));
        } else if (secret.isEmpty()) {
            secret = event instanceof Event.Loaded(_, var values)
                    ? Optional.ofNullable(values.get(ROUTES)) : Optional.empty();
            if (secret.isEmpty()) {
                secret = Optional.of(Proxy.secret(room.random()));
                out.add(new Effect.Store(SECRET, new TreeMap<>(Map.of(ROUTES, secret))));
            } else tell(new SipPort.Input.Open(), now);
        } else tell(new SipPort.Input.Open(), now);   // it is kept, or cannot be
    }

    private void command(Event event, Instant now) {
        switch (event) {
            case Event.Command(Stop _) -> out.add(new Effect.Exit());
            case Event.Command(Drain(var patience)) -> drain(patience, now);
            case Event.Command(Count _) -> out.add(new Effect.Tell(statistics()));
            case Event.Command(Inquiry.Ask(long id, var inquiry)) ->
                    out.add(new Effect.Tell(new Inquiry.Answered(id, answer(inquiry, now))));
            default -> { }
        }
    }

    private void drain(Duration patience, Instant now) {
        if (drained.isPresent()) return;
        drained = Optional.of(now.plus(patience));
        serving.ifPresent(parts -> parts.door.close(patience));
        book.note(Logbook.Kind.DRAINING, "calls", calls(now), "seconds", patience.toSeconds());
    }

    private int calls(Instant now) {
        return serving.map(parts -> parts.calls.size(now)).orElse(0);
    }

    /// What there is to do, to write down, and the end if that has come.
    private List<Effect> settled(Instant now) {
        serving.ifPresent(parts -> parts.access.remarks().forEach(this::warn));
        for (var ban : logins.fresh()) book.note(Logbook.Kind.BANNED, "source", ban.source(),
                "mistakes", ban.mistakes(), "seconds", ban.left().toSeconds());
        for (var line : book.lines())
            if (options.conduct.logged || line.level() == Logbook.Level.WARNING)
                out.add(new Effect.Tell(line));
        if (drained.filter(end -> !now.isBefore(end) || calls(now) == 0).isPresent()) {
            drained = Optional.empty();
            out.add(new Effect.Exit());
        }
        return out.take();
    }

    private void tell(SipPort.Input input, Instant now) { carry(port.handle(input, now), now); }

    private void carry(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Ready(var points) -> begin(points, now);
            case SipPort.Output.Send send ->
                    throw new IllegalStateException("there are no Links here: " + send);
            case SipPort.Output.NotReady(var wanted, var why) -> {
                out.add(new Effect.Tell(new NotReady(wanted, why)));
                out.add(new Effect.Exit());
            }
            case SipPort.Output.Told(LocationService.Event event) -> {
                if (event instanceof LocationService.Event.Bind bind) binding.put(bind.id(), bind);
                if (event instanceof LocationService.Event.Ended(var aor, var left))
                    book.note(Logbook.Kind.UNREGISTERED, "user", aor, "left", left.size());
                registrations.keep(event, now).ifPresent(out::add);
            }
            case SipPort.Output.Told(var foreign) ->
                    throw new IllegalStateException("not of a server: " + foreign);
        }
    }

    /// The disk has said what became of a registration.
    private void kept(LocationService.Answer answer, Instant now) {
        if (answer instanceof LocationService.Kept(long id, _)) {
            instances.given(binding.get(id)).ifPresent(out::add);
            changed(binding.remove(id), now);
        }
        if (answer instanceof LocationService.NotKept(long id)) binding.remove(id);
        tell(new SipPort.Input.Asked(answer), now);
    }

    private void changed(LocationService.Event.Bind bind, Instant now) {
        var before = uris(bindings.of(bind.aor()));
        var after = uris(bind.bindings());
        if (before.equals(after)) book.count(Logbook.Kind.REFRESHED);
        for (var each : bind.bindings()) if (!before.contains("" + each.contact().uri()))
            book.note(Logbook.Kind.REGISTERED, "user", bind.aor(), "contact",
                    each.contact().uri(), "seconds",
                    Duration.between(now, each.expires()).toSeconds());
        if (!after.containsAll(before))
            book.note(Logbook.Kind.UNREGISTERED, "user", bind.aor(), "left", after.size());
    }

    private static Set<String> uris(List<Binding> bindings) {
        return bindings.stream().map(each -> "" + each.contact().uri())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void begin(List<ListeningPoint> points, Instant now) {
        var home = new Domains(points, options.domains);
        var access = new Access(home, options.users, bindings, logins, room.random());
        var guard = new EdgeAccess(home, options.edge, access);
        //  who a sender has proven to be is remembered if anybody is told
        var vouched = Optional.of(options.favours).filter(Favours::asserts)
                .map(favours -> new Vouched(home, access, guard, favours.trusted));
        var door = new Doorkeeper(
                new Quota(vouched.<Guard>map(Function.identity()).orElse(guard), access), book);
        var server = new Server(
                new Server.Self(options.conduct.product, secret.orElseThrow()), home, Limits.USUAL,
                door, bindings, extensions(home, vouched), options.mode,
                room.random());
        var calls = new CallLog(new Reconnected(new LocalLocations(
                server, home, bindings, access::users), home, bindings), book);
        serving = Optional.of(new Serving(home, access, door, server, calls));
        tell(new SipPort.Input.Serve(calls), now);
        tell(new SipPort.Input.Asked(restored), now);
        out.add(new Effect.Tell(new Ready(points, home.domain())));
    }

    private Server.Extensions extensions(Domains home, Optional<Vouched> vouched) {
        var favours = options.favours;
        var temporary = Optional.of(new TemporaryGruus(secret.orElseThrow()));
        var registrar = new ArrayList<RegistrarExtension>(List.of(new PathRegistrar(false),
                new OutboundRegistrar(), new ServiceRouteRegistrar(options.service),
                new SipsRegistrar(), new FeatureRegistrar()));
        //= rfc5630#5.3-12 RFC 5626 for those that cannot provide a certificate
        //= rfc5627#6.1-12 what is sent to a GRUU is not redirected: who redirects gives none
        if (options.mode != Server.Mode.REDIRECT)
            registrar.add(new GruuRegistrar(home, temporary, room.random()));
        var proxy = new ArrayList<ProxyExtension>(
                List.of(new GruuProxy(home, temporary, instances::has), new SipsProxy(home),
                        new PathHomeProxy(), new CallerPreferences(favours.obliges)));
        favours.refresh.ifPresent(interval ->
                proxy.add(new TimerProxy(interval, SessionExpires.SHORTEST)));
        if (favours.hides) proxy.add(new PrivacyService(Set.of(Privacy.ID)));
        vouched.map(TrustDomain::new).ifPresent(proxy::add);
        if (!options.edge.isEmpty())
            proxy.addAll(List.of(new PathEdgeProxy(false), new OutboundEdgeProxy()));
        return new Server.Extensions(registrar, proxy);
    }

    private void warn(String text) {
        out.add(new Effect.Note(new Trace.What.Remark(Trace.Subject.SIP, text, "")));
        out.add(new Effect.Tell(new Host.Notice(text)));
    }

    private Statistics statistics() {
        return serving.map(Serving::server).map(s -> new Statistics(port.transactions(), s.size(),
                s.pending(), port.connections(), s.registrar().addresses(),
                s.registrar().contacts())).orElseGet(() -> new Statistics(0, 0, 0, 0, 0, 0));
    }

    // Asked

    private Inquiry.Reply answer(Inquiry inquiry, Instant now) {
        if (serving.isEmpty()) return new Inquiry.Reply.Declined("it does not listen yet");
        var parts = serving.get();
        return switch (inquiry) {
            case Inquiry.Contacts _ -> contacts(now);
            case Inquiry.Kick(var aor) -> new Inquiry.Reply.Done(kick(aor, now));
            case Inquiry.Listing _ -> listed(parts.access.users());
            case Inquiry.Bans _ -> new Inquiry.Reply.Banned(logins.bans(now));
            case Inquiry.Unban(var source) -> new Inquiry.Reply.Done(unban(source));
            case Inquiry.Count _ -> new Inquiry.Reply.Counted(sizes(now), book.counters());
            case Inquiry.Renew(var users) -> new Inquiry.Reply.Done(
                    renew(parts.access, users, now));
        };
    }

    private SequencedMap<String, Integer> sizes(Instant now) {
        var s = statistics();
        var sizes = new LinkedHashMap<String, Integer>();
        sizes.put("transactions", s.transactions);
        sizes.put("contexts", s.contexts);
        sizes.put("pending", s.pending);
        sizes.put("connections", s.connections);
        sizes.put("addresses", s.addresses);
        sizes.put("contacts", s.contacts);
        sizes.put("calls", calls(now));
        sizes.put("bans", logins.bans(now).size());
        return sizes;
    }

    private Inquiry.Reply contacts(Instant now) {
        var all = bindings.all().entrySet().stream().limit(Inquiry.LISTED).flatMap(entry ->
                entry.getValue().stream().map(each -> new Inquiry.Contact(entry.getKey(),
                        "" + each.contact().uri(), each.flow(),
                        Duration.between(now, each.expires())))).limit(Inquiry.LISTED).toList();
        return new Inquiry.Reply.Contacts(all, statistics().contacts() - all.size());
    }

    private static Inquiry.Reply listed(Optional<Users> users) {
        var all = users.map(Users::list).orElse(List.of());
        int shown = Math.min(Inquiry.LISTED, all.size());
        return new Inquiry.Reply.Listed(
                all.subList(0, shown), users.isEmpty(), all.size() - shown);
    }

    private int kick(Aor aor, Instant now) {
        int number = bindings.of(aor).size();
        if (number == 0) return 0;
        book.note(Logbook.Kind.KICKED, "user", aor);
        tell(new SipPort.Input.Asked(new LocationService.Revoked(aor)), now);
        return number;
    }

    private int unban(InetAddress source) {
        if (!logins.forgive(source)) return 0;
        book.note(Logbook.Kind.UNBANNED, "source", source.getHostAddress());
        return 1;
    }

    private int renew(Access access, Optional<Users> users, Instant now) {
        access.renew(users);
        book.note(Logbook.Kind.RELOADED, "users", users.map(Users::size).orElse(0));
        int number = 0;
        if (users.isPresent()) for (var aor : List.copyOf(bindings.all().keySet()))
            if (!users.get().knows(aor)) number += kick(aor, now);
        return number;
    }
}
