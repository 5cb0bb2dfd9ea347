/// Service-Route: who has registered is told by which proxies to send.
///
/// Somebody who is away from home wants the services of his own domain for the calls that he makes,
/// too. The registrar names the proxies that have them in its answer, and the user agent visits
/// these with each request that begins something, after its outbound proxy.
///
/// ```
/// REGISTER   phone --> outbound proxy -----------------> registrar
/// 200        phone <--- Service-Route: service proxy --- registrar
/// INVITE     phone --> outbound proxy --> service proxy --> whoever is called
/// ```
///
/// | section | where |
/// |---|---|
/// | 6.1 user agent | [ServiceRouteUserAgent] |
/// | 6.3 registrar | [ServiceRouteRegistrar] |
///
/// A proxy has nothing to do (§6.2). [p2psip.std.rfc3327] is the same for the other direction.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): S/MIME.
package p2psip.std.rfc3608;
