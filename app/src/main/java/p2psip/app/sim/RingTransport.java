package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht;
import p2psip.std.Bytes;

/// What the ring notices of the overlay's transport ([p2psip.app.p2p]), modelled: how long a
/// message takes, what is lost, what is said again, when a peer is known to be dead, and the bytes
/// of it all.
///
/// The figures are those of the formats and rules there; nothing is signed or sealed.
final class RingTransport {
    /// UDP and IP; a datagram of a session with its seal; the head of a piece; an acknowledgement;
    /// a question whether a peer lives, or its answer.
    static final int DATAGRAM = 28, SEALED = DATAGRAM + 20 + 16, PIECE = 7, ACK = SEALED + 9,
            QUESTION = SEALED + 9;

    /// Hello and Init, Cookie and Accept.
    static final int CALLING = 2 * DATAGRAM + 44 + 160, ANSWERING = 2 * DATAGRAM + 28 + 151;

    /// The largest part of a payload in one datagram.
    private static final int LARGEST = 1_150;

    private static final long SECOND = 1_000_000_000;

    /// A session is forgotten when nothing was said in it for so long.
    static final long IDLE = 300 * SECOND;

    /// How long a peer of whose life somebody wants to know is asked, four times; and how long one
    /// that owes an acknowledgement is silent before.
    static final long ASKING = 2_500_000_000L, WORDLESS = 2 * SECOND;
    private static final int QUESTIONS = 4;

    /// When what was not acknowledged is said again, and how often.
    private static final long AGAIN = 300_000_000;
    private static final int TRIES = 20;

    /// How long a handshake with nobody lasts.
    private static final long CALL = 3 * SECOND;

    /// What slow ones need.
    private static final long SLOWNESS = 500_000_000;

    private final Agenda agenda;
    private final Latency latency;
    private final double loss;
    private final RandomGenerator random;
    private final Map<NodeId, RingMember> members = new HashMap<>();
    private final BiConsumer<RingMember, Dht.Input> happens;
    /// Bytes and datagrams sent by all.
    long bytes, datagrams;
    /// Whether the network is in two parts.
    boolean cut;

    /// @param happens told what happens to a member
    RingTransport(Agenda agenda, Latency latency, double loss, RandomGenerator random,
            BiConsumer<RingMember, Dht.Input> happens) {
        this.agenda = agenda;
        this.latency = latency;
        this.loss = loss;
        this.random = random;
        this.happens = happens;
    }

    void born(RingMember member) { members.put(member.id(), member); }

    void dies(RingMember member) {
        member.alive = false;
        members.remove(member.id());
    }

    /// There and back, in nanoseconds.
    long trip(RingMember one, NodeId other) {
        var to = members.get(other);
        return to == null ? 0 : 2 * latency.way(one.spot, to.spot);
    }

    void send(RingMember from, Dht.Output.Send send) {
        var to = members.get(send.to().id());
        int pieces = (send.payload().size() + LARGEST - 1) / LARGEST;
        if (to == null || !reaches(from, to)) {
            count(pieces, send.payload().size() + pieces * (SEALED + PIECE));
            boolean calling = !from.sessions.containsKey(send.to().id());
            if (calling || send.confirmed()) unreachable(from, send.to(),
                    calling ? CALL : WORDLESS + ASKING);
            return;
        }
        long way = latency.way(from.spot, to.spot) + (to.slow ? SLOWNESS : 0);
        long at = agenda.now() + way + (meet(from, to) ? 0 : 4 * way);
        for (int tries = send.confirmed() ? TRIES : 1; tries > 0; tries--, at += AGAIN) {
            count(pieces, send.payload().size() + pieces * (SEALED + PIECE));
            if (lost(pieces)) continue;
            if (send.confirmed()) count(pieces, pieces * ACK);
            agenda.at(at, () -> arrives(from, to, send.payload()));
            return;
        }
    }

    /// From now on these are of interest to a member, and no others: asked whether they live when
    /// they have been silent for so long, and up to a quarter more by chance.
    void watch(RingMember member, List<Peer> peers, Duration silence) {
        member.watched.keySet().retainAll(peers.stream().map(Peer::id).toList());
        for (var peer : peers) {
            var watch = member.watched.get(peer.id());
            if (watch == null) {
                watch = new RingMember.Watch(agenda.now(), 1 + random.nextDouble() / 4);
                member.watched.put(peer.id(), watch);
            }
            watch.patience = (long) (silence.toNanos() * watch.later);
            look(member, peer, watch);
        }
    }

    /// Looks again when a watched peer will have been silent for too long, unless that is planned.
    private void look(RingMember member, Peer peer, RingMember.Watch watch) {
        long due = Math.max(agenda.now(), watch.heard + watch.patience);
        if (watch.due <= due) return;
        watch.due = due;
        agenda.at(due, () -> {
            if (watch.due != due) return;
            watch.due = Long.MAX_VALUE;
            missed(member, peer, watch);
        });
    }

    /// Whether a watched peer has been heard of late; if not, it is asked.
    private void missed(RingMember member, Peer peer, RingMember.Watch watch) {
        if (!member.alive || member.watched.get(peer.id()) != watch) return;
        if (watch.heard + watch.patience <= agenda.now() && !answers(member, peer, watch)) {
            member.watched.remove(peer.id());
            member.sessions.remove(peer.id());
            unreachable(member, peer, ASKING);
            return;
        }
        look(member, peer, watch);
    }

    private boolean answers(RingMember member, Peer peer, RingMember.Watch watch) {
        var other = members.get(peer.id());
        for (int asked = 1; asked <= QUESTIONS; asked++) {
            count(1, QUESTION);
            if (other == null || !reaches(member, other) || lost(1)) continue;
            count(1, QUESTION);
            other.heard(member.id(), agenda.now());
            if (lost(1)) continue;
            watch.heard = agenda.now();
            return true;
        }
        return false;
    }

    private void arrives(RingMember from, RingMember to, Bytes payload) {
        if (!to.alive || !reaches(from, to)) return;
        to.heard(from.id(), agenda.now());
        happens.accept(to, new Dht.Input.Received(from.peer, payload));
    }

    private void unreachable(RingMember member, Peer peer, long nanos) {
        agenda.in(nanos, () -> {
            if (member.alive) happens.accept(member, new Dht.Input.Unreachable(peer));
        });
    }

    private boolean reaches(RingMember one, RingMember other) {
        return !cut || one.east == other.east;
    }

    /// Whether two have a session; if not, they make one now.
    private boolean meet(RingMember from, RingMember to) {
        boolean met = spoke(from, to.id()) & spoke(to, from.id());
        if (!met) {
            count(2, CALLING);
            count(2, ANSWERING);
        }
        return met;
    }

    private boolean spoke(RingMember member, NodeId other) {
        var before = member.sessions.remove(other);
        member.sessions.putLast(other, agenda.now());
        while (member.sessions.firstEntry().getValue() + IDLE < agenda.now())
            member.sessions.pollFirstEntry();
        return before != null && before + IDLE >= agenda.now();
    }

    private boolean lost(int pieces) {
        for (int i = 0; loss > 0 && i < pieces; i++) if (random.nextDouble() < loss) return true;
        return false;
    }

    private void count(int sent, int size) {
        datagrams += sent;
        bytes += size;
    }
}
