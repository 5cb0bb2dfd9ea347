package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Machines;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Cancel;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.Serving.Served;

/// A user agent: places and takes calls, registers, asks and answers what others ask, and whatever
/// else its extensions add.
///
/// It owns the dialogs and each request until its final response, and leads what comes to the usage
/// that it is for. It knows SIP and nothing of sound: what an offer says and what to answer is
/// decided by the program around it, which sees bodies as [Content].
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8 RFC 3261 §8
public final class UserAgent implements Core {
    /// Usages at once: calls, registrations, lone requests ...; one more is refused with 503.
    public static final int MAX_LEGS = 10_000;

    /// What the program asks of the user agent itself.
    public sealed interface Command extends Core.Command {

        /// Say what those are told who ask by OPTIONS; until then 200, and nothing about media.
        ///
        /// @param status what an INVITE that came now would get: 200, 486 ...
        /// @param media  the formats that can be taken
        record Describe(int status, Optional<Content> media) implements Command {}
    }

    private final Outbox<Output> out = new Outbox<>();
    private final Dialogs dialogs = new Dialogs(out);
    private final Extensions extensions;
    private final Self self;
    private final Inspection inspection;
    private final Registration registration;
    private final Recent recent = new Recent();
    private final Machines<Long, Usage> usages = new Machines<>(MAX_LEGS);
    private final Machines<Long, Uac> uacs = new Machines<>(Integer.MAX_VALUE);
    private final Asks asks = new Asks();
    private final Serving serving = new Serving();
    private long ours;

    /// @param extensions what it does beyond RFC 3261
    /// @param random     where tags, Call-IDs and branches come from
    public UserAgent(Profile profile, List<Extension> extensions, RandomGenerator random) {
        this.extensions = new Extensions(extensions);
        self = new Self(profile, this.extensions.abilities(), dialogs, random);
        inspection = new Inspection(self);
        registration = new Registration(self);
    }

    /// Calls, registrations, lone requests ... that are not over yet.
    public int legs() { return usages.size(); }

    @Override public Instant deadline() {
        return Collections.min(
                List.of(usages.deadline(), uacs.deadline(), recent.deadline()));
    }

    @Override public List<Output> wake(Instant now) {
        recent.wake(now);
        usages.wake(now, usage -> usage.wake(now),
                (number, usage, said) -> said(number, usage, said, now));
        uacs.wake(now, uac -> uac.wake(now), (ask, uac, said) -> said(ask, uac, said, now));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received received -> received(received, now);
            case Input.Acknowledged(var ack, _) -> acknowledged(ack, now);
            //= rfc3261#8.1.3.3-1 a response with more than our own Via went astray
            case Input.Answered(_, var response, _) when response.list("Via").size() > 1 -> { }
            case Input.Answered(var id, var response, var flow) -> asks.client(id).ifPresent(ask ->
                    tell(ask, new Uac.Input.Answered(Inspection.readable(response), flow), now));
            case Input.Stray(var response, var flow) -> stray(response).ifPresent(ask ->
                    tell(ask, new Uac.Input.Answered(Inspection.readable(response), flow), now));
            case Input.Failed(var id, var why) -> asks.client(id).ifPresent(ask ->
                    tell(ask, new Uac.Input.Failed(why), now));
            case Input.Resolved(long id, var targets) -> asks.lookUp(id).ifPresent(ask ->
                    tell(ask, new Uac.Input.Resolved(id, targets), now));
            case Input.FlowEnded(var flow) -> usages.keys().forEach(usage ->
                    tell(usage, new Usage.Input.FlowEnded(flow), now));
            case Input.Asked(Command.Describe(int status, var media)) ->
                    self.describe(status, media);
            case Input.Asked(Usage.Command command) -> asked(command, now);
            case Input.Asked(var foreign) ->
                    throw new IllegalArgumentException("not for a user agent: " + foreign);
        }
        return out.take();
    }

    // What comes from the peer

    private void received(Input.Received input, Instant now) {
        var request = input.request();
        if (request.is("CANCEL")) {
            //= rfc3261#8.2.2.3-4 a CANCEL may require what it likes: that is ignored
            cancelled(input, now);
            return;
        }
        var tag = request.to().tag();
        //= rfc3261#8.2.6.2-7 one tag for all responses to a request
        var own = tag.orElseGet(self::tag);
        //= rfc3261#8.2.2.2-1 without a To tag it is compared with the transactions under way
        var refusal = inspection.refusal(request, own).or(() -> tag.isPresent()
                ? Optional.empty() : recent.merged(input.transaction(), request, own));
        recent.add(input.transaction(), request, own);
        refusal.or(() -> tag.isPresent() ? inDialog(input, own, now) : outside(input, own, now))
                .ifPresent(response -> respond(input.transaction(), response, now));
    }

    /// Leads a request to its usage, or answers it.
    private Optional<Response> inDialog(Input.Received input, String own, Instant now) {
        var request = input.request();
        var found = dialogs.find(new Dialog.Id(request.callId(), own,
                request.from().tag().orElse("")));
        //= rfc3261#12.2.2-4 out of order: 500
        //= rfc3261#15.1.2-2 a BYE too
        if (found.isPresent() && !found.get().inOrder(request))
            return Optional.of(Reply.to(request, 500, own));
        if (found.isPresent() && request.is("OPTIONS"))
            return Optional.of(self.capabilities(request, own, 200));
        var taker = found.isPresent() ? dialogs.usages(found.get()).stream().filter(number ->
                        usages.get(number).filter(u -> u.takes(request, found)).isPresent())
                .findFirst() : Optional.<Long>empty();
        if (found.isEmpty()) return answering(input, own, now);
        if (taker.isEmpty()) return begin(input, own, found, now);
        serve(input, own, taker.get(), found, false, now);
        return Optional.empty();
    }

    /// A request in a dialog that it makes itself, for it answers one of ours; any other is of no
    /// dialog.
    private Optional<Response> answering(Input.Received input, String own, Instant now) {
        var request = input.request();
        for (long ask : asks.of(new Asks.Origin(request.callId(), own))) {
            var uac = uacs.get(ask).filter(Uac::forking);
            var usage = asks.usage(ask).filter(number -> usages.get(number)
                    .filter(u -> u.takes(request, Optional.empty())).isPresent());
            var made = usage.flatMap(_ -> uac)
                    .flatMap(u -> u.forks().notified(u.request(), request));
            if (made.isEmpty()) continue;
            dialogs.join(made.get(), usage.get());
            serve(input, own, usage.get(), made, true, now);
            return Optional.empty();
        }
        //= rfc3261#12.2.2-2 a dialog that we do not know, and do not want to recreate: 481
        //= rfc3261#12.2.2-1 its To tag is not ours, and we reject it
        //= rfc3261#15.1.2-1 and so for a BYE of a dialog that we do not know
        return Optional.of(Reply.to(request, 481, own));
    }

    private Optional<Response> outside(Input.Received input, String own, Instant now) {
        var request = input.request();
        //= rfc3261#8.2.6.1-2 the final response at once
        //= rfc3261#8.2.6.1-1 and no provisional one
        //= rfc3261#11-1 OPTIONS is supported
        if (request.is("OPTIONS"))
            return Optional.of(self.options(request, own, usages.full()));
        if (!self.makesDialogs(request)) return begin(input, own, Optional.empty(), now);
        return request.has("Contact")
                ? begin(input, own, Optional.of(Dialog.ofUas(request, own)), now)
                : Optional.of(Reply.to(request, 400, "No Contact", own));
    }

    private Optional<Response> begin(Input.Received input, String own, Optional<Dialog> dialog,
            Instant now) {
        var request = input.request();
        long number = --ours;
        boolean invited = request.is("INVITE") && request.to().tag().isEmpty();
        var begun = invited ? Optional.<Usage>of(new InviteUsage(number, self))
                : extensions.begin(request, dialog, number, self);
        //= rfc3261#15.1.2-1 a BYE outside of any dialog
        if (begun.isEmpty()) return Optional.of(Reply.to(request, 481, own));
        if (dialog.filter(d -> !dialogs.join(d, number)).isPresent()
                || !usages.add(number, begun.get())) {
            dialogs.leave(number);
            return Optional.of(Reply.to(request, 503, own).with("Retry-After", "10"));
        }
        serve(input, own, number, dialog, request.to().tag().isEmpty(), now);
        return Optional.empty();
    }

    private void serve(Input.Received input, String own, long usage, Optional<Dialog> dialog,
            boolean maker, Instant now) {
        var request = input.request();
        serving.put(input.transaction(), new Served(usage, request, own, dialog, maker, false));
        tell(usage, new Usage.Input.Received(
                input.transaction(), request, dialog, input.flow()), now);
    }

    private void cancelled(Input.Received input, Instant now) {
        var id = input.transaction();
        var found = recent.find(id);
        //= rfc3261#9.2-1 nothing is there to be cancelled: 481
        respond(id, found.isEmpty() ? Reply.to(input.request(), 481, self.tag())
                //= rfc3261#9.2-3 the response to the CANCEL has the To tag of the INVITE's
                : Reply.to(input.request(), 200, found.get().tag()), now);
        var invite = Cancel.cancelled(id);
        serving.find(invite).ifPresent(served ->
                tell(served.usage(), new Usage.Input.Cancelled(invite), now));
    }

    private void acknowledged(Request ack, Instant now) {
        dialogs.find(new Dialog.Id(ack.callId(), ack.to().tag().orElse(""),
                ack.from().tag().orElse(""))).ifPresent(dialog ->
                dialogs.call(dialog).ifPresent(usage -> {
                    serving.acknowledged(usage, ack);
                    tell(usage, new Usage.Input.Acknowledged(ack, dialog), now);
                }));
    }

    /// The INVITE that a 2xx answers which no transaction awaits.
    private Optional<Long> stray(Response response) {
        var origin = new Asks.Origin(response.callId(), response.from().tag().orElse(""));
        return asks.of(origin).stream().filter(ask -> uacs.get(ask).filter(Uac::accepted)
                .filter(uac -> uac.request().cseq().equals(response.cseq())).isPresent())
                .findFirst();
    }

    // What comes from the program

    private void asked(Usage.Command command, Instant now) {
        long number = command.usage();
        if (!usages.contains(number)) {
            var begun = switch (command) {
                case Call.Command.Invite _ ->
                        Optional.<Usage>of(new InviteUsage(number, self));
                //  one that comes too late for its call is no mistake: the call has just ended
                case Call.Command _ -> Optional.<Usage>empty();
                case Registration.Command _ -> Optional.<Usage>of(registration);
                case LoneRequest.Command _ ->
                        Optional.<Usage>of(new LoneRequest(number, self));
                default -> extensions.begin(command, self);
            };
            if (begun.isPresent() && !usages.add(number, begun.get())) {
                refuse(begun.get(), command, now);
                return;
            }
        }
        tell(number, new Usage.Input.Asked(command), now);
    }

    /// There is no room for a usage: all that it asks is answered by 503.
    private void refuse(Usage usage, Usage.Command command, Instant now) {
        for (var output : usage.handle(new Usage.Input.Asked(command), now))
            if (output instanceof Usage.Output.Ask ask) usage.handle(full(ask), now).stream()
                    .filter(Usage.Output.Told.class::isInstance).map(Usage.Output.Told.class::cast)
                    .forEach(told -> out.add(new Output.Told(told.event())));
    }

    private static Usage.Input full(Usage.Output.Ask ask) {
        return new Usage.Input.Answered(ask.ask(), Reply.to(ask.request(), 503, ""), ask.dialog(),
                Optional.empty());
    }

    // What usages say, and the requests that they have asked for

    private void tell(long usage, Usage.Input input, Instant now) {
        usages.tell(usage, u -> u.handle(input, now),
                (number, u, said) -> said(number, u, said, now));
    }

    private void said(long number, Usage usage, List<Usage.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Usage.Output.Ask ask -> ask(number, ask, now);
            case Usage.Output.Cancel(long ask) -> tell(ask, new Uac.Input.Cancel(), now);
            case Usage.Output.Acknowledge(long ask, var dialog, var answer) ->
                    tell(ask, new Uac.Input.Acknowledge(dialog, answer), now);
            case Usage.Output.Respond(var id, var response) -> respond(id, response, now);
            case Usage.Output.Told(var event) -> out.add(new Output.Told(event));
            case Usage.Output.Changed(var state) ->
                    out.add(new Output.Changed(usage.name() + " " + number, state));
        }
        if (!usage.terminated()) return;
        dialogs.leave(number);
        serving.forget(number);
        asks.forget(number);
    }

    private void ask(long usage, Usage.Output.Ask ask, Instant now) {
        var dialog = ask.dialog();
        //= rfc3261#15.1.1-2 after 481, 408 or no response to the BYE the dialog is over, too
        if (ask.request().is("BYE")) dialog.ifPresent(d -> dialogs.leave(d, usage));
        else if (dialog.filter(d -> !dialogs.join(d, usage)).isPresent()) {
            tell(usage, full(ask), now);
            return;
        }
        var request = self.introduced(ask.request(), dialog);
        asks.add(ask.ask(), origin(request), usage);
        uacs.add(ask.ask(), dialog.map(d -> new Uac(self, request, d)).orElseGet(() ->
                new Uac(self, request, asks.sequence(usage), ask.over())));
        tell(ask.ask(), new Uac.Input.Begin(), now);
    }

    private static Asks.Origin origin(Request request) {
        return new Asks.Origin(request.callId(), request.from().tag().orElse(""));
    }

    private void tell(long ask, Uac.Input input, Instant now) {
        uacs.tell(ask, uac -> uac.handle(input, now),
                (key, uac, said) -> said(key, uac, said, now));
    }

    private void said(long ask, Uac uac, List<Uac.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Uac.Output.Do(var core) -> {
                asks.said(ask, core);
                out.add(core);
            }
            case Uac.Output.Answered answered -> answered(ask, uac, answered, now);
        }
        if (!uac.terminated()) return;
        //= rfc3261#12.3¶1 a final response that is no 2xx ends the early dialogs
        uac.forks().early().forEach(dialogs::end);
        asks.over(ask, origin(uac.request()));
    }

    private void answered(long ask, Uac uac, Uac.Output.Answered answered, Instant now) {
        var asker = asks.usage(ask);
        if (asker.isEmpty()) return;
        long usage = asker.get();
        var request = uac.request();
        var response = answered.response();
        if (uac.dialog().isEmpty())
            answered.dialog().ifPresent(made -> dialogs.made(made, response, usage));
        uac.dialog().ifPresent(dialog -> {
            //= rfc3261#12.2-2 only the Contact of it counts: Record-Route changes no route set here
            if (response.success() && self.makesDialogs(request)) dialog.refresh(response);
            failed(dialog, request, response.status(), usage, now);
        });
        tell(usage, new Usage.Input.Answered(
                ask, response, answered.dialog(), answered.flow()), now);
    }

    /// Tells those whose part in a dialog a response has ended.
    private void failed(Dialog dialog, Request request, int status, long usage, Instant now) {
        boolean alone = !self.makesDialogs(request);
        var ended = dialogs.ended(dialog, usage, alone, status);
        ended.forEach(number -> dialogs.leave(dialog, number));
        ended.forEach(number -> tell(number, new Usage.Input.DialogEnded(dialog, status), now));
    }

    /// Answers a request, with all that this means for its dialog.
    private void respond(TransactionId id, Response said, Instant now) {
        var served = serving.find(id);
        var response = served.map(s -> self.completed(said, s)).orElse(said);
        out.add(new Output.Respond(id, response));
        if (response.provisional()) return;
        recent.answered(id, self.times(), now);
        served.filter(s -> !s.accepted()).ifPresent(s -> {
            serving.done(id);
            s.dialog().ifPresent(dialog -> responded(id, s, dialog, response.success()));
        });
    }

    private void responded(TransactionId id, Served served, Dialog dialog, boolean success) {
        var request = served.request();
        if (!success) {
            if (served.maker()) dialogs.end(dialog);
        } else if (request.is("BYE")) dialogs.leave(dialog, served.usage());
        else if (self.makesDialogs(request)) {
            //= rfc3261#8.2-1 what the request changes is changed when it is accepted
            //= rfc3261#8.2-2 and not if it is rejected
            dialog.refresh(request);
            if (served.maker()) dialogs.confirm(dialog);
            if (request.is("INVITE")) serving.put(id, served.nowAccepted());
        }
    }
}
