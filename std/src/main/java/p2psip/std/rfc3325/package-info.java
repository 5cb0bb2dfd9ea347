/// Asserted identity: the servers of a domain, which believe each other, tell each other who a
/// caller is whom one of them knows.
///
/// [TrustDomain] is the extension of a [p2psip.std.rfc3261.server.Proxy] that stands at the border.
/// What comes from outside says nothing about who sent it, until it is proven: then the proxy says
/// so, and of several identities that which the sender prefers. What goes outside says it still,
/// unless its sender asks for `Privacy: id` ([p2psip.std.rfc3323]).
///
/// ```
///          outside          |      the domain       |       outside
/// P-Preferred-Identity: a   | P-Asserted-Identity: a| P-Asserted-Identity: a
/// P-Asserted-Identity: boss |                       | or nothing, with Privacy: id
/// ```
///
/// Who is inside, and what was proven, the program says by [TrustDomain.Members]; the RFC wants
/// that written down, as the Spec(T) of the domain.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3325;
