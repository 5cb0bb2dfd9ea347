package p2psip.app.why;

import module java.base;
import p2psip.app.why.Cause.Finding;
import p2psip.app.why.Evidence.Course;

/// Causes that lie with this node, or between it and all others: by them nobody is found, or
/// nobody comes.
final class AtHome {
    /// How long before a call others may have been lost by what ails it, and how many must have.
    static final Duration LATELY = Duration.ofMinutes(10);
    static final int SEVERAL = 2;

    private AtHome() {}

    static final List<Cause> ALL = List.of(
            new Cause("disk-full", "rfc3261#10.3-31",
                    "the 200 to a REGISTER, for it must not be said before it is kept",
                    "make room on the disk of this node, then let the phone register again",
                    AtHome::disk),
            new Cause("wrong-password", "rfc3261#22.2-3",
                    "a request with the right credentials",
                    "give the phone the password of its user: `p2psip password` shows the node's",
                    AtHome::password),
            new Cause("clock", "rfc7519#4.1.4-1",
                    "a record that has not expired by the clock here, or by theirs",
                    "set the clock of whichever machine is wrong",
                    AtHome::clock),
            new Cause("name-without-address", "rfc3263#4.2¶3",
                    "an answer of the DNS with an address",
                    "name a super-node that exists, with -S, or give its address",
                    AtHome::nameless),
            new Cause("cut-off", "rfc5626#4.4¶1",
                    "any word of any other node, by datagrams or by TLS",
                    "let UDP or TCP out of this network, at least to the port of a super-node",
                    AtHome::blocked),
            new Cause("ring-split", "rfc3261#21.4.9¶1",
                    "answers of super-nodes that were there before",
                    "wait until the networks are joined again, or name a super-node of the other"
                    + " side with -S", AtHome::split),
            new Cause("key-claimed-twice", "rfc7519#11.1¶1",
                    "calls from those who believe the other key",
                    "bring the old key back with `p2psip id import`, or have the callers drop it:"
                    + " `p2psip id pins drop ADDRESS`", AtHome::rival),
            new Cause("not-known-to-others", "rfc3261#10.3-30",
                    "the word of others that they keep where the phone is",
                    "see with `p2psip peers` whether this node has a super-node",
                    AtHome::unknown));

    /// Who is called by others, or would be.
    private static boolean isCalled(Evidence e) {
        return e.course() == Course.NONE || !e.isCaller() && e.failed();
    }

    private static Optional<Finding> disk(Evidence e) {
        return !isCalled(e) ? Optional.empty() : e.ofNode(OfNode.Disk.class)
                .filter(disk -> !disk.takes()).findFirst().map(disk -> finding(e, disk,
                        "The disk of this node refuses what is to be kept (" + disk.why()
                                + "), so no phone can be registered."));
    }

    private static Optional<Finding> password(Evidence e) {
        var denied = e.ofCall(OfCall.Denied.class).reduce((_, last) -> last);
        if (denied.isPresent() && e.failed() && e.status() == 407)
            return Optional.of(finding(e, denied.get(), "The phone that calls gave a wrong"
                    + " password for " + denied.get().who() + "."));
        return !isCalled(e) ? Optional.empty() : e.ofNode(OfNode.Phone.class)
                .filter(phone -> phone.taken() == OfNode.Registration.WRONG_PASSWORD).findFirst()
                .map(phone -> finding(e, phone, "The phone of " + phone.who()
                        + " gives a wrong password, so it is not registered."));
    }

    private static Optional<Finding> clock(Evidence e) {
        return !e.isUnfound() ? Optional.empty() : e.ofNode(OfNode.Clock.class)
                .filter(OfNode.Clock::wrong).findFirst().map(clock -> finding(e, clock,
                        "The clock of this machine is " + clock.off() + ", compared with "
                                + clock.against() + ": what one of them signs has expired for the"
                                + " other."));
    }

    private static Optional<Finding> nameless(Evidence e) {
        return !e.isUnfound() || !e.isOutside() ? Optional.empty()
                : e.ofNode(OfNode.Missed.class).filter(OfNode.Missed::nameless).findFirst()
                .map(missed -> finding(e, missed, "This node has found no other: the name of the"
                        + " super-node " + missed.place() + " has no address."));
    }

    private static Optional<Finding> blocked(Evidence e) {
        boolean touched = e.isUnfound() || e.isOutOfReach();
        if (!touched || !e.isOutside() || !e.isHeardOfNobody()) return Optional.empty();
        return Stream.<Fact>concat(e.ofNode(OfNode.Lost.class), e.ofNode(OfNode.Missed.class))
                .findFirst().map(fact -> finding(e, fact, "No other node is heard, though "
                        + (fact instanceof OfNode.Lost ? "some were" : "one was named")
                        + ": neither UDP nor TLS gets through, or all that this node knows are"
                        + " gone."));
    }

    /// Several were lost and others are there.
    private static Optional<Finding> split(Evidence e) {
        if (!e.isUnfound() && !e.isOutOfReach() || e.isHeardOfNobody()) return Optional.empty();
        var about = e.account.call().map(Account.Call::since).orElse(e.account.now());
        var again = e.ring().map(OfNode.Ring::others).orElse(List.of());
        var lost = e.account.ofNode().stream().filter(entry -> entry.fact()
                instanceof OfNode.Lost(var node, boolean served) && served
                && !again.contains(node) && entry.last().plus(LATELY).isAfter(about)).toList();
        long nodes = lost.stream().map(entry -> ((OfNode.Lost) entry.fact()).node()).distinct()
                .count();
        return nodes < SEVERAL ? Optional.empty() : Optional.of(finding(e,
                lost.getFirst().fact(), "The ring is split: " + nodes + " super-nodes do not"
                        + " answer any more, while others do."));
    }

    private static Optional<Finding> rival(Evidence e) {
        return !isCalled(e) ? Optional.empty() : e.ofNode(OfNode.Rival.class).findFirst()
                .map(rival -> finding(e, rival, "Another key (" + rival.other() + ") claims "
                        + rival.who() + " too: who has called it before believes that one and not"
                        + " ours (" + rival.ours() + ")."));
    }

    private static Optional<Finding> unknown(Evidence e) {
        return !isCalled(e) ? Optional.empty() : e.ofNode(OfNode.Known.class)
                .filter(known -> !known.known()).findFirst().map(known -> finding(e, known,
                        known.who() + " is registered here and other nodes do not know it: "
                                + known.why() + "."));
    }

    static Finding finding(Evidence e, Fact by, String what) {
        return new Finding(what, e.entry(by).at(), by);
    }
}
