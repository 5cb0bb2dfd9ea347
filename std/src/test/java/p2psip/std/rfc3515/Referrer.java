package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;

/// A REFER of ours and the subscription that it makes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4.1 RFC 3515 §2.4.1
final class Referrer implements Usage {
    private final long number;
    private final Self self;
    private final Outbox<Output> out = new Outbox<>();
    private Optional<Dialog> dialog = Optional.empty();
    private OptionalLong id = OptionalLong.empty();
    private boolean over;

    Referrer(long number, Self self) {
        this.number = number;
        this.self = self;
    }

    @Override public String name() { return "referral"; }

    @Override public boolean terminated() { return over; }

    /// As long as the REFER is not answered its number, which is the id, is not known: then the
    /// oldest takes what none is known to be for.
    @Override public boolean takes(Request request, Optional<Dialog> in) {
        var event = request.first("Event").orElse("");
        return request.is("NOTIFY") && in.isPresent() && in.equals(dialog)
                && (event.equals("refer") || event.startsWith("refer;id=") && (id.isEmpty()
                        || event.equals("refer;id=" + id.getAsLong())));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Referrals.Command.Refer refer) -> {
                dialog = self.dialog(refer.call());
                dialog.ifPresentOrElse(d -> out.add(new Output.Ask(self.ask(),
                        d.request("REFER").with("Refer-To", "<" + refer.to() + ">"), d)),
                        () -> end(481));
            }
            case Input.Answered(_, var response, _, _) -> {
                id = OptionalLong.of(response.cseq().number());
                if (response.status() >= 300) end(response.status());
            }
            case Input.Received(var transaction, var request, _, _) -> {
                out.add(new Output.Respond(transaction, self.reply(request, 200)));
                out.add(new Output.Told(new Referrals.Event.Reported(
                        number, request.body().utf8().strip())));
                if (request.need("Subscription-State").startsWith("terminated")) end(200);
            }
            case Input.DialogEnded(_, int status) -> end(status);
            case Input.Asked _, Input.Acknowledged _, Input.Cancelled _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private void end(int status) {
        over = true;
        out.add(new Output.Told(new Referrals.Event.Ended(number, status)));
    }
}
