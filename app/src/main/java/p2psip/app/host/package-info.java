/// Where nodes live: [Host] is the machine room, [Event] what it tells a node, [Effect] what a node
/// asks of it. Both bear an [Id], which says of which part of the node they are; a [Way] says how a
/// stream is carried.
///
/// There are two rooms, and the same node lives in either:
///
/// - [RealHost] is this computer. Its loop is one thread; around it [Datagrams], [Streams],
///   [Names], [Disk], [Sound], [Associations] (by DTLS) and [WebClient] (HTTP) do what the
///   effects ask for, and [Home] is the folder where nodes store. [Tls] judges who a peer is, by
///   the [Credentials] that were given.
/// - [SimHost] is one of many hosts on a [Network] that exists in virtual time only, with a [Wire]
///   between any two. Streams between them are [SimStream]s, where TLS is modelled, as DTLS is in
///   [SimAssociation]. Servers of the web are [SimSite]s, whom [SimRequest]s get to.
///
/// By TLS a peer has [Proven] a name or a key, or there is a [TlsFailure], of which a person is
/// told the cause in one line.
///
/// [StoreFile] is what [Disk] writes, and what it does when that has lost something; [Trouble] has
/// the user told once what goes wrong again and again.
///
/// [Resident] is what both know of a node: it contains the node's bugs and keeps what the node
/// tells its program.
package p2psip.app.host;
