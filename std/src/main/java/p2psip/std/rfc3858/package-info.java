/// The document of who watches what: [WatcherInfo] reads and writes it (§3); how several of them
/// make one table (§4) is in [p2psip.std.rfc6665.Table]. What is left out stands in `left-out.txt`
/// beside this file.
package p2psip.std.rfc3858;
