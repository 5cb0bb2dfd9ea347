/// Path: who registers through proxies is called through them.
///
/// A phone in some network reaches its registrar through proxies that nobody outside knows of, and
/// can only be reached through them. Those that want to be on the way back put themselves into the
/// Path of its REGISTER, the registrar keeps that with the contact, and whoever calls visits them.
///
/// ```
/// REGISTER   phone ---------> edge ---- Path: edge ----> registrar, which stores it
/// INVITE     phone <--------- edge <--- Route: edge ---- proxy of the domain
/// ```
///
/// | section | where |
/// |---|---|
/// | 4 header field and option tag | `PathHeader` |
/// | 5.1 user agent | [PathUserAgent] |
/// | 5.2 intermediate proxies | [PathEdgeProxy] |
/// | 5.3 registrar | [PathRegistrar] |
/// | 5.4 home proxy | [PathHomeProxy] |
///
/// Each is an extension of its role, and none knows the others:
/// ```java
/// new Registrar(home, limits, guard, bindings, List.of(new PathRegistrar(false)), random);
/// new Proxy(home, guard, List.of(new PathHomeProxy()), false, secret, random);
/// new Proxy(edge, guard, List.of(new PathEdgeProxy(false)), false, secret, random);
/// ```
/// The value that a proxy puts in leads to the very flow that the phone has registered by, and is
/// believed because nobody else can make it ([p2psip.std.rfc3261.server.Passage#back]).
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): S/MIME.
package p2psip.std.rfc3327;
