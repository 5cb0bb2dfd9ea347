/// STUN: a client behind a NAT asks a server which address the world sees it by.
///
/// Read [Message] first (header, class and method, attributes in order), then [Attribute] (one
/// record for each), [Table] (the registry: number, name and wire form of each; other
/// specifications add rows of their own) with [Codec] (the wire forms), [BindingServer] (the whole
/// protocol in its simplest form) and [Client] (a request is sent until it is answered, by the
/// times in [Timing]).
///
/// Authentication is on top: a [Credential] gives keys, [Integrity] makes HMACs of them,
/// [Authentication] is the client's side of both mechanisms and [Guard] the server's, with
/// [Nonces]. [Fingerprints] tell STUN from other protocols on the same port, as does
/// [Message#isStun].
///
/// | section | file |
/// |---|---|
/// | 5, 6.3 | [Message], [TransactionId] |
/// | 6.2 | [Client], [Timing] |
/// | 6.3.1, 12 | [BindingServer] |
/// | 7, 14.7 | [Fingerprints] |
/// | 9 | [Credential], [Authentication], [Guard], [Nonces], [Algorithm] |
/// | 10 | [Client] |
/// | 14 | [Attribute], [Codec], [Integrity] |
/// | 18.3 | [Table] |
///
/// ```java
/// var server = new BindingServer("p2psip", true);
/// var answer = server.answer(datagram, from);   // send it back to where the datagram came from
/// ```
///
/// Attributes of TURN and ICE are [Attribute.Unknown] here, those that only RFC 3489 has are passed
/// over in answers. Left out: STUN over TLS and
/// DTLS, and whatever needs the round trip to be measured.
//= rfc8489#6.1-5 exception requests of ours are far below the smallest MTU there is
//= rfc8489#6.1-6 exception requests of ours are far below 548 bytes
//= rfc8489#6.1-8 exception nothing here probes for an MTU
//= rfc8489#6.2-2 exception a node asks each server once at a time
//= rfc8489#6.2.1-7 exception round trips are not measured, so none is spoilt by retransmission
//= rfc8489#6.2.1-9 exception as no round trip is measured, none becomes stale
//= rfc8489#6.2.1-6 exception round trips are not measured: a node asks its servers seldom
//= rfc8489#6.2.1-8 exception as no round trip is measured, none is cached for the next transaction
//= rfc8489#6.2.3.* exception no STUN over TLS or DTLS yet
//= rfc8489#6.2.2-1 exception no TCP yet, so no framing of STUN beside other protocols
//= rfc8489#6.2.2-3 exception no TCP yet, so no connection to share
//= rfc8489#6.2.2-4 exception no TCP yet, so no connection to keep open
//= rfc8489#6.2.2-5 exception no TCP yet, so no idle connection to reset
//= rfc8489#6.2.2-6 exception no TCP yet, so no connection for the client to close
//= rfc8489#6.2.2-7 exception no TCP yet, so none is closed before its response
//= rfc8489#6.2.2-8 exception no TCP yet, and nothing opens a connection to a client
//= rfc8489#6.2.2-9 exception no TCP yet, so no connections to manage in overload
//= rfc8489#6.3.4-2 exception no request is sent again after an error 5xx, as a client need not
//= rfc8489#6.3.4-3 exception no request is sent again after an error 5xx, so none is counted
//= rfc8489#8.1.* exception servers are given as host and port, not found in the DNS
//= rfc8489#9.2-3 exception how hard a password is to guess is for its user to decide
//= rfc8489#9.2-4 exception passwords are not made here
//= rfc8489#10-1..2 exception no server here redirects with ALTERNATE-SERVER
//= rfc8489#10-3 exception no server here redirects with an error response
//= rfc8489#10-7 exception no TLS yet, so no certificate to check
//= rfc8489#10-8 exception no TLS yet, so no domain to validate a certificate by
//= rfc8489#11.* exception no DTLS yet
//= rfc8489#12-5 exception no STUN over TLS or DTLS yet
//= rfc8489#10-4 exception no TLS yet, so a redirect names no certificate's domain
//= rfc8489#10-6 exception no TLS yet, so no domain to check a certificate against
//= rfc8489#12-4 exception no TCP: a phone's NAT is asked over UDP, where its media flow
//= rfc8489#12-8 exception what administrators put into the DNS is theirs to decide
//= rfc8489#16.1.1-1 exception how strong a password is, is for its user to decide
//= rfc8489#5-2 exception for those who define methods
//= rfc8489#6.1-4 exception indications of ours have no SOFTWARE
//= rfc8489#6.1-7 exception nothing here probes for an MTU
//= rfc8489#6.2-1 exception a permission: a Client is one transaction, and there may be many
//= rfc8489#6.3.1-3 exception for those who define methods
//= rfc8489#6.3.3-2 exception a permission: an address of either family is taken
//= rfc8489#8-1 exception servers are given by the user: none is in the code
//= rfc8489#8-2 exception for those who define usages
//= rfc8489#9.1.2-2 exception indications of ours have no credentials
//= rfc8489#9.1.3-12 exception a usage makes its response: Guard seals what it is given
//= rfc8489#9.2-2 exception both security features are always used
//= rfc8489#9.2.4-1 exception the realm is the choice of whoever runs the server
//= rfc8489#9.2.4-18 exception a permission: a challenge proves nothing
//= rfc8489#9.2.4-25 exception a permission: a challenge proves nothing
//= rfc8489#12-3 exception no server here redirects with ALTERNATE-SERVER
//= rfc8489#14-5 exception a permission: all that came are kept, and the first is used
//= rfc8489#14.5-1 exception for those who define other credential mechanisms
//= rfc8489#14.6-2 exception for those who define other credential mechanisms
//= rfc8489#14.7-1 exception a permission: BindingServer answers a fingerprint with one
//= rfc8489#14.8-1 exception reasons are a few words of ASCII here; of a peer's 763 bytes are read
//= rfc8489#14.8-6 exception no server here redirects with an error response
//= rfc8489#14.8-9 exception 9.2.5-15 says what becomes of a 400 without proof
//= rfc8489#14.9-1 exception the realm is the choice of whoever runs the server
//= rfc8489#14.14-2 exception the name of this software is short
//= rfc8489#14.16-1 exception no ALTERNATE-DOMAIN is made
//= rfc8489#15-1 exception a permission about addresses that asks nothing of an implementation
//= rfc8489#16-1 exception no STUN over TLS or DTLS yet
//= rfc8489#16-2 exception advice of RFC 7616 §5, which that package answers
//= rfc8489#16.1.2-1 exception BindingServer is told its name: whoever starts it may choose
package p2psip.std.rfc8489;
