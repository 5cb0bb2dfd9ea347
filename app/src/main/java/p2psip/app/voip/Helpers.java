package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc8445.Pacer;
import p2psip.std.rfc8489.Credential;

/// The STUN and TURN servers of a phone. Nobody waits for them: they are asked before anybody
/// calls, and what one has to say later is told later.
final class Helpers {

    /// @param turn by what it is asked to lend an address; a STUN server lends none
    record Helper(String host, int port, Optional<Credential> turn) {}

    /// How long they are given before no more is said to come: TURN needs two round trips, and the
    /// second port is asked for a little later.
    static final Duration BOUND = Duration.ofSeconds(1);

    private final IceOptions options;
    private final List<Helper> all;
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
}
