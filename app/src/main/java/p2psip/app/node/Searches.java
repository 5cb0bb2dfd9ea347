package p2psip.app.node;

import module java.base;
import p2psip.app.sipd.Budget;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Aor;
import p2psip.std.rfc3261.server.LocationService.Event.Find;
import p2psip.std.rfc3261.server.LocationService.Found;

/// The searches of a node for people who are elsewhere: a flood of them, from one source or from
/// many, costs others of its source little time and all others less.
///
/// Each source (an address and port) has a [Budget]; some searches are under way at once and the
/// rest wait for their [Turns]. While some wait, who was just found nowhere is not searched for
/// again.
final class Searches {
    /// Under way at once, and waiting.
    static final int AT_ONCE = 256, WAITING = 256;

    /// What a source may ask for at once, and in each second.
    static final int BURST = 40, PER_SECOND = 20;

    /// How long it is remembered that somebody is nowhere, and of how many.
    static final Duration NOWHERE = Duration.ofSeconds(5);
    static final int NOBODIES = 10_000;

    private final Budget<InetSocketAddress> budget = new Budget<>(BURST, PER_SECOND);
    private final Turns<Find> turns = new Turns<>(AT_ONCE, WAITING);
    private final Map<Long, Aor> underWay = new HashMap<>();
    private final SequencedMap<Aor, Instant> nowhere = new LinkedHashMap<>();

    /// How many are under way or wait.
    int size() { return turns.size(); }

    /// Somebody is to be found: [#next] says when. What comes back is the answer to this find, or
    /// to one that gives way to it.
    Optional<Found> want(Find find, Instant now) {
        boolean busy = turns.size() >= AT_ONCE;
        if (busy && nowhere.getOrDefault(find.aor(), Instant.MIN).isAfter(now))
            return Optional.of(new Found(find.id(), false, List.of()));
        var who = source(find.request());
        if (!budget.take(who, now)) return Optional.of(refused(find));
        turns.want(who, find);
        return turns.surplus().map(Searches::refused);
    }

    private static Found refused(Find find) {
        return new Found(find.id(), true, List.of(), List.of(new Header("Retry-After", "5"),
                new Header("Warning", "399 p2psip \"too many searches from where you are\"")));
    }

    /// Where a request comes from, as the transport has noted in its top Via.
    private static InetSocketAddress source(Request request) {
        var via = request.topVia();
        var host = HostName.literal(via.params().get("received").orElse(via.host()));
        var port = via.params().get("rport").filter(text -> !text.isEmpty())
                .map(Integer::valueOf).orElse(via.port().orElse(0));
        return new InetSocketAddress(host.orElse(InetAddress.getLoopbackAddress()), port);
    }

    /// Whose search begins now.
    Optional<Find> next(Instant now) {
        var next = turns.next(now);
        next.ifPresent(find -> underWay.put(find.id(), find.aor()));
        return next;
    }

    /// A search has ended.
    void ended(Found found, Instant now) {
        var aor = underWay.remove(found.id());
        if (aor == null) return;
        turns.done();
        if (found.known()) nowhere.remove(aor);
        else nowhere.putLast(aor, now.plus(NOWHERE));
        if (nowhere.size() > NOBODIES) nowhere.pollFirstEntry();
    }
}
