package p2psip.app.media;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;

/// Between whom the requests go that are under way: a core says where it sends them to, but not
/// from where each has come.
final class Passing {
    /// Requests remembered, of each kind; the oldest are forgotten.
    static final int LIMIT = 10_000;

    /// A request that was sent.
    ///
    /// @param offer what it says, if that went on as it was
    /// @param call  of which it is, if its media pass through here
    record Sent(Party from, Party to, Optional<SessionDescription> offer,
            Optional<MediaCall> call) {}

    /// What a copy of a request has in common with it.
    private record Name(String callId, String fromTag, String cseq) {}

    private final Predicate<Flow> pages;
    private final SequencedMap<Name, Party> came = new LinkedHashMap<>();
    private final SequencedMap<TransactionId, Sent> sent = new LinkedHashMap<>();

    /// @param pages flows of browsers
    Passing(Predicate<Flow> pages) { this.pages = pages; }

    int size() { return came.size() + sent.size(); }

    private static Name name(Message message) {
        return new Name(message.callId(), message.from().tag().orElse(""), "" + message.cseq());
    }

    /// A request came in; of interest are those that may begin a session.
    void came(Request request, Flow flow) {
        if (request.is("CANCEL") || request.is("BYE") || request.is("REGISTER")
                || !request.has("Contact")) return;
        came.putLast(name(request), Party.of(request, flow, pages));
        if (came.size() > LIMIT) came.pollFirstEntry();
    }

    /// From whom a request has come.
    Optional<Party> from(Request copy) { return Optional.ofNullable(came.get(name(copy))); }

    /// The core has answered a request.
    void answered(Response response) { if (!response.provisional()) came.remove(name(response)); }

    void sent(TransactionId id, Sent request) {
        sent.putLast(id, request);
        if (sent.size() > LIMIT) sent.pollFirstEntry();
    }

    Optional<Sent> sent(TransactionId id) { return Optional.ofNullable(sent.get(id)); }

    /// Nothing more comes of it.
    Optional<Sent> ended(TransactionId id) { return Optional.ofNullable(sent.remove(id)); }
}
