/// Where records are kept and found, whichever way: a [Lookup] is asked a [Query] and gives an
/// [Answer].
///
/// Three keep records: the overlay ([p2psip.app.p2p.Overlay]) on the ring of [p2psip.app.dht],
/// [LanLookup] each node its own, for the local network to ask for, and [OpenDhtLookup] in the hash
/// table of others, by HTTP. Two are put before others: [Sharing] asks one no more than it must and
/// never lets it forget, [Fanout] asks several as one. [Pins] decides which of several owners of
/// one address is believed. What any of them owes to who asks is the test `LookupContract`, which
/// each has to pass.
///
/// ```
/// REGISTER  -> Ask(Put)  \                       / the same Ask  -> Overlay -> ring
///                         Sharing  --  Fanout --
/// INVITE    -> Ask(Get)  /                       \ the same Ask  -> LanLookup -> everybody here
///           <- Told(Found)         <- Told(Found)
///    then Pins.choose
/// silence   -> Ask(Ping)                            is the node there that is called?
/// nobody    -> Ask(Reach)                           is one of those there that were heard?
/// ```
///
/// # Asking the local network
/// ```
/// who looks up                            who has put a record of that key
///   -- Question (to the group) -->
///   -- Question (again, each 0.2 s) -->
///   <-- Answer (to the asker) -------       who has none is silent
///   waits for others 0.2 s; without any answer 0.7 s
/// ```
/// The group is 239.255.112.50, port 5064, of the local scope of RFC 2365; it is joined with a
/// socket of its own. Questions go out by another socket, to which answers come. All numbers are
/// big endian; a datagram has at most 8,192 bytes and begins with two bits `11` and the letters
/// `l2`, so that it cannot be SIP, STUN or RTP, nor of the overlay.
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---+-----------+---------------+---------------+---------------+
/// |1 1| type      |      'l'      |      '2'      |  version = 1  |
/// +---+-----------+---------------+---------------+---------------+
/// |                        id (8 bytes)                           |
/// |                                                               |
/// +---------------------------------------------------------------+
/// 0 Question  the key, as a text
/// 1 Answer    records, as texts up to the end of the datagram
/// ```
/// A text is a 16-bit length and UTF-8. The id is random, an answer carries that of its question:
/// nobody answers who has not heard it. A record is its text
/// ([p2psip.app.crypto.SignedRecord#text]); one that is not signed, timely and of the key that was
/// asked for is dropped with a remark, and of one owner the newest counts. Nothing is kept for
/// others and nothing of what was heard: a record is found as long as its node lives. Who is asked
/// too often answers no more in that second.
///
/// Left out: nothing hides from the network who asks for whom; and where nodes do not hear each
/// other's multicast (most wireless networks of guests) nobody is found this way.
package p2psip.app.lookup;
