package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3326.Reason;

/// What lives in a dialog or beside one: a call, a registration, a subscription, one request alone.
///
/// It asks and is answered, receives and responds. CSeq, routes, servers, redirections, passwords
/// and the dialogs themselves are the business of the user agent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-2 RFC 5057 §2
public interface Usage extends Machine<Usage.Input, Usage.Output> {

    /// What the program asks of a usage.
    interface Command extends Core.Command {
        /// Positive numbers are the program's choice, negative ones ours; one number space for all.
        long usage();
    }

    /// What a usage tells the program.
    interface Event extends Core.Event { long usage(); }

    /// What trace calls it, before its number: `call`.
    String name();

    /// Whether a request of the peer is for this usage: in one of its dialogs, or (empty) in one
    /// that the request makes, for it answers one of ours, whose Call-ID and From tag it has.
    default boolean takes(Request request, Optional<Dialog> dialog) { return false; }

    @Override default Instant deadline() { return Instant.MAX; }

    @Override default List<Output> wake(Instant now) { return List.of(); }

    /// What can happen to a usage.
    sealed interface Input {

        /// The program asks for something; also the command that began the usage.
        record Asked(Command command) implements Input {}

        /// A request of the peer, inspected and in order; also the one that began the usage. Its
        /// answer is [Output.Respond].
        record Received(TransactionId transaction, Request request, Optional<Dialog> dialog,
                Flow flow) implements Input {}

        /// The ACK for a 2xx of ours.
        record Acknowledged(Request ack, Dialog dialog) implements Input {}

        /// The peer has given up its INVITE.
        ///
        /// @param cancel which may say why
        record Cancelled(TransactionId invite, Request cancel) implements Input {}

        /// To [Output.Ask]: provisional responses, then one final, after servers, redirections and
        /// passwords were tried; to an INVITE a 2xx for each fork that takes it within 64*T1 (one
        /// that comes again gets its ACK again, unseen).
        ///
        /// @param dialog that the request was part of, or that the response has made
        /// @param flow   that a provisional response or a 2xx came by
        record Answered(long ask, Response response, Optional<Dialog> dialog,
                Optional<Flow> flow) implements Input {}

        /// A failure has ended the dialog, or this usage's part in it. If the failure was the
        /// answer to a request of this usage, [Answered] follows.
        record DialogEnded(Dialog dialog, int status) implements Input {}

        /// A flow has died.
        record FlowEnded(Flow flow) implements Input {}
    }

    /// What a usage can ask for or tell.
    sealed interface Output {

        /// Send a request and follow it to its final response. The usage becomes part of the
        /// dialog, and of those that the responses make.
        ///
        /// @param ask     from [Self#ask]
        /// @param request without CSeq, Route and Via; what may make a dialog gets its Contact, and
        ///                what else introduces us, on the way
        /// @param over    the flow by whose way it goes before all others, as a registration is
        ///                refreshed where it was taken
        record Ask(long ask, Request request, Optional<Dialog> dialog, Optional<Flow> over)
                implements Output {

            public Ask(long ask, Request request) {
                this(ask, request, Optional.empty(), Optional.empty());
            }

            public Ask(long ask, Request request, Dialog in) {
                this(ask, request, Optional.of(in), Optional.empty());
            }
        }

        /// Find out whether a flow lives ([Core.Output.Ping]).
        record Ping(Flow flow) implements Output {}

        /// Give an INVITE up; its final response comes all the same.
        ///
        /// @param why what the peer is told of it
        record Cancel(long ask, Optional<Reason> why) implements Output {}

        /// Acknowledge the 2xx to an INVITE that has come in this dialog.
        record Acknowledge(long ask, Dialog dialog, Optional<Content> answer) implements Output {}

        /// Answer what came in [Input.Received]. A tag, and what a dialog needs, is put in.
        record Respond(TransactionId transaction, Response response) implements Output {}

        /// Be part of a dialog no more, which ends if nobody else is.
        record Leave(Dialog dialog) implements Output {}

        /// A command for another usage, that this one is the reason of; one that has ended already
        /// does not hear it.
        record Pass(Command command) implements Output {}

        /// Something for the program.
        record Told(Core.Event event) implements Output {}

        /// The usage has changed its state.
        record Changed(Cited state) implements Output, Entered {}
    }
}
