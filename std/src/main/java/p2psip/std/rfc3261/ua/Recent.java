package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.Demultiplexer.Verdict;

/// The requests of the peer that are answered here, and for 64*T1 those that were: to complete what
/// is said to them, to find what a CANCEL means, and to notice one that has come by two ways.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.2.2.2 RFC 3261 §8.2.2.2
final class Recent {
    /// How many are remembered, twice as many as there may be usages; at the limit the oldest is
    /// forgotten, of those that have a final response if there are any.
    static final int LIMIT = 20_000;

    /// What a fork leaves as it was; each branch has its own Via.
    private record Origin(String fromTag, String callId, CSeq cseq) {
        static Origin of(Request request) {
            return new Origin(request.from().tag().orElse(""), request.callId(), request.cseq());
        }
    }

    /// One request.
    ///
    /// @param flow by which it came
    /// @param tag in To of the responses to it
    /// @param end when it is forgotten, unless it has no final response yet
    record Entry(Request request, Flow flow, String tag, Verdict verdict, Instant end) {
        boolean pending() { return end.equals(Instant.MAX); }
    }

    // each under the id of the CANCEL for it, whose method alone differs from its own
    private final SequencedMap<TransactionId, Entry> open = new LinkedHashMap<>();
    private final SequencedMap<TransactionId, Entry> ending = new LinkedHashMap<>();
    private final Map<Origin, TransactionId> origins = new HashMap<>();

    /// Whether a request has come before by another way.
    boolean merged(TransactionId id, Request request) {
        var before = origins.get(Origin.of(request));
        return before != null && !before.equals(Cancel.of(id));
    }

    void add(TransactionId id, Request request, Flow flow, String tag, Verdict verdict) {
        open.put(Cancel.of(id), new Entry(request, flow, tag, verdict, Instant.MAX));
        origins.putIfAbsent(Origin.of(request), Cancel.of(id));
        if (open.size() + ending.size() > LIMIT) forget(ending.isEmpty() ? open : ending);
    }

    /// A final response was sent, so it is forgotten after 64*T1.
    void answered(TransactionId id, Instant now) {
        Optional.ofNullable(open.remove(Cancel.of(id))).ifPresent(e -> ending.put(Cancel.of(id),
                new Entry(e.request, e.flow, e.tag, e.verdict, now.plus(TimerValues.T1_X64))));
    }

    Optional<Entry> find(TransactionId id) {
        return Optional.ofNullable(open.getOrDefault(Cancel.of(id), ending.get(Cancel.of(id))));
    }

    Instant deadline() {
        return ending.isEmpty() ? Instant.MAX : ending.firstEntry().getValue().end;
    }

    void wake(Instant now) { while (!deadline().isAfter(now)) forget(ending); }

    private void forget(SequencedMap<TransactionId, Entry> entries) {
        var oldest = entries.pollFirstEntry();
        origins.remove(Origin.of(oldest.getValue().request), oldest.getKey());
    }
}
