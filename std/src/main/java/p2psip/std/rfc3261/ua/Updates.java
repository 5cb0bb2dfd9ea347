package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Usage.Input.Received;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3311.Exchange;

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

    /// Whether an offer of the peer waits for an answer.
    boolean asked() { return theirs.isPresent(); }

    /// Whether an offer is under way, in either direction.
    boolean offering() { return asked() || ours.flatMap(Ours::offer).isPresent(); }

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
        var dialog = call.session().filter(_ -> ours.isEmpty() && !timers.isSet(Timer.GLARE));
        if (dialog.isEmpty()) return Optional.empty();
        //= rfc3311#5.1¶9 the PRACK for the first answer has come, and all others are answered
        //= rfc3311#5.1¶10 that for the first offer, too
        if (wanted.isPresent() && dialog.get().exchange.mayOffer() && !acknowledging) {
            var offer = wanted;
            wanted = Optional.empty();
            //= rfc3311#4¶4 to whoever has said in Allow that UPDATE is supported
            if (!call.updates(dialog.get())) return offer;
            dialog.get().exchange.offered();
            send(dialog.get(), call.local(offer));
        } else if (refreshing) {
            refreshing = false;
            //= rfc4028#7.4-13 a refresh has no offer
            send(dialog.get(), Optional.empty());
        }
        return Optional.empty();
    }

    private void send(Dialog dialog, Optional<Content> offer) {
        //= rfc3311#5.1-1 in early and in confirmed dialogs, by either side
        var request = Self.body(dialog.request(Exchange.UPDATE), offer);
        boolean timed = call.is(CallState.State.ESTABLISHED);
        if (timed) request = call.timer.asking(request);
        long ask = call.self.ask();
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
        if (update.timed) call.timer.accepted(update.request, response, now);
        if (update.offer.isEmpty()) return;
        update.dialog.exchange.answered();
        call.changed(response);
    }

    private void refused(Ours update, Response response, Instant now) {
        //= rfc3311#5.3-1 refused: the session is as it was
        if (update.offer.isPresent()) {
            update.dialog.exchange.failed();
            call.revert();
        }
        if (call.is(CallState.State.ENDED)) return;
        //= rfc3311#5.3-2 a 491 means to wait
        boolean glare = response.status() == 491;
        if (glare) timers.set(Timer.GLARE, now.plus(call.pause()));
        if (glare || call.timer.mayRetry(response)) {
            //= rfc3311#5.3-3 and then to try once more
            wanted = wanted.or(update::offer);
            refreshing |= update.offer.isEmpty();
        } else if (update.offer.isPresent()) call.notChanged(response.status(), response.reason());
        else call.timer.failed(response.status(), now);
    }

    // Theirs

    void received(Received update, Dialog dialog, Instant now) {
        if (theirs.filter(last -> last.request().is(Exchange.UPDATE)).isPresent())
            //= rfc3311#5.2-1 the last one is not answered yet: 500, and a random while to wait
            call.respondLater(update);
        else if (!call.tooShort(update)) {
            if (Content.of(update.request()).isPresent()) offered(update, dialog, now);
            else accept(update, Optional.empty(), now);
        }
    }

    /// An offer in an UPDATE, or in a PRACK.
    void offered(Received offer, Dialog dialog, Instant now) {
        switch (dialog.exchange.state()) {
            //= rfc3311#5.2-2 ours is not answered yet: 491
            case OFFERED -> call.respond(offer, 491);
            //= rfc3311#5.2-3 an offer is not answered yet that came before: 500
            case ASKED, NONE -> call.respondLater(offer);
            case AGREED -> {
                dialog.exchange.asked();
                theirs = Optional.of(offer);
                timers.set(Timer.PATIENCE, now.plus(PATIENCE));
                //= rfc3311#5.2-4 what has changed by it the program sees, as with a re-INVITE
                call.changeOffered(offer.request());
            }
        }
    }

    /// Answers the offer of the peer.
    void answer(Optional<Content> content, Instant now) {
        var offer = taken();
        offer.dialog().orElseThrow().exchange.answered();
        //= rfc3311#5.2-5 the answer is in the 2xx
        //= rfc3262#5-5 to a PRACK as to an UPDATE
        accept(offer, call.local(content), now);
    }

    private void accept(Received received, Optional<Content> content, Instant now) {
        var request = received.request();
        if (!request.is(Reliability.METHOD)) call.accept(received, content, now);
        else call.respond(received, Self.body(call.self.reply(request, 200), content));
    }

    /// Refuses the offer of the peer.
    void refuse(int status, Optional<Warning> warning) {
        var offer = taken();
        offer.dialog().orElseThrow().exchange.failed();
        call.respond(offer, call.self.reply(offer.request(), status).change(
                //= rfc3311#5.2-8 with a Warning, if the program has one
                headers -> headers.addAll(call.self.warning(warning))));
    }

    /// The offer of the peer, which waits no more.
    private Received taken() {
        var offer = theirs.orElseThrow();
        theirs = Optional.empty();
        timers.stop(Timer.PATIENCE);
        return offer;
    }

    /// The call is over: what is still owed an answer gets it.
    void giveUp() { if (asked()) refuse(487, Optional.empty()); }

    void wake(Instant now) {
        if (timers.fired(now).contains(Timer.PATIENCE))
            //= rfc3311#5.2-6 it is answered promptly, or not at all
            //= rfc3311#5.2-7 who would have to ask his user first refuses it with 504
            refuse(504, Optional.empty());
    }
}
