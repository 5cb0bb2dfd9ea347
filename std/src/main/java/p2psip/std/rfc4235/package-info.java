/// Dialog events: what calls somebody has, for lamps beside the keys of telephones. [DialogInfo] is
/// the package (§3) and its document (§4); how several of them make one table (§4.3) is in
/// [p2psip.std.rfc6665.Table]. What is left out stands in `left-out.txt` beside this file:
/// subscriptions to a single dialog, session descriptions, the virtual dialog for strangers.
package p2psip.std.rfc4235;
