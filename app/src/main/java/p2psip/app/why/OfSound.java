package p2psip.app.why;

import module java.base;
import p2psip.app.why.Cause.Finding;
import p2psip.app.why.OfCall.*;

/// Causes why a call that was answered is not heard.
final class OfSound {
    private OfSound() {}

    static final List<Cause> ALL = List.of(
            new Cause("stun-silent", "rfc8489#6.2.1-11",
                    "an answer of the STUN server",
                    "name another STUN server with --stun, or a super-node outside your network",
                    OfSound::stun),
            new Cause("no-outside-address", "rfc8445#5.1.1.2-1",
                    "a candidate of theirs that their router has given",
                    "have the other side name a STUN server that answers, with --stun",
                    OfSound::inside),
            new Cause("no-straight-way", "rfc8445#7.2.5.2.3-1",
                    "an answer to any check of ICE",
                    "open a port of one of the routers, or use a relay that is nearer",
                    OfSound::symmetric),
            new Cause("no-way-between-phones", "rfc8445#7.2.5.2.3-1",
                    "an answer to any check of ICE between the telephones",
                    "give one of the telephones a TURN server, or have both call by their nodes",
                    OfSound::unchecked),
            new Cause("nothing-heard", "rfc3264#5.1-4",
                    "the sound of the other side, at our node",
                    "have the other side look at what is between the phone and its node",
                    e -> ceased(e, Hop.NODE)),
            new Cause("phone-sends-nothing", "rfc3264#5.1-4",
                    "the sound of our phone, at our node",
                    "look at what is between the phone and its node: a firewall, or a microphone"
                    + " that is off", e -> ceased(e, Hop.PHONE)),
            new Cause("much-lost", "rfc3550#6.4.1¶15",
                    "a large part of the sound",
                    "look at the network between: it loses too much",
                    OfSound::chopped));

    /// It depends on a relay, for no straight way was found.
    private static Optional<OfWay.Searched> bound(Evidence e) {
        return !e.isUnheard() || !e.isRelayed() ? Optional.empty()
                : e.searches().stream().filter(search -> !search.opened()).findFirst();
    }

    private static Optional<Finding> stun(Evidence e) {
        return bound(e).filter(search -> !search.outside()).flatMap(_ -> e.ofNode(
                        OfWay.Stun.class).filter(stun -> stun.seen().isEmpty()).findFirst())
                .map(stun -> AtHome.finding(e, stun, "This node does not know its address outside"
                        + ", for the STUN server " + stun.server() + " does not answer; so the"
                        + " call went by a relay, and that is not good enough: " + heard(e)
                        + "."));
    }

    private static Optional<Finding> inside(Evidence e) {
        return bound(e).filter(search -> search.pairs().stream().noneMatch(OfWay.Pair::outside))
                .map(search -> AtHome.finding(e, search, "The other node knows no address outside"
                        + " its network, as when its STUN server does not answer; so the call went"
                        + " by a relay, and that is not good enough: " + heard(e) + "."));
    }

    private static Optional<Finding> symmetric(Evidence e) {
        return bound(e).map(search -> AtHome.finding(e, search, "The routers of both sides let"
                + " nobody in (none of " + search.pairs().size() + " pairs was answered), as"
                + " symmetric ones do; so the call went by a relay, and that is not good enough: "
                + heard(e) + "."));
    }

    private static Optional<Finding> unchecked(Evidence e) {
        return !e.silent(Hop.NODE) && !e.silent(Hop.PHONE) ? Optional.empty()
                : e.ofCall(Checked.class).filter(checked -> !checked.opened()).findFirst()
                .map(checked -> AtHome.finding(e, checked, "The telephones have found no way for"
                        + " the sound: none of " + checked.pairs().size()
                        + " pairs of their addresses was answered."));
    }

    private static String heard(Evidence e) {
        return e.heard(Hop.NODE).map(heard -> heard.packets() == 0 ? "nothing has come"
                : "%.0f %% of the sound is missing".formatted(100 * heard.loss())).orElse("");
    }

    private static Optional<Finding> ceased(Evidence e, Hop from) {
        return !e.silent(from) ? Optional.empty() : e.silence(from).map(heard -> AtHome.finding(e,
                heard, "Of the sound of " + heard.who() + (heard.packets() == 0
                        ? " nothing has come."
                        : " nothing has come since " + Span.of(heard.awaited(),
                        heard.last()) + " after the answer.")));
    }

    private static Optional<Finding> chopped(Evidence e) {
        return !e.chopped() ? Optional.empty() : e.heard(Hop.NODE).map(heard ->
                AtHome.finding(e, heard, "Much of the sound is lost on the way: " + heard(e)
                        + "."));
    }
}
