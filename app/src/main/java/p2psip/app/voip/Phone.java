package p2psip.app.voip;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.PathUserAgent;
import p2psip.std.rfc3428.*;
import p2psip.std.rfc3515.Referee;
import p2psip.std.rfc3515.Referrer;
import p2psip.std.rfc3891.Replacements;
import p2psip.std.rfc3911.Joins;
import p2psip.std.rfc4575.ConferenceInfo;
import p2psip.std.rfc4916.ConnectedIdentity;
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

    private record Spoken(long call, Sound sound) {}

    private final PhoneSetup setup;
    private final PhoneSetup.Trunk trunk;
    private final RandomGenerator random;
    private final InstantSource wall;
    private Optional<MediaCertificate> certificate = Optional.empty();
    private final InetAddress address;
    private final FirstHop firstHop;
    private final Reserve reserve;
    private final SipPort sip;
    private final Machines<Long, Conversation> calls = new Machines<>(UserAgent.MAX_LEGS);
    private final Deque<Core.Command> asked = new ArrayDeque<>();
    private final Pending outbox = new Pending();
    private final Presences presences;
    private final Transfers transfers;
    private final Mesh mesh;
    private final Company company;
    private final Introductions introductions;
    private final Outfit outfit;
    /// When to say of a call, a text or the registration (0) that nothing has answered: next first.
    private final SequencedMap<Long, Instant> unanswered = new LinkedHashMap<>();
    /// What was heard in calls that others hear, too.
    private final Deque<Spoken> spoken = new ArrayDeque<>();
    private List<ListeningPoint> points = List.of();
    private final Outbox<Effect> out = new Outbox<>();
    private boolean open, serving;
    private long informed;
    private boolean registered;
    private String warning = "", reached = "";
    private boolean exited;
    private Instant exit = Instant.MAX;

    public Phone(PhoneSetup setup, Host.Room room) {
        this.setup = setup;
        trunk = setup.trunk();
        this.random = room.random();
        this.wall = room.wall();
        presences = new Presences(setup.identity().uri().toString());
        transfers = new Transfers(setup.manners().follows());
        mesh = new Mesh(setup.identity(), room.random());
        company = new Company(setup.manners().joins());
        introductions = new Introductions(setup.identity());
        this.address = trunk.local().orElseGet(() -> nearest(room.addresses(), trunk.proxy()));
        var helpers = new Helpers(setup.ice());
        this.reserve = new Reserve(helpers, address, random);
        outfit = new Outfit(setup, presences, transfers, mesh, !helpers.all().isEmpty(), random);
        //  a node, if there is one, is beside by UDP and TCP
        boolean looks = trunk.outbound().isEmpty()
                && EnumSet.of(Transport.UDP, Transport.TCP).contains(trunk.transport());
        this.firstHop = new FirstHop(trunk.proxy(), looks ? room.addresses() : List.of());
        sip = new SipPort(wish(), 0, TimerValues.DEFAULT, random, setup.traced());
    }

    private SipPort.Wish wish() {
        var usual = new SipPort.Wish(List.of(address), trunk.port(), false,
                EnumSet.of(Transport.UDP, Transport.TCP, trunk.transport()));
        //  who has no certificate calls, and is called back by the connection that he has opened
        return trunk.transport().secure() ? usual.calling(trunk.transport()) : usual;
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
        while (!spoken.isEmpty() || serving && !asked.isEmpty())
            if (!spoken.isEmpty()) share(spoken.remove(), now);
            else fromSip(sip.handle(new SipPort.Input.Asked(asked.remove()), now), now);
        leave(now);
        return out.take();
    }

    /// Has what the peer of one call says heard in those that belong to it.
    private void share(Spoken said, Instant now) {
        for (long other : company.others(said.call))
            tell(other, new Conversation.Input.Beside(said.call, said.sound), now);
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
            //  the way of sound from one call to another: not by the trace, packet by packet
            case CallOutput.Heard(var sound) -> spoken.add(new Spoken(call, sound));
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
        var call = new Conversation(number, peer, introductions.subject(number), answering,
                outside(),
                new Media.Habit(setup.speech(), new Keying.Means(setup.secrecy(),
                        setup.trunk().transport().secure(), this::certificate),
                        setup.traced()), stock, random);
        if (!calls.add(number, call)) {
            out.addAll(stock.close(now));
            reserve.ended(number);
            tell(new News.Ended(number, 503, "Too Many Calls", Statistics.NONE));
            return;
        }
        if (full()) describe();
        tell(number, first, now);
    }

    /// What it shows in handshakes, the same in all calls of this run.
    private MediaCertificate certificate() {
        if (certificate.isEmpty())
            certificate = Optional.of(MediaCertificate.make(random, wall.instant()));
        return certificate.get();
    }

    /// Whether ports are kept for another call.
    private boolean reserving() { return !full() && exit.equals(Instant.MAX); }

    /// Where sound is to be sent, as its peers see it.
    private InetAddress outside() { return trunk.outside().address().orElse(address); }

    private boolean full() { return calls.size() >= setup.manners().calls(); }

    /// Has those who ask by OPTIONS told what a caller would be told, and which sound is taken.
    private void describe() {
        ask(new UserAgent.Command.Describe(full() ? 486 : 200,
                Optional.of(Negotiation.capabilities(
                        setup.speech().formats(), outside(), random))));
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
            case PhoneCommand.Bring(long call, long into) ->
                    moved(transfers.bring(call, into), now);
            case PhoneCommand.Follow(long referral) -> moved(transfers.follow(referral), now);
            case PhoneCommand.Decline(long referral) -> moved(transfers.decline(referral), now);
            case PhoneCommand.OnCall asked ->
                    tell(asked.call(), new Conversation.Input.Asked(asked), now);
            case PhoneCommand.Text(long id, var uri, var text) -> {
                if (!outbox.full()) unanswered.putLast(id, silent);
                send(new Messages.Command.Say(id, uri, text));
            }
            case PhoneCommand.Watch(long id, var uri) -> seen(presences.watch(id, uri));
            case PhoneCommand.Watchers(long id) -> seen(presences.watchers(id));
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
        begin(call.call(), peer, setup.manners().answers(),
                new Conversation.Input.Asked(call), now);
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
            case SipPort.Output.Told(var event) when Mesh.isFor(event) ->
                    moved(mesh.told(event), now);
            case SipPort.Output.Told(Referrer.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(Referee.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(Replacements.Event event) -> moved(transfers.told(event), now);
            case SipPort.Output.Told(Joins.Event event) -> company.told(event);
            case SipPort.Output.Told(Call.About(long call, var subject)) ->
                    introductions.about(call, subject);
            //  another URI is his from now on (rfc4916 §4.4.2); shown if our proxy vouches for it
            case SipPort.Output.Told(Renamed(long call, var peer, var flow)) -> {
                if (calls.contains(call) && outfit.ofProxy(flow))
                    tell(new News.Identified(call, peer));
            }
            case SipPort.Output.Told(ConnectedIdentity.Identified _) -> { }
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
                proxy.filter(_ -> !proxy.equals(trunk.proxy())).ifPresent(other ->
                        tell(new News.OtherPort(FirstHop.USUAL, FirstHop.NODE)));
                fromSip(sip.handle(new SipPort.Input.Serve(outfit.agent(points, proxy)), now), now);
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
            warned("the way through " + trunk.outbound().map(o -> o.proxies().get(flow - 1).uri())
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
        //  the call goes on for all others
        if (calls.get(event.call()).filter(call -> call.yields(event)).isPresent()) {
            tell(event.call(), new Conversation.Input.Told(event), now);
            return;
        }
        moved(transfers.told(event), now);
        moved(mesh.told(event), now);
        switch (event) {
            case Call.Event.Incoming(long number, _, _, _)
                    when mesh.refuses(number).isPresent() -> ask(
                    new Call.Command.Refuse(number, mesh.refuses(number).getAsInt()));
            //  who hears a call by coming into it is let in by its owner, or not at all
            case Call.Event.Incoming(long number, _, _, _) when company.into(number).isPresent()
                    && (!company.roomFor(number)
                    || setup.manners().answers() && !company.takes(number)) ->
                    ask(new Call.Command.Refuse(number, 603));
            //= rfc3261#13.3.1.3-1 no more calls can be taken: 486
            case Call.Event.Incoming(long number, _, _, _)
                    when full() && !transfers.replaces(number) && !company.takes(number) ->
                    ask(new Call.Command.Refuse(number, 486));
            case Call.Event.Incoming(long number, var from, var to, _) -> {
                introductions.called(number, to);
                company.into(number).ifPresent(into -> tell(new News.Joining(number, into)));
                begin(number, from, setup.manners().answers() || transfers.replaces(number)
                                || mesh.takes(number) || company.takes(number),
                        new Conversation.Input.Told(event), now);
            }
            case Call.Event.Progress _, Call.Event.Answered _, Call.Event.Confirmed _,
                    Call.Event.ChangeOffered _, Call.Event.Changed _, Call.Event.NotChanged _,
                    Call.Event.Ended _ -> {
                boolean wasFull = full();
                tell(event.call(), new Conversation.Input.Told(event), now);
                introductions.told(event).ifPresent(this::ask);
                gather(event, now);
                if (wasFull && !full()) describe();
            }
        }
    }

    /// Those who hear each other from now on, or do no more.
    private void gather(Call.Event event, Instant now) {
        long call = event.call();
        switch (event) {
            case Call.Event.Answered _, Call.Event.Confirmed _ -> {
                if (!company.there(call)) return;
                tell(call, new Conversation.Input.Shared(), now);
                company.others(call).forEach(other ->
                        tell(other, new Conversation.Input.Shared(), now));
            }
            case Call.Event.Ended _ -> {
                company.others(call).forEach(other ->
                        tell(other, new Conversation.Input.Alone(call), now));
                company.ended(call);
            }
            case Call.Event.Incoming _, Call.Event.Progress _, Call.Event.ChangeOffered _,
                    Call.Event.Changed _, Call.Event.NotChanged _ -> { }
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
