package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// A redirect server: says where somebody is, and leaves the rest to who has asked.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.3 RFC 3261 §8.3
public final class RedirectServer implements Intermediary {
    /// As many requests may wait for the location service; one more is answered 503.
    static final int LIMIT = 100_000;

    private final Domains home;
    private final Guard guard;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    /// Requests whose addressees are being looked for.
    private final SequencedMap<Long, Input.Received> searches = new LinkedHashMap<>();
    private long lastQuestion;

    public RedirectServer(Domains home, Guard guard, RandomGenerator random) {
        this.home = home;
        this.guard = guard;
        this.random = random;
    }

    /// How many requests wait for the location service.
    @Override public int pending() { return searches.size(); }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _) when request.is("CANCEL") ->
                    cancelled(id, request);
            case Input.Received asked -> Refusal.of(() -> received(asked, now)).ifPresent(
                    why -> respond(asked.transaction(), why.to(asked.request(), tag())));
            case Input.Asked(Found found) -> Optional.ofNullable(searches.remove(found.id()))
                    .ifPresent(asked -> respond(asked.transaction(),
                            answer(asked.request(), found, tag())
                            .change(list -> list.addAll(found.headers()))));
            //  it sends no request of its own, so nothing else is for it
            case Input.Asked _, Input.Acknowledged _, Input.OfRequest _, Input.FlowEnded _,
                    Input.Ponged _ -> { }
        }
        return out.take();
    }

    /// Asks where somebody is, or says why not.
    private Optional<Refusal> received(Input.Received asked, Instant now) {
        var request = asked.request();
        //= rfc3261#8.3-5 whatever the method, Require or unknown header fields: all is redirected
        if (!(Uri.parse(request.uri()) instanceof SipUri uri) || !home.hosts(uri))
            return Optional.of(Refusal.of(404));
        return guard.refuses(request, asked.flow(), Purpose.INBOUND, now).or(() -> {
            if (searches.size() >= LIMIT) return Optional.of(Refusal.BUSY);
            searches.put(++lastQuestion, asked);
            out.add(new Output.Told(
                    new LocationService.Event.Find(lastQuestion, home.aor(uri), request)));
            return Optional.empty();
        });
    }

    /// Where somebody is, as a response without what else the location service says.
    static Response answer(Request request, Found found, String tag) {
        var asked = Uri.parse(request.uri());
        var contacts = found.destinations().stream()
                //= rfc3261#8.3-2 never to a URI equal to the Request-URI
                .filter(to -> !to.uri().matches(asked))
                .sorted(Comparator.comparingDouble(Destination::q).reversed())
                .map(RedirectServer::contact).distinct().toList();
        int status = !found.known() ? 404 : contacts.isEmpty()
                //= rfc3261#8.3-2 but where there is nothing else it is rejected with a 404
                ? found.destinations().isEmpty() ? 480 : 404 : contacts.size() == 1 ? 302 : 300;
        return Reply.to(request, status, tag).change(list -> {
            //= rfc3261#8.3-3 each may be of any scheme: the resource is where its user says
            for (var contact : contacts) list.add(new Header("Contact", contact));
        });
    }

    //= rfc5630#5.4-3,6 a SIP Contact where the target had registered one
    //= rfc5630#5.4-2,5 and a SIPS Contact where it had registered that
    private static String contact(Destination to) {
        var contact = Address.of(to.uri());
        return (to.q() == 1 ? contact
                : contact.withParams(Params.NONE.with("q", Double.toString(to.q())))).toString();
    }

    private void cancelled(TransactionId id, Request cancel) {
        //= rfc3261#8.3-1 a well-formed CANCEL is answered with a 2xx
        respond(id, Reply.to(cancel, 200, tag()));
        var invite = Cancel.cancelled(id);
        searches.entrySet().removeIf(search -> {
            if (!search.getValue().transaction().equals(invite)) return false;
            respond(invite, Reply.to(search.getValue().request(), 487, tag()));
            return true;
        });
    }

    private void respond(TransactionId id, Response response) {
        out.add(new Output.Respond(id, response));
    }

    private String tag() { return Tokens.token(random); }
}
