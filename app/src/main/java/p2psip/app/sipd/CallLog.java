package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// A core that notes which calls begin and end at it, and knows how many there are: it changes
/// nothing.
///
/// A call has begun when its INVITE was accepted, and ends with a BYE. A proxy has no other sign of
/// the end: if both phones have lost their power the call is there until it is [#OLD]. Those of
/// before a restart are not known, though they go on.
final class CallLog implements Core {
    /// Calls remembered; of one more the oldest is forgotten.
    static final int LIMIT = 100_000;

    /// How long a call is remembered that nobody has ended.
    static final Duration OLD = Duration.ofHours(12);

    private record Call(String from, String to, boolean accepted, Instant since) {}

    private final Core core;
    private final Logbook book;
    /// By Call-ID, oldest first.
    private final SequencedMap<String, Call> calls = new LinkedHashMap<>();

    CallLog(Core core, Logbook book) {
        this.core = core;
        this.book = book;
    }

    /// How many there are, those that nobody has answered yet among them.
    int size(Instant now) {
        while (!calls.isEmpty() && calls.firstEntry().getValue().since.plus(OLD).isBefore(now))
            calls.pollFirstEntry();
        return calls.size();
    }

    @Override public boolean stateless(Message message) { return core.stateless(message); }

    @Override public Instant deadline() { return core.deadline(); }

    @Override public List<Output> wake(Instant now) { return seen(core.wake(now), now); }

    @Override public List<Output> handle(Input input, Instant now) {
        if (input instanceof Input.Received(_, var request, _) && request.is("INVITE")
                && request.to().tag().isEmpty() && !core.stateless(request)) {
            calls.putIfAbsent(request.callId(), new Call(
                    text(request.from().uri()), text(request.to().uri()), false, now));
            if (calls.size() > LIMIT) calls.pollFirstEntry();
        }
        return seen(core.handle(input, now), now);
    }

    private List<Output> seen(List<Output> outputs, Instant now) {
        for (var output : outputs)
            if (output instanceof Output.Respond(_, var response) && !response.provisional())
                switch (response.cseq().method()) {
                    case "INVITE" -> answered(response, now);
                    //  407: its caller says it again
                    case "BYE" -> {
                        if (response.status() != 407) ended(response.callId(), now);
                    }
                    default -> { }
                }
        return outputs;
    }

    private void answered(Response response, Instant now) {
        var call = calls.get(response.callId());
        if (call == null || call.accepted) return;   // a refused re-INVITE ends nothing
        if (response.success()) {
            calls.replace(response.callId(), new Call(call.from, call.to, true, now));
            book.note(Logbook.Kind.CALL_BEGUN, "from", call.from, "to", call.to,
                    "id", response.callId());
            return;
        }
        calls.remove(response.callId());
        if (response.status() != 401 && response.status() != 407)
            book.note(Logbook.Kind.CALL_FAILED, "from", call.from, "to", call.to,
                    "id", response.callId(), "status", response.status());
    }

    private void ended(String callId, Instant now) {
        var call = calls.remove(callId);
        if (call != null) book.note(Logbook.Kind.CALL_ENDED, "from", call.from, "to", call.to,
                "id", callId, "seconds", Duration.between(call.since, now).toSeconds());
    }

    /// Without what a URI may hold beside who is meant.
    static String text(Uri uri) {
        return "" + (uri instanceof SipUri(var scheme, var user, _, var host, var port, _, _)
                ? new SipUri(scheme, user, "", host, port, Params.NONE, Params.NONE) : uri);
    }
}
