package p2psip.app.why;

import module java.base;
import p2psip.app.why.Cause.Finding;
import p2psip.app.why.OfCall.*;

/// Causes between two nodes: who is called is not found, not believed, or not reached.
final class OnTheWay {
    private OnTheWay() {}

    static final List<Cause> ALL = List.of(
            new Cause("key-not-believed", "rfc7519#11.1¶1",
                    "a record that is signed by the key that is known",
                    "ask whom you call whether the key is new; then `p2psip id pins confirm`",
                    OnTheWay::unbelieved),
            new Cause("somebody-else-there", "rfc7519#11.1¶1",
                    "a proof of the key that the record names",
                    "ask whom you call whether the node was moved; else somebody is in its place",
                    OnTheWay::imposter),
            new Cause("relay-lost", "rfc7675#5.1-2",
                    "anything from the relay",
                    "call again: another relay is taken if there is one; two super-nodes are"
                    + " better than one", OnTheWay::relay),
            new Cause("node-silent", "rfc3261#16.9-1",
                    "any answer of the node that serves whom you call",
                    "call later; or have the other side look at its node: `p2psip peers` there",
                    OnTheWay::silent),
            new Cause("nobody-found", "rfc3261#21.4.5¶1",
                    "a record of anybody who serves the address",
                    "look at the address; else have the phone of whom you call registered",
                    OnTheWay::nobody),
            new Cause("nobody-there", "rfc3261#21.4.18¶2",
                    "a record that says where the phone is now",
                    "have the phone of whom you call switched on and registered",
                    OnTheWay::away),
            new Cause("their-phone-silent", "rfc3261#21.4.9¶1",
                    "an answer of the phone to its own node",
                    "have the other side look at the phone: `p2psip why last` at its node says"
                    + " more", OnTheWay::theirPhone),
            new Cause("their-phone-away", "rfc3261#21.4.18¶2",
                    "a registration of the phone at its node",
                    "have the phone of whom you call registered",
                    OnTheWay::theirAway),
            new Cause("their-node-could-not", "rfc3261#16.9-1",
                    "an answer of the phone to its own node",
                    "ask the node of the other side: `p2psip why last`",
                    OnTheWay::theirNode));

    private static Optional<Finding> unbelieved(Evidence e) {
        return !e.failed() ? Optional.empty() : e.ofCall(NotBelieved.class)
                .filter(fact -> !fact.called() || e.isOutOfReach()).findFirst()
                .map(fact -> AtHome.finding(e, fact, fact.called()
                        ? "The node whose key is known for " + fact.who() + " does not answer; one"
                        + " of another key claims the address."
                        : "Whoever answers for " + fact.who() + " has another key than the one"
                        + " that this node knows."));
    }

    private static Optional<Finding> imposter(Evidence e) {
        return !e.isOutOfReach() ? Optional.empty() : since(e, OfWay.NotMet.class)
                .filter(OfWay.NotMet::imposter).findFirst().map(fact -> AtHome.finding(e, fact,
                        "At the address of their node somebody else answers: " + fact.why()
                                + "."));
    }

    /// What was seen of ways since the call began.
    private static <F extends Fact> Stream<F> since(Evidence e, Class<F> kind) {
        var begin = e.account.call().map(Account.Call::since).orElse(Instant.MAX);
        return e.ofNode(kind).filter(fact -> !e.entry(fact).last().isBefore(begin));
    }

    private static Optional<Finding> relay(Evidence e) {
        if (!e.isOutOfReach() && !e.isUnheard() || !e.isRelayed()) return Optional.empty();
        var way = e.way().orElseThrow();
        return since(e, OfNode.Lost.class).filter(lost -> way.way().endsWith(lost.node()))
                .findFirst().map(lost -> AtHome.finding(e, lost, "The relay between the two nodes,"
                        + " " + lost.node() + ", does not answer any more, and there is no other"
                        + " way."));
    }

    private static Optional<Finding> silent(Evidence e) {
        return !e.isOutOfReach() ? Optional.empty() : e.account.ofCall().stream()
                .map(Entry::fact).filter(fact -> fact instanceof NotCarried
                        || fact instanceof GivenUp || fact instanceof TimedOut).findFirst()
                .map(fact -> AtHome.finding(e, fact, "The node that serves whom you call is known"
                        + " and does not answer."));
    }

    private static Optional<Found> unfound(Evidence e) {
        return !e.failed() ? Optional.empty() : e.ofCall(Found.class)
                .reduce((_, last) -> last).filter(found -> found.places() == 0);
    }

    private static Optional<Finding> nobody(Evidence e) {
        return unfound(e).filter(found -> !found.known()).map(found -> AtHome.finding(e, found,
                "Nobody has said that he serves " + found.who() + "."));
    }

    private static Optional<Finding> away(Evidence e) {
        return unfound(e).filter(Found::known).map(found -> AtHome.finding(e, found,
                found.who() + " is known, and no phone is registered there now."));
    }

    private static Optional<Finding> theirPhone(Evidence e) {
        return said(e, 408, 408).map(entry -> new Finding("Their node was reached and says "
                + status(entry) + ": the phone does not answer it.", entry.at(), entry.fact()));
    }

    private static Optional<Finding> theirAway(Evidence e) {
        return said(e, 480, 480).map(entry -> new Finding("Their node was reached and says "
                + status(entry) + ": no phone is registered there now.", entry.at(),
                entry.fact()));
    }

    private static Optional<Finding> theirNode(Evidence e) {
        return said(e, 500, 599).map(entry -> new Finding("Their node was reached and says "
                + status(entry) + ": it could not bring the call to the phone.", entry.at(),
                entry.fact()));
    }

    /// What the other node has answered in the end.
    private static Optional<Entry> said(Evidence e, int from, int to) {
        return !e.failed() ? Optional.empty() : e.messages(m -> !m.sent() && m.hop() == Hop.NODE
                && m.method().equals("INVITE") && m.status() >= from && m.status() <= to)
                .findFirst();
    }

    private static String status(Entry entry) {
        var message = Evidence.message(entry);
        return message.status() + " " + message.phrase();
    }
}
