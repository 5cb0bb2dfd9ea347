package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Call.Event.*;
import p2psip.std.rfc3261.ua.CallState.State;
import p2psip.std.rfc3261.ua.Usage.Input.Received;
import p2psip.std.rfc3262.*;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc3326.Reason;

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

    /// The same where nothing that is said is lost.
    private static final Duration RELIABLE_PROGRESS = Duration.ofSeconds(150);

    private enum Timer { PROGRESS, EXPIRES, REPEAT, GIVE_UP }

    private final CallState call;
    private final Optional<Extension.Place> place;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Received> invite = Optional.empty();
    private Optional<Response> last = Optional.empty();
    private Optional<Content> answer = Optional.empty();
    private ReliableResponses reliable;
    private Optional<Call.Command.Answer> accepting = Optional.empty();
    /// Whether provisional responses may be reliable, and whether they are from now on.
    private boolean possible, relying;
    /// Whether offer and answer of the INVITE were exchanged by them.
    private boolean settled;
    private int agreements;
    private Duration gap = Duration.ZERO;

    /// @param place of a call that is more than one: it takes that of another, say
    Callee(CallState call, Optional<Extension.Place> place) {
        this.call = call;
        this.place = place;
        reliable = new ReliableResponses(call.self.random());
    }

    /// Whether an INVITE waits for its final response, or its 2xx for the ACK.
    boolean busy() { return invite.isPresent(); }

    /// Whether a final response is still owed.
    private boolean pending() {
        return invite.isPresent() && last.filter(Response::success).isEmpty();
    }

    /// Whether a reliable response with a session description is not acknowledged yet.
    boolean describing() { return reliable.describing(); }

    Instant deadline() { return Timers.earliest(reliable.deadline(), timers.deadline()); }

    /// The INVITE that begins the call.
    void invited(Received received, Dialog dialog, Instant now) {
        var request = received.request();
        if (refused(received)) {
            call.enter(State.ENDED);
            return;
        }
        call.enter(State.INVITED);
        //= rfc3261#12.1.1-6 the state of the dialog is kept as long as the call
        call.dialog = Optional.of(dialog);
        begin(received, now);
        //= rfc3261#26.4.4-1 the To field is inspected: does it contain a SIPS URI?
        //= rfc3261#26.4.4-3 where the scheme of the Request-URI was modified the user is notified
        if (request.to().uri().secure() && !RouteSet.secure(request.uri()))
            call.tell(new Warning.Told(call.number,
                    "this call was for a secure address, and has not come by a secure way"));
        place.map(Extension.Place::event).ifPresent(call::tell);
        request.first("Subject").ifPresent(about -> call.tell(new Call.About(call.number, about)));
        call.tell(new Incoming(call.number, request.from(), request.to(), Content.of(request)));
    }

    /// Says once more how far it is: whoever cannot be told of it is there no longer.
    void remind() { if (pending()) repeat(); }

    /// Whether the caller is turned away before anybody hears of it.
    private boolean refused(Received received) {
        var request = received.request();
        if (call.rules.reliability() != Reliability.REQUIRED || Reliability.possible(request))
            return call.tooShort(received);
        //= rfc3261#21.4.16-1 with Require, which lists the required extension
        //= rfc3261#8.2.4-3,4 a 421 where the request cannot be processed without the extension
        call.respond(received, call.self.reply(request, 421).with("Require", Reliability.OPTION));
        return true;
    }

    /// @param calling whether an INVITE of ours is in progress
    void reInvited(Received received, boolean calling, Instant now) {
        if (pending() || !calling && exchange().is(Exchange.State.ASKED))
            //= rfc3261#14.2-1 a second INVITE before the first is answered: 500, and a random delay
            call.respondLater(received);
        else if (calling || call.is(State.ACCEPTED) || exchange().is(Exchange.State.OFFERED))
            //= rfc3261#14.2-2 an INVITE while ours is in progress: 491
            call.respond(received, 491);
        else if (!call.tooShort(received)) {
            //= rfc6141#5.4-1 the ACK to the last one may never come: this is in its place
            done();
            begin(received, now);
            call.changeOffered(received.request());
        }
    }

    private void begin(Received received, Instant now) {
        invite = Optional.of(received);
        settled = relying = false;
        agreements = exchange().agreements();
        if (offered()) exchange().asked();
        //= rfc3262#3-5 reliable responses go to whoever supports them, and to nobody else
        //= rfc3261#8.2.4-1,7 no extension is applied that is not in Supported
        //= rfc3261#8.2.4-2 without it the server relies on baseline SIP
        possible = call.rules.acknowledges() && Reliability.possible(request());
        reliable = new ReliableResponses(call.self.random());
        received.request().first("Expires").flatMap(Grammar::seconds)
                .ifPresent(lasting -> timers.set(Timer.EXPIRES, now.plus(lasting)));
    }

    private Request request() { return invite.orElseThrow().request(); }

    private Exchange exchange() { return call.dialog.orElseThrow().exchange; }

    private boolean offered() { return !request().body().isEmpty(); }

    // Provisional responses

    void ring(Optional<Content> early, Instant now) {
        //= rfc3261#14.2-7 a re-INVITE gets no 180: nothing rings
        if (!call.is(State.INVITED) || accepting.isPresent()) return;
        //= rfc3262#3-1 a description is sent reliably where that is Supported, ringing not
        relying |= possible && (early.isPresent() || Reliability.required(request())
                || call.rules.reliability() == Reliability.REQUIRED);
        //= rfc3262#5-2 the first reliable response has an offer, if there was none yet
        boolean offers = offered() || early.isPresent() || !exchange().is(Exchange.State.NONE);
        if (relying && offers) ringReliably(early, now);
        //= rfc3262#3-2 who requires reliable responses gets no others
        //= rfc3262#8.1-1 all provisional responses are reliable if the tag is in Require
        else if (!Reliability.required(request())) {
            timers.set(Timer.PROGRESS, now.plus(PROGRESS));
            //= rfc3261#13.3.1.1-1 as often as the program likes
            //= rfc3261#13.2.1-9 but with no offer: a provisional response is not reliable
            //= rfc3261#21.1-1 it may contain a session description, which is the answer
            respond(Self.body(ringing(), said(early.filter(_ -> offered()))));
        }
    }

    private Response ringing() { return call.self.reply(request(), 180); }

    private void ringReliably(Optional<Content> early, Instant now) {
        //= rfc3262#3-8 the INVITE is kept alive by one every two and a half minutes
        timers.set(Timer.PROGRESS, now.plus(RELIABLE_PROGRESS));
        //= rfc3262#3-14 it may have a body
        var content = early.filter(_ -> !settled);
        if (content.isPresent()) {
            settled = true;
            //= rfc3262#5-1 the answer to the offer of the INVITE
            //= rfc3262#5-2 or an offer, if the INVITE had none
            exchange().said();
        }
        reliable.send(Self.body(ringing(), call.local(content)), now).forEach(this::respond);
    }

    /// A PRACK of the peer: answers it, if it makes no offer, and says whether it makes one.
    boolean acknowledges(Received prack, Instant now) {
        boolean describes = Content.of(prack.request()).isPresent();
        boolean answers = describing() && exchange().is(Exchange.State.OFFERED);
        var ack = prack.request().first("RAck").flatMap(SyntaxException.forgiving(RAck::parse));
        //= rfc3262#3-15 nothing here is to be acknowledged: 481
        int status = !possible ? 481 : ack.isEmpty() || answers && !describes ? 400
                : reliable.awaits(ack.get()) ? 200 : 481;
        boolean offers = status == 200 && describes && !answers;
        if (!offers) call.respond(prack, status);
        if (status != 200) return false;
        if (answers) {
            exchange().answered();
            call.changed(prack.request());
        }
        reliable.acknowledged(now).forEach(this::respond);
        return offers;
    }

    /// What a response says of the session that may be lost.
    private Optional<Content> said(Optional<Content> content) {
        //= rfc3261#13.3.1-4 to an INVITE without an offer ours is in the first reliable response
        if (!offered()) return content;
        //= rfc3261#13.2.1-11,15 the 2xx has the answer of the provisional response, no other offer
        answer = answer.or(() -> content);
        return answer;
    }

    // Final responses

    void accept(Call.Command.Answer command) {
        if (pending() && accepting.isEmpty()) accepting = Optional.of(command);
    }

    /// Takes the INVITE, if the program does, as soon as nothing is in the way.
    ///
    /// @param updating whether an offer is under way in another request
    void acceptIfWanted(boolean updating, Instant now) {
        //= rfc3262#3-25 not before a reliable response with a description is acknowledged
        //= rfc3262#5-7 for which the 2xx is delayed
        //= rfc3262#3-24 a final response does not wait for other PRACKs
        if (accepting.isEmpty() || describing() || updating) return;
        var content = accepting.get().content();
        accepting = Optional.empty();
        accept(content, now);
    }

    private void accept(Optional<Content> content, Instant now) {
        boolean begins = call.is(State.INVITED);
        if (begins) call.enter(State.ACCEPTED);
        timers.clear();
        gap = TimerValues.T1;
        //= rfc3261#13.3.1.4¶4 the 2xx is repeated at intervals that begin with T1
        timers.set(Timer.REPEAT, now.plus(gap));
        timers.set(Timer.GIVE_UP, now.plus(TimerValues.T1_X64));
        reliable.finish();
        var description = settled ? Optional.<Content>empty() : said(content);
        if (exchange().is(Exchange.State.ASKED) || description.isPresent()) exchange().said();
        //= rfc3261#13.2.1-10 the answer is in the 2xx
        //= rfc3261#13.3.1.4-2,3 an answer if the INVITE has an offer, else our offer
        last = Optional.of(call.accept(invite.orElseThrow(), call.local(description), now));
        //  the call that it replaces ends by BYE or CANCEL, whichever that asks for
        if (begins) place.stream().flatMapToLong(old -> old.ends().stream())
                .mapToObj(Call.Command.HangUp::new).map(Usage.Output.Pass::new).forEach(call::say);
    }

    private void respond(Response response) {
        last = Optional.of(response);
        repeat();
    }

    private void repeat() {
        last.ifPresent(response -> call.respond(invite.orElseThrow(), response));
    }

    void refuse(int status, String reason, Optional<Warning> warning) {
        //= rfc3261#13.3.1.3-4 why an offer was refused
        //= rfc3261#14.2-5 the Warning of a re-INVITE too
        refuse(status, reason, call.self.warning(warning));
    }

    /// Sends whoever calls elsewhere; who is in the call already cannot be.
    void redirect(List<Address> contacts) {
        if (!call.is(State.INVITED)) return;
        //= rfc3261#13.3.1.2-1 302, with the new addresses in Contact
        refuse(302, "", contacts.stream().map(c -> new Header("Contact", c.toString())).toList());
    }

    private void refuse(int status, String reason, List<Header> headers) {
        if (!pending() || keepsChanges()) return;
        //= rfc3261#21.4.18-2 and by the reason phrase more precisely why
        //= rfc3261#21.4.18-3 which is settable by the program of the UA
        var phrase = reason.isEmpty() ? Status.reason(status) : reason;
        //= rfc3261#21.4.18-4 the program says which: a 486 is more precise than a 480
        turnAway(Reply.to(request(), status, phrase, "").change(list -> list.addAll(headers)));
        if (call.is(State.INVITED)) call.end(status);
    }

    /// Whether a re-INVITE cannot be refused any more, for the session has changed since it came;
    /// then it is taken, with the session as it is.
    private boolean keepsChanges() {
        if (call.is(State.INVITED) || exchange().agreements() == agreements) return false;
        //= rfc6141#3.3-1 what was executed is not undone: 2xx
        accept(new Call.Command.Answer(call.number, call.local));
        return true;
    }

    void acknowledged(Request ack) {
        if (!busy() || pending() || ack.cseq().number() != request().cseq().number()) return;
        var answer = Content.of(ack).filter(_ -> !offered() && !settled);
        if (exchange().is(Exchange.State.OFFERED) && !offered()) exchange().answered();
        //= rfc3261#13.3.1.4¶4 the ACK ends the retransmissions
        done();
        if (call.is(State.ACCEPTED)) call.enter(State.ESTABLISHED);
        call.tell(new Confirmed(call.number, answer));
    }

    /// By a CANCEL, which the user agent has answered.
    void cancelled(String why) {
        if (!pending() || keepsChanges()) return;
        //= rfc3261#9.2-2 the INVITE is answered with 487 at once
        giveUp();
        if (call.is(State.INVITED)) call.end(487, why);
        else call.notChanged(487, Status.reason(487));
    }

    /// Answers what is still owed an answer, and says no more of it: the call is about to end.
    void giveUp() { if (pending()) turnAway(call.self.reply(request(), 487)); }

    private void turnAway(Response refusal) {
        respond(refusal);
        if (offered()) exchange().failed();
        done();
    }

    /// Nothing is owed, or repeated, any more.
    void done() {
        reliable.finish();
        timers.clear();
        invite = Optional.empty();
        last = Optional.empty();
        answer = Optional.empty();
        accepting = Optional.empty();
    }

    void wake(Instant now) {
        reliable.wake(now).forEach(this::respond);
        //= rfc3262#3-18 never acknowledged: the INVITE is refused with a 5xx
        if (reliable.gaveUp()) refuse(504, "", List.of());
        for (var timer : timers.fired(now)) switch (timer) {
            case PROGRESS -> {
                //= rfc3262#3-9 whoever takes reliable responses gets them, if it lasts
                relying |= possible;
                if (relying) ring(Optional.empty(), now);
                else {
                    timers.set(Timer.PROGRESS, now.plus(PROGRESS));
                    //= rfc3261#13.3.1.1-3 a provisional response every minute, in case one was lost
                    repeat();
                }
            }
            //= rfc3261#13.3.1-1 the invitation expires before it is answered: 487
            case EXPIRES -> cancelled(Status.reason(487));
            case REPEAT -> {
                gap = TimerValues.backOff(gap);
                timers.set(Timer.REPEAT, now.plus(gap));
                //= rfc3261#13.3.1.4¶4 and each interval is twice the last, up to T2
                repeat();
            }
            case GIVE_UP -> {
                //= rfc3261#13.3.1.4-4 no ACK in 64*T1: the session ends, with a BYE
                //= rfc3261#14.2-6 and so for the 2xx of a re-INVITE
                call.dialog.ifPresent(in -> call.bye(in, Optional.of(Reason.sip(408, "No ACK"))));
                call.end(408, "No ACK");
            }
        }
    }
}
