package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Usage.Input.Received;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3311.*;
import p2psip.std.rfc4028.SessionTimer;

/// How a call changes its session, or has it changed, without an INVITE: by UPDATE, and by an offer
/// in a PRACK. What an INVITE does slowly is done here at once, also before the call is taken.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3311#section-5 RFC 3311 §5
final class Updates {
    /// The peer waits for an answer as long as for that to any request: the program has less.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum Timer { GLARE, PATIENCE }

    /// An UPDATE of ours: with an offer that the program has made, or with nothing, as a refresh.
    ///
    /// @param timed whether the call was taken already, so that it counts for the session timer
    private record Ours(long ask, Dialog dialog, Request request, Optional<Content> offer,
            boolean timed) {}

    private final CallState call;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Ours> ours = Optional.empty();
    private Optional<Received> theirs = Optional.empty();
    private Optional<Content> wanted = Optional.empty();
    private boolean refreshing;

    Updates(CallState call) { this.call = call; }

    Instant deadline() { return timers.deadline(); }

    /// Whether an offer is under way, in either direction.
    boolean offering() {
        return theirs.isPresent() || ours.filter(each -> each.offer.isPresent()).isPresent();
    }

    // Ours

    /// This side wants to change the session as soon as it may.
    void update(Content offer) { wanted = Optional.of(offer); }

    /// This side wants the peer to know that the session goes on.
    void refresh() { refreshing = true; }

    /// Sends what is wanted, if it is our turn; an offer that cannot be sent so is given back.
    ///
    /// @param acknowledging whether a PRACK is awaited, for a description of ours, or under way: a
    ///                      request with a higher number that came before it would have it refused
    Optional<Content> sendIfWanted(boolean acknowledging) {
        var dialog = call.session();
        if (dialog.isEmpty() || ours.isPresent() || timers.isSet(Timer.GLARE))
            return Optional.empty();
        //= rfc3311#5.1¶9 the PRACK for the first answer has come, and all others are answered
        //= rfc3311#5.1¶10 that for the first offer, too
        if (wanted.isPresent() && dialog.get().exchange().mayOffer() && !acknowledging)
            return offer(dialog.get());
        if (refreshing) {
            refreshing = false;
            //= rfc4028#7.4-13 a refresh has no offer
            send(dialog.get(), Optional.empty());
        }
        return Optional.empty();
    }

    private Optional<Content> offer(Dialog dialog) {
        var offer = wanted;
        wanted = Optional.empty();
        //= rfc3311#4¶4 to whoever has said in Allow that UPDATE is supported
        if (!call.updates(dialog)) return offer;
        dialog.exchange().offered();
        send(dialog, call.local(offer));
        return Optional.empty();
    }

    private void send(Dialog dialog, Optional<Content> offer) {
        //= rfc3311#5.1-1 in early and in confirmed dialogs, by either side
        var request = Self.body(dialog.request(Update.METHOD), offer);
        boolean timed = call.timer().isPresent() && call.is(CallState.State.ESTABLISHED);
        if (timed) request = call.timer().get().asking(request);
        long ask = call.self().ask();
        ours = Optional.of(new Ours(ask, dialog, request, offer, timed));
        call.say(new Usage.Output.Ask(ask, request, dialog));
    }

    /// An UPDATE has its answer; false if it is none of ours.
    boolean answered(long ask, Response response, Instant now) {
        var update = ours.filter(each -> each.ask == ask && !response.provisional());
        if (update.isEmpty()) return false;
        ours = Optional.empty();
        if (response.success()) accepted(update.get(), response, now);
        else refused(update.get(), response, now);
        return true;
    }

    private void accepted(Ours update, Response response, Instant now) {
        if (update.timed) call.timer().ifPresent(timer -> timer.handle(
                new SessionTimer.Input.Accepted(update.request, response), now));
        if (update.offer.isEmpty()) return;
        update.dialog.exchange().answered();
        call.tell(new Call.Event.Changed(call.number(), Content.of(response)));
    }

    private void refused(Ours update, Response response, Instant now) {
        //= rfc3311#5.3-1 refused: the session is as it was
        if (update.offer.isPresent()) {
            update.dialog.exchange().failed();
            call.revert();
        }
        if (call.is(CallState.State.ENDED)) return;
        boolean again = switch (response.status()) {
            case 491 -> {
                //= rfc3311#5.3-2 a 491 means to wait
                timers.set(Timer.GLARE, now.plus(call.pause()));
                yield true;
            }
            case 422 -> call.timer().filter(timer -> timer.mayRetry(response)).isPresent();
            default -> false;
        };
        if (again) {
            //= rfc3311#5.3-3 and then to try once more
            wanted = wanted.or(update::offer);
            refreshing |= update.offer.isEmpty();
        } else if (update.offer.isPresent()) call.tell(new Call.Event.NotChanged(
                call.number(), response.status(), response.reason()));
        else call.timer().ifPresent(timer -> timer.handle(
                new SessionTimer.Input.Failed(response.status()), now));
    }

    // Theirs

    void received(Received update, Dialog dialog, Instant now) {
        var request = update.request();
        if (theirs.filter(last -> last.request().is(Update.METHOD)).isPresent())
            //= rfc3311#5.2-1 the last one is not answered yet: 500, and a random while to wait
            call.respondLater(update.transaction(), request);
        else call.tooShort(request).ifPresentOrElse(
                refusal -> call.respond(update.transaction(), refusal), () -> {
                    if (Content.of(request).isPresent()) offered(update, dialog, now);
                    else accept(update, Optional.empty(), now);
                });
    }

    /// An offer in an UPDATE, or in a PRACK.
    void offered(Received offer, Dialog dialog, Instant now) {
        var refusal = dialog.exchange().refusal();
        if (refusal.isEmpty()) {
            dialog.exchange().asked();
            theirs = Optional.of(offer);
            timers.set(Timer.PATIENCE, now.plus(PATIENCE));
            //= rfc3311#5.2-4 what has changed by it the program sees, as with a re-INVITE
            call.tell(new Call.Event.ChangeOffered(
                    call.number(), Content.of(offer.request())));
        } else if (refusal.getAsInt() == 500)
            //= rfc3311#5.2-3 an offer is not answered yet that came before: 500
            call.respondLater(offer.transaction(), offer.request());
        else call.respond(offer.transaction(),
                //= rfc3311#5.2-2 ours is not answered yet: 491
                call.self().reply(offer.request(), refusal.getAsInt()));
    }

    /// Answers the offer of the peer; false if there is none here.
    boolean answer(Optional<Content> content, Instant now) {
        if (theirs.isEmpty()) return false;
        exchange().answered();
        //= rfc3311#5.2-5 the answer is in the 2xx
        //= rfc3262#5-5 to a PRACK as to an UPDATE
        accept(theirs.get(), call.local(content), now);
        done();
        return true;
    }

    private Exchange exchange() {
        return theirs.flatMap(Received::dialog).orElseThrow().exchange();
    }

    private void accept(Received request, Optional<Content> content, Instant now) {
        var ok = Self.body(call.self().reply(request.request(), 200), content);
        if (request.request().is(Reliability.METHOD)) call.respond(request.transaction(), ok);
        else call.accept(request.transaction(), ok, request.request(), now);
    }

    /// Refuses the offer of the peer; false if there is none here.
    boolean refuse(int status, Optional<Warning> warning) {
        if (theirs.isEmpty()) return false;
        exchange().failed();
        call.respond(theirs.get().transaction(),
                call.self().reply(theirs.get().request(), status).change(headers ->
                        //= rfc3311#5.2-8 with a Warning, if the program has one
                        headers.addAll(call.self().warning(warning))));
        done();
        return true;
    }

    private void done() {
        theirs = Optional.empty();
        timers.stop(Timer.PATIENCE);
    }

    /// The call is over: what is still owed an answer gets it.
    void giveUp() { refuse(487, Optional.empty()); }

    void wake(Instant now) {
        if (timers.fired(now).contains(Timer.PATIENCE))
            //= rfc3311#5.2-6 it is answered promptly, or not at all
            //= rfc3311#5.2-7 who would have to ask his user first refuses it with 504
            refuse(504, Optional.empty());
    }
}
