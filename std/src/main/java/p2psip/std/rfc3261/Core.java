package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Cited;
import p2psip.std.Entered;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// A transaction user: UA core, proxy, registrar. The layer above the transactions, which sees
/// requests and responses once each and whole.
///
/// @param <C> what the program around it asks of it: place a call, answer ...
/// @param <E> what it tells the program: somebody calls, who is where ...
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-5 RFC 3261 §5
public interface Core<C, E> extends Machine<Core.Input<C>, Core.Output<E>> {

    /// What can happen to a core.
    ///
    /// @param <C> its commands
    sealed interface Input<C> {

        /// A request has begun server transaction `transaction`; it awaits [Output.Respond].
        /// A CANCEL comes so too, with its own transaction; `cancelled` of it is found by
        /// matching ([Output.Respond] answers the CANCEL, and another one the INVITE).
        record Received<C>(TransactionId transaction, Request request, Flow flow)
                implements Input<C> {}

        /// An ACK that belongs to no transaction: the one for a 2xx.
        record Acknowledged<C>(Request ack, Flow flow) implements Input<C> {}

        /// A response to the client transaction that the core began.
        record Answered<C>(TransactionId transaction, Response response, Flow flow)
                implements Input<C> {}

        /// A transaction has failed: nobody answered in time, or the transport did not carry it.
        /// Also for a server transaction whose 2xx or refusal was never acknowledged.
        record Failed<C>(TransactionId transaction, Failure why) implements Input<C> {}

        /// A response that no client transaction awaits. A core that is a UA uses it for 2xx only.
        record Stray<C>(Response response, Flow flow) implements Input<C> {}

        /// Answers [Output.Resolve]: the candidates, best first; none if there are none.
        record Resolved<C>(long id, List<Target> targets) implements Input<C> {}

        /// A flow has died; whoever was registered over it is gone.
        record FlowEnded<C>(Flow flow) implements Input<C> {}

        /// The program asks for something.
        record Asked<C>(C command) implements Input<C> {}
    }

    /// What a core can ask for or tell.
    ///
    /// @param <E> its events
    sealed interface Output<E> {

        /// Begin a client transaction: the stack puts its own Via with the branch of
        /// `transaction` on top and fills in sent-by.
        record Send<E>(TransactionId transaction, Request request, Target target)
                implements Output<E> {}

        /// Send a request outside any transaction: the ACK for a 2xx. The stack puts a Via on it.
        record SendAck<E>(Request ack, Target target) implements Output<E> {}

        /// Answer a server transaction.
        record Respond<E>(TransactionId transaction, Response response) implements Output<E> {}

        /// Give up a client transaction without another word (Timer C has fired, say), or leave a
        /// request without an answer, where an answer would come too late.
        record Forget<E>(TransactionId transaction) implements Output<E> {}

        /// Find out where a URI leads (RFC 3263); [Input.Resolved] brings the answer.
        record Resolve<E>(long id, String uri) implements Output<E> {}

        /// Something for the program.
        record Told<E>(E event) implements Output<E> {}

        /// A machine inside has changed its state; for trace only.
        record Changed<E>(String machine, Cited state) implements Output<E>, Entered {}
    }

    /// Why a transaction failed.
    enum Failure implements Cited {
        TIMEOUT("8.1.3.1"), TRANSPORT("8.1.3.1");

        private final String section;

        Failure(String section) { this.section = section; }

        @Override public String section() { return section; }
    }
}
