package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.media.MediaProxy;
import p2psip.app.node.Question.Reply;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.app.trace.Trace;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.server.OutboundRegistrar;

/// A node of the telephone: registrar and proxy for the phones beside it, member of the overlay.
///
/// Four machines, and what one says to another; what the host says finds its part by its id:
///
/// ```
///             phones, other nodes                            other nodes
///                     | SIP                                       | overlay
///               +-----------+      Find: local first     +------------------+
///               |  SipPort  | -------------------------> | OverlayLocations |
///               |  (Server) | <------------------------- |                  |
///               +-----------+       Kept, Found          +------------------+
///    opened by Startup    \ Bind, Ended                    / Bind, Ended
///                          `-> BindingStore: on disk first-'
/// ```
public final class Node implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param sip     where phones and other nodes find its SIP
    /// @param lookups how it lets itself be found and finds others: all that it is to use
    /// @param overlay how it takes part in the overlay, if it does
    /// @param door    who may register
    /// @param plain   from where calls may come without a Link
    /// @param trust   which key to believe when several claim one address
    /// @param traced  whether messages and states are noted
    /// @param media   which media go by Links
    /// @param redirect whether phones are told where their callees are, and call there on their own
    /// @param opendht which node of OpenDHT is asked, if one is
    public record Options(SipPort.Wish sip, List<LookupChoice> lookups, OverlayConfig overlay,
            Door door, List<Net> plain, Pins.Policy trust, boolean traced,
            MediaProxy.Mode media, boolean redirect, URI opendht) {

        /// Other nodes' calls come by Links alone, and media by Links where they have to.
        public Options(SipPort.Wish sip, List<LookupChoice> lookups, OverlayConfig overlay,
                Door door, Pins.Policy trust, boolean traced) {
            this(sip, lookups, overlay, door, List.of(), trust, traced, MediaProxy.Mode.NEEDED,
                    false, OpenDhtLookup.HERE);
        }

        /// The same with other media by Links.
        public Options with(MediaProxy.Mode mode) {
            return new Options(
                    sip, lookups, overlay, door, plain, trust, traced, mode, redirect, opendht);
        }

        /// The same for phones that find it there.
        public Options with(SipPort.Wish there) {
            return new Options(there, lookups, overlay, door, plain, trust, traced, media,
                    redirect, opendht);
        }

        /// A super-node at any free ports of one address, without multicast.
        ///
        /// @param others super-nodes to begin with
        public static Options at(InetAddress address, List<Place> others) {
            return new Options(new SipPort.Wish(List.of(address), 0, true,
                            EnumSet.of(Transport.UDP, Transport.TCP)),
                    List.of(LookupChoice.DHT),
                    new OverlayConfig(new InetSocketAddress(address, 0), true, List.of(address),
                    true, others, Optional.empty()),
                    new Door.Open(), Pins.Policy.TOFU, true);
        }
    }

    /// Asks it to leave the overlay properly and end.
    public record Leave() {}

    /// Asks for [Question.Statistics].
    public record Count() {}

    /// Told when phones may register, and again when one more of its lookups is ready.
    ///
    /// @param points  where its SIP is
    /// @param overlay where others find it in the overlay, as soon as they do
    public record Ready(List<ListeningPoint> points, NodeId id,
            Optional<InetSocketAddress> overlay) {}

    /// Told when it cannot work, just before it ends.
    ///
    /// @param what could not be opened: `SIP port 127.0.0.1:5062`
    public record NotReady(String what, String why) {}

    private final Options options;
    private final Host.Room room;
    private final BindingStore registrations;
    private final Pins pins;
    private final Startup startup;
    private final SipPort sip;
    /// These come into being one after the other, in this order.
    private Optional<Startup.Output.Begin> known = Optional.empty();
    private Optional<NodeAccess> guard = Optional.empty();
    private Optional<Server> server = Optional.empty();
    private Optional<CallList> calls = Optional.empty();
    private List<Lookup> lookups = List.of();
    /// What these say to the node.
    private final Outbox<Lookup.Output> looked = new Outbox<>();
    private Optional<OverlayLocations> directory = Optional.empty();
    /// What its Links tell, and what becomes known of callers and whom to call.
    private final Outbox<Links.Event> linked = new Outbox<>();
    private final Outbox<SipLinks.Input> called = new Outbox<>();
    private Optional<Overlay> overlay = Optional.empty();
    private Optional<SipLinks> links = Optional.empty();
    private Optional<Pipes> pipes = Optional.empty();
    /// What Links tell of streams, in order: what is done about one may bring more of them.
    private final Deque<Links.Event.OfStreams> streamed = new ArrayDeque<>();
    private boolean streaming;
    private List<ListeningPoint> points = List.of();
    /// Registrations that are being stored, and told to others.
    private final Map<Long, LocationService.Event.Bind> binding = new HashMap<>();
    private final Bindings bindings = new Bindings();
    private final Searches searches = new Searches();
    private final Outbox<Effect> out = new Outbox<>();
    private final PinDesk desk;
    private final Journal journal = new Journal();
    private final Health health = new Health();
    private final RecordDesk records;
    private final Border border = new Border(journal);

    public Node(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.registrations = new BindingStore(room.wall());
        this.pins = new Pins(options.trust);
        this.desk = new PinDesk(pins, room.wall(), out);
        this.records = new RecordDesk(room.wall());
        this.startup = new Startup(pins, registrations);
        this.sip = new SipPort(
                options.sip, 0, room.random(), options.traced);
    }

    @Override public Instant deadline() {
        return Timers.earliest(startup.deadline(), sip.deadline(), health.deadline(),
                directory.map(OverlayLocations::deadline).orElse(Instant.MAX),
                links.map(SipLinks::deadline).orElse(Instant.MAX),
                pipes.map(Pipes::deadline).orElse(Instant.MAX));
    }

    @Override public List<Effect> wake(Instant now) {
        if (!startup.deadline().isAfter(now)) fromStartup(startup.wake(now), now);
        if (!sip.deadline().isAfter(now)) fromSip(sip.wake(now), now);
        if (!health.deadline().isAfter(now)) fromHealth(health.wake(now), now);
        directory.filter(d -> !d.deadline().isAfter(now))
                .ifPresent(d -> fromDirectory(d.wake(now), now));
        links.filter(l -> !l.deadline().isAfter(now))
                .ifPresent(l -> fromLinks(l.wake(now), now));
        pipes.filter(p -> !p.deadline().isAfter(now)).ifPresent(p -> fromPipes(p.wake(now), now));
        return border.said(out.take(), now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        border.heard(event, now);
        switch (event.id().part()) {
            case SIP -> {
                fromSip(sip.handle(new SipPort.Input.Happened(event), now), now);
                guard.ifPresent(g -> g.remarks().forEach(this::warn));
            }
            case STARTUP -> fromStartup(startup.handle(event, now), now);
            case STORE -> registrations.answer(event).ifPresent(answer -> stored(answer, now));
            case KEYS, LOOKUP -> {
                if (!desk.happened(event))
                    fromDirectory(directory.orElseThrow().happened(event, now), now);
            }
            case PIPES -> pipes(new Pipes.Input.Pinned(event.id().number()), now);
            case PROGRAM -> {
                if (event instanceof Event.Command(var command)) command(command, now);
            }
            case MEDIA -> links.ifPresent(l -> fromLinks(
                    l.handle(new SipLinks.Input.Happened(event), now), now));
        }
        return border.said(out.take(), now);
    }

    private void command(Object command, Instant now) {
        switch (command) {
            case Leave _ when directory.isPresent() ->
                    fromDirectory(directory.get().tell(new Lookup.Input.Leave(), now), now);
            case Leave _ -> out.add(new Effect.Exit());
            case Count _ -> out.add(new Effect.Tell(statistics()));
            case Question.Ask(long id, var question) -> ask(id, question, now);
            case Pipe.Command pipe when pipes.isEmpty() -> out.add(new Effect.Tell(
                    new Pipe.Ended(pipe.id(), false, "the node is starting: try again")));
            case Pipe.Command pipe -> pipes(new Pipes.Input.Asked(pipe), now);
            default -> { }   // what other programs may say
        }
    }

    private void ask(long id, Question question, Instant now) {
        switch (question) {
            case Question.Peers _ -> answer(id, new Reply.Peers(
                    known.map(begin -> begin.identity().id()), overlay(), lookups.stream().anyMatch(
                            lookup -> lookup instanceof Overlay ring && ring.superNode()),
                    directory.map(d -> d.neighbours(now)).orElse(List.of())));
            case Question.Health _ -> answer(id, new Reply.Health(
                    known.isPresent() && !health.cutOff(), health.text()));
            case Question.Calls _ -> answer(id, new Reply.Calls(
                    calls.map(all -> all.calls(now)).orElse(List.of())));
            case Question.Count _ -> answer(id, new Reply.Counted(statistics()));
            case Question.Why(var callId) -> answer(id, new Reply.Told(why(callId, now)));
            case Question.Invite _ -> answer(id, new Reply.Invites(overlay.filter(_ -> onRing())
                    .flatMap(Overlay::invitation)));
            case Question.Join _ when overlay.isEmpty() || !onRing() -> answer(id,
                    new Reply.Declined("the node is on no ring, or not yet: it is starting, or has"
                            + " another --lookup than dht"));
            case Question.Join(var invitation) -> {
                overlaid(overlay.get().join(invitation, now), now);
                answer(id, new Reply.Agreed());
            }
            case Question.Watch(boolean watched) -> {
                sip.trace(watched || options.traced);
                answer(id, new Reply.Agreed());
            }
            case Question.Records _ -> answer(id, new Reply.Looked(
                    directory.map(OverlayLocations::records).orElse(List.of())));
            case Question.OfRecords of -> look(id, of, now);
            case Question.Decide policy -> desk.ask(id, policy);
            case Question.Sound _ -> answer(id, new Reply.Sounds(sounds(now)));
            case Question.Ring _ -> answer(id, overlay.flatMap(Overlay::view)
                    .<Reply>map(Reply.Ring::new).orElse(new Reply.Declined("the node is not on the"
                            + " ring: it is starting, or a super-node does all for it")));
            //  what is not yet read from disk is not to be changed
            case Question.OfPins _ when known.isEmpty() ->
                    answer(id, new Reply.Declined("the node is starting: try again"));
            case Question.OfPins pins -> desk.ask(id, pins);
        }
    }

    /// What has come from the sides of calls that go on.
    private SortedMap<String, List<OfCall.Heard>> sounds(Instant now) {
        var heard = new TreeMap<String, List<OfCall.Heard>>();
        for (var call : calls.map(all -> all.calls(now)).orElse(List.of())) {
            var sides = links.map(l -> l.sound(call.callId())).orElse(List.of()).stream()
                    .filter(OfCall.Heard.class::isInstance).map(OfCall.Heard.class::cast).toList();
            if (!sides.isEmpty()) heard.put(call.callId(), sides);
        }
        return heard;
    }

    /// What is known of a call, with how things stand now.
    private Optional<Account> why(Optional<String> callId, Instant now) {
        var account = callId.isPresent() ? journal.of(callId.get(), now)
                : Optional.of(journal.last(now));
        long heard = directory.map(d -> d.neighbours(now)).orElse(List.of()).stream()
                .filter(peer -> peer.heard().plus(LATELY).isAfter(now)).count();
        return account.map(known -> known.with(
                known.call().flatMap(call -> links.map(l -> l.sound(call.callId())))
                        .orElse(List.of()),
                Stream.concat(directory.map(OverlayLocations::troubles).orElse(List.of()).stream(),
                        Stream.of(new OfNode.Heard((int) heard))).toList()));
    }

    /// Who was heard in this time is there.
    private static final Duration LATELY = Duration.ofSeconds(20);

    private void answer(long id, Reply reply) {
        out.add(new Effect.Tell(new Question.Answered(id, reply)));
    }

    // What the parts say

    private void fromStartup(List<Startup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Startup.Output.Do(var effect) -> out.add(effect);
            case Startup.Output.Begin begin -> {
                known = Optional.of(begin);
                fromSip(sip.handle(new SipPort.Input.Open(), now), now);
            }
            case Startup.Output.Failed(var why) -> end(new NotReady("key", why));
        }
    }

    private void fromSip(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Ready(var open) -> begin(open, now);
            case SipPort.Output.NotReady(var wanted, var why) ->
                    end(new NotReady("SIP port " + HostName.text(wanted), why));
            case SipPort.Output.Send(var remote, var message) ->
                    fromLinks(new SipLinks.Input.Send(remote, message), now);
            case SipPort.Output.Told(LocationService.Event event) -> located(event, now);
            case SipPort.Output.Told(var foreign) ->
                    throw new IllegalStateException("not of a server: " + foreign);
        }
        links.ifPresent(l -> fromLinks(l.carried(), now));
    }

    /// Phones find this node from now on: those that were registered before are at once.
    private void begin(List<ListeningPoint> open, Instant now) {
        var begin = known.orElseThrow();
        points = open;
        var orchid = Orchid.of(begin.identity().key());
        var link = new ListeningPoint(
                Transport.LINK, orchid, HostName.text(orchid.getAddress()));
        var home = new Domains(Stream.concat(open.stream(), Stream.of(link)).toList(),
                List.of(Domains.ANY_NAME));
        guard = Optional.of(new NodeAccess(
                home, options.door, room.addresses(), options.plain, bindings, room.random()));
        server = Optional.of(new Server(home, Limits.USUAL,
                new Quota(guard.get(), guard.get().phones()), bindings, new Server.Extensions(
                List.of(new PathRegistrar(false), new OutboundRegistrar()),
                List.of(new PathHomeProxy())),
                Server.Mode.PROXY, room.random()));
        var media = new MediaProxy(server.get(), options.media, orchid.getAddress(), open.stream()
                .map(point -> point.address().getAddress()).distinct().toList(), this::straight,
                room.random(), room.wall(), sip::isPage);
        links = Optional.of(new SipLinks(home, pins, media, room.wall(),
                aor -> directory.flatMap(d -> d.owner(aor))));
        var core = options.redirect ? new Redirecting(home,
                new RedirectServer(home, guard.get(), room.random()), media) : media;
        calls = Optional.of(new CallList(new Witness(core, journal)));
        fromSip(sip.handle(new SipPort.Input.Serve(calls.get(), List.of(link)), now), now);
        lookups = lookups(begin.identity());
        var all = lookups.size() == 1 ? lookups.getFirst() : new Fanout(lookups);
        directory = Optional.of(new OverlayLocations(begin.identity(), pins,
                new Sharing(all, room.random(), room.wall()), open, room.wall(), looked, called));
        pipes = Optional.of(new Pipes(begin.identity().key(), pins, room.wall(),
                aor -> directory.flatMap(d -> d.owner(aor)).map(SipLinks.Owner::record)));
        link(new Links.Command.Offer(Links.SIP, true), now);
        answer(begin.registered(), now);
        begin.registered().bindings().forEach((aor, registered) ->
                tell(new LocationService.Event.Ended(aor, registered), now));
        fromDirectory(directory.get().tell(new Lookup.Input.Start(), now), now);
        if (onRing()) health.begin(now);
    }

    /// The overlay is there in any case, for its Links.
    private List<Lookup> lookups(Identity identity) {
        var chosen = options.lookups;
        int child = chosen.indexOf(LookupChoice.DHT);
        var config = child < 0 ? LookupChoice.aside(options.overlay) : options.overlay;
        var own = new Overlay(child < 0 ? chosen.size() : child, identity, config, room.random(),
                room.wall(), linked);
        overlay = Optional.of(own);
        var all = new ArrayList<Lookup>();
        for (var choice : chosen) all.add(choice.lookup(
                all.size(), own, config, options.opendht, room));
        if (child < 0) all.add(new Aside(own));
        return all;
    }

    private void located(LocationService.Event event, Instant now) {
        if (event instanceof LocationService.Event.Ended(var aor, _) && isBinding(aor)) return;
        registrations.keep(event, now).ifPresent(out::add);
        switch (event) {
            case LocationService.Event.Bind bind -> binding.put(bind.id(), bind);
            case LocationService.Event.Ended _, LocationService.Event.Silent _ -> tell(event, now);
            case LocationService.Event.Find(long id, var aor, _) when !bindings.of(aor).isEmpty() ->
                    answer(new Found(id, true, bindings.of(aor).stream()
                            .map(Binding::destination).toList()), now);
            case LocationService.Event.Find find -> {
                searches.want(find, now).ifPresent(found -> answer(found, now));
                search(now);
            }
        }
    }

    private void search(Instant now) {
        for (var next = searches.next(now); next.isPresent(); next = searches.next(now))
            tell(next.get(), now);
    }

    private boolean isBinding(Aor aor) {
        return binding.values().stream().anyMatch(bind -> bind.aor().equals(aor));
    }

    /// The overlay hears of a registration when no crash can take it back, and says when others
    /// know of it.
    private void stored(Answer answer, Instant now) {
        switch (answer) {
            case LocationService.Kept(long id, _) -> tell(binding.get(id), now);
            case LocationService.NotKept(long id) -> {
                remark("not stored: the registration of " + binding.get(id).aor());
                bound(id, answer, now);
            }
            case Found _, LocationService.Gone _, LocationService.Restored _,
                    LocationService.Revoked _ -> { }
        }
    }

    /// The registrar hears what became of a registration, and others what has ended meanwhile.
    private void bound(long id, Answer answer, Instant now) {
        var bind = binding.remove(id);
        answer(answer, now);
        var left = bindings.of(bind.aor());
        if (!left.equals(bind.bindings()))
            located(new LocationService.Event.Ended(bind.aor(), left), now);
    }

    private void fromDirectory(List<Answer> answers, Instant now) {
        for (var output : looked.take()) switch (output) {
            case Lookup.Output.Do(var effect) -> out.add(effect);
            case Lookup.Output.Ready _ -> out.add(new Effect.Tell(new Ready(
                    points, known.orElseThrow().identity().id(), overlay())));
            case Lookup.Output.NotReady(var what, var why) -> end(new NotReady(what, why));
            case Lookup.Output.Left _ -> out.add(new Effect.Exit());
            case Lookup.Output.Moved _ -> { }   // its records say so
            case Lookup.Output.Told told -> throw new IllegalStateException("not for us: " + told);
        }
        settle(now);   // who was found is known before he is called
        for (var answer : answers) {
            if (answer instanceof Found found) searches.ended(found, now);
            if (answer instanceof Found found && found.destinations().isEmpty()
                    && lookups.size() == 1
                    && health.cutOff(directory.orElseThrow().neighbours(now), now))
                answer(new Found(found.id(), true, List.of(),
                        OverlayLocations.headers(List.of(health.text()))), now);
            else if (answer instanceof LocationService.Kept(long id, _) && id < 0)
                pipes(new Pipes.Input.Served(-id), now);
            else if (answer instanceof LocationService.Kept(long id, _)) bound(id, answer, now);
            else answer(answer, now);
        }
        if (!answers.isEmpty()) search(now);
        settle(now);
    }

    // Links

    private Optional<InetSocketAddress> straight(InetSocketAddress node, Instant now) {
        return links.flatMap(l -> l.key(node))
                .flatMap(key -> overlay.flatMap(o -> o.straight(key, now)));
    }

    private void link(Links.Command command, Instant now) {
        overlaid(overlay.orElseThrow().link(command, now), now);
    }

    /// What the overlay does beside looking up.
    private void overlaid(List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs)
            if (output instanceof Lookup.Output.Do(var effect)) out.add(effect);
        settle(now);
    }

    private void settle(Instant now) {
        for (var input : called.take()) {
            if (input instanceof SipLinks.Input.Looked(long id, var answer) && id < 0)
                pipes(new Pipes.Input.Looked(id, answer), now);
            else if (input instanceof SipLinks.Input.Looked(long id, var answer) && id >= RECORDS)
                out.add(new Effect.Tell(records.answered(id - RECORDS, answer)));
            else if (input instanceof SipLinks.Input.Looked(long id, var answer) && id >= HEALTH)
                fromHealth(health.handle(
                        new Health.Input.Answered(id - HEALTH, answer), now), now);
            else fromLinks(input, now);
        }
        for (var event : linked.take()) {
            linked(event, now);
            if (event instanceof Links.Event.OfStreams of) streamed.add(of);
            else fromLinks(new SipLinks.Input.Told(event), now);
        }
        if (streaming) return;
        streaming = true;
        for (var next = streamed.poll(); next != null; next = streamed.poll())
            pipes(new Pipes.Input.Told(next), now);
        streaming = false;
    }

    private void linked(Links.Event event, Instant now) {
        if (event instanceof Links.Event.Up(var key, boolean relayed, var way)) journal.note(
                new OfWay.Up("" + NodeId.of(key), Orchid.of(key), relayed, way), now);
        if (event instanceof Links.Event.Down(var key)) journal.note(
                new OfWay.Down("" + NodeId.of(key), Orchid.of(key)), now);
    }

    // Records by hand

    /// The numbers from which on what is asked is asked for health, and for records by hand.
    private static final long HEALTH = 1L << 40, RECORDS = 1L << 41;

    private void look(long id, Question.OfRecords question, Instant now) {
        var problem = directory.isEmpty() ? Optional.of("the node is starting: try again")
                : records.problem(question);
        if (problem.isPresent()) {
            answer(id, new Reply.Declined(problem.get()));
            return;
        }
        try {
            var asked = records.ask(id, question, known.orElseThrow().identity());
            fromDirectory(directory.get().askFor(RECORDS + asked.id(), asked.query(), now), now);
        } catch (p2psip.app.crypto.SyntaxException e) {
            answer(id, new Reply.Declined("it cannot be put: " + e.getMessage()));
        }
    }

    // Health

    private void fromHealth(List<Health.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Health.Output.Look _ -> fromHealth(health.handle(new Health.Input.Sees(
                    directory.orElseThrow().neighbours(now)), now), now);
            case Health.Output.Ask(long id, var query) -> fromDirectory(
                    directory.orElseThrow().askFor(HEALTH + id, query, now), now);
            case Health.Output.Changed(_, var text) -> warn(text);
        }
    }

    // Pipes

    private void pipes(Pipes.Input input, Instant now) {
        fromPipes(pipes.orElseThrow().handle(input, now), now);
    }

    private void fromPipes(List<Pipes.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Pipes.Output.Tell(var event) -> out.add(new Effect.Tell(event));
            case Pipes.Output.Link(var command) -> link(command, now);
            case Pipes.Output.Ask(long id, var query) -> directory.ifPresent(d ->
                    fromDirectory(d.askFor(id, query, now), now));
            case Pipes.Output.Do(var effect) -> out.add(effect);
            case Pipes.Output.Serve(long id, var aor) ->
                    tell(new LocationService.Event.Bind(-id, aor, bindings.of(aor)), now);
            case Pipes.Output.Withdraw(var aor) ->
                    tell(new LocationService.Event.Ended(aor, bindings.of(aor)), now);
        }
    }

    private void fromLinks(SipLinks.Input input, Instant now) {
        fromLinks(links.orElseThrow().handle(input, now), now);
    }

    private void fromLinks(List<SipLinks.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipLinks.Output.Message(var remote, var bytes) ->
                    fromSip(sip.handle(new SipPort.Input.Message(remote, bytes), now), now);
            case SipLinks.Output.Gone(var remote) ->
                    fromSip(sip.handle(new SipPort.Input.Gone(remote), now), now);
            case SipLinks.Output.Link(var command) -> link(command, now);
            case SipLinks.Output.Do(var effect) -> out.add(effect);
            case SipLinks.Output.Ask(long id, var query) -> directory.ifPresent(d ->
                    fromDirectory(d.askFor(id, query, now), now));
            case SipLinks.Output.Resume _ -> fromSip(sip.handle(
                    new SipPort.Input.Asked(new MediaProxy.Resume()), now), now);
            case SipLinks.Output.Remark(var text) -> remark(text);
        }
    }

    private Optional<InetSocketAddress> overlay() {
        return overlay.filter(_ -> onRing()).flatMap(Overlay::address);
    }

    /// Whether others look for records at it; else it has the overlay for its Links alone.
    private boolean onRing() { return options.lookups.contains(LookupChoice.DHT); }

    private void tell(LocationService.Event event, Instant now) {
        var all = pipes.map(p -> p.beside(event, now)).orElse(event);
        directory.ifPresent(d -> fromDirectory(d.handle(all, now), now));
    }

    private void answer(Answer answer, Instant now) {
        fromSip(sip.handle(new SipPort.Input.Asked(answer), now), now);
    }

    private Question.Statistics statistics() {
        return new Question.Statistics(sip.transactions(),
                server.map(s -> s.size()).orElse(0),
                server.map(s -> s.pending() + s.registrar().pending()).orElse(0)
                        + searches.size(),
                sip.connections(), server.map(s -> s.registrar().addresses()).orElse(0),
                server.map(s -> s.registrar().contacts()).orElse(0),
                directory.map(OverlayLocations::published).orElse(0),
                directory.map(OverlayLocations::sizes).orElseGet(TreeMap::new));
    }

    private void warn(String text) {
        remark(text);
        out.add(new Effect.Tell(new Host.Notice(text)));
    }

    private void remark(String text) {
        out.add(new Effect.Note(new Trace.What.Remark(Trace.Subject.SIP, text, "")));
    }

    private void end(NotReady why) {
        out.add(new Effect.Tell(why));
        out.add(new Effect.Exit());
    }
}
