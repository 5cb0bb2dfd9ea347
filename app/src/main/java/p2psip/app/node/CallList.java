package p2psip.app.node;

import module java.base;
import p2psip.app.node.Question.Call;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// A core with a list of the calls that go through it, for people to look at: it changes nothing.
///
/// A call is there from its INVITE until it is refused or its BYE comes by. The proxy has no other
/// sign of the end: if both phones have lost their power the call stays until it is [#OLD].
final class CallList implements Core {
    /// Calls remembered; of one more the oldest is forgotten.
    static final int LIMIT = 1_000;

    /// How long a call is remembered that nobody has ended.
    static final Duration OLD = Duration.ofHours(12);

    private final Core core;
    /// By Call-ID, oldest first.
    private final SequencedMap<String, Call> calls = new LinkedHashMap<>();

    CallList(Core core) { this.core = core; }

    List<Call> calls(Instant now) {
        calls.values().removeIf(call -> call.since().plus(OLD).isBefore(now));
        return List.copyOf(calls.values());
    }

    @Override public Instant deadline() { return core.deadline(); }

    @Override public List<Output> wake(Instant now) { return seen(core.wake(now), now); }

    @Override public List<Output> handle(Input input, Instant now) {
        if (input instanceof Input.Received(_, var request, _)) seen(request, now);
        return seen(core.handle(input, now), now);
    }

    private void seen(Request request, Instant now) {
        if (request.is("BYE")) calls.remove(request.callId());
        if (!request.is("INVITE") || request.to().tag().isPresent()) return;
        calls.putIfAbsent(request.callId(), new Call(request.callId(),
                Witness.text(request.from().uri()), Witness.text(request.to().uri()),
                Call.State.CALLING, now));
        if (calls.size() > LIMIT) calls.pollFirstEntry();
    }

    private List<Output> seen(List<Output> outputs, Instant now) {
        for (var output : outputs)
            if (output instanceof Output.Respond(_, var response)
                    && response.cseq().method().equals("INVITE")) seen(response, now);
        return outputs;
    }

    private void seen(Response response, Instant now) {
        var call = calls.get(response.callId());
        if (call == null) return;
        if (response.success()) enter(call, Call.State.TALKING, now);
        else if (call.state() == Call.State.TALKING) return;   // a refused re-INVITE ends nothing
        else if (!response.provisional()) calls.remove(call.callId());
        else if (response.status() > 100) enter(call, Call.State.RINGING, now);
    }

    private void enter(Call call, Call.State state, Instant now) {
        if (call.state() != state) calls.replace(call.callId(),
                new Call(call.callId(), call.from(), call.to(), state, now));
    }
}
