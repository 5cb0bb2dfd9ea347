package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.Effect;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;

/// A core whose media pass through this node where they have to: it changes the descriptions in
/// what the core sends and is answered so that media come here, and carries them.
///
/// What is not SIP it says in [#take]; what waits for sockets goes on when it is asked to [Resume].
public final class MediaProxy implements Core {

    /// Which media pass through this node.
    public enum Mode {
        /// None but what another node sends by its Link.
        DIRECT,

        /// Those of telephones to which the other side cannot send.
        NEEDED,

        /// All.
        ALWAYS
    }

    /// Lets what has waited go on; owed when [Carried.Resume] was said.
    public record Resume() implements Command {}

    /// Where the node of an address is reached without a relay, if it is.
    public interface Straight {
        Optional<InetSocketAddress> to(InetSocketAddress link, Instant now);
    }

    /// Calls at a time; the media of one more go as their descriptions say.
    static final int CALLS = 500;

    /// Messages of one call that wait for its sockets; one more is not heard.
    static final int WAITING = 16;

    private final Core core;
    private final Mode mode;
    private final InetAddress self;
    private final Straight straight;
    private final Predicate<Flow> pages;
    private final Passing passing;
    private final List<MediaCall> calls = new ArrayList<>();
    private final Map<String, List<MediaCall>> byCallId = new HashMap<>();
    private final Outbox<Carried> said = new Outbox<>();
    private Optional<MediaCertificate> certificate = Optional.empty();
    private final Carriage carriage;
    private final Set<MediaCall> settled = new LinkedHashSet<>();
    /// For the stack.
    private final Outbox<Output> out = new Outbox<>();
    /// When the first of the calls is due; packets do not change it.
    private Instant first = Instant.MAX;

    /// @param self this node's address on Links
    /// @param own  addresses at which telephones reach it
    /// @param wall what its certificate, which browsers get to see, is dated by
    /// @param pages flows of browsers
    public MediaProxy(Core core, Mode mode, InetAddress self, List<InetAddress> own,
            Straight straight, RandomGenerator random, InstantSource wall,
            Predicate<Flow> pages) {
        this.core = core;
        this.mode = mode;
        this.self = self;
        this.straight = straight;
        this.pages = pages;
        this.passing = new Passing(pages);
        this.carriage = new Carriage(own, random, () -> certificate(random, wall), said);
    }

    /// One for all calls of a run.
    private MediaCertificate certificate(RandomGenerator random, InstantSource wall) {
        if (certificate.isEmpty())
            certificate = Optional.of(MediaCertificate.make(random, wall.instant()));
        return certificate.get();
    }

    /// How much is remembered: of calls whose media pass, and of requests that are under way.
    public int size() { return calls.size() + carriage.size() + passing.size(); }

    /// What it has to say that is not for the stack.
    public List<Carried> take() { return said.take(); }

    /// The sound that has passed in a call that goes on.
    public List<Fact> sound(String callId) {
        return byCallId.getOrDefault(callId, List.of()).stream()
                .flatMap(call -> call.sound().stream()).toList();
    }

    /// A moment came by the Link of a node.
    public void moment(InetSocketAddress peer, int channel, Bytes bytes, Instant now) {
        carriage.moment(peer, channel, bytes, now);
    }

    /// The host says something to a socket.
    public void happened(p2psip.app.host.Event event, Instant now) {
        var call = carriage.happened(event, now);
        call.filter(c -> c.settled() && !c.waiting.isEmpty()).filter(settled::add)
                .ifPresent(_ -> said.add(new Carried.Resume()));
        call.ifPresent(c -> first = Timers.earliest(first, c.deadline()));
    }

    @Override public Instant deadline() {
        return first.isBefore(core.deadline()) ? first : core.deadline();
    }

    @Override public List<Output> wake(Instant now) {
        for (var call : calls.stream().filter(c -> !c.deadline().isAfter(now)).toList()) {
            if (!call.over(now)) continue;
            if (call.open()) said.add(new Carried.Remark("one side of call "
                    + call.callId + " was silent for " + MediaCall.SILENCE.toSeconds()
                    + " s: its media are carried no longer"));
            end(call, now);
        }
        sent(core.wake(now), now);
        return taken();
    }

    private List<Output> taken() {
        first = calls.stream().map(MediaCall::deadline).min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Resume _) -> resume(now);
            case Input.Answered answered -> answered(answered, now);
            case Input.Received(_, var request, var flow) -> {
                passing.came(request, flow);
                tell(input, now);
            }
            case Input.Failed(var id, _) -> {
                failed(id, now);
                tell(input, now);
            }
            case Input.Acknowledged _, Input.Stray _, Input.Resolved _, Input.FlowEnded _,
                    Input.Ponged _, Input.Asked _ -> tell(input, now);
        }
        return taken();
    }

    private void tell(Input input, Instant now) { sent(core.handle(input, now), now); }

    private void sent(List<Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Output.Send send -> send(send, now);
            case Output.SendAck(var ack, var target) -> find(ack).ifPresentOrElse(found ->
                    pass(found, ack, SdpBodies.in(ack), now, changed -> out.add(
                            new Output.SendAck((Request) changed, target))),
                    () -> out.add(output));
            case Output.Respond(_, var response) -> {
                passing.answered(response);
                out.add(output);
            }
            case Output.Forget(var id) -> {
                failed(id, now);
                out.add(output);
            }
            case Output.Resolve _, Output.Told _, Output.Changed _,
                    Output.Pass _, Output.Reply _, Output.Ping _ ->
                    out.add(output);
        }
    }

    /// Nothing comes of a request.
    private void failed(TransactionId id, Instant now) {
        passing.ended(id).flatMap(Passing.Sent::call).ifPresent(c -> passes(c, now,
                call -> call.failed(now)));
    }

    /// A call, and the side of it from which a message comes.
    private record Found(MediaCall call, Side from) {}

    private Optional<Found> find(Message message) {
        return byCallId.getOrDefault(message.callId(), List.of()).stream()
                .flatMap(call -> call.from(message).map(from -> new Found(call, from)).stream())
                .findFirst();
    }

    // Requests

    private void send(Output.Send send, Instant now) {
        var request = send.request();
        var description = SdpBodies.in(request);
        var found = request.is("CANCEL")
                ? passing.sent(Cancel.cancelled(send.transaction())).flatMap(Passing.Sent::call)
                        .map(call -> new Found(call, Side.CALLER))
                : find(request).or(() -> begin(send, description, now));
        found.filter(_ -> !request.is("CANCEL")).ifPresent(f -> passing.sent(
                send.transaction(), new Passing.Sent(f.call.party(f.from),
                        f.call.party(f.from.other()), Optional.empty(), Optional.of(f.call))));
        found.ifPresentOrElse(f -> pass(f, request, description, now, changed -> out.add(
                new Output.Send(send.transaction(), (Request) changed, send.target()))),
                () -> out.add(send));
    }

    /// A call begins here if the media of a request that is not of one have to pass through here.
    private Optional<Found> begin(
            Output.Send send, Optional<SessionDescription> description, Instant now) {
        var request = send.request();
        var from = passing.from(request);
        if (from.isEmpty() || request.is("REGISTER")) return Optional.empty();
        var to = Party.of(request, send.target(), pages);
        var bridge = description.flatMap(d -> Bridge.of(d, Side.CALLER, from.get(), to));
        if (bridge.isPresent()
                || description.filter(d -> isNeeded(d, from.get(), to, now)).isPresent())
            return add(request, from.get(), to, bridge, now)
                    .map(call -> new Found(call, Side.CALLER));
        if (description.isPresent() || request.is("INVITE")) passing.sent(send.transaction(),
                new Passing.Sent(from.get(), to, description, Optional.empty()));
        return Optional.empty();
    }

    // Responses

    private void answered(Input.Answered answered, Instant now) {
        var response = answered.response();
        var description = SdpBodies.in(response);
        var sent = response.provisional() ? passing.sent(answered.transaction())
                : passing.ended(answered.transaction());
        var found = find(response).or(() -> sent.flatMap(Passing.Sent::call)
                .map(call -> new Found(call, Side.CALLED)))
                .or(() -> sent.flatMap(s -> begin(response, description, s, now)));
        found.ifPresentOrElse(f -> pass(f, response, description, now, changed ->
                        tell(new Input.Answered(answered.transaction(), (Response) changed,
                                answered.flow()), now)),
                () -> tell(answered, now));
    }

    /// The first description of a call that is of interest stands in a response. If it is an answer
    /// one side sends past this node and the other not: sockets are there for sending alone.
    private Optional<Found> begin(Response response, Optional<SessionDescription> description,
            Passing.Sent sent, Instant now) {
        var bridge = description.filter(_ -> sent.offer().isEmpty())
                .flatMap(d -> Bridge.of(d, Side.CALLED, sent.to(), sent.from()));
        if (bridge.isEmpty()
                && description.filter(d -> isNeeded(d, sent.to(), sent.from(), now)).isEmpty())
            return Optional.empty();
        var call = add(response, sent.from(), sent.to(), bridge, now);
        // from where a telephone sends stands in what it has said already
        if (sent.from() instanceof Party.Phone) call.ifPresent(c -> sent.offer().ifPresent(
                offer -> c.says(offer, response, Side.CALLER, carriage, now)));
        return call.map(c -> new Found(c, Side.CALLED));
    }

    // Both

    /// Whether the media of a description have to pass through here.
    private boolean isNeeded(SessionDescription description, Party from, Party to, Instant now) {
        if (from instanceof Party.Node && description.media().stream()
                .anyMatch(medium -> Tunnel.isTunnelled(description, medium))) return true;
        //  what browsers say of their ways is said to each other
        if (Dialect.isWeb(description) && from.page().isPresent() && to.page().isPresent())
            return false;
        var places = description.media().stream().filter(m -> Tunnel.carries(description, m))
                .flatMap(medium -> description.connection(medium).inetAddress().stream()).toList();
        return switch (mode) {
            case DIRECT -> false;
            case ALWAYS -> !places.isEmpty();
            case NEEDED -> !places.isEmpty() && isHidden(to, from)
                    || places.stream().anyMatch(ip -> isOutOfReach(ip, from, to, now));
        };
    }

    private static boolean isHidden(Party one, Party from) {
        return one instanceof Party.Phone(var host, boolean hidden, _) && hidden
                && !(from instanceof Party.Phone(var other, _, _) && other.equals(host));
    }

    /// Whether one side cannot send to an address of the other.
    private boolean isOutOfReach(InetAddress ip, Party owner, Party sender, Instant now) {
        boolean hides = owner instanceof Party.Phone phone && phone.hides(ip);
        return switch (sender) {
            case Party.Phone(var host, _, _) -> hides
                    && !(owner instanceof Party.Phone phone && phone.host().equals(host));
            case Party.Node(var link) -> hides || Party.isNear(ip) && straight.to(link, now)
                    .filter(at -> Party.isNear(at.getAddress())).isEmpty();
        };
    }

    private Optional<MediaCall> add(Message first, Party caller, Party called,
            Optional<Bridge> bridge, Instant now) {
        if (calls.size() >= CALLS) {
            said.add(new Carried.Remark("too many calls to carry the media of one more"));
            return Optional.empty();
        }
        var call = new MediaCall(first, caller, called, bridge, now);
        calls.add(call);
        byCallId.computeIfAbsent(call.callId, _ -> new ArrayList<>()).add(call);
        return Optional.of(call);
    }

    /// A message of a call goes on, changed, as soon as the sockets are there that it names.
    private void pass(Found found, Message message, Optional<SessionDescription> description,
            Instant now, Consumer<Message> then) {
        var call = found.call;
        passes(call, now, c -> c.passes(message, now));
        description.ifPresent(said -> {
            call.says(said, message, found.from, carriage, now);
            carriage.enter(call);
        });
        var held = new MediaCall.Held(message, description, found.from, then);
        if (call.waiting.isEmpty() && call.settled()) go(call, held, now);
        else if (call.waiting.size() < WAITING) call.waiting.add(held);
        else said.add(new Carried.Remark("too much waits in call " + call.callId));
    }

    private void resume(Instant now) {
        var ready = List.copyOf(settled);
        settled.clear();
        for (var call : ready) while (call.settled() && !call.waiting.isEmpty())
            go(call, call.waiting.poll(), now);
    }

    private void go(MediaCall call, MediaCall.Held held, Instant now) {
        var message = held.message();
        held.then().accept(held.description().map(description -> SdpBodies.into(message,
                call.written(description, message, held.from(), self, now))).orElse(message));
    }

    /// What happens to a call may open or end it.
    private void passes(MediaCall call, Instant now, Consumer<MediaCall> what) {
        boolean before = call.open();
        what.accept(call);
        if (call.open() != before) await(call);
    }

    private void await(MediaCall call) {
        for (var side : Side.values())
            if (call.party(side) instanceof Party.Node(var link))
                said.add(new Carried.Await(link, calls.stream()
                        .anyMatch(c -> c.isWith(link) && c.open())));
    }

    private void end(MediaCall call, Instant now) {
        while (!call.waiting.isEmpty()) go(call, call.waiting.poll(), now);
        for (var fact : call.sound())
            said.add(new Carried.Do(new Effect.Tell(new Noted(call.callId, fact))));
        calls.remove(call);
        byCallId.computeIfPresent(call.callId, (_, all) ->
                all.remove(call) && all.isEmpty() ? null : all);
        carriage.end(call);
        await(call);
    }
}
