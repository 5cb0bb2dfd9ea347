package p2psip.std.rfc3261;

import module java.base;

/// The transports SIP runs on, and what differs between them. Nobody else asks which one it is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18 RFC 3261 §18
public enum Transport {
    UDP(5060), TCP(5060),
    //= rfc3903#14.4-3,4 of every core, whatever it is: TLS, and the SIPS scheme
    //= rfc3903#14.5-2,3 so TLS and SIPS are supported
    //= rfc3857#6.2-2 support for TLS and sips as a proxy has it
    TLS(5061),

    //= rfc6455#10.6-1 with TLS and without
    /// By WebSocket, for telephones that are pages in a browser; and that over TLS.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc7118#section-5 RFC 7118 §5
    WS(80), WSS(443),

    /// Between nodes that have proved their keys to each other: whole messages, each of which
    /// arrives or is told not to. The address of an end is the ORCHID of its key (RFC 7343). It is
    /// sealed, but proves no domain: to a `sips:` URI it is no way.
    LINK(5060);

    private final int defaultPort;

    Transport(int defaultPort) { this.defaultPort = defaultPort; }

    /// Whether what is sent arrives, or its sender learns that it did not: no timer repeats it.
    //= rfc7118#5-1 WebSocket is reliable: the procedures and timers of a reliable transport
    public boolean reliable() { return this != UDP; }

    /// Whether two elements open a way to each other before they speak.
    public boolean connected() { return this != UDP && this != LINK; }

    /// Whether it keeps messages apart: each arrives as a whole, and alone.
    //= rfc7118#5-2 a SIP message is in one WebSocket message, and that has no other
    public boolean framed() { return this != TCP && this != TLS; }

    /// Whether a router on the way may change the address of who sends.
    public boolean translated() { return this != LINK; }

    /// Whether nobody else can read it, and a certificate says who the other end is.
    public boolean secure() { return this == TLS || this == WSS; }

    public int defaultPort() { return defaultPort; }

    /// As the transport parameter of a URI names it.
    public String parameter() { return (this == WSS ? WS : this).name().toLowerCase(Locale.ROOT); }

    /// The same in a URI of this scheme: what `sips` says by itself has to be said in a `sip` URI.
    public String parameter(String scheme) {
        return scheme.equals("sips") ? parameter() : name().toLowerCase(Locale.ROOT);
    }

    /// Whether a transport parameter names it, in a URI of either scheme.
    public boolean isNamed(String parameter) {
        return name().equalsIgnoreCase(parameter) || parameter().equalsIgnoreCase(parameter);
    }

    /// The same with a certificate, for a `sips:` URI; none over datagrams.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-26.2.2 RFC 3261 §26.2.2
    public Optional<Transport> secured() {
        return switch (this) {
            case UDP, LINK -> Optional.empty();
            case TCP, TLS -> Optional.of(TLS);
            //= rfc7118#9.2-1 a sips path has a secure WebSocket connection or none
            case WS, WSS -> Optional.of(WSS);
        };
    }

    /// By its own name, which Via and URIs use, whatever its case; empty for one we do not speak.
    public static Optional<Transport> named(String name) {
        return Stream.of(values()).filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }
}
