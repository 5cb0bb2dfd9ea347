/// The sound of calls where it has to pass through the node: between two telephones that cannot
/// send to each other, and between a telephone and the Link of another node.
///
/// ```
/// telephone        node            Link            node        telephone
///   RTP, RTCP -> a port  == moments of a channel ==>  a port -> RTP, RTCP
///
/// browser                    node        telephone
///   SRTP ------------> a port  a port -> RTP, RTCP
///
/// telephone   its NAT        node        telephone
///   RTP, RTCP ---------> a port  a port -> RTP, RTCP
/// ```
///
/// [MediaProxy] is a core around that of the node: it sees each request and response with its flow,
/// and changes the descriptions in them so that each side sends here. [Party] is who is at a side,
/// [Passing] remembers between whom a request goes, [MediaCall] has the media of one call, each a
/// [Stream] with an [End] for either side: two sockets ([Leg]), or a channel each way. [Carriage]
/// takes what comes in at one end to the other.
///
/// A browser and a plain telephone speak two dialects of descriptions, and one of them enciphers:
/// where one is at each side the node has a [Bridge], which writes each other's words ([Dialect]),
/// and a [WebEnd] on the browser's side. Nobody but the browser is heard there: it signs checks of
/// ICE, shows the certificate that it has told of, and enciphers.
///
/// On a Link an address of media is that of a node, its [p2psip.app.crypto.Orchid], and a port is
/// the number of a channel, of RTP an even one and of RTCP the next: so descriptions say it in the
/// words of SDP, which [Tunnel] reads and writes.
///
/// A telephone's address of media is that of its description, or the one from which the first
/// packet comes if that is the same host; behind a NAT it is the host from which its signalling
/// comes. It is moved only by a packet that goes on where the last one ended: [Source].
package p2psip.app.media;
