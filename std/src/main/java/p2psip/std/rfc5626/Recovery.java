package p2psip.std.rfc5626;

import module java.base;

/// How long to wait before a flow is made again that could not be made.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.5 RFC 5626 §4.5
public final class Recovery {
    static final Duration MOST = Duration.ofSeconds(1800);
    /// If no flow is left, and if there is one.
    static final Duration ALL_FAILED = Duration.ofSeconds(30), OTHERS = Duration.ofSeconds(90);

    private Recovery() {}

    /// @param failures  how many attempts have failed one after the other, this one included
    /// @param allFailed whether the flows to all other proxies have failed, too
    public static Duration pause(int failures, boolean allFailed, RandomGenerator random) {
        var base = allFailed ? ALL_FAILED : OTHERS;
        //  twice as long each time; 2^6 is more than the most for either
        var most = base.multipliedBy(1L << Math.min(failures, 6));
        //= rfc5626#4.5-3 the retry delay: at random, from half to the whole of it
        return KeepAlive.between(50, 100, most.compareTo(MOST) < 0 ? most : MOST, random);
    }
}
