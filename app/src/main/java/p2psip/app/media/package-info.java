/// The sound of calls between nodes: where two telephones cannot send to each other, their nodes
/// take what each sends and carry it in the Link between them.
///
/// ```
/// telephone        node            Link            node        telephone
///   RTP, RTCP -> a port  == moments of a channel ==>  a port -> RTP, RTCP
/// ```
///
/// On a Link an address of media is that of a node, its [p2psip.app.crypto.Orchid], and a port is
/// the number of a channel, of RTP an even one and of RTCP the next: so descriptions say it in the
/// words of SDP. [Tunnel] reads and writes them so; [MediaCall] has the streams of one call, each a
/// [Stream] with the two sockets of its [Leg]; [MediaProxy] stands between SIP and the Links.
///
/// A telephone's address of media is that of its description, or the one from which the first
/// packet comes if that is the same host; it is moved only by a packet that goes on where the last
/// one ended: [Source].
package p2psip.app.media;
