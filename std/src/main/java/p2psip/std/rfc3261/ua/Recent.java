package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.CSeq;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc3261.TransactionId;

/// The requests whose server transactions are still there: to find what a CANCEL means, and to
/// notice a request that has come by two ways.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.2.2.2 RFC 3261 §8.2.2.2
final class Recent {
    /// How many are remembered; the oldest is forgotten at the limit.
    static final int LIMIT = 10_000;

    /// What a fork leaves as it was; each branch has its own Via.
    private record Origin(String fromTag, String callId, CSeq cseq) {
        static Origin of(Request request) {
            return new Origin(request.from().tag().orElse(""), request.callId(), request.cseq());
        }
    }

    /// The method of a CANCEL differs from that of what it cancels.
    private record Branch(String branch, String sentBy) {
        static Branch of(TransactionId id) { return new Branch(id.branch(), id.sentBy()); }
    }

    /// One request.
    ///
    /// @param tag in To of the responses to it
    /// @param end when its transaction is over, unless it has no final response yet
    record Entry(Origin origin, String tag, Instant end) {}

    private final SequencedMap<Branch, Entry> open = new LinkedHashMap<>();
    private final SequencedMap<Branch, Entry> ending = new LinkedHashMap<>();   // in order of end
    private final Map<Origin, Branch> origins = new LinkedHashMap<>();

    /// A request that has come before by another way, which is answered here, or nothing.
    Optional<Response> merged(TransactionId id, Request request, String tag) {
        var before = origins.get(Origin.of(request));
        //= rfc3261#8.2.2.2-2 same From tag, Call-ID and CSeq, but another transaction: 482
        return before == null || before.equals(Branch.of(id)) ? Optional.empty()
                : Optional.of(Reply.to(request, 482, tag));
    }

    void add(TransactionId id, Request request, String tag) {
        var origin = Origin.of(request);
        open.put(Branch.of(id), new Entry(origin, tag, Instant.MAX));
        origins.putIfAbsent(origin, Branch.of(id));
        if (open.size() + ending.size() > LIMIT) forget(ending.isEmpty() ? open : ending);
    }

    /// A final response was sent: the transaction ends after 64*T1.
    void answered(TransactionId id, TimerValues times, Instant now) {
        var entry = open.remove(Branch.of(id));
        if (entry != null) ending.put(Branch.of(id),
                new Entry(entry.origin, entry.tag, now.plus(times.t1x64())));
    }

    Optional<Entry> find(TransactionId id) {
        var branch = Branch.of(id);
        return Optional.ofNullable(open.getOrDefault(branch, ending.get(branch)));
    }

    Instant deadline() {
        return ending.isEmpty() ? Instant.MAX : ending.firstEntry().getValue().end;
    }

    void wake(Instant now) {
        while (!deadline().isAfter(now)) forget(ending);
    }

    private void forget(SequencedMap<Branch, Entry> entries) {
        var oldest = entries.pollFirstEntry();
        origins.remove(oldest.getValue().origin, oldest.getKey());
    }
}
