package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// One INVITE that a UAS has received, first of a call or a later one, until the ACK of its 2xx.
///
/// The transaction repeats a refusal by itself; a 2xx is repeated here, end to end.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.3 RFC 3261 §13.3
final class ServerInvite {
    /// A proxy forgets an INVITE that nobody has spoken of for three minutes.
    private static final Duration PROGRESS = Duration.ofMinutes(1);

    /// What the passing of time can mean.
    enum Fired { NOTHING, EXPIRED, NOT_ACKNOWLEDGED }

    private enum Timer { PROGRESS, EXPIRES, REPEAT, GIVE_UP }

    private final Self local;
    private final TransactionId transaction;
    private final Request request;
    private final String tag;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Response> last = Optional.empty();
    private Optional<Content> answer = Optional.empty();
    private Duration gap = Self.TIMES.t1();

    /// @param tag the local tag of the dialog
    ServerInvite(Self local, TransactionId transaction, Request request, String tag, Instant now) {
        this.local = local;
        this.transaction = transaction;
        this.request = request;
        this.tag = tag;
        request.first("Expires").flatMap(Registration::seconds)
                .ifPresent(s -> timers.set(Timer.EXPIRES, now.plusSeconds(s)));
    }

    Request request() { return request; }

    Instant deadline() { return timers.deadline(); }

    /// Whether a final response is still owed.
    boolean pending() { return last.filter(r -> !r.provisional()).isEmpty(); }

    /// Whether a 2xx waits for its ACK.
    boolean unacknowledged() { return timers.isSet(Timer.GIVE_UP); }

    List<Output> progress(int status, Optional<Content> early, Instant now) {
        timers.set(Timer.PROGRESS, now.plus(PROGRESS));
        //= rfc3261#13.3.1.1-1 as often as the program likes
        //= rfc3261#13.2.1-9 but with no offer: a provisional response is not reliable
        //= rfc3261#21.1-1 it may contain a session description, which is the answer
        return respond(Self.body(establishing(status), said(early.filter(_ -> offered()))));
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

    List<Output> accept(Optional<Content> content, Instant now) {
        timers.clear();
        gap = Self.TIMES.t1();
        //= rfc3261#13.3.1.4¶4 the 2xx is repeated at intervals that begin with T1
        timers.set(Timer.REPEAT, now.plus(gap));
        timers.set(Timer.GIVE_UP, now.plus(Self.TIMES.t1x64()));
        //= rfc3261#13.2.1-10 the answer is in the 2xx
        //= rfc3261#13.3.1.4-2 which must have an answer if the INVITE has an offer
        //= rfc3261#13.3.1.4-3 or our offer, if the INVITE had none
        return respond(Self.body(establishing(200), said(content)));
    }

    List<Output> refuse(int status, String reason, List<Header> headers) {
        timers.clear();
        return respond(Reply.to(request, status, reason, tag).change(l -> l.addAll(headers)));
    }

    List<Output> refuse(int status) {
        return refuse(status, Status.reason(status), List.of());
    }

    /// A response that makes or confirms a dialog.
    private Response establishing(int status) {
        var secure = secure();
        //= rfc3261#13.3.1.1-2 the tag makes all of them responses of one dialog
        return Reply.to(request, status, tag).change(headers -> {
            //= rfc3261#12.1.1-1 all of Record-Route goes back, in its order
            for (var value : request.all("Record-Route"))
                headers.add(new Header("Record-Route", value));
            //= rfc3261#12.1.1-2 with a Contact
            //= rfc3261#13.3.1.4-1 and with Allow and Supported
            local.introduction(secure).accept(headers);
        });
    }

    private boolean secure() {
        var hop = Stream.concat(request.list("Record-Route").stream(),
                request.list("Contact").stream()).findFirst();
        //= rfc3261#12.1.1-4 SIPS in Request-URI or top Record-Route, or in Contact without any
        return Dialog.secure(request.uri())
                || hop.filter(h -> Dialog.secure(Address.parse(h).uri().toString())).isPresent();
    }

    private List<Output> respond(Response response) {
        last = Optional.of(response);
        return List.of(new Output.Respond(transaction, response));
    }

    /// Whether this is the ACK that the 2xx waits for.
    boolean acknowledged(Request ack) {
        boolean mine = unacknowledged() && ack.cseq().number() == request.cseq().number();
        //= rfc3261#13.3.1.4¶4 the ACK ends the retransmissions
        if (mine) timers.clear();
        return mine;
    }

    Fired wake(Instant now, List<Output> out) {
        for (var timer : timers.fired(now)) switch (timer) {
            case PROGRESS -> {
                timers.set(Timer.PROGRESS, now.plus(PROGRESS));
                //= rfc3261#13.3.1.1-3 a provisional response every minute, in case one was lost
                last.ifPresent(r -> out.add(new Output.Respond(transaction, r)));
            }
            case EXPIRES -> {
                //= rfc3261#13.3.1-1 the invitation expires before it is answered: 487
                out.addAll(refuse(487));
                return Fired.EXPIRED;
            }
            case REPEAT -> {
                gap = Self.TIMES.backOff(gap);
                timers.set(Timer.REPEAT, now.plus(gap));
                //= rfc3261#13.3.1.4¶4 and each interval is twice the last, up to T2
                last.ifPresent(r -> out.add(new Output.Respond(transaction, r)));
            }
            case GIVE_UP -> {
                timers.clear();
                return Fired.NOT_ACKNOWLEDGED;
            }
        }
        return Fired.NOTHING;
    }
}
