package p2psip.std.rfc3550;

import module java.base;

/// The table of sources, in the order in which they were first heard.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.2.1 RFC 3550 §6.2.1
final class Members {
    //= rfc3550#6.2.1-5,7 a fixed multiplier: after five intervals of silence a site is gone
    private static final int TIMEOUT = 5;

    private final int limit;
    private int clockRate;
    private final Map<Long, Source> sources = new LinkedHashMap<>();
    /// Whom nobody asks for: no identifier is negative.
    private final Source nobody;
    private Source last;

    Members(int limit, int clockRate) {
        this.limit = limit;
        this.clockRate = clockRate;
        nobody = new Source(-1, clockRate, Instant.MIN);
        last = nobody;
    }

    /// Timestamps count otherwise from now on.
    void clock(int clockRate) {
        this.clockRate = clockRate;
        sources.values().forEach(source -> source.clock(clockRate));
    }

    /// The source that was asked for last if it is that, for mostly one speaks at a time; else
    /// it is looked up. Of no source that is known it answers [#nobody].
    //= rfc3550#A.1-16 a single-entry cache for lookups
    Source known(long ssrc) {
        return last.ssrc() == ssrc ? last : (last = sources.getOrDefault(ssrc, nobody));
    }

    boolean nobody(Source source) { return source == nobody; }

    /// The source, which is new if it has not been heard before; empty if there are too many.
    Optional<Source> heard(long ssrc, Instant now) {
        var source = known(ssrc);
        if (nobody(source)) {
            if (sources.size() >= limit) return Optional.empty();
            source = last = new Source(ssrc, clockRate, now);
            //= rfc3550#6.2.1-1 each that is heard gets an entry, by its SSRC identifier
            sources.put(ssrc, source);
        }
        source.hear(now);
        return Optional.of(source);
    }

    boolean contains(long ssrc) { return sources.containsKey(ssrc); }

    Optional<Source> get(long ssrc) { return Optional.ofNullable(sources.get(ssrc)); }

    int size() { return sources.size(); }

    List<Source> all() { return List.copyOf(sources.values()); }

    /// Participants, this one included.
    //= rfc3550#6.2.1-11 nobody is sampled, so the size of the group is not underestimated
    int members() { return 1 + (int) sources.values().stream().filter(Source::member).count(); }

    /// How many others have sent data since then.
    int senders(Instant since) {
        return (int) sources.values().stream()
                .filter(s -> s.member() && !s.sent().isBefore(since)).count();
    }

    /// Removes those that have been silent for five intervals, and those that said BYE before the
    /// last one.
    ///
    /// @return those removed that had not said so
    List<Source> expire(Duration interval, Instant now) {
        var silent = now.minus(interval.multipliedBy(TIMEOUT));
        var gone = sources.values().stream().filter(s -> s.heard().isBefore(silent)).toList();
        last = nobody;
        //= rfc3550#6.2.1-4 after a BYE the entry is kept for a while, for stragglers
        sources.values().removeIf(s -> s.heard().isBefore(silent)
                || !s.left().equals(Instant.MAX) && s.left().plus(interval).isBefore(now));
        return gone.stream().filter(Source::member).toList();
    }
}
