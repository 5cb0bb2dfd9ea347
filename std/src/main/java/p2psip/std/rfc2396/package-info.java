/// URIs and name-addr as SIP uses them.
///
/// Begin with [Uri], which picks one of [SipUri] (RFC 3261 §19.1), [TelUri] (RFC 3966) and
/// [OpaqueUri] (any other scheme); [Address] is a URI with a display name and the parameters of its
/// header field, [Params] are parameters of either kind, [HostName] a host and port in place, and
/// [Escapes] knows `%61`. `SipUriEquality` holds the rules of RFC 3261 §19.1.4.
///
/// [StunUri] (RFC 7064) and [TurnUri] (RFC 7065) name servers and stand apart: nobody is called by
/// them, they are never compared, and their grammar is no URI's but host and port.
package p2psip.std.rfc2396;
