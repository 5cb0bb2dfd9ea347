/// The overlay: how nodes find each other and talk, over UDP, each sure of whom it talks to.
///
/// Reading order: [Overlay] (the border), then from below: [Packet] and [Frame] (the bytes),
/// [Handshaking] (the caller's side of the handshake), [Handshake] (its cryptography), [Session]
/// (what follows), [Sessions] (all peers), [Discovery] (who is there), [Attachment] (an ordinary
/// node and its super-node), [Payload] (what is said between members), [Meetings] (whom a node
/// meets and what it hears from them), [Clocks] (whether they have the same time), [Pings] (whether
/// one is there), [Kept] (records on disk). [Overlay] has the socket opened and stands between all
/// these and the ring, which is [p2psip.app.dht].
///
/// # How nodes find each other
/// ```
/// ordinary node                          super-node
///   -- Discover (to 224.0.1.2:5062) -->    waits up to 0.3 s, silent if two others answer
///   <-- Found (to the group) ----------
///   == Ask (in a session) ============>    places given by -S are called without Found
///   <= Tell: I am one; so are these ===    then Ask every 2 s: dead ones are noticed in 5 s
/// ```
/// Questions are repeated after 0.5, 1, 2 ... 30 s. Super-nodes look for each other alike, and say
/// Found unasked every 20 s or, where there are many, more seldom: who hears of one that is not a
/// neighbour asks it and joins its ring, so that two rings become one. An ordinary node that finds
/// nobody for 4 to 6 s becomes a super-node itself, later if somebody whom it asked may yet answer,
/// and resigns when it has eight neighbours, after a minute or two. The group has a socket of its
/// own: what comes to another socket on the same port is somebody else's.
///
/// # Datagrams
/// Every datagram begins with two bits `11`, a type of six bits, the letters `p2` and a version:
/// it cannot be SIP (`0...`), STUN (`00..`) or RTP (`10..`).
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---+-----------+---------------+---------------+---------------+
/// |1 1| type      |      'p'      |      '2'      |  version = 1  |
/// +---+-----------+---------------+---------------+---------------+
///
/// 0 Data     receiver's session number (8) | sequence number (8) | sealed frame ...
/// 1 Hello    caller's number (8) | ephemeral key (32)
/// 2 Cookie   caller's number (8) | cookie (16)
/// 3 Init     caller's number (8) | ephemeral key (32) | cookie (16) | Ed25519 key (32)
///            | address (7 or 19) | signature (64)
/// 4 Accept   caller's number (8) | callee's number (8) | ephemeral key (32) | Ed25519 key (32)
///            | address (7 or 19) | signature (64)
/// 5 Unknown  session number that the sender of a Data used (8)
/// 6 Discover peer who asks (27 or 39) | 1 if it is a super-node, else 0 (1)
/// 7 Found    peer who is a super-node (27 or 39)
/// ```
/// Peers and addresses are written as [p2psip.app.crypto.Peer] says. Types 6 and 7 are said to the
/// multicast group alone and prove nothing: they are hints whom to call.
///
/// # Handshake
/// ```
/// caller  -- Hello -->                callee: remembers nothing, computes one hash
///         <-- Cookie --
///         -- Init (signed) -->        callee: the caller receives at its address, and who it is
///         <-- Accept (signed) --      caller: who the callee is; both know the keys
///         == sealed ==>               callee: the caller has the keys; the session is proven
///         <== sealed ==
/// ```
/// Hello and Init are said again until answered; an Init said twice is answered by the same Accept.
/// Ids are hashes of the keys that signed. The two directions have their own AES-GCM keys, from
/// X25519 and HKDF over all of Init and Accept; the sequence number is the nonce, and the receiver
/// takes each number once (window of 1024). One signature by each side makes a session: none is
/// made per datagram. Keys are used for an hour, or for 2^20 datagrams; where a session is in use
/// then, another is made five minutes or 2^16 datagrams before, by the same way, and what comes
/// sealed by the old keys is still read for five minutes.
///
/// # Frames (what is sealed)
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// | 1 unconfirmed | number of the payload, from 0 (32)            |
/// | 2 confirmed   |                                               |
/// +---------------+---------------+---------------+---------------+
/// |               | piece, from 0 | pieces (1-32) | payload ...   |
/// +---------------+---------------+---------------+---------------+
///
/// +---------------+---------------+---------------+---------------+
/// | 3 ack         | number of the confirmed payload (32)          |
/// +---------------+---------------+---------------+---------------+
/// |               | pieces that have arrived, bit i for piece i   |
/// +---------------+-----------------------------------------------+
/// |               |
/// +---------------+
///
/// +---------------+   +---------------+
/// | 4 bye         |   | 5 here        |
/// +---------------+   +---------------+
/// ```
/// A confirmed payload is sent again every 0.3 s; if it is not acknowledged within 3 s, or 6 s if
/// the peer was heard meanwhile, the peer is unreachable.
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+-----------------------------------------------+
/// | 16 hand on    | id of the receiver, or of the sender (20)     |
/// | 17 handed     |                                               |
/// +---------------+-----------------------------------------------+
/// |               | datagram ...                                  |
/// +---------------+-----------------------------------------------+
///
/// +---------------+-------------------------------+---------------+
/// | 18 not handed | id of the receiver (20)       | why (0-2)     |
/// +---------------+-------------------------------+---------------+
///
/// +---------------+-----------------------------------------------+
/// | 19 challenge  | number (64)                                   |
/// | 20 response   |                                               |
/// +---------------+-----------------------------------------------+
///
/// +---------------+-------------------------------+---------------+
/// | 24 moment     | channel (16)                  | bytes ...     |
/// +---------------+-------------------------------+---------------+
/// ```
/// # Payloads
/// They begin with a byte:
///
/// - 0 Ring: a message of the ring.
/// - 1 Ask: the sender's time of day (64 bits, milliseconds since 1970).
/// - 2 Tell: 1 if the sender is a super-node, else 0 (8 bits); how many peers follow, at most 8
///   (8); the peers; its time of day (64); the address from which the question came.
/// - 3 Say: service (16); number (32), 0 if no answer is wanted; the message.
/// - 4 Taken, 5 NoService: the number of what a service has, or nobody (32).
/// - 6 Ways: ufrag and pwd of ICE, each a length (8) and text; 1 if these are all (8); how many
///   candidates follow, at most 32 (8); of each its type (8), foundation (a length and text),
///   priority (32) and address.
///
/// # Links
/// A Link is a session with whoever has a certain key, with services at both ends. There is one for
/// each pair of nodes, whoever has begun it.
/// ```
/// caller                          relay                         callee
///   -- Hello (straight) ----------------------------------x       behind a router
///   == hand on [Hello] ==========>   == handed [Hello] =======>
///   <= handed [Cookie] ===========   <= hand on [Cookie] ======
///   == hand on [Init] ============>  == handed [Init] =========>
///   <= handed [Accept] ===========   <= hand on [Accept] ======   a session, by the relay
///   == Say, Ways =================>  ==========================>  what is said gets there at once
///   <= Ways ======================   <==========================
///   -- checks of ICE ------------------x x--------- checks --     each opens its own router
///   ------------------------------------------------------->     until one gets through
///   == sealed, straight ===================================>     from now on without the relay
/// ```
/// Which relays there are says the record of the callee: the super-nodes that serve it. The first
/// handshake that is answered is used, the others are given up. A straight way is found by ICE
/// (RFC 8445): candidates are the node's own addresses and those from which others have seen its
/// datagrams come (Tell), told in Ways; who was called by both does not matter, ICE settles it.
///
/// A session follows its peer to another address when the newest datagram came from there and a
/// challenge sent there was answered; it leaves a straight way for a relay only when nothing has
/// come straight for 0.3 s. While a conversation goes on (sound: frame 24) and nothing comes for
/// 0.3 s, the peer is asked at once by all ways that are known, again after 0.1 s and half as long
/// more each time; the first answer says how it goes on; after four questions it is gone. A Link
/// says something every 20 s, so that routers keep it open, and ends when nobody has used it for
/// 5 min.
///
/// # What an attacker can do, and what not
///
/// - Who is a relay can drop, delay and count, and see who speaks to whom. He cannot read or change
///   a word, say it again, or speak as another.
/// - Who sees all sees how much is said to whom. He cannot read it, nor later with the nodes' keys:
///   those that seal are made anew for each session.
/// - Who copies datagrams and sends them first from elsewhere gets a challenge that he cannot
///   answer; if he hands everything on he is a relay that was not asked, and is left when the peer
///   is heard straight.
/// - Who sends what he likes costs a hash for each Hello. He has nothing remembered or computed
///   before he has shown that he receives at his address.
/// - Who names another's address in Ways has a few checks of 100 bytes sent there, paced. He has
///   nothing else sent there.
/// - Who floods a relay uses up his own 100 kB a second; all together use up 2 MB.
/// - Who calls in another's name gets 403 where the address has a record of another node, or a key
///   that is pinned. Where it has neither he is shown as unverified.
/// - Who is called may pass the call on, and the caller is still shown as verified: by his own
///   statement about this call, to whom he has called, for a minute. With it he can say nothing
///   else in the caller's name.
///
/// # Left for later
/// Streams (frames 21 to 23 are kept free for them) with flow and congestion control; TLS over TCP
/// where datagrams do not pass. There is no congestion control beyond the few payloads that wait;
/// bulk transfers need one.
package p2psip.app.p2p;
