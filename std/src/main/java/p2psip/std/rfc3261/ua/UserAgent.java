package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Machines;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2617.DigestClient;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.TransactionId;

/// A user agent: places and takes calls, registers, sends messages, answers what others ask.
///
/// It knows SIP and nothing of sound: what an offer says and what to answer is decided by the
/// program around it, which sees bodies as [Content].
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8 RFC 3261 §8
public final class UserAgent implements Core {
    /// Calls, registrations and lone requests at once; what would be one more is refused with 503.
    public static final int MAX_LEGS = 10_000;

    /// Who it is.
    ///
    /// @param identity    address of record with display name: what stands in From
    /// @param contact     where requests reach it directly
    /// @param routes      what every request visits first: the outbound proxy, if there is one
    /// @param credentials what it answers those who ask for a password
    /// @param methods     of extensions: such requests come as [Event.Asked]
    /// @param product     what stands in User-Agent
    public record Profile(Address identity, SipUri contact, List<Address> routes,
            Optional<DigestClient> credentials, List<String> methods, String product) {
        public Profile {
            routes = List.copyOf(routes);
            methods = List.copyOf(methods);
        }
    }

    /// What the program asks for. Calls that it places have positive numbers of its choice.
    public sealed interface Command extends Core.Command {

        /// Be found at the contact, and stay so: refreshed until [Unregister]. Answered by
        /// [Event.Registered] or [Event.NotRegistered].
        record Register(Duration expires) implements Command {}

        /// Remove the contact, or with `all` every contact of the address of record.
        record Unregister(boolean all) implements Command {}

        /// Place a call; without an offer the callee makes one.
        record Invite(long call, String uri, Optional<Content> offer) implements Command {}

        /// Tell the caller that it rings here.
        record Ring(long call, Optional<Content> early) implements Command {}

        /// Take the call, or the change of it that the peer offers.
        record Answer(long call, Optional<Content> content) implements Command {}

        /// Refuse the call, or the change of it that the peer offers.
        ///
        /// @param warning what was wrong with the offer
        record Refuse(long call, int status, Optional<Warning> warning) implements Command {
            public Refuse(long call, int status) { this(call, status, Optional.empty()); }
        }

        /// Send the caller elsewhere, as long as the call is not taken.
        record Redirect(long call, List<Address> contacts) implements Command {
            public Redirect { contacts = List.copyOf(contacts); }
        }

        /// Answer the offer that came in [Event.Answered] or [Event.Changed], where we made none.
        /// An offer that cannot be taken is answered too, by refusing its streams, before [HangUp].
        record Acknowledge(long call, Optional<Content> answer) implements Command {}

        /// Offer to change the session: a re-INVITE, sent as soon as it is this side's turn.
        record Change(long call, Optional<Content> offer) implements Command {}

        /// End the call in the way that its state asks for: CANCEL, refusal or BYE.
        record HangUp(long call) implements Command {}

        /// Send a request of its own: MESSAGE, OPTIONS. Answered by [Event.Result].
        record Send(long id, String method, String uri, Optional<Content> content)
                implements Command {}

        /// Say what those are told who ask by OPTIONS; until then 200, and nothing about media.
        ///
        /// @param status what an INVITE that came now would get: 200, 486 ...
        /// @param media  the formats that can be taken
        record Describe(int status, Optional<Content> media) implements Command {}

        /// Answer what came in [Event.Asked].
        record Respond(TransactionId transaction, Response response) implements Command {}
    }

    /// What the program is told. Calls that come in have negative numbers.
    public sealed interface Event extends Core.Event {

        record Registered(Duration expires) implements Event {}

        /// Unasked after some time too: a refresh may fail.
        record NotRegistered(int status, String reason) implements Event {}

        record Unregistered() implements Event {}

        /// Somebody calls; to be answered by [Command.Ring], [Command.Answer], [Command.Refuse].
        record Incoming(long call, Address from, Address to, Optional<Content> offer)
                implements Event {}

        /// What becomes of our call; a proxy may have forked it, so several phones may ring.
        ///
        /// @param remoteTag which of them; empty if it does not say
        /// @param answer    the first one of this early dialog, to be used before the call is taken
        record Progress(long call, int status, String reason, String remoteTag,
                Optional<Content> answer) implements Event {}

        /// The callee has taken our call.
        ///
        /// @param content the answer to our offer (the one this dialog gave first), or an offer to
        ///                be answered by [Command.Acknowledge] if we made none
        record Answered(long call, Optional<Content> content) implements Event {}

        /// The ACK has come for a call or a change that we answered.
        record Confirmed(long call, Optional<Content> answer) implements Event {}

        /// The peer wants to change the session; to be answered by [Command.Answer] or
        /// [Command.Refuse].
        record ChangeOffered(long call, Optional<Content> offer) implements Event {}

        /// The peer has agreed to our change.
        record Changed(long call, Optional<Content> content) implements Event {}

        /// It has not, and the session goes on as it was.
        record NotChanged(long call, int status, String reason) implements Event {}

        /// The call is over; nothing more will be heard of it.
        ///
        /// @param status 200 if somebody hung up, else why there was no call
        record Ended(long call, int status, String reason) implements Event {}

        /// A request of an extension's method; to be answered at once by [Command.Respond].
        ///
        /// @param call the call whose dialog it is part of
        record Asked(TransactionId transaction, Request request, OptionalLong call)
                implements Event {}

        /// The final response to [Command.Send].
        record Result(long id, Response response) implements Event {}
    }

    private final Self local;
    private final Inspection inspection;
    private final Recent recent = new Recent();
    private final Machines<Leg.Key, Leg> legs = new Machines<>(MAX_LEGS);
    private final Leg.Key registration;
    private final Map<Long, Leg.Key> calls = new LinkedHashMap<>();
    private final Map<TransactionId, Leg.Key> clients = new LinkedHashMap<>();
    private final Map<Long, Leg.Key> lookUps = new LinkedHashMap<>();
    private long incoming;

    /// @param random where tags, Call-IDs and branches come from
    public UserAgent(Profile profile, RandomGenerator random) {
        local = new Self(profile, random);
        inspection = new Inspection(local);
        //= rfc3261#10.2-8 all registrations use the same Call-ID
        //= rfc3261#8.1.1.4-2 it is made once, so it is the same in each registration
        registration = Leg.Key.of(local);
    }

    /// Calls, registrations and lone requests that are not over yet.
    public int legs() { return legs.size(); }

    @Override public Instant deadline() {
        var first = legs.deadline();
        return recent.deadline().isBefore(first) ? recent.deadline() : first;
    }

    @Override public List<Output> wake(Instant now) {
        recent.wake(now);
        return legs.wake(now, (key, leg) -> watched(key, leg, leg.wake(now), now));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received received -> received(received, now);
            case Input.Acknowledged(var ack, _) -> tell(new Leg.Key(ack.callId(),
                    ack.to().tag().orElse("")), input, now);
            //= rfc3261#8.1.3.3-1 a response with more than our own Via went astray
            case Input.Answered(_, var response, _) when response.list("Via").size() > 1 ->
                    List.of();
            case Input.Answered(var id, var response, var flow) -> {
                var key = response.provisional() ? clients.get(id) : clients.remove(id);
                yield tell(key != null ? key : leg(response),
                        new Input.Answered(id, Inspection.readable(response), flow), now);
            }
            case Input.Stray(var response, var flow) -> tell(leg(response),
                    new Input.Stray(Inspection.readable(response), flow), now);
            case Input.Failed(var id, _) -> {
                var key = clients.remove(id);
                yield key == null ? List.of() : tell(key, input, now);
            }
            case Input.Resolved(var id, _) -> {
                var key = lookUps.remove(id);
                yield key == null ? List.of() : tell(key, input, now);
            }
            case Input.FlowEnded _ ->
                    tell(registration, input, now);
            case Input.Asked(Command command) -> asked(command, input, now);
            case Input.Asked(var foreign) ->
                    throw new IllegalArgumentException("not for a user agent: " + foreign);
        };
    }

    private static Leg.Key leg(Response response) {
        return new Leg.Key(response.callId(), response.from().tag().orElse(""));
    }

    private List<Output> received(Input.Received input, Instant now) {
        var request = input.request();
        //= rfc3261#8.2.2.3-4 a CANCEL may require what it likes: that is ignored
        if (request.is("CANCEL")) return cancelled(input, now);
        var tag = request.to().tag();
        //= rfc3261#8.2.6.2-7 one tag for all responses to a request
        var key = new Leg.Key(request.callId(), tag.orElseGet(local::tag));
        //= rfc3261#8.2.2.2-1 without a To tag it is compared with the transactions under way
        var refusal = inspection.refusal(request, key.localTag()).or(() -> tag.isPresent()
                ? Optional.empty() : recent.merged(input.transaction(), request, key.localTag()));
        recent.add(input.transaction(), request, key.localTag());
        var out = refusal.isPresent()
                ? List.<Output>of(new Output.Respond(input.transaction(), refusal.get()))
                : tag.isPresent() ? inDialog(key, input, now) : outsideDialog(key, input, now);
        answered(out, now);
        return out;
    }

    private List<Output> inDialog(Leg.Key key, Input.Received input, Instant now) {
        if (legs.contains(key)) return tell(key, input, now);
        //= rfc3261#12.2.2-2 a dialog that we do not know, and do not want to recreate: 481
        //= rfc3261#12.2.2-1 its To tag is not ours, and we reject it
        //= rfc3261#15.1.2-1 and so for a BYE of a dialog that we do not know
        return respond(input, Reply.to(input.request(), 481, key.localTag()));
    }

    private List<Output> outsideDialog(
            Leg.Key key, Input.Received input, Instant now) {
        var request = input.request();
        return switch (request.method()) {
            case "INVITE" -> {
                var leg = new Call(local, key, --incoming);
                if (!legs.add(key, leg)) yield respond(input,
                        Reply.to(request, 503, key.localTag()).with("Retry-After", "10"));
                calls.put(incoming, key);
                yield tell(key, input, now);
            }
            //= rfc3261#8.2.6.1-2 the final response at once
            //= rfc3261#8.2.6.1-1 and no provisional one
            //= rfc3261#11-1 OPTIONS is supported
            case "OPTIONS" -> respond(input, local.options(request, key.localTag(), legs.full()));
            //= rfc3261#15.1.2-1 a BYE outside of any dialog
            case "BYE" -> respond(input, Reply.to(request, 481, key.localTag()));
            default -> List.of(new Output.Told(
                    new Event.Asked(input.transaction(), request, OptionalLong.empty())));
        };
    }

    private List<Output> cancelled(Input.Received input, Instant now) {
        var found = recent.find(input.transaction());
        if (found.isEmpty())
            //= rfc3261#9.2-1 nothing is there to be cancelled: 481
            return respond(input, Reply.to(input.request(), 481, local.tag()));
        var out = new ArrayList<Output>(2);
        //= rfc3261#9.2-3 the response to the CANCEL has the To tag of the INVITE's
        out.addAll(respond(input, Reply.to(input.request(), 200, found.get().tag())));
        out.addAll(tell(new Leg.Key(input.request().callId(), found.get().tag()), input, now));
        answered(out, now);
        return out;
    }

    static List<Output> respond(Input.Received input, Response response) {
        return List.of(new Output.Respond(input.transaction(), response));
    }

    /// A server transaction with a final response lives on for a while.
    private void answered(List<Output> out, Instant now) {
        for (var output : out)
            if (output instanceof Output.Respond(var id, var response)
                    && !response.provisional()) recent.answered(id, now);
    }

    private List<Output> asked(Command command, Input input, Instant now) {
        return switch (command) {
            case Command.Register _, Command.Unregister _ -> {
                if (!legs.contains(registration))
                    legs.add(registration, new Registration(local, registration));
                yield tell(registration, input, now);
            }
            case Command.Invite(var call, _, _) -> {
                var key = Leg.Key.of(local);
                if (!legs.add(key, new Call(local, key, call)))
                    yield List.of(new Output.Told(new Event.Ended(call, 503, "Too Many Calls")));
                calls.put(call, key);
                yield tell(key, input, now);
            }
            case Command.Send(var id, _, _, _) -> {
                var key = Leg.Key.of(local);
                var request = new LoneRequest(local, key, id);
                yield legs.add(key, request) ? tell(key, input, now) : request.refuse(503);
            }
            case Command.Describe(int status, var media) -> {
                local.describe(status, media);
                yield List.of();
            }
            case Command.Respond(var id, var response) -> {
                recent.answered(id, now);
                yield List.of(new Output.Respond(id, response));
            }
            case Command.Ring(var call, _) -> tell(call, input, now);
            case Command.Answer(var call, _) -> tell(call, input, now);
            case Command.Refuse(var call, _, _) -> tell(call, input, now);
            case Command.Redirect(var call, _) -> tell(call, input, now);
            case Command.Acknowledge(var call, _) -> tell(call, input, now);
            case Command.Change(var call, _) -> tell(call, input, now);
            case Command.HangUp(var call) -> tell(call, input, now);
        };
    }

    /// A command that comes too late for its call is no mistake: the call has just ended.
    private List<Output> tell(long call, Input input, Instant now) {
        var key = calls.get(call);
        return key == null ? List.of() : tell(key, input, now);
    }

    private List<Output> tell(Leg.Key key, Input input, Instant now) {
        return legs.tell(key, leg -> watched(key, leg, leg.handle(input, now), now));
    }

    /// Remembers which leg the answer to each output is for.
    private List<Output> watched(
            Leg.Key key, Leg leg, List<Output> out, Instant now) {
        for (var output : out) switch (output) {
            case Output.Send(var id, _, _) -> clients.put(id, key);
            case Output.Resolve(var id, _) -> lookUps.put(id, key);
            case Output.Forget(var id) -> clients.remove(id);
            case Output.Told(Event.Ended(var call, _, _)) -> calls.remove(call);
            case Output.Told _, Output.Respond _, Output.SendAck _,
                    Output.Changed _ -> { }
        }
        answered(out, now);
        if (leg.terminated()) {
            clients.values().removeIf(key::equals);
            lookUps.values().removeIf(key::equals);
        }
        return out;
    }
}
