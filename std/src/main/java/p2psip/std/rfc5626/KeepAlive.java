package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Transport;

/// How often a flow is tried that a registration has made.
///
/// @param most  the longest that may pass between two pings
/// @param least how much of that passes in any case, in percent
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.4 RFC 5626 §4.4
public record KeepAlive(Duration most, int least) {
    /// Shorter ones a server may ask for, and get this.
    private static final long SHORTEST = 5;

    private static final KeepAlive UDP = new KeepAlive(Duration.ofSeconds(29), 83),
            //= rfc5626#4.4.1-5 no more than 120 seconds, where there is power enough
            STREAM = new KeepAlive(Duration.ofSeconds(120), 80);

    /// What a registrar, and the transport of the flow, ask for; nothing if outbound was not
    /// applied.
    public static Optional<KeepAlive> of(Response registered, Transport transport) {
        //= rfc5626#8-3 nothing is sent to who has not said that he supports it
        //= rfc5626#8-4 and no option of ours stands for that word
        if (!registered.lists("Require", Outbound.OPTION)) return Optional.empty();
        return Optional.of(registered.first("Flow-Timer").filter(t -> t.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                //= rfc5626#4.4-1,2 at least as often as the server says, 80 to 100 % of that
                .map(asked -> new KeepAlive(Duration.ofSeconds(Math.max(asked, SHORTEST)), 80))
                .orElse(transport.connected() ? STREAM : UDP));
    }

    /// The time to the next ping, which is another one each time.
    public Duration next(RandomGenerator random) {
        //= rfc5626#4.4.1-4 a random number, whose lower bound is 20 % less than the upper one
        //= rfc5626#4.4.2-3 by UDP one between 24 and 29 seconds
        return between(least, 100, most, random);
    }

    static Duration between(int least, int most, Duration all, RandomGenerator random) {
        long low = all.toMillis() * least / 100, high = all.toMillis() * most / 100;
        return Duration.ofMillis(random.nextLong(low, high + 1));
    }
}
