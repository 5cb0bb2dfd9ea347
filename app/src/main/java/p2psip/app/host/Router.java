package p2psip.app.host;

import module java.base;

/// By whom datagrams of a host leave its network.
///
/// @param at   its address there
/// @param self the host's address there
public record Router(InetAddress at, InetAddress self) {}
