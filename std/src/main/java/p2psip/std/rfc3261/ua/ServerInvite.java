package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.TransactionId;

/// One INVITE that a UAS has received, first of a call or a later one, until the ACK of its 2xx.
///
/// The transaction repeats a refusal by itself; a 2xx is repeated here, end to end.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.3 RFC 3261 §13.3
final class ServerInvite {
    /// A proxy forgets an INVITE that nobody has spoken of for three minutes.
    private static final Duration PROGRESS = Duration.ofMinutes(1);

    private enum Timer { PROGRESS, EXPIRES, REPEAT, GIVE_UP }

    private final CallState call;
    private final Self self;
    private final TransactionId transaction;
    private final Request request;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Response> last = Optional.empty();
    private Optional<Content> answer = Optional.empty();
    private Duration gap;

    ServerInvite(CallState call, Self self, TransactionId transaction, Request request,
            Instant now) {
        this.call = call;
        this.self = self;
        this.transaction = transaction;
        this.request = request;
        gap = self.times().t1();
        request.first("Expires").flatMap(Registration::seconds)
                .ifPresent(s -> timers.set(Timer.EXPIRES, now.plusSeconds(s)));
    }

    Request request() { return request; }

    Instant deadline() { return timers.deadline(); }

    /// Whether a final response is still owed.
    boolean pending() { return last.filter(r -> !r.provisional()).isEmpty(); }

    /// Whether a 2xx waits for its ACK.
    boolean unacknowledged() { return timers.isSet(Timer.GIVE_UP); }

    void progress(int status, Optional<Content> early, Instant now) {
        timers.set(Timer.PROGRESS, now.plus(PROGRESS));
        //= rfc3261#13.3.1.1-1 as often as the program likes
        //= rfc3261#13.2.1-9 but with no offer: a provisional response is not reliable
        //= rfc3261#21.1-1 it may contain a session description, which is the answer
        respond(Self.body(self.reply(request, status), said(early.filter(_ -> offered()))));
    }

    private boolean offered() { return !request.body().isEmpty(); }

    /// What a response says of the session.
    private Optional<Content> said(Optional<Content> content) {
        //= rfc3261#13.3.1-4 to an INVITE without an offer ours is in the first reliable response
        if (!offered()) return content;
        //= rfc3261#13.2.1-11 an answer that was in a provisional response is in the 2xx, the same
        //= rfc3261#13.2.1-15 and nothing else that would be another offer
        answer = answer.or(() -> content);
        return answer;
    }

    void accept(Optional<Content> content, Instant now) {
        timers.clear();
        gap = self.times().t1();
        //= rfc3261#13.3.1.4¶4 the 2xx is repeated at intervals that begin with T1
        timers.set(Timer.REPEAT, now.plus(gap));
        timers.set(Timer.GIVE_UP, now.plus(self.times().t1x64()));
        //= rfc3261#13.2.1-10 the answer is in the 2xx
        //= rfc3261#13.3.1.4-2 which must have an answer if the INVITE has an offer
        //= rfc3261#13.3.1.4-3 or our offer, if the INVITE had none
        respond(Self.body(self.reply(request, 200), said(content)));
    }

    void refuse(int status, List<Header> headers) {
        timers.clear();
        respond(self.reply(request, status).change(l -> l.addAll(headers)));
    }

    private void respond(Response response) {
        last = Optional.of(response);
        call.respond(transaction, response);
    }

    /// Whether this is the ACK that the 2xx waits for.
    boolean acknowledged(Request ack) {
        boolean mine = unacknowledged() && ack.cseq().number() == request.cseq().number();
        //= rfc3261#13.3.1.4¶4 the ACK ends the retransmissions
        if (mine) timers.clear();
        return mine;
    }

    /// Afterwards it may be neither pending nor unacknowledged any more.
    void wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case PROGRESS -> {
                if (!pending()) continue;
                timers.set(Timer.PROGRESS, now.plus(PROGRESS));
                //= rfc3261#13.3.1.1-3 a provisional response every minute, in case one was lost
                last.ifPresent(r -> call.respond(transaction, r));
            }
            //= rfc3261#13.3.1-1 the invitation expires before it is answered: 487
            case EXPIRES -> refuse(487, List.of());
            case REPEAT -> {
                gap = self.times().backOff(gap);
                timers.set(Timer.REPEAT, now.plus(gap));
                //= rfc3261#13.3.1.4¶4 and each interval is twice the last, up to T2
                last.ifPresent(r -> call.respond(transaction, r));
            }
            case GIVE_UP -> timers.clear();
        }
    }
}
