package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// A phone for tests of servers, as small as can be: it registers, calls, answers at once or after
/// a while, hangs up. It tells the status of each request it has sent, as `INVITE 200`.
final class TestPhone implements Machine<Event, Effect> {

    /// A command: send a request to the server. An INVITE that is answered is hung up at once.
    record Send(String method, String uri, List<Header> headers) implements Core.Command {
        Send(String method, String uri) { this(method, uri, List.of()); }
    }

    /// A command: give up the call that is ringing.
    record GiveUp() implements Core.Command {}

    /// A command: tell how many calls and transactions there are.
    record Count() {}

    private record Heard(String line) implements Core.Event {}

    /// How it answers an INVITE: with what status, how long after 180.
    record Habit(int status, Duration after) {}

    private final SipPort port;
    private final Function<ListeningPoint, Core> core;
    private boolean begun;

    TestPhone(Host.Room room, String user, InetSocketAddress server, Habit habit,
            Transport transport) {
        port = new SipPort(new SipPort.Wish(List.of(room.addresses().get(1)), 5060, true,
                EnumSet.of(transport)), 1, TimerValues.DEFAULT, room.random(), false);
        core = at -> new Phone(user, at, Target.of(transport, server), habit, room.random());
    }

    @Override public Instant deadline() { return port.deadline(); }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return effects(port.wake(now), now);
        begun = true;
        return effects(port.handle(new SipPort.Input.Open(), now), now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Command(Count _) ->
                    List.of(new Effect.Tell("transactions " + port.transactions()));
            case Event.Command(Core.Command command) ->
                    effects(port.handle(new SipPort.Input.Asked(command), now), now);
            default -> effects(port.handle(new SipPort.Input.Happened(event), now), now);
        };
    }

    private List<Effect> effects(List<SipPort.Output> outputs, Instant now) {
        return outputs.stream().map(o -> switch (o) {
            case SipPort.Output.Do(var effect) -> effect;
            case SipPort.Output.Told(Heard(var line)) -> new Effect.Tell(line);
            case SipPort.Output.Told(var foreign) -> throw new AssertionError(foreign);
            case SipPort.Output.Ready(var points) -> {
                port.handle(new SipPort.Input.Serve(core.apply(points.getFirst())), now);
                yield new Effect.Tell("ready");
            }
            case SipPort.Output.NotReady(_, var why) -> new Effect.Tell(why);
        }).toList();
    }

    /// An incoming call that waits to be answered, or a 2xx that waits for its ACK.
    private static final class Incoming implements Machine<Void, Response> {
        final Request invite;
        Response next;
        Instant due;
        Duration gap = Duration.ofMillis(500);
        boolean done;

        Incoming(Request invite, Response next, Instant due) {
            this.invite = invite;
            this.next = next;
            this.due = due;
        }

        @Override public Instant deadline() { return done ? Instant.MAX : due; }

        @Override public boolean terminated() { return done; }

        @Override public List<Response> handle(Void input, Instant now) { return List.of(); }

        @Override public List<Response> wake(Instant now) {
            done = !next.success() || gap.toSeconds() > 32;
            due = now.plus(gap);
            gap = gap.compareTo(Duration.ofSeconds(2)) < 0
                    ? gap.multipliedBy(2) : gap.plusSeconds(4);
            return List.of(next);
        }
    }

    private static final class Phone implements Core {
        private final String user;
        private final ListeningPoint point;
        private final Target server;
        private final Habit habit;
        private final RandomGenerator random;
        private final DigestClient digest;
        private final Machines<TransactionId, Incoming> incoming = new Machines<>(1000);
        private final Map<TransactionId, Request> outgoing = new LinkedHashMap<>();
        private int cseq;

        Phone(String user, ListeningPoint point, Target server, Habit habit,
                RandomGenerator random) {
            this.user = user;
            this.point = point;
            this.server = server;
            this.habit = habit;
            this.random = random;
            this.digest = new DigestClient(user, new Secret.Password("secret"), random);
        }

        @Override public Instant deadline() { return incoming.deadline(); }

        @Override public List<Output> wake(Instant now) {
            var out = new ArrayList<Output>();
            incoming.wake(now, call -> call.wake(now), (id, _, responses) ->
                    responses.forEach(r -> out.add(new Output.Respond(id, r))));
            return out;
        }

        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked(Send(var method, var uri, var headers)) ->
                        send(request(method, uri, headers));
                case Input.Asked(GiveUp _) -> giveUp();
                case Input.Received(var id, var request, _) -> received(id, request, now);
                case Input.Acknowledged(var ack, _) -> acknowledged(ack);
                case Input.Answered(var id, var response, _) -> answered(id, response);
                case Input.Failed(var id, var why) -> outgoing.remove(id) == null
                        ? List.of() : List.of(new Output.Told(new Heard(id.method() + " " + why)));
                case Input.Resolved _, Input.FlowEnded _, Input.Stray _,
                        Input.Asked _ -> List.of();
            };
        }

        private String contact() {
            var uri = SipUri.of(user, point.address());
            return "<" + uri + (point.transport() == Transport.TCP ? ";transport=tcp>" : ">");
        }

        private Request request(String method, String uri, List<Header> more) {
            var from = "<sip:" + user + "@example.com>";
            var usual = Stream.of(new Header("Max-Forwards", "70"),
                    new Header("Contact", contact()),
                    new Header("From", from + ";tag=" + Tokens.token(random)),
                    new Header("To", method.equals("REGISTER") ? from : "<" + uri + ">"),
                    new Header("Call-ID", Tokens.token(random)),
                    new Header("CSeq", ++cseq + " " + method));
            return new Request(method, uri, Stream.concat(usual.filter(header ->
                    more.stream().noneMatch(other -> other.name().equals(header.name()))),
                    more.stream()).toList(), Bytes.EMPTY);
        }

        private List<Output> send(Request request) {
            var id = TransactionId.client(request.method(), random);
            outgoing.put(id, request);
            return List.of(new Output.Send(id, request, server));
        }

        private List<Output> giveUp() {
            for (var e : outgoing.entrySet())
                if (e.getKey().method().equals("INVITE")) {
                    var invite = e.getValue();
                    var cancel = new Request("CANCEL", invite.uri(), invite.headers(), Bytes.EMPTY)
                            .with("CSeq", invite.cseq().number() + " CANCEL");
                    return List.of(new Output.Send(new TransactionId(e.getKey().branch(), "",
                            "CANCEL"), cancel, server));
                }
            throw new AssertionError("nothing to give up");
        }

        private List<Output> received(TransactionId id, Request request, Instant now) {
            if (request.is("CANCEL")) {
                var invite = new TransactionId(id.branch(), id.sentBy(), "INVITE");
                var ok = new Output.Respond(id, Reply.to(request, 200, user));
                var call = incoming.get(invite);
                if (call.isEmpty() || call.get().due.isBefore(now)) return List.of(ok);
                incoming.remove(invite);
                return List.of(ok, new Output.Respond(invite,
                        Reply.to(call.get().invite, 487, user)));
            }
            if (!request.is("INVITE"))
                return List.of(new Output.Respond(id, Reply.to(request, 200, user)));
            incoming.add(id, new Incoming(request, reply(request, habit.status()),
                    now.plus(habit.after())));
            return List.of(new Output.Respond(id, reply(request, 180)));
        }

        private Response reply(Request request, int status) {
            return Reply.to(request, status, user).change(list -> {
                for (var route : request.all("Record-Route"))
                    list.add(new Header("Record-Route", route));
                list.add(new Header("Contact", contact()));
            });
        }

        private List<Output> acknowledged(Request ack) {
            for (var id : incoming.keys())
                if (incoming.get(id).orElseThrow().invite.callId().equals(ack.callId()))
                    incoming.remove(id);
            return List.of();
        }

        private List<Output> answered(TransactionId id, Response response) {
            if (response.provisional()) return List.of();
            if (id.method().equals("INVITE") && response.success()) return picked(id, response);
            var request = outgoing.remove(id);
            if (request == null) return List.of();
            if (response.status() == 401 || response.status() == 407) {
                var again = withPassword(request, response);
                if (again.isPresent()) return send(again.get());
            }
            return List.of(new Output.Told(new Heard(id.method() + " " + response.status())));
        }

        /// Each 2xx is acknowledged; the first of each phone also ends the call.
        private List<Output> picked(TransactionId id, Response ok) {
            var out = new ArrayList<Output>();
            var to = ok.need("To");
            out.add(new Output.SendAck(inDialog("ACK", ok, ok.cseq().number()), server));
            var invite = outgoing.remove(id);
            if (invite == null) return out;
            out.add(new Output.Told(
                    new Heard("INVITE 200 " + to.substring(to.indexOf("tag=") + 4))));
            out.addAll(send(inDialog("BYE", ok, ++cseq)));
            return out;
        }

        private Request inDialog(String method, Response ok, long number) {
            var routes = new ArrayList<>(ok.list("Record-Route")).reversed();
            var uri = p2psip.std.rfc2396.Address.parse(ok.need("Contact")).uri().toString();
            return new Request(method, uri, List.of(), Bytes.EMPTY).change(list -> {
                for (var route : routes) list.add(new Header("Route", route));
                list.add(new Header("Max-Forwards", "70"));
                for (var name : List.of("From", "To", "Call-ID"))
                    list.add(new Header(name, ok.need(name)));
                list.add(new Header("CSeq", number + " " + method));
            });
        }

        private Optional<Request> withPassword(Request request, Response challenge) {
            var from = challenge.status() == 407 ? Challenger.PROXY : Challenger.SERVER;
            var answer = digest.answer(from, challenge.all(from.challenge()),
                    request.all(from.credentials()), request.method(), request.uri(), Bytes.EMPTY);
            return answer instanceof DigestClient.Answer.Authorize(var credentials)
                    ? Optional.of(request.with(from.credentials(), credentials.getFirst().text())
                            .with("CSeq", ++cseq + " " + request.method())) : Optional.empty();
        }
    }
}
