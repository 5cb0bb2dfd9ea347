/// What the DNS knows, as values, and what is kept of it for a while.
///
/// Who wants to know something of a name has a [Resolver]: it is asked a [Question] and tells
/// [ResourceRecord]s. What it does not know it has the host ask, whose [Answer] it keeps as long as
/// the DNS allows and no longer, follows aliases, and ends what would go round for ever.
///
/// ```java
/// resolver.handle(new Resolver.Input.Ask(1, new Question("example.com", Type.A)), now);
/// ```
///
/// | what | where |
/// |---|---|
/// | names, types, records (§3, RFC 2782, RFC 3403) | [Question], [ResourceRecord] |
/// | answers, also that there is nothing (RFC 2308) | [Answer] |
/// | the resolver (§7): cache, aliases, limits | [Resolver] |
///
/// The messages on the wire are no business of this package: a host has a library for them.
package p2psip.std.rfc1035;
