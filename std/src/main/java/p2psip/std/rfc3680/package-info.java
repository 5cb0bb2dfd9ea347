/// Registration events: where an address leads. [RegInfo] is the package (§4) and its document
/// (§5.1); how several of them make one table (§5.2) is in [p2psip.std.rfc6665.Table]. Nothing here
/// keeps registrations: who does says how they are. What is left out stands in `left-out.txt`
/// beside this file.
package p2psip.std.rfc3680;
