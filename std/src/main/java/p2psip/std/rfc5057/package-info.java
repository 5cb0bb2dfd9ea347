/// Several usages of one dialog: what becomes of the others when one of them fails.
///
/// [Harm] is its table (§5.1). Who shares which dialog, and who has to leave it, is kept by
/// [p2psip.std.rfc3261.ua], where `Usage` is the word of this RFC.
package p2psip.std.rfc5057;
