package p2psip.app.sipd;

import module java.base;
import p2psip.std.*;

/// How long who gave wrong passwords has to wait before another one is looked at.
///
/// A few mistakes cost nothing; from then on each doubles the wait, and after many the source is
/// banned: nothing of it is looked at for a while. Who makes one right after the other is no man at
/// a telephone, and no telephone, but a program with a list: it is banned when the few are over. A
/// right password in between forgives nothing, for he who guesses may have one of his own; time
/// does.
///
/// Of IPv6 a subscriber has 2^64 addresses: they count as one. This very machine is never banned,
/// for who guesses there has other ways, and who is shut out is everybody behind a proxy of it.
public final class Logins {
    /// Mistakes that everybody makes.
    static final int FREE = 5;

    /// As many make a guesser.
    static final int GUESSER = 20;

    /// Mistakes are in a row as long as each comes so soon after the one before.
    static final Duration HASTE = Duration.ofSeconds(2);

    /// The wait after the first mistake that is not free, and the longest that it is doubled to.
    static final Duration FIRST_WAIT = Duration.ofSeconds(1), LAST_WAIT = Duration.ofSeconds(32);

    /// How long a guesser is banned.
    static final Duration BAN = Duration.ofMinutes(10);

    /// Mistakes are forgotten so long after the last one.
    static final Duration FORGIVEN = Duration.ofHours(1);

    /// Sources remembered; beyond it the one that was wrong least lately is forgotten.
    static final int SOURCES = 10_000;

    /// Bytes of an address of IPv6 that are one subscriber's.
    private static final int PREFIX = 8;

    /// @param source an address, or the range of addresses that one subscriber has
    /// @param left   for how long it is banned yet
    public record Ban(String source, int mistakes, Duration left) {}

    /// @param row    how many of them are in a row
    /// @param banned whether it is banned until then, and does not wait only
    private record Mistakes(int count, int row, boolean banned, Instant last, Instant until) {}

    private final SequencedMap<Net, Mistakes> sources = new LinkedHashMap<>();
    private final Predicate<InetAddress> spared;
    private final Outbox<Ban> fresh = new Outbox<>();

    public Logins() { this(InetAddress::isLoopbackAddress); }

    /// @param spared who is never banned
    public Logins(Predicate<InetAddress> spared) { this.spared = spared; }

    /// How long a source still has to wait; empty if its password is looked at.
    Optional<Duration> waits(InetAddress source, Instant now) {
        return Optional.ofNullable(sources.get(net(source))).map(m -> left(m, now))
                .filter(Duration::isPositive);
    }

    /// How long a source is banned yet; empty if it is not.
    Optional<Duration> banned(InetAddress source, Instant now) {
        var mistakes = sources.get(net(source));
        return mistakes == null || !mistakes.banned ? Optional.empty() : waits(source, now);
    }

    /// A source has given a wrong password.
    ///
    /// @return what to write down: one line when a source becomes slow, another when it is banned
    Optional<String> wrong(InetAddress source, String user, Instant now) {
        var net = net(source);
        var before = sources.get(net);
        boolean forgotten = before == null || before.last.plus(FORGIVEN).isBefore(now);
        int count = forgotten ? 1 : before.count + 1;
        int row = forgotten || before.last.plus(HASTE).isBefore(now) ? 1 : before.row + 1;
        boolean bans = (count >= GUESSER || row > FREE) && !spared.test(source);
        if (bans) fresh.add(new Ban(text(net), count, BAN));
        var wait = bans ? BAN : wait(count);
        sources.putLast(net, new Mistakes(count, row, bans, now, now.plus(wait)));
        if (sources.size() > SOURCES) sources.pollFirstEntry();
        boolean news = bans ? forgotten || !before.banned : count == FREE + 1;
        if (!news) return Optional.empty();
        var hasty = bans && count < GUESSER ? ", one right after the other" : "";
        return Optional.of(text(net) + " has given " + count + " wrong passwords" + hasty
                + ", the last one for " + user + ": it has to wait "
                + (bans ? BAN.toMinutes() + " minutes" : "before each of the next"));
    }

    /// All who are banned, the one first who was wrong least lately.
    List<Ban> bans(Instant now) {
        return sources.entrySet().stream().filter(e -> e.getValue().banned
                        && left(e.getValue(), now).isPositive())
                .map(e -> new Ban(text(e.getKey()), e.getValue().count,
                        left(e.getValue(), now))).toList();
    }

    /// Who was banned since the last call.
    List<Ban> fresh() { return fresh.take(); }

    /// Forgets all mistakes of a source, and of those that count as one with it.
    boolean forgive(InetAddress source) { return sources.remove(net(source)) != null; }

    private static Duration left(Mistakes mistakes, Instant now) {
        return Duration.between(now, mistakes.until);
    }

    private static Duration wait(int count) {
        if (count <= FREE) return Duration.ZERO;
        var doubled = FIRST_WAIT.multipliedBy(1L << Math.min(count, GUESSER) - FREE - 1);
        return doubled.compareTo(LAST_WAIT) < 0 ? doubled : LAST_WAIT;
    }

    private static Net net(InetAddress source) {
        var ip = source.getAddress();
        if (ip.length == 4) return new Net(source, 8 * ip.length);
        Arrays.fill(ip, PREFIX, ip.length, (byte) 0);
        try {
            return new Net(InetAddress.getByAddress(ip), 8 * PREFIX);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    private static String text(Net net) {
        return net.address().getHostAddress()
                + (net.bits() == 8 * PREFIX ? "/" + net.bits() : "");
    }

    int size() { return sources.size(); }
}
