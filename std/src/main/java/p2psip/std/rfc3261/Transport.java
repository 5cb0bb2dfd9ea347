package p2psip.std.rfc3261;

import module java.base;

/// The transports SIP runs on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18 RFC 3261 §18
public enum Transport {
    UDP(false, 5060), TCP(true, 5060), TLS(true, 5061);

    private final boolean reliable;
    private final int defaultPort;

    Transport(boolean reliable, int defaultPort) {
        this.reliable = reliable;
        this.defaultPort = defaultPort;
    }

    public boolean reliable() { return reliable; }

    public int defaultPort() { return defaultPort; }

    /// By the name that Via and URIs use, whatever its case; empty for one we do not speak.
    public static Optional<Transport> named(String name) {
        for (var t : values()) if (t.name().equalsIgnoreCase(name)) return Optional.of(t);
        return Optional.empty();
    }
}
