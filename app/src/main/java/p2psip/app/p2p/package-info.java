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
/// made per datagram.
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
/// the peer was heard meanwhile, the peer is unreachable. Payloads begin with a byte: 0 and a
/// message of the ring, 1 Ask with the sender's time of day (64 bits, milliseconds since 1970), or
/// 2 Tell with a flag (1 if the sender is a super-node), a count (at most 8) and as many peers, and
/// its time of day.
///
/// # Limits
/// [Sessions] names how many sessions and calls there may be, [Session] and [Handshaking] what may
/// wait in them, [Inbox] what may be incomplete, [Meetings] who may answer. A caller costs nothing
/// before it has shown that it receives at its address, and is forgotten after 5 s if it does not
/// prove its key; a session that is silent for 5 min ends.
///
/// # Left for later
/// The Link of the design (streams, holes in NATs, relays) will be another kind of frame inside
/// these sessions: frame numbers from 16 on are kept free for it. There is no congestion control
/// beyond the few payloads that wait; bulk transfers need one. A node behind a NAT that nobody can
/// call stays an ordinary node, which calls its super-node itself.
package p2psip.app.p2p;
