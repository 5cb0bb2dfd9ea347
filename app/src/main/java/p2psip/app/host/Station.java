package p2psip.app.host;

/// What has addresses on a simulated network: a host, or a router with others behind it.
public sealed interface Station permits SimHost, NatBox {}
