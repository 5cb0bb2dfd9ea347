package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;

/// The ports of the next call, and what the helpers say of them: opened and asked for before
/// anybody calls, so that an offer or an answer has all candidates and has waited for none.
///
/// A phone without helpers keeps nothing: it knows its own addresses.
final class Reserve {
    /// After what time others take their place: a router between may have been started anew.
    static final Duration PERIOD = Duration.ofMinutes(2);

    /// After what time, if a helper has not answered.
    static final Duration RETRY = Duration.ofSeconds(25);

    /// The numbers of its sockets: none is that of a call.
    private static final long FIRST = 4 * PhoneCommand.NUMBERS;

    private final Helpers helpers;
    private final InetAddress address;
    private final RandomGenerator random;
    private final Map<Long, Long> taken = new HashMap<>();
    private Optional<Stock> standing = Optional.empty();
    private Instant begun = Instant.MIN;
    private long number = FIRST;

    Reserve(Helpers helpers, InetAddress address, RandomGenerator random) {
        this.helpers = helpers;
        this.address = address;
        this.random = random;
    }

    /// @param wanted whether another call may come
    Instant deadline(boolean wanted) {
        return standing.map(stock -> Collections.min(List.of(stock.deadline(), end(stock))))
                .orElse(wanted && !helpers.all().isEmpty() ? Instant.MIN : Instant.MAX);
    }

    private Instant end(Stock stock) {
        return begun.plus(stock.gatherer().whole() ? PERIOD : RETRY);
    }

    List<Effect> wake(boolean wanted, Instant now) {
        if (deadline(wanted).isAfter(now)) return List.of();
        var effects = new ArrayList<Effect>();
        if (standing.filter(stock -> !end(stock).isAfter(now)).isPresent())
            effects.addAll(close(now));
        if (standing.isPresent()) effects.addAll(standing.get().wake(now));
        else if (wanted) effects.addAll(open(now));
        return effects;
    }

    private List<Effect> open(Instant now) {
        begun = now;
        var stock = new Stock(++number, address, helpers, random);
        standing = Optional.of(stock);
        return stock.ports().open();
    }

    /// Whether something of its sockets is told, which no call has taken.
    boolean isFor(Id id) { return id.number() == number && standing.isPresent(); }

    List<Effect> handle(Event event, Instant now) { return standing.get().handle(event, now); }

    /// For a call: what stands in reserve, whole or not, or else ports that are still to be opened.
    Stock take(long call) {
        var stock = standing.filter(one -> !one.ports().failed());
        if (stock.isEmpty()) return new Stock(call, address, helpers, random);
        taken.put(number, call);
        standing = Optional.empty();
        return stock.get();
    }

    /// Which call has taken these sockets.
    long call(Id id) { return taken.getOrDefault(id.number(), id.number()); }

    void ended(long call) { taken.values().remove(call); }

    List<Effect> close(Instant now) {
        var effects = standing.map(stock -> stock.close(now)).orElse(List.of());
        standing = Optional.empty();
        return effects;
    }
}
