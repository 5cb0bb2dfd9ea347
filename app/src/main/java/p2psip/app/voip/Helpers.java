package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.Credential;

/// The STUN and TURN servers of a phone, and which of them have answered of late. All are asked in
/// each call, but none delays one of whom nobody knows that it is there.
final class Helpers {

    /// @param turn by what it is asked to lend an address; a STUN server lends none
    record Helper(String host, int port, Optional<Credential> turn) {}

    /// How long they are given: TURN needs two round trips, and the second port is asked for a
    /// little later.
    static final Duration BOUND = Duration.ofSeconds(1);

    /// How long one that is there is waited for at least: as long as the questions to it are apart,
    /// from either port, and two of its answers.
    private static final Duration LEAST = Duration.ofMillis(200);

    private final IceOptions options;
    private final List<Helper> all;
    /// How long it took them to answer, when they did last.
    private final Map<Helper, Duration> present = new LinkedHashMap<>();
    private final Pacer pacer = new Pacer();

    Helpers(IceOptions options) {
        this.options = options;
        all = Stream.concat(options.stun().stream().map(uri ->
                        new Helper(uri.host(), uri.portOrUsual(), Optional.empty())),
                options.turn().stream().map(one -> new Helper(one.uri().host(),
                        one.uri().portOrUsual(), Optional.of(one.credential())))).toList();
    }

    boolean on() { return options.on(); }

    List<Helper> all() { return all; }

    /// That of all calls: together they do not send too much.
    Pacer pacer() { return pacer; }

    /// How long it is worth waiting for: not at all unless it has answered of late.
    Duration patience(Helper helper) {
        var took = present.get(helper);
        return took == null ? Duration.ZERO
                : Collections.min(List.of(BOUND, took.multipliedBy(4).plus(LEAST)));
    }

    void answered(Helper helper, Duration took) { present.put(helper, took); }

    void silent(Helper helper) { present.remove(helper); }
}
