package p2psip.std.rfc3903;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc6665.*;

/// What somebody has published, from the PUBLISH that says it until the next one that concerns it,
/// or until nobody cares for it any more.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3903#section-6 RFC 3903 §6
public final class Publication implements Usage {
    /// The shortest that is worth its messages, and the longest.
    static final Duration SHORTEST = Duration.ofSeconds(60), LONGEST = Duration.ofDays(1);

    /// Another PUBLISH has it now.
    record TakenOver(long usage) implements Usage.Command {}

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// Somebody says how things are with him; once more under the same number when that
        /// changes.
        record Published(long usage, String event, Address publisher, Content state)
                implements Event {}

        /// It is not so any more, for he says so, or says nothing.
        record Removed(long usage, String event, Address publisher) implements Event {}
    }

    private final long number;
    private final Self self;
    private final EventPackage events;
    private final Store store;
    private final Predicate<Address> rule;
    private final Optional<Authentication> authentication;
    private final Outbox<Output> out = new Outbox<>();
    private Optional<Address> publisher = Optional.empty();
    private long first;
    private String tag = "";
    private Instant ends = Instant.MAX;
    private boolean over;

    Publication(long number, Self self, EventPackage events, Store store,
            Predicate<Address> rule, Optional<Authentication> authentication) {
        this.number = number;
        this.self = self;
        this.events = events;
        this.store = store;
        this.rule = rule;
        this.authentication = authentication;
    }

    @Override public String name() { return "published"; }

    @Override public boolean terminated() { return over; }

    @Override public Instant deadline() { return over ? Instant.MAX : ends; }

    @Override public List<Output> wake(Instant now) {
        if (!deadline().isAfter(now)) {
            store.remove(tag);
            removed();
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            //= rfc3903#6-4 each PUBLISH is processed when it is received, before the next
            case Input.Received(var id, var request, _, var flow) ->
                    received(id, request, flow, now);
            case Input.Asked(TakenOver _) -> over = true;
            case Input.Asked _, Input.Answered _, Input.Acknowledged _, Input.Cancelled _,
                    Input.DialogEnded _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// All or nothing: what is refused has changed nothing.
    private void received(TransactionId id, Request request, Flow flow, Instant now) {
        //= rfc3903#6-5,21 a request is looked at completely before anything is kept
        //= rfc3903#14.2-1,2 authenticated by Digest, before anything else
        //= rfc3903#14.3-1 with its protection against replay
        var refusal = authentication.flatMap(each -> each.refusal(request, flow, self, now))
                .or(() -> refusal(request));
        if (refusal.isPresent()) {
            over = true;
            out.add(new Output.Respond(id, refusal.get()));
            return;
        }
        //= rfc3903#6-1,3 Record-Route and Contact are ignored
        publisher = Optional.of(request.from());
        var old = request.first("SIP-If-Match").flatMap(store::find);
        var lasting = granted(request);
        old.ifPresent(entry -> out.add(new Output.Pass(new TakenOver(entry.usage()))));
        request.first("SIP-If-Match").ifPresent(store::remove);
        first = old.map(Store.Entry::first).orElse(number);
        var state = request.body().isEmpty() ? old.map(Store.Entry::state)
                : Optional.of(new Content(type(request), request.body()));
        tag = store.keep(new Store.Entry(number, first, events.name(), name(request),
                state.orElseThrow()), self.random());
        ends = now.plus(lasting);
        //= rfc3903#6-23 Expires: how long it is kept
        //= rfc3903#6-24,25 SIP-ETag: under which name, a new one each time
        out.add(new Output.Respond(id, self.reply(request, 200)
                .with("Expires", Long.toString(lasting.toSeconds())).with("SIP-ETag", tag)));
        if (lasting.isZero()) {
            //= rfc3903#6-19,20 for 0 seconds: the state is removed at once, or never stored
            store.remove(tag);
            if (old.isPresent()) removed();
            over = true;
        } else if (!old.map(Store.Entry::state).equals(state)) out.add(new Output.Told(
                new Event.Published(first, events.name(), publisher.get(), state.orElseThrow())));
    }

    private void removed() {
        over = true;
        out.add(new Output.Told(
                new Event.Removed(first, events.name(), publisher.orElseThrow())));
    }

    private static String type(Request request) { return request.need("Content-Type"); }

    private static String name(Request request) {
        return request.from().uri() instanceof SipUri uri ? uri.user() + "@" + uri.host()
                : request.from().uri().toString();
    }

    // The steps before anything is kept

    private Optional<Response> refusal(Request request) {
        //= rfc3903#14.1-1 the policy says who may publish
        if (!rule.test(request.from())) return answer(request, 403);
        return tag(request).or(() -> duration(request)).or(() -> body(request))
                //= rfc3903#9-1,2 too much: 503, with Retry-After
                .or(() -> !request.has("SIP-If-Match") && store.full(name(request))
                        ? Optional.of(self.reply(request, 503).with("Retry-After", "60"))
                        : Optional.empty());
    }

    private Optional<Response> tag(Request request) {
        var tags = request.all("SIP-If-Match");
        if (tags.isEmpty()) return Optional.empty();
        //= rfc3903#6-9 one name, or 400
        if (tags.size() > 1 || !Grammar.isToken(tags.getFirst())) return answer(request, 400);
        //= rfc3903#6-10 that of something that is here, of the same package and publisher: else 412
        return store.find(tags.getFirst()).filter(entry -> entry.event().equals(events.name())
                && entry.publisher().equals(name(request))).isPresent()
                ? Optional.empty() : answer(request, 412);
    }

    private Optional<Response> duration(Request request) {
        var asked = asked(request);
        //= rfc3903#6-14 more than nothing, and less than is worth it: 423
        //= rfc3903#6-15 with Min-Expires, how long it must be
        return asked.isZero() || asked.compareTo(SHORTEST) >= 0 ? Optional.empty()
                : Optional.of(self.reply(request, 423)
                        .with("Min-Expires", Long.toString(SHORTEST.toSeconds())));
    }

    private Optional<Response> body(Request request) {
        if (request.body().isEmpty())
            //= rfc3903#6-17 nothing about nothing: 400
            return request.has("SIP-If-Match") ? Optional.empty() : answer(request, 400);
        var type = request.first("Content-Type").map(text ->
                new Content(text, request.body()).mediaType()).orElse("");
        //= rfc3903#6-16 a type that the package does not have: 415
        return events.bodies().contains(type) ? Optional.empty()
                : Optional.of(self.reply(request, 415)
                        .with("Accept", String.join(", ", events.bodies())));
    }

    private Optional<Response> answer(Request request, int status) {
        return Optional.of(self.reply(request, status));
    }

    private Duration granted(Request request) {
        //= rfc3903#6-13 as long as is requested, but not longer than a day
        return Collections.min(List.of(asked(request), LONGEST));
    }

    private Duration asked(Request request) {
        //= rfc3903#6-11 as long as its Expires says
        return request.first("Expires").filter(text -> Grammar.isNumber(text, 0xffffffffL))
                .map(Long::parseLong).map(Duration::ofSeconds)
                //= rfc3903#6-12 or a default, which the package has
                .orElse(events.expires());
    }
}
