package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.Machine;
import p2psip.std.Outbox;
import p2psip.std.SyntaxException;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// Finds servers by their domains, and clients whose connection is gone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4 RFC 3263 §4
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-5 RFC 3263 §5
public final class Locator implements ServerLocation {
    /// As many may be looked for at once; one more is not found.
    static final int LIMIT = 10_000;

    private record Asked(long lookup, Question question) {}

    private final Spoken spoken;
    private final RandomGenerator random;
    private final Resolver resolver = new Resolver();
    private final Secured secured = new Secured();
    private final Map<Long, Lookup> lookups = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private long lastAsked;

    /// @param points where we take in messages: what we speak, and from where
    public Locator(List<ListeningPoint> points, RandomGenerator random) {
        this.spoken = new Spoken(points);
        this.random = random;
    }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Locate(long id, var uri, boolean steady) ->
                    server(uri, steady).ifPresentOrElse(wanted -> begin(id, wanted, now),
                            () -> out.add(new Output.Located(id, List.of())));
            case Input.LocateClient(long id, var transport, var host, var port) ->
                    begin(id, client(transport, host, port), now);
            case Stack.Input.Answered(long query, var answer) ->
                    resolved(resolver.handle(new Resolver.Input.Answered(query, answer), now), now);
        }
        return out.take();
    }

    private static Optional<Lookup.Wanted> server(String text, boolean steady) {
        try {
            if (!(Uri.parse(text) instanceof SipUri uri)) return Optional.empty();
            var named = uri.params().get("transport");
            var transport = named.flatMap(Transport::named)
                    .flatMap(t -> uri.secure() ? t.secured() : Optional.of(t));
            if (named.isPresent() && transport.isEmpty()) return Optional.empty();
            return Optional.of(new Lookup.Wanted(
                    //= rfc3263#4¶5 maddr, if present, is the target instead of the host
                    uri.params().get("maddr").orElse(uri.host()), uri.host(), uri.secure(),
                    transport, uri.port(), steady));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    private static Lookup.Wanted client(Transport transport, String host, OptionalInt port) {
        //= rfc3263#5-1 by the transport that Via names: where it names TLS nothing else will do
        return new Lookup.Wanted(host, host, transport.secure(), Optional.of(transport),
                //= rfc3263#5¶4 sent-by with a port number: a domain name with addresses
                //= rfc3263#5¶5 without one it has SRV records
                port, false);
    }

    private void begin(long id, Lookup.Wanted wanted, Instant now) {
        if (lookups.size() == LIMIT) {
            out.add(new Output.Located(id, List.of()));
            return;
        }
        var lookup = new Lookup(wanted, spoken, random);
        lookups.put(id, lookup);
        said(id, lookup.begin(), now);
    }

    private void said(long id, List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Lookup.Output.Ask(var question) -> {
                asked.put(++lastAsked, new Asked(id, question));
                resolved(resolver.handle(
                        new Resolver.Input.Ask(lastAsked, question), now), now);
            }
            case Lookup.Output.Found(var targets) -> {
                lookups.remove(id);
                out.add(new Output.Located(id, targets));
            }
            case Lookup.Output.Says(var domain, boolean says) -> {
                //= rfc3263#7-2 SIPS is there no longer: an alarm
                if (secured.ceased(domain, says)) out.add(new Stack.Output.Remark(
                        domain + " has said SIPS in the DNS, and does no longer: is somebody"
                                + " changing what it says?", "rfc3263#7"));
            }
        }
    }

    private void resolved(List<Resolver.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Resolver.Output.Query(long query, var question) ->
                    out.add(new Stack.Output.Query(query, question));
            case Resolver.Output.Told(long id, var records) -> {
                var from = asked.remove(id);
                var lookup = lookups.get(from.lookup);
                if (lookup != null)
                    said(from.lookup, lookup.told(from.question, records), now);
            }
        }
    }
}
