package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.*;

/// A transaction user: UA core, proxy, registrar. The layer above the transactions, which sees
/// requests and responses once each and whole.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-5 RFC 3261 §5
public interface Core extends Machine<Core.Input, Core.Output> {

    /// Whether it takes a message as it comes, without a transaction: a request again and again as
    /// [Input.Received] or [Input.Acknowledged], any response as [Input.Stray]. What it makes of
    /// them is an [Output.Pass] or an [Output.Reply].
    default boolean stateless(Message message) { return false; }

    /// What the program around a core asks of it: place a call, answer ... Each core has a sealed
    /// vocabulary of its own below this.
    interface Command {}

    /// What a core tells the program: somebody calls, who is where ... Sealed for each core, too.
    interface Event {}

    /// What can happen to a core.
    sealed interface Input {

        /// A request has begun server transaction `transaction`; it awaits [Output.Respond].
        /// A CANCEL comes so too, with its own transaction; `cancelled` of it is found by
        /// matching ([Output.Respond] answers the CANCEL, and another one the INVITE).
        record Received(TransactionId transaction, Request request, Flow flow)
                implements Input, TransactionLayer.Output {}

        /// An ACK that belongs to no transaction: the one for a 2xx.
        record Acknowledged(Request ack, Flow flow) implements Input, TransactionLayer.Output {}

        /// What becomes of a request that the core has sent, or of a question where to.
        sealed interface OfRequest extends Input {}

        /// A response to the client transaction that the core began.
        record Answered(TransactionId transaction, Response response, Flow flow)
                implements OfRequest, TransactionLayer.Output {}

        /// A transaction has failed: nobody answered in time, or the transport did not carry it.
        /// Also for a server transaction whose 2xx or refusal was never acknowledged.
        record Failed(TransactionId transaction, Failure why)
                implements OfRequest, TransactionLayer.Output {}

        /// A response that no client transaction awaits: a 2xx to an INVITE, or any that the core
        /// takes without one ([Core#stateless]).
        record Stray(Response response, Flow flow) implements OfRequest, TransactionLayer.Output {}

        /// Answers [Output.Resolve]: the candidates, best first; none if there are none.
        record Resolved(long id, List<Target> targets) implements OfRequest {}

        /// Answers [Output.Ping]: the flow lives. If it does not, [FlowEnded] says so.
        ///
        /// @param mapped the address that we are seen to have there, if that is told
        record Ponged(Flow flow, Optional<InetSocketAddress> mapped) implements Input {}

        /// A flow has died; whoever was registered over it is gone.
        record FlowEnded(Flow flow) implements Input {}

        /// The program asks for something.
        record Asked(Command command) implements Input, Stack.Input {}
    }

    /// What a core can ask for or tell.
    sealed interface Output {

        /// Begin a client transaction: the stack puts its own Via with the branch of
        /// `transaction` on top and fills in sent-by.
        record Send(TransactionId transaction, Request request, Target target) implements Output {}

        /// Send a request outside any transaction: the ACK for a 2xx. The stack puts a Via on it.
        record SendAck(Request ack, Target target) implements Output {}

        /// Answer a server transaction.
        record Respond(TransactionId transaction, Response response) implements Output {}

        /// Send a request outside any transaction, with this branch.
        record Pass(String branch, Request request, Target target) implements Output {}

        /// Send a response outside any transaction, to where its topmost Via says.
        ///
        /// @param flow by which the request came
        record Reply(Response response, Flow flow) implements Output {}

        /// Give up a client transaction without another word (Timer C has fired, say), or leave a
        /// request without an answer, where an answer would come too late.
        record Forget(TransactionId transaction) implements Output {}

        /// Find out where a URI leads (RFC 3263); [Input.Resolved] brings the answer.
        ///
        /// @param steady whether what it leads to has the same order each time, for who keeps no
        ///               state
        record Resolve(long id, String uri, boolean steady) implements Output {}

        /// Find out whether a flow lives, and keep it so: [Input.Ponged] or [Input.FlowEnded].
        record Ping(Flow flow) implements Output {}

        /// Something for the program.
        record Told(Event event) implements Output, Stack.Output {}

        /// A machine inside has changed its state; for trace only.
        record Changed(String machine, Cited state)
                implements Output, Stack.Output, TransportLayer.Output, Entered {}
    }
}
