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
/// [Nonces] and [LongTermKeys]. [Fingerprints] tell STUN from other protocols on the same port, as
/// does [Message#isStun].
///
/// | section | file |
/// |---|---|
/// | 5, 6.3 | [Message], [TransactionId] |
/// | 6.2 | [Client], [Timing] |
/// | 6.3.1, 12 | [BindingServer] |
/// | 7, 14.7 | [Fingerprints] |
/// | 9 | [Credential], [OpaqueString], [Authentication], [Guard], [Nonces], [Algorithm] |
/// | 9.2.2 | [LongTermKeys] |
/// | 10 | [Client] |
/// | 14 | [Attribute], [Codec], [Integrity] |
/// | 18.3 | [Table] |
///
/// ```java
/// var server = new BindingServer("p2psip", true);
/// var answer = server.answer(datagram, from);   // send it back to where the datagram came from
/// ```
///
/// Attributes of TURN and ICE are [Attribute.Unknown] here, until their specifications add rows;
/// those that only RFC 3489 has are passed over in answers. Left out (each sentence stands in
/// `left-out.txt`): STUN over DTLS, and whatever needs the round trip to be measured. How a stream
/// is cut into messages is said by RFC 8656, and streams are the business of whoever has them.
package p2psip.std.rfc8489;
