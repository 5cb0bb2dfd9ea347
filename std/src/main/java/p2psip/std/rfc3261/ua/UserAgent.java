package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Demultiplexer.Verdict;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc5626.Outbound;

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

    /// What is told where a caller cannot be told anything any more.
    private static final Reason GONE = Reason.sip(408, "The Caller Is Gone");

    /// What the program asks of the user agent itself: to say what those are told who ask by
    /// OPTIONS; until then 200, and nothing about media.
    ///
    /// @param status what an INVITE that came now would get: 200, 486 ...
    /// @param media  the formats that can be taken
    public record Describe(int status, Optional<Content> media) implements Core.Command {}

    /// What it can do by itself.
    private record Own(boolean outbound) implements Ability {
        @Override public List<String> methods() {
            //= rfc3261#13.1-1 who supports INVITE supports ACK, CANCEL and BYE
            return List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");
        }

        //= rfc5626#4.2.1-4 the option-tag outbound is in Supported of a REGISTER
        //= rfc5626#4.3-1 and in that of other requests
        //= rfc5626#4.2.1-8 path too, for what Path asks of a UAC is to say so
        @Override public List<String> options() {
            return outbound ? List.of(Outbound.OPTION, "path") : List.of();
        }

        //= rfc3261#13.2.1-17 SDP first of all
        @Override public List<String> bodies() { return List.of(Content.SDP); }

        @Override public List<String> dispositions() { return List.of("session", "render"); }
    }

    private final Outbox<Output> out = new Outbox<>();
    private final Dialogs dialogs = new Dialogs(out);
    private final Machines<Long, Usage> usages = new Machines<>(MAX_LEGS);
    private final Recent recent = new Recent();
    private final Self self;
    private final SequencedMap<Long, Registration> registrations = new LinkedHashMap<>();
    private final Requests requests;
    private final Demultiplexer demultiplexer;

    /// @param extensions what it does beyond RFC 3261
    /// @param random     where tags, Call-IDs and branches come from
    public UserAgent(Profile profile, List<Extension> extensions, RandomGenerator random) {
        self = new Self(profile, abilities(profile, extensions), dialogs, random);
        for (var way : self.flows.all()) registrations.put(
                registrations.isEmpty() ? 0 : self.begin(), new Registration(self, way));
        requests = new Requests(self, dialogs, out);
        demultiplexer = new Demultiplexer(
                self, registrations, List.copyOf(extensions), dialogs, requests, usages);
    }

    static List<Ability> abilities(Profile profile, List<Extension> extensions) {
        //= rfc3261#13.2.1-2 what else can be received within a dialog is allowed, too
        return Stream.concat(Stream.of(new Own(profile.outbound().isPresent()), profile.calls()),
                extensions.stream()).toList();
    }

    /// Calls, registrations, lone requests ... that are not over yet.
    public int legs() { return usages.size(); }

    @Override public Instant deadline() {
        return Collections.min(List.of(usages.deadline(), requests.deadline(), recent.deadline()));
    }

    @Override public List<Output> wake(Instant now) {
        usages.wake(now, usage -> usage.wake(now),
                (number, usage, said) -> said(number, usage, said, now));
        tell(requests.wake(now), now);
        recent.wake(now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            //= rfc3261#8.2.2.3-4 a CANCEL may require what it likes: that is ignored
            case Input.Received of when of.request().is("CANCEL") -> cancelled(of, now);
            case Input.Received received -> received(received, now);
            case Input.Acknowledged(var ack, _) -> dialogs.find(ack, ack.to().tag().orElse(""))
                    .ifPresent(in -> in.call().ifPresent(usage ->
                            tell(usage, new Usage.Input.Acknowledged(ack, in), now)));
            //= rfc3261#8.1.3.3-1 a response with more than our own Via went astray
            case Input.Answered(var id, var response, _)
                    when response.list("Via").size() > 1 -> astray(id, response, now);
            //  our response has reached nobody: who waits for it is there no longer
            case Input.Failed(var id, _) when recent.find(id).isPresent() ->
                    recent.find(id).ifPresent(entry ->
                            givenUp(entry, id, GONE.in(Cancel.of(entry.request())), now));
            case Input.OfRequest about -> tell(requests.handle(about, now), now);
            case Input.Ponged(var flow, var mapped) -> registrations.keySet().forEach(number ->
                    usages.tell(number, _ -> registrations.get(number).ponged(flow, mapped, now),
                            (_, usage, said) -> said(number, usage, said, now)));
            case Input.FlowEnded(var flow) -> usages.keys().forEach(usage ->
                    tell(usage, new Usage.Input.FlowEnded(flow), now));
            case Input.Asked(Describe(int status, var media)) -> self.describe(status, media);
            case Input.Asked(Usage.Command command) -> asked(command, now);
            case Input.Asked(var foreign) ->
                    throw new IllegalArgumentException("not for a user agent: " + foreign);
        }
        return out.take();
    }

    /// Not heard; but if it has ended its transaction, no other response will come.
    private void astray(TransactionId id, Response response, Instant now) {
        if (!response.provisional() && !(response.success() && id.method().equals("INVITE")))
            tell(requests.handle(new Input.Failed(id, Failure.TIMEOUT), now), now);
    }

    // What comes from the peer

    private void received(Input.Received input, Instant now) {
        var id = input.transaction();
        var request = input.request();
        var tag = request.to().tag();
        //= rfc3261#8.2.6.2-7 one tag for all responses to a request
        var own = tag.orElseGet(self::tag);
        var verdict = new Inspection(self).refusal(request, input.flow())
                //= rfc3261#8.2.2.2-1 without a To tag it is compared with those under way
                .or(() -> tag.isEmpty() && recent.merged(id, request)
                        //= rfc7984#3.2-1 of two copies the second is rejected
                        //= rfc3261#8.2.2.2-2 same From tag, Call-ID, CSeq, but not transaction: 482
                        ? Optional.of(self.reply(request, 482)) : Optional.empty())
                .<Verdict>map(Verdict.Answer::new)
                .orElseGet(() -> demultiplexer.find(request, own));
        recent.add(id, request, input.flow(), own, verdict);
        switch (verdict) {
            case Verdict.Answer(var response) -> respond(id, response, now);
            case Verdict.Lead(long usage, var dialog, _) -> tell(usage,
                    new Usage.Input.Received(id, request, dialog, input.flow()), now);
        }
    }

    private void cancelled(Input.Received input, Instant now) {
        var id = input.transaction();
        var found = recent.find(id);
        //= rfc3261#9.2-1 nothing is there to be cancelled: 481
        out.add(new Output.Respond(id, Reply.to(input.request(), found.isEmpty() ? 481 : 200,
                //= rfc3261#9.2-3 the response to the CANCEL has the To tag of the INVITE's
                found.map(Recent.Entry::tag).orElseGet(self::tag))));
        found.ifPresent(entry -> givenUp(entry, Cancel.cancelled(id), input.request(), now));
    }

    /// Who waits for the answer to his INVITE, if he does, waits no longer.
    private void givenUp(Recent.Entry entry, TransactionId invite, Request cancel, Instant now) {
        if (entry.pending() && entry.request().is("INVITE")
                && entry.verdict() instanceof Verdict.Lead(long usage, _, _))
            tell(usage, new Usage.Input.Cancelled(invite, cancel), now);
    }

    // What comes from the program

    private void asked(Usage.Command command, Instant now) {
        //= rfc5626#4.2.1-2,3 a REGISTER to each outbound proxy of the set
        if (command instanceof Registration.Command)
            registrations.keySet().forEach(number -> asked(number, command, now));
        else asked(command.usage(), command, now);
    }

    private void asked(long number, Usage.Command command, Instant now) {
        var asked = new Usage.Input.Asked(command);
        if (!usages.contains(number)) demultiplexer.begin(number, command)
                .filter(usage -> !usages.add(number, usage))
                .ifPresent(usage -> refuse(usage, asked, now));
        tell(number, asked, now);
    }

    /// There is no room for a usage: all that it asks is answered by 503.
    private void refuse(Usage usage, Usage.Input input, Instant now) {
        for (var output : usage.handle(input, now))
            if (output instanceof Usage.Output.Ask ask) refuse(usage, Requests.refused(ask), now);
            else if (output instanceof Usage.Output.Told(var event))
                out.add(new Output.Told(event));
    }

    // What usages say

    private void tell(List<Requests.ToUsage> all, Instant now) {
        all.forEach(to -> tell(to.usage(), to.input(), now));
    }

    private void tell(long usage, Usage.Input input, Instant now) {
        usages.tell(usage, u -> u.handle(input, now),
                (number, u, said) -> said(number, u, said, now));
    }

    private void said(long number, Usage usage, List<Usage.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Usage.Output.Ask ask -> tell(requests.ask(number, ask, now), now);
            case Usage.Output.Ping(var flow) -> out.add(new Output.Ping(flow));
            case Usage.Output.Cancel(long ask, var why) ->
                    tell(requests.tell(ask, uac -> uac.cancel(why, now)), now);
            case Usage.Output.Acknowledge(long ask, var dialog, var answer) ->
                    tell(requests.tell(ask, uac -> uac.acknowledge(dialog, answer)), now);
            case Usage.Output.Respond(var id, var response) -> respond(id, response, now);
            case Usage.Output.Leave(var dialog) -> dialogs.leave(dialog, number);
            case Usage.Output.Pass(var command) -> asked(command, now);
            case Usage.Output.Told(var event) -> out.add(new Output.Told(event));
            case Usage.Output.Changed(var state) ->
                    out.add(new Output.Changed(name(number, usage), state));
        }
        if (!usage.terminated()) return;
        dialogs.leave(number);
        requests.forget(number);
    }

    /// For people: one that the peer began has a negative number, by which nobody calls it.
    private String name(long number, Usage usage) {
        return usage instanceof Registration ? usage.name()
                : number < 0 ? "incoming " + usage.name() + " " + -number
                : usage.name() + " " + number;
    }

    /// Answers a request, with all that this means for its dialog; nothing if it comes too late.
    private void respond(TransactionId id, Response said, Instant now) {
        recent.find(id).ifPresent(entry -> {
            var response = self.completed(said, entry.request(), entry.tag());
            out.add(new Output.Respond(id, response));
            if (response.provisional() || !entry.pending()) return;
            recent.answered(id, now);
            if (entry.verdict() instanceof Verdict.Lead(long usage, var in, boolean maker))
                in.ifPresent(dialog -> {
                    //= rfc3261#8.2-2 what is rejected changes nothing
                    //= rfc4916#4.4.2-4 after any other final response the URI is not updated
                    if (response.success()) accepted(entry, usage, dialog, maker);
                    else if (maker) dialogs.end(dialog);
                });
        });
    }

    private void accepted(Recent.Entry entry, long usage, Dialog dialog, boolean maker) {
        var request = entry.request();
        //= rfc4916#4.4.2-3 a 2xx to a From with another URI updates the remote URI
        if (!maker && self.all(Ability::options).contains(Renamed.OPTION)
                && dialog.calledThere(request.from()))
            out.add(new Output.Told(new Renamed(usage, request.from(), entry.flow())));
        if (request.is("BYE")) dialogs.leave(dialog, usage);
        else if (self.makesDialogs(request)) {
            //= rfc6141#4.6-3 its Contact is the remote target as soon as the 2xx is sent
            //= rfc6141#4.6-4 after an error response the remote target is not updated
            //= rfc3261#8.2-1 a request changes all that it does
            dialog.refresh(request);
            if (maker) dialogs.confirm(dialog);
        }
    }
}
