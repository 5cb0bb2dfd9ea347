package p2psip.app.why;

import module java.base;
import p2psip.app.why.Cause.Finding;
import p2psip.app.why.OfCall.*;
import p2psip.std.rfc2396.HostName;

/// Causes at a phone, or between it and its node.
final class AtThePhone {
    private AtThePhone() {}

    static final List<Cause> ALL = List.of(
            new Cause("certificate-name", "rfc3261#26.3.2.1-4",
                    "a certificate that names the domain that was asked for",
                    "give the phone a certificate of its name, or have it register by its"
                    + " address", AtThePhone::certificate),
            new Cause("phone-behind-router", "rfc5626#4.4.2-3",
                    "an answer of the phone; and before that a keep-alive each half minute, for"
                    + " which its router would have kept the way open",
                    "switch on keep-alives in the phone, have it register by TCP, or put a node"
                    + " into its network", AtThePhone::router),
            new Cause("phone-silent", "rfc3261#17.1.1.2-13",
                    "any answer of the phone to our INVITE",
                    "switch the phone on, and look whether it reaches its node",
                    AtThePhone::silent),
            new Cause("no-common-codec", "rfc3261#13.3.1.3-3",
                    "a description with a format that both can play",
                    "switch on a codec that both phones have: PCMU and PCMA are known to all",
                    AtThePhone::codec),
            new Cause("never-confirmed", "rfc3261#13.2.2.4-3",
                    "the ACK to the 200 of the phone",
                    "look where the ACK is sent to: the phone's Contact must be reached from its"
                    + " node", AtThePhone::unconfirmed),
            new Cause("given-up", "rfc3261#21.4.25¶1",
                    "anything that rings", "wait a little longer next time",
                    AtThePhone::impatient),
            new Cause("refused", "rfc3261#16.1-1",
                    "a 2xx", "see what the answer says", AtThePhone::refused));

    private static Optional<Finding> certificate(Evidence e) {
        return !e.failed() ? Optional.empty() : e.ofNode(OfNode.NotOpened.class)
                .filter(OfNode.NotOpened::isForAnother).filter(fact -> e.messages(m -> m.sent()
                        && m.isRequest("INVITE") && m.peer().equals(fact.to())).findAny()
                        .isPresent()).findFirst()
                .map(fact -> AtHome.finding(e, fact, "Who answers by TLS is not "
                        + fact.domain() + ": " + fact.why() + "."));
    }

    private static Optional<Finding> router(Evidence e) {
        var unanswered = unanswered(e);
        return unanswered.isEmpty() ? Optional.empty() : e.ofNode(OfNode.Phone.class)
                .filter(phone -> phone.isElsewhere() && phone.source().equals(
                        Evidence.message(unanswered.get()).peer())).findFirst()
                .map(phone -> new Finding("The phone of " + phone.who() + " is behind a router"
                        + " of its own, which lets the call in no longer" + since(e, phone)
                        + timer(e) + ".", unanswered.get().at(), phone));
    }

    private static String since(Evidence e, Fact phone) {
        var sent = e.account.call().map(Account.Call::since).orElse(e.account.now());
        return ": the phone was heard last " + Span.of(e.entry(phone).last(), sent)
                + " before";
    }

    private static Optional<Finding> silent(Evidence e) {
        return unanswered(e).map(sent -> new Finding("The phone at "
                + HostName.text(Evidence.message(sent).peer()) + " does not answer"
                + timer(e) + ".", sent.at(), sent.fact()));
    }

    private static String timer(Evidence e) {
        return e.ofCall(TimedOut.class).filter(out -> out.client() && out.hop() == Hop.PHONE)
                .findFirst().map(out -> " (Timer " + out.timer() + " fired after "
                        + Span.of(e.account.call().orElseThrow().since(),
                        e.entry(out).at()) + ")").orElse("");
    }

    /// The INVITE to a phone that has said nothing to it.
    private static Optional<Entry> unanswered(Evidence e) {
        if (!e.failed()) return Optional.empty();
        return e.messages(m -> m.sent() && m.isRequest("INVITE") && m.hop() == Hop.PHONE)
                .filter(sent -> e.messages(m -> !m.sent() && m.status() > 0
                        && m.peer().equals(Evidence.message(sent).peer())).findAny().isEmpty())
                .findFirst();
    }

    private static Optional<Finding> codec(Evidence e) {
        boolean such = e.failed() && Set.of(488, 606, 415).contains(e.status());
        return !such ? Optional.empty() : e.end().map(end -> new Finding(
                "The two phones have no sound in common: " + said(end) + ".", end.at(),
                end.fact()));
    }

    private static Optional<Finding> unconfirmed(Evidence e) {
        if (e.course() != Evidence.Course.ANSWERED) return Optional.empty();
        var end = e.end().orElseThrow();
        boolean confirmed = e.messages(m -> m.isRequest("ACK")).findAny().isPresent();
        return confirmed || end.at().plus(Evidence.ACK).isAfter(e.over()) ? Optional.empty()
                : Optional.of(new Finding("The call was answered, and nobody has confirmed it.",
                end.at(), end.fact()));
    }

    private static Optional<Finding> impatient(Evidence e) {
        return !e.failed() || e.status() != 487 ? Optional.empty() : e.end().map(end ->
                new Finding("The caller gave up before anything rang.", end.at(), end.fact()));
    }

    private static Optional<Finding> refused(Evidence e) {
        return !e.failed() ? Optional.empty() : e.end().map(end -> new Finding(
                "The call was refused: " + said(end) + ".", end.at(), end.fact()));
    }

    private static String said(Entry end) {
        var message = Evidence.message(end);
        return message.status() + " " + message.phrase()
                + (message.warning().isEmpty() ? "" : " (" + message.warning() + ")");
    }
}
