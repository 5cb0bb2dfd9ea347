package p2psip.std.rfc4916;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3311.Exchange;

/// Who is at the other end of a call may change, and whoever is there says so.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4916#section-4 RFC 4916 §4
public final class ConnectedIdentity implements Extension {

    /// What the program asks for.
    ///
    /// @param usage a number that nothing else has
    /// @param call  whose peer is told
    /// @param as    who is here from now on
    public record Identify(long usage, long call, Address as) implements Usage.Command {}

    /// What the program is told of it.
    ///
    /// @param status of the answer: 420 if the peer does not take it
    public record Identified(long usage, int status) implements Usage.Event {}

    //= rfc4916#4.1-1 from-change is in Supported of an INVITE
    //= rfc4916#4.2-1 and of any response that forms a dialog
    @Override public List<String> options() { return List.of(Renamed.OPTION); }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return command instanceof Identify identify
                ? Optional.of(new Identification(identify, self)) : Optional.empty();
    }

    /// One request that says who is here.
    private static final class Identification implements Usage {
        private final Identify identify;
        private final Self self;
        private final Outbox<Output> out = new Outbox<>();
        private boolean over;

        Identification(Identify identify, Self self) {
            this.identify = identify;
            this.self = self;
        }

        @Override public String name() { return "identity"; }

        @Override public boolean terminated() { return over; }

        @Override public List<Output> handle(Input input, Instant now) {
            switch (input) {
                case Input.Asked _ -> self.dialog(identify.call)
                        //= rfc4916#4.3-1 to who has said from-change in Supported
                        .filter(dialog -> dialog.supports(Renamed.OPTION))
                        .ifPresentOrElse(this::send, () -> end(420));
                case Input.Answered(_, var response, _, _) -> {
                    if (!response.provisional()) end(response.status());
                }
                case Input.Received _, Input.Acknowledged _, Input.Cancelled _,
                        Input.DialogEnded _, Input.FlowEnded _ -> { }
            }
            return out.take();
        }

        private void send(Dialog dialog) {
            //= rfc4916#4.3-2 the UPDATE method is used
            //= rfc4916#4.2-4 with the identity in the URI of From
            out.add(new Output.Ask(self.ask(), dialog.request(Exchange.UPDATE).with("From",
                    identify.as.withTag(dialog.id().localTag()).toString()), dialog));
        }

        private void end(int status) {
            if (over) return;
            over = true;
            out.add(new Output.Told(new Identified(identify.usage, status)));
        }
    }
}
