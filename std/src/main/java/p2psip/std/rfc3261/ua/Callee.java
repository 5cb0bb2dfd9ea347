package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.CallState.State;
import p2psip.std.rfc3261.ua.Usage.Input.Received;

/// The INVITEs that a call receives, one at a time: the one that begins it, and those by which it
/// is changed.
///
/// The transaction repeats a refusal by itself; a 2xx is repeated here, end to end.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.3 RFC 3261 §13.3
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.2 RFC 3261 §14.2
final class Callee {
    /// A proxy forgets an INVITE that nobody has spoken of for three minutes.
    private static final Duration PROGRESS = Duration.ofMinutes(1);

    private enum Timer { PROGRESS, EXPIRES, REPEAT, GIVE_UP }

    private final CallState call;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Received> invite = Optional.empty();
    private Optional<Response> last = Optional.empty();
    private Optional<Content> answer = Optional.empty();
    private Duration gap = Duration.ZERO;

    Callee(CallState call) { this.call = call; }

    /// Whether an INVITE waits for its final response, or its 2xx for the ACK.
    boolean busy() { return invite.isPresent(); }

    /// Whether a final response is still owed.
    private boolean pending() {
        return invite.isPresent() && last.filter(Response::success).isEmpty();
    }

    Instant deadline() { return timers.deadline(); }

    /// The INVITE that begins the call.
    void invited(Received received, Dialog dialog, Instant now) {
        call.enter(State.INVITED);
        begin(received, now);
        //= rfc3261#12.1.1-6 the state of the dialog is kept as long as the call
        call.dialog(dialog);
        var request = received.request();
        call.place().ifPresent(place -> call.say(new Usage.Output.Told(place.event())));
        call.tell(new Call.Event.Incoming(
                call.number(), request.from(), request.to(), Content.of(request)));
    }

    /// @param calling whether an INVITE of ours is in progress
    void reInvited(Received received, boolean calling, Instant now) {
        var request = received.request();
        if (pending())
            //= rfc3261#14.2-1 a second INVITE before the first is answered: 500, and a random delay
            //= rfc3261#21.5.1-2 the condition is temporary: Retry-After says when to try again
            call.respond(received.transaction(), call.self().reply(request, 500)
                    .with("Retry-After", "" + call.self().random().nextInt(0, 11)));
        else if (calling || busy())
            //= rfc3261#14.2-2 an INVITE while ours is in progress: 491
            call.respond(received.transaction(), call.self().reply(request, 491));
        else {
            begin(received, now);
            call.tell(new Call.Event.ChangeOffered(call.number(), Content.of(request)));
        }
    }

    private void begin(Received received, Instant now) {
        invite = Optional.of(received);
        received.request().first("Expires").flatMap(Registration::seconds)
                .ifPresent(s -> timers.set(Timer.EXPIRES, now.plusSeconds(s)));
    }

    private Request request() { return invite.orElseThrow().request(); }

    private boolean offered() { return !request().body().isEmpty(); }

    void ring(Optional<Content> early, Instant now) {
        //= rfc3261#14.2-7 a re-INVITE gets no 180: nothing rings
        if (!call.is(State.INVITED)) return;
        timers.set(Timer.PROGRESS, now.plus(PROGRESS));
        //= rfc3261#13.3.1.1-1 as often as the program likes
        //= rfc3261#13.2.1-9 but with no offer: a provisional response is not reliable
        //= rfc3261#21.1-1 it may contain a session description, which is the answer
        respond(Self.body(call.self().reply(request(), 180), said(early.filter(_ -> offered()))));
    }

    /// What a response says of the session.
    private Optional<Content> said(Optional<Content> content) {
        //= rfc3261#13.3.1-4 to an INVITE without an offer ours is in the first reliable response
        if (!offered()) return content;
        //= rfc3261#13.2.1-11,15 the 2xx has the answer of the provisional response, no other offer
        answer = answer.or(() -> content);
        return answer;
    }

    void accept(Optional<Content> content, Instant now) {
        if (!pending()) return;
        boolean begins = call.is(State.INVITED);
        if (begins) call.enter(State.ACCEPTED);
        timers.clear();
        gap = call.self().times().t1();
        //= rfc3261#13.3.1.4¶4 the 2xx is repeated at intervals that begin with T1
        timers.set(Timer.REPEAT, now.plus(gap));
        timers.set(Timer.GIVE_UP, now.plus(call.self().times().t1x64()));
        //= rfc3261#13.2.1-10 the answer is in the 2xx
        //= rfc3261#13.3.1.4-2,3 an answer if the INVITE has an offer, else our offer
        respond(Self.body(call.self().reply(request(), 200), said(content)));
        //  the call that it replaces ends by BYE or CANCEL, whichever that asks for
        if (begins) call.place().ifPresent(place -> call.say(
                new Usage.Output.Pass(new Call.Command.HangUp(place.call()))));
    }

    private void respond(Response response) {
        last = Optional.of(response);
        repeat();
    }

    private void repeat() {
        last.ifPresent(response -> call.respond(invite.orElseThrow().transaction(), response));
    }

    void refuse(int status, Optional<Warning> warning) {
        var host = call.self().profile().contact().host();
        //= rfc3261#13.3.1.3-4 why an offer was refused
        //= rfc3261#14.2-5 the Warning of a re-INVITE too
        refuse(status, warning.map(w -> new Header("Warning", w.value(host))).stream().toList());
    }

    /// Sends whoever calls elsewhere; who is in the call already cannot be.
    void redirect(List<Address> contacts) {
        if (!call.is(State.INVITED)) return;
        //= rfc3261#13.3.1.2-1 302, with the new addresses in Contact
        refuse(302, contacts.stream().map(c -> new Header("Contact", c.toString())).toList());
    }

    private void refuse(int status, List<Header> headers) {
        if (!pending()) return;
        //= rfc3261#21.4.18-4 the program says which: a 486 is more precise than a 480
        respond(call.self().reply(request(), status).change(list -> list.addAll(headers)));
        done();
        if (call.is(State.INVITED)) call.end(status, Status.reason(status));
    }

    void acknowledged(Request ack) {
        if (!busy() || pending() || ack.cseq().number() != request().cseq().number()) return;
        var answer = Content.of(ack).filter(_ -> !offered());
        //= rfc3261#13.3.1.4¶4 the ACK ends the retransmissions
        done();
        if (call.is(State.ACCEPTED)) call.enter(State.ESTABLISHED);
        call.tell(new Call.Event.Confirmed(call.number(), answer));
    }

    /// By a CANCEL, which the user agent has answered.
    void cancelled() {
        if (!pending()) return;
        //= rfc3261#9.2-2 the INVITE is answered with 487 at once
        giveUp();
        if (call.is(State.INVITED)) call.end(487, Status.reason(487));
        else call.tell(new Call.Event.NotChanged(call.number(), 487, Status.reason(487)));
    }

    /// Answers what is still owed an answer, and says no more of it: the call is about to end.
    void giveUp() {
        if (!pending()) return;
        respond(call.self().reply(request(), 487));
        done();
    }

    /// Nothing is owed, or repeated, any more.
    void done() {
        timers.clear();
        invite = Optional.empty();
        last = Optional.empty();
        answer = Optional.empty();
    }

    void wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case PROGRESS -> {
                timers.set(Timer.PROGRESS, now.plus(PROGRESS));
                //= rfc3261#13.3.1.1-3 a provisional response every minute, in case one was lost
                repeat();
            }
            //= rfc3261#13.3.1-1 the invitation expires before it is answered: 487
            case EXPIRES -> cancelled();
            case REPEAT -> {
                gap = call.self().times().backOff(gap);
                timers.set(Timer.REPEAT, now.plus(gap));
                //= rfc3261#13.3.1.4¶4 and each interval is twice the last, up to T2
                repeat();
            }
            case GIVE_UP -> {
                //= rfc3261#13.3.1.4-4 no ACK in 64*T1: the session ends, with a BYE
                //= rfc3261#14.2-6 and so for the 2xx of a re-INVITE
                call.dialog().ifPresent(call::bye);
                call.end(408, "No ACK");
            }
        }
    }
}
