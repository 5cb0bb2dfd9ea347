package p2psip.std.rfc8445;

import module java.base;

/// What an agent leaves to its owner.
///
/// @param ta        how often a check is begun
/// @param pairs     how many pairs there are at most, in all streams
/// @param patience  how long the controlling agent waits for a direct path when one over a relay
///                  works
/// @param pac       how long nothing is given up: Patiently Awaiting Connectivity
/// @param keepalive after what silence a lite agent sends something: Tr
/// @param trickle   whether candidates may come one by one
/// @param loopback  whether addresses of the machine's own loop count: in a laboratory
public record Settings(Duration ta, int pairs, Duration patience, Duration pac, Duration keepalive,
        boolean trickle, boolean loopback) {

    //= rfc8445#14.2-1 Ta is 50 ms by default
    //= rfc8445#6.1.2.5-2 100 pairs by default, and configurable
    //= rfc8445#11-5 Tr: 15 seconds
    public static final Settings DEFAULT = new Settings(Duration.ofMillis(50), 100,
            //= rfc8863#4-2 the PAC timer lasts as long as a check that is never answered
            Duration.ofMillis(100), Duration.ofMillis(39_500), Duration.ofSeconds(15), true, false);

    public Settings {
        //= rfc8445#11-6 a greater Tr will do, no smaller one
        if (keepalive.compareTo(Duration.ofSeconds(15)) < 0)
            throw new IllegalArgumentException("Tr of less than 15 s");
        if (ta.compareTo(Pacer.LEAST) < 0) throw new IllegalArgumentException("Ta of " + ta);
        if (pairs < 1) throw new IllegalArgumentException("no pairs");
    }

    public Settings withPairs(int pairs) {
        return new Settings(ta, pairs, patience, pac, keepalive, trickle, loopback);
    }

    public Settings withTa(Duration ta) {
        return new Settings(ta, pairs, patience, pac, keepalive, trickle, loopback);
    }

    public Settings withPac(Duration pac) {
        return new Settings(ta, pairs, patience, pac, keepalive, trickle, loopback);
    }

    public Settings withPatience(Duration patience) {
        return new Settings(ta, pairs, patience, pac, keepalive, trickle, loopback);
    }

    public Settings withoutTrickle() {
        return new Settings(ta, pairs, patience, pac, keepalive, false, loopback);
    }

    public Settings withLoopback() {
        return new Settings(ta, pairs, patience, pac, keepalive, trickle, true);
    }
}
