package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc8489.Credential;

/// Whether a phone looks for the best way to its peers by ICE, and who helps it.
///
/// @param on   whether it offers ICE, and takes it when it is offered
/// @param stun servers that tell how the world sees the phone; over UDP, as sound goes
/// @param turn servers that lend it an address; over UDP
public record IceOptions(boolean on, List<StunUri> stun, List<Turn> turn) {

    /// A server that lends addresses to whoever is known to it.
    public record Turn(TurnUri uri, Credential credential) {}

    /// How many servers there may be: each costs every call two questions.
    public static final int SERVERS = 4;

    public static final IceOptions OFF = new IceOptions(false, List.of(), List.of());

    /// Nobody helps: what is known are the phone's own addresses, and what the peer sees.
    public static final IceOptions ALONE = new IceOptions(true, List.of(), List.of());

    public IceOptions {
        if (stun.size() + turn.size() > SERVERS)
            throw new IllegalArgumentException("more than " + SERVERS + " servers");
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
    }
}
