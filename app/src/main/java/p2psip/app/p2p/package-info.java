/// The overlay: how nodes find each other and talk, over UDP, each sure of whom it talks to.
///
/// Reading order: [Overlay] (the border), then from below: [Packet] and [Frame] (the bytes),
/// [Handshaking] (the caller's side of the handshake), [Handshake] (its cryptography), [Session]
/// (what follows), [Sessions] (all peers), [Discovery] (who is there), [Attachment] (an ordinary
/// node and its super-node), [Payload] (what is said between members), [Meetings] (whom a node
/// meets and what it hears from them), [Clocks] (whether they have the same time), [Pings] (whether
/// one is there), [StreamPaths] (where datagrams do not pass), [Kept] (records on disk), [Mirrors]
/// (what STUN servers see of a node), [Invitation] (how one gets in from elsewhere). [Overlay] has
/// the socket opened and stands between all these and the ring, which is [p2psip.app.dht].
///
/// # How nodes find each other
/// ```
/// ordinary node                          super-node
///   -- Discover (to 224.0.1.2:5062) -->    waits up to 0.3 s, silent if two others answer
///   <-- Found (to the group) ----------
///   == Ask (in a session) ============>    places given by -S are called without Found
///   <= Tell: I am one; so are these ===    then Ask every 20 s, or 5 s if it knows no other
/// ```
/// One that is none any more says so to those that it served.
///
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
/// # Streams
/// Some networks let no datagrams out. A super-node listens by TCP at the port of the overlay's
/// number, too, for TLS 1.3 in which each side shows a certificate that its own Ed25519 key has
/// signed; no name and no date counts, the key is who it is. Whoever calls an address that may be a
/// super-node's, and has heard nothing for 1 s, opens such a stream to it beside the datagrams; the
/// first handshake that is answered is used. What goes through it is the same packets, the
/// handshake's as well as those of sessions, each with its length before it:
/// ```
///  0                   1                   2
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0
/// +-------------------------------+---------------
/// | length, 1 to 1200             | packet ...
/// +-------------------------------+---------------
/// ```
/// By one stream come calls and sessions of that node alone who has proven his key in TLS. The end
/// of a stream is the end of the sessions that go by it. To a node that is reached so its
/// super-nodes hand on, and by them it reaches others, as one behind any router; a straight way is
/// looked for in vain. It can serve nobody, and does not try. Of one address 8 streams come in, 512
/// in all; one that no session uses is closed after 10 s, and what is no packet closes it at once.
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
/// A confirmed payload is acknowledged at once. It is sent again when the third datagram behind it
/// was acknowledged and it was not, or any behind it nine eighths of a round trip after it went out
/// (RFC 9002, 6.1); where nothing is behind it, when a probe is due (6.2), then after twice as
/// long; every 0.3 s at least, and so as long as no round trip was measured; for 6 s at most.
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
///
/// +---------------+-----------------------------------------------+
/// | 21 carry      | speaker's epoch (32)                          |
/// | 22 have       | listener's epoch, 0 if not known (32)         |
/// | 23 anew       |                                               |
/// +---------------+-----------------------------------------------+
/// |               | 21: number, from 0 (64)       | words ...     |
/// +---------------+-------------------------------+---------------+
/// |               | 22: microseconds since the newest came (32)   |
/// +---------------+-----------------------------------------------+
/// |               | newest number (64)                            |
/// +---------------+-----------------------------------------------+
/// |               | how many end with it (32)                     |
/// +---------------+-----------------------------------------------+
/// |               | how many are missing below, how many there    |
/// |               | are (32 each), ... at most 64 ranges          |
/// +---------------+-----------------------------------------------+
/// ```
/// The words of a carry follow each other. A stream is 0 if the speaker has opened it, else 1 (1),
/// and the number that its opener has given it, from 1 (31):
/// ```
/// 0 ask
/// 1 open     stream (32) | service (16)
/// 2 taken    stream (32)
/// 3 data     stream (32) | offset (64) | length (16) | bytes ...
/// 4 data     the same, and nothing comes behind
/// 5 reset    stream (32) | why (16) | bytes that there have been (64)
/// 6 stop     stream (32) | why (16)
/// 7 allow    stream (32) | bytes that may be sent in all (64)
/// 8 allow    bytes that may be sent of all streams (64)
/// 9 pad      zeros, to the end of the carry ...
/// ```
/// No frame has more than 1,164 bytes, but a carry: it has as many as the path is seen to carry.
///
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
/// come straight for 0.3 s. A Link says something every 20 s, so that routers keep it open, and
/// ends when nobody has used it for 5 min.
///
/// # Who lives
/// A peer lives while anything sealed by it arrives. There is one rule of how its death is noticed
/// ([Course]), for the ring, for super-nodes and for Links, and so one traffic: what is said for
/// one of them tells the others.
/// ```
/// what is waited for                                     asked after a silence of
///   sound, while a conversation goes on                    0.3 s
///   an acknowledgement, of a payload or of streams         2 s
///   nothing: the super-node that serves this node          2 to 2.5 s, so that of two one asks
///   nothing: a neighbour of the ring                       the same soon after the neighbours
///                                                          have changed, 16 to 20 s at rest
/// ```
/// A peer is asked (challenge) by all ways that are known; the first answer says how it goes on.
/// Without one it is asked again after 0.1, 0.25 and 0.6 s, later where answers are known to take
/// longer, and 1.6 s after the fourth time it is dead: then a conversation or a stream has it
/// looked for anew, every second until nobody waits any more, and the ring is mended.
///
/// # Streams
///
/// A stream is bytes in order, both ways, between programs at the ends of a Link ([Streams],
/// [DuplexStream]; the rules are those of QUIC, [p2psip.std.rfc9000] and [p2psip.std.rfc9002]).
/// ```
/// opener                                        listener
///   == carry: open, data =====================>   has it such a service?
///   <= carry: taken ===========================   or reset and stop: why 1, no such service;
///   == carry: data, data ... =================>   2, not wanted; 3, given up; 5, too many
///   <= have ====================================   every second packet, or after 25 ms
///   <= carry: allow ============================   what was read may be followed by more
///   == carry: data, end ======================>
///   <= carry: data, end ========================   each direction ends by itself
/// ```
/// Streams belong to the Link. A path has its own congestion control (NewReno that yields to a
/// queue, paced, begun anew on another path); what was not acknowledged goes by the path and the
/// session that there are now. So the numbers of carries count on through sessions: they say what
/// came by either. A node chooses an epoch for each Link when it first has it; who was started anew
/// has another one. What is said to an epoch that is over is answered by anew, and streams of which
/// that has known are reset at the other end, while those of which it has heard nothing begin again
/// from their first byte.
///
/// No datagram is larger than 1,200 bytes, but those that carry streams straight to an address: how
/// large these may be is found by trying ([p2psip.std.rfc9000.PathSize]). Who has more to say than
/// goes into one sends, one at a time, a carry with nothing but padding: of 1,452 bytes, 4,096,
/// 8,952, 16,384 and 32,768. What is acknowledged passes; a size that was lost three times is too
/// large, and is tried again after 10 min. Where three of the larger ones are lost and none as
/// large behind them gets there, all have 1,200 bytes again, for a minute at least. Another path
/// begins with that. The socket has no datagram cut into fragments on its way.
/// ```
/// sender                                        receiver
///   == carry: data ... (1,200) ===============>   it was full: there is more
///   == carry: pad (1,452) ====================>
///   <= have ====================================   so much passes
///   == carry: data ... (1,452) ===============>
///   == carry: pad (4,096) ==========x               nothing is slowed down by this loss
///   == carry: data ... (1,452) ===============>
/// ```
/// One of more than 1,200 bytes is sent, or tried, only where it is no more than a quarter of what
/// may be on its way, and leaves in a millisecond: so what is said does not wait for it.
///
/// What goes by a relay is cut so that this can hand it on. By a relay a Link sends at most 75 kB a
/// second of streams, for it hands on 100 kB a second and a conversation needs the rest; a relay
/// that says that it was too much counts as a loss. What is said, and sound, never waits for
/// streams: it is sent at once, and finds before it what the path holds of them: streams leave a
/// queue on the way when more than 12 ms wait there. When nothing is acknowledged for 2 s all ways
/// are asked, as for what is confirmed; after two probes the peer is looked for anew; after 30 s of
/// silence its streams have ended.
///
/// Limits: 32 streams that one end has opened and 32 of the other's, of a Link; 256 of a node;
/// 256 kB kept of each stream in either direction, 1 MB of all of a Link that came and were not
/// read; 1,024 pieces of a stream behind a gap. Who may send no more waits; nobody is asked to keep
/// more.
///
/// # What an attacker can do, and what not
///
/// - Who sends more bytes than he was allowed, or more streams, or moves the end of one has all
///   streams of the Link ended, and no others.
/// - Who opens streams and never reads uses his own 32 and what they keep; the other streams of the
///   Link have the rest of its megabyte.
/// - Who acknowledges what was not sent is not believed; who acknowledges what he has not is sent
///   more at once, as much as he could have by asking.
/// - Who holds back old carries and sends them after a node was started anew is not heard: they are
///   for another epoch.
/// - Who sends large datagrams is heard as far as they are of a session, and sealed; by them he has
///   no more computed or kept for a byte than by small ones. Nobody but the peer can have one sent.
/// - Who drops the larger ones has the smaller ones sent; who says by ICMP that the path carries
///   next to nothing has those of 1,200 bytes sent in fragments.
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
/// - Who stands between a node and its super-node where datagrams do not pass, and speaks TLS with
///   both, has proven a key that is neither's: the node would hear of another super-node than the
///   one that it knows by its key, and both refuse whatever the other says through that stream.
/// - Who opens streams and says nothing, or nonsense, or never reads, takes one of few places for
///   some seconds, and is closed at a limit.
/// - Who floods a relay uses up his own 100 kB a second; all together use up 2 MB.
/// - Who sits at the address of a super-node that an [Invitation] names is not believed without
///   its key; nor is anybody else, before one of those has answered.
/// - Who calls in another's name gets 403 where the address has a record of another node, or a key
///   that is pinned. Where it has neither he is shown as unverified.
/// - Who is called may pass the call on, and the caller is still shown as verified: by his own
///   statement about this call, to whom he has called, for a minute. With it he can say nothing
///   else in the caller's name.
///
/// # Left for later
/// Payloads, other than streams, have no congestion control beyond the few that wait.
package p2psip.app.p2p;
