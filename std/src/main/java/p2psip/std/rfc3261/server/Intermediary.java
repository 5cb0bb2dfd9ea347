package p2psip.std.rfc3261.server;

import p2psip.std.rfc3261.Core;

/// A core that stands between callers and callees: it forwards, or says where to go.
public interface Intermediary extends Core {

    /// How many requests are under way, or were accepted in the last 32 seconds.
    default int size() { return pending(); }

    /// How many entries the tables beside have, or how many wait to be told where to.
    int pending();
}
