package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3262.Reliability;

/// The requests that usages have asked for, under way: what comes back goes to the `Uac` that it is
/// for, and what this makes of it to the usage.
final class Requests {
    /// As many may be under way; one more is answered by 503.
    static final int LIMIT = 40_000;

    /// Something that has happened to a usage.
    record ToUsage(long usage, Usage.Input input) {}

    /// The dialog that a request of the peer has made, and who has a part in it.
    record Made(long usage, Dialog dialog) {}

    /// What all that comes of a request has in common with it.
    private record Origin(String callId, String localTag) {
        static Origin of(Message message) {
            return new Origin(message.callId(), message.from().tag().orElse(""));
        }
    }

    private final Self self;
    private final Dialogs dialogs;
    private final Outbox<Output> out;
    private final Outbox<ToUsage> told = new Outbox<>();
    private final Machines<Long, Uac> uacs = new Machines<>(LIMIT);
    private final Owners<Long, Long> usages = new Owners<>();
    private final Owners<TransactionId, Long> clients = new Owners<>();
    private final Owners<Long, Long> lookUps = new Owners<>();
    private final Owners<Long, Origin> origins = new Owners<>();
    private final Map<Long, SequenceNumbers> sequences = new HashMap<>();

    Requests(Self self, Dialogs dialogs, Outbox<Output> out) {
        this.self = self;
        this.dialogs = dialogs;
        this.out = out;
    }

    Instant deadline() { return uacs.deadline(); }

    List<ToUsage> wake(Instant now) {
        uacs.wake(now, uac -> uac.wake(now), this::said);
        return told.take();
    }

    List<ToUsage> ask(long usage, Usage.Output.Ask ask, Instant now) {
        var dialog = ask.dialog();
        boolean bye = ask.request().is("BYE");
        if (uacs.full() || !bye && dialog.filter(d -> !dialogs.join(d, usage)).isPresent())
            return List.of(new ToUsage(usage, refused(ask)));
        //= rfc3261#15.1.1-2 after 481, 408 or no response to the BYE the dialog is over, too
        if (bye) dialog.ifPresent(d -> dialogs.leave(d, usage));
        dialog.ifPresent(in -> in.calledHere(ask.request().from()));
        usages.own(ask.ask(), usage);
        origins.own(ask.ask(), Origin.of(ask.request()));
        uacs.add(ask.ask(), new Uac(self, ask,
                sequences.computeIfAbsent(usage, _ -> new SequenceNumbers(0))));
        return tell(ask.ask(), uac -> uac.begin(now));
    }

    /// What is told to a usage when there is no room for what it asks.
    static Usage.Input refused(Usage.Output.Ask ask) {
        return new Usage.Input.Answered(ask.ask(), Reply.to(ask.request(), 503, ""), ask.dialog(),
                Optional.empty());
    }

    /// What has become of a request that was sent, or of a question where to send one.
    List<ToUsage> handle(Input.OfRequest input, Instant now) {
        Optional<Long> ask = switch (input) {
            case Input.Answered(var id, _, _) -> clients.owner(id);
            case Input.Stray(var response, _) -> accepted(response);
            //= rfc6141#5.3-2 an error after the final response, of an ACK, concerns nobody
            case Input.Failed(var id, _) -> clients.owner(id);
            case Input.Resolved(long id, _) -> lookUps.release(id);
        };
        return ask.map(of -> tell(of, uac -> uac.handle(input, now))).orElse(List.of());
    }

    /// Whose 2xx it is, that no transaction awaits.
    private Optional<Long> accepted(Response response) {
        return origins.owned(Origin.of(response)).stream().filter(ask ->
                uacs.get(ask).filter(uac -> uac.accepts(response)).isPresent()).findFirst();
    }

    List<ToUsage> tell(long ask, Function<Uac, List<Uac.Output>> what) {
        uacs.tell(ask, what, this::said);
        return told.take();
    }

    private void said(long ask, Uac uac, List<Uac.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Uac.Output.Do(var core) -> {
                owned(ask, core);
                out.add(core);
            }
            case Uac.Output.Tell(var answered) -> usages.owner(ask).ifPresent(usage -> {
                var response = answered.response();
                //= rfc3261#20.43-1 a warning is shown to the user, and no action is taken
                Warning.told(usage, response).map(Output.Told::new).forEach(out::add);
                //= rfc3261#22.1-12 the realm is shown of a challenge without a known credential
                Challenged.told(usage, response).map(Output.Told::new).forEach(out::add);
                answered.dialog().ifPresent(in -> settle(in, usage, uac, response));
                told.add(new ToUsage(usage, answered));
            });
        }
        if (uac.terminated()) over(ask, uac);
    }

    private void owned(long ask, Output output) {
        switch (output) {
            //  what becomes of a CANCEL is seen by what becomes of its INVITE
            case Output.Send(_, var request, _) when request.is("CANCEL") -> { }
            case Output.Send(var id, _, _) -> {
                clients.forget(ask);
                clients.own(id, ask);
            }
            case Output.Resolve(long id, _, _) -> lookUps.own(id, ask);
            case Output.Forget(var id) -> clients.release(id);
            case Output.SendAck _, Output.Pass _, Output.Reply _, Output.Respond _, Output.Told _,
                    Output.Ping _, Output.Changed _ -> { }
        }
    }

    private void over(long ask, Uac uac) {
        //= rfc3261#12.3¶1 a final response that is no 2xx ends the early dialogs
        uac.forks.early().forEach(dialogs::end);
        usages.release(ask);
        clients.forget(ask);
        lookUps.forget(ask);
        origins.release(ask);
    }

    /// What a response means for its dialog, and for those who share it.
    private void settle(Dialog dialog, long usage, Uac uac, Response response) {
        //= rfc6141#4.7-1 so does a reliable provisional response
        //= rfc6141#4.7-2 an unreliable provisional response does not
        //= rfc6141#4.9¶1 of an early dialog, too
        if (Reliability.reliable(response) && uac.request().is("INVITE")) dialog.refresh(response);
        if (uac.dialog().isEmpty()) {
            dialogs.made(dialog, response, usage);
            return;
        }
        boolean alone = !self.makesDialogs(uac.request());
        //= rfc3261#12.2-2 only the Contact of it counts: Record-Route changes no route set here
        if (response.success() && !alone) dialog.refresh(response);
        for (long hit : dialogs.failed(dialog, usage, alone, response.status()))
            told.add(new ToUsage(hit, new Usage.Input.DialogEnded(dialog, response.status())));
    }

    /// For whom a request of the peer is whose To tag is ours, and which makes a dialog, for it
    /// answers a request of ours: the oldest of those.
    ///
    /// @param takes whether a usage takes it
    Optional<Made> answering(Request request, String own, Predicate<Long> takes) {
        for (long ask : origins.owned(new Origin(request.callId(), own))) {
            var usage = usages.owner(ask).filter(takes);
            var made = usage.flatMap(_ -> uacs.get(ask)).flatMap(uac -> uac.notified(request));
            if (made.isEmpty()) continue;
            dialogs.join(made.get(), usage.get());
            return Optional.of(new Made(usage.get(), made.get()));
        }
        return Optional.empty();
    }

    /// A usage is over: what it has asked comes to its end without it.
    void forget(long usage) {
        usages.forget(usage);
        sequences.remove(usage);
    }
}
