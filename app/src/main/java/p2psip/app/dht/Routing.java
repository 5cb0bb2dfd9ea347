package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;

/// Passes messages on towards the root of a point.
///
/// Each hop confirms with [Taken]; who does not in time is suspected, and the next best is asked at
/// once, so that a dead node costs one time-out and only the first message that meets it.
final class Routing {
    /// Hops remembered, so that one resent is not passed on twice.
    private static final int SEEN = 512;

    private final Neighbours neighbours;
    private final Talk talk;
    private final SequencedSet<Long> seen = new LinkedHashSet<>();

    Routing(Neighbours neighbours, Talk talk) {
        this.neighbours = neighbours;
        this.talk = talk;
    }

    /// A message came from the hop before. True if it is to be passed on.
    boolean received(Peer from, Route route) {
        talk.say(from, new Taken(route.id()), false);
        if (!seen.add(route.id())) return false;
        if (seen.size() > SEEN) seen.removeFirst();
        if (route.hops() > 0) return true;
        talk.remark("hop limit reached: " + route.summary());
        return false;
    }

    /// Hands a message to the next hop and answers who that is; nobody if this node is the root.
    ///
    /// @param avoid who is not to be asked
    Optional<Peer> pass(Route route, Set<NodeId> avoid, Instant now) {
        var shunned = new LinkedHashSet<>(avoid);
        // who asks for its own neighbours is not one of them
        if (route.body() instanceof Body.Find) shunned.add(route.origin().id());
        var next = neighbours.next(route.point(), shunned);
        next.ifPresent(peer -> {
            var tried = new LinkedHashSet<>(avoid);
            tried.add(peer.id());
            talk.ask(peer, hop(route), new Purpose.Hop(route, tried), now);
        });
        return next;
    }

    /// Hands a message to a certain peer, known or not, and to nobody else.
    void knock(Peer peer, Route route, Instant now) {
        talk.ask(peer, hop(route), new Purpose.Knock(), now);
    }

    private Route hop(Route route) {
        return new Route(talk.id(), route.hops() - 1, route.request(), route.origin(),
                route.point(), route.body());
    }
}
