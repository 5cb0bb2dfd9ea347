package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.*;

/// A subscription of the peer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2 RFC 6665 §4.2
final class Notifier implements Usage {
    private final long number;
    private final Self self;
    private final Dialog dialog;
    private final Outbox<Output> out = new Outbox<>();
    private String event = "";
    private boolean over;

    Notifier(long number, Self self, Dialog dialog) {
        this.number = number;
        this.self = self;
        this.dialog = dialog;
    }

    @Override public String name() { return "subscription"; }

    @Override public boolean terminated() { return over; }

    @Override public boolean takes(Request request, Optional<Dialog> in) {
        return request.is("SUBSCRIBE") && in.filter(dialog::equals).isPresent()
                && Subscriptions.event(request).equals(event);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _, _) -> received(id, request);
            case Input.Asked(Subscriptions.Command.Notify(_, var state, var content)) -> {
                over = state.startsWith("terminated");
                out.add(new Output.Ask(self.ask(), dialog.request("NOTIFY").with("Event", event)
                        .with("Subscription-State", state)
                        .withBody(content.type(), content.bytes()), dialog));
            }
            case Input.DialogEnded(_, int status) -> {
                over = true;
                out.add(new Output.Told(new Subscriptions.Event.Ended(number, status)));
            }
            case Input.Asked _, Input.Answered _, Input.Acknowledged _, Input.Cancelled _,
                    Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private void received(TransactionId id, Request subscribe) {
        event = Subscriptions.event(subscribe);
        out.add(new Output.Respond(id, self.reply(subscribe, 200)
                .with("Expires", subscribe.first("Expires").orElse("3600"))));
        out.add(new Output.Told(
                new Subscriptions.Event.Watched(number, subscribe.from(), event)));
    }
}
