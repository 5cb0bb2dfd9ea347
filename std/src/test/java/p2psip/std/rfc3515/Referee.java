package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;

/// A REFER of the peer and the subscription that it makes; also what answers a NOTIFY that nobody
/// awaits.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4.2 RFC 3515 §2.4.2
final class Referee implements Usage {
    private final long number;
    private final Self self;
    private final Dialog dialog;
    private final Outbox<Output> out = new Outbox<>();
    private long id;
    private boolean over;

    Referee(long number, Self self, Dialog dialog) {
        this.number = number;
        this.self = self;
        this.dialog = dialog;
    }

    @Override public String name() { return "referral"; }

    @Override public boolean terminated() { return over; }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var transaction, var request, _, _) ->
                    received(transaction, request);
            case Input.Asked(Referrals.Command.Report(_, int status)) -> report(status);
            case Input.DialogEnded(_, int status) -> {
                over = true;
                out.add(new Output.Told(new Referrals.Event.Ended(number, status)));
            }
            case Input.Asked _, Input.Answered _, Input.Acknowledged _, Input.Cancelled _,
                    Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private void received(TransactionId transaction, Request request) {
        int status = !request.is("REFER") ? 481 : request.list("Refer-To").size() != 1 ? 400
                : self.call(dialog).isEmpty() ? 481 : 202;
        over = status != 202;
        out.add(new Output.Respond(transaction, self.reply(request, status)));
        if (over) return;
        id = request.cseq().number();
        report(100);
        out.add(new Output.Told(new Referrals.Event.Referred(
                number, self.call(dialog), Address.parse(request.need("Refer-To")))));
    }

    private void report(int status) {
        over = status >= 200;
        out.add(new Output.Ask(self.ask(), dialog.request("NOTIFY").with("Event", "refer;id=" + id)
                .with("Subscription-State", over ? "terminated;reason=noresource"
                        : "active;expires=60")
                .withBody("message/sipfrag;version=2.0", Bytes.utf8(
                        "SIP/2.0 " + status + " " + Status.reason(status))), dialog));
    }
}
