package p2psip.app.p2p;

import module java.base;
import p2psip.std.Bytes;

/// The calls that this node has answered, as long as their sessions last: an Init that comes again
/// gets the same answer, and costs no signature.
final class Answered {
    private record Answer(Bytes signature, Bytes datagram) {}

    private final Map<Long, Answer> answers = new LinkedHashMap<>();
    private final Map<Bytes, Long> bySignature = new LinkedHashMap<>();
    private final SequencedSet<Long> unproven = new LinkedHashSet<>();   // oldest first

    void add(long session, Packet.Init init, Packet.Accept accept) {
        answers.put(session, new Answer(init.signature(), accept.encode()));
        bySignature.put(init.signature(), session);
        unproven.add(session);
    }

    /// What was said to this Init before.
    Optional<Bytes> to(Packet.Init init) {
        return Optional.ofNullable(bySignature.get(init.signature())).map(answers::get)
                .map(Answer::datagram);
    }

    /// The caller has shown that it has the key.
    void proven(long session) { unproven.remove(session); }

    /// How many callers have not yet.
    int unproven() { return unproven.size(); }

    /// The session that has waited longest for its caller's proof.
    long oldest() { return unproven.getFirst(); }

    void forget(long session) {
        unproven.remove(session);
        var answer = answers.remove(session);
        if (answer != null) bySignature.remove(answer.signature, session);
    }

    int size() { return answers.size() + bySignature.size() + unproven.size(); }
}
