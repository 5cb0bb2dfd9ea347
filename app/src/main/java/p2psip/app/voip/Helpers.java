package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.Credential;

/// The STUN and TURN servers of a phone, and which of them have not answered of late: those are
/// asked in each call, as they may be back, but waited for in none.
final class Helpers {

    /// @param turn by what it is asked to lend an address; a STUN server lends none
    record Helper(String host, int port, Optional<Credential> turn) {}

    private final IceOptions options;
    private final List<Helper> all;
    private final Set<Helper> silent = new LinkedHashSet<>();
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

    /// Whether it is to be waited for.
    boolean awaited(Helper helper) { return !silent.contains(helper); }

    void answered(Helper helper) { silent.remove(helper); }

    void silent(Helper helper) { silent.add(helper); }
}
