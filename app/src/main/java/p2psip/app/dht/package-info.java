/// A distributed hash table: records of callers lie on a ring of nodes, where any node finds them,
/// no node is special, and a third of the nodes may die at once.
///
/// It follows Bamboo (Rhea, Geels, Roscoe and Kubiatowicz, *Handling Churn in a DHT*, 2004) and
/// Pastry: leaf set, prefix routing, periodic repair, time-outs computed from measured round trips.
///
/// # The ring
/// ```
///               key (its first spot)            N7's leaf set: N3 N4 N5 N6 . N8 N9 N10 N11
///                |
///      N5   N6   v  N7                          root of the key: N7, the nearest by number
///        o--o--*--o                             copies: N7's leaf set, so nine in all
///     N4 o           o N8
///       /             \                         a record lies on both sides of the ring,
///   N3 o               o N9                     eighteen copies: whoever hides or loses one side
///      |               |                        has the other against him
///   N2 o               o N10
///       \             /                         a message from N1 to the key: N1 -> a peer of its
///     N1 o           o N11                      routing table with a longer common prefix -> ...
///        o--o--*--o                             -> a node whose leaf set spans the key -> N7;
///      N14 N13 ^  N12                           every hop is nearer by number, so none circles
///              |
///             the opposite spot
/// ```
/// A node's point is the hash of its public key ([p2psip.app.crypto.NodeId]), so nobody chooses
/// where to stand. The **root** of a point is the nearest node by number. It copies a record to its
/// leaf set, says that it is stored once five have it, and gathers what the leaf set has before it
/// answers a get. A record is checked by whoever stores it and by whoever asked for it.
///
/// Repair is periodic, and the period is as long as nothing happens ([Pace]): after a change of the
/// leaf set each leaf is pinged within 8 s, again in the next 8, then in 16, at last every 4 min. A
/// ping carries a hash of those whom both must know, if both are right; only if the other's differs
/// do the two tell each other their leaf sets. A leaf that is told of leaves among which it is not,
/// though it has the sender for one, has lost its place and asks the ring for it. A row of the
/// routing table is asked for, and a random point looked for, every 10 s to 2 min; of two peers for
/// a cell the one that answers sooner is kept. The arc that a node is root of is compared with a
/// leaf where either has changed since they agreed, and else every 90 s at most.
///
/// That a neighbour has died the transport notices: it asks who has been silent for 2 s after a
/// change, for 16 s in a ring at rest. Meanwhile a message that meets it goes round after two
/// time-outs (0.6 s), and the next one at once. How long an answer may take is reckoned for each
/// peer, as TCP does: the mean and four times the deviation. Peers that were lost are remembered
/// and tried every 30 s, so that a broken ring heals. A newcomer is root of nothing until others
/// have let it in, for 3 s at most.
///
/// A node of an idle ring of 1,000 knows 37 others, and a key is 2.6 hops away, at most 5. In an
/// idle ring of 40 each sends 0.7 datagrams and 65 bytes a second, all that the transport says
/// included.
///
/// # Reading order
/// [Dht] is the border: what happens to a node, what it asks for or tells. [RingNode] is the
/// machine; each of its parts is a file: [LeafSet], [RoutingTable] and [Neighbours] (whom it
/// knows), [Pace] (how soon it looks after them), [Message], [Code] and [Codec] (what is said),
/// [Talk] (questions, asked until answered; [Purpose] says why), [Routing] (one hop further),
/// [Root] (the end of the way), [Searches] (its beginning), [Storage] (the records held), [Sync]
/// (two compare what they hold), [Care] (every record to its place), [Upkeep] (the ring stays a
/// ring). [Client] is a node that is not on the ring.
///
/// # Wire format
/// All numbers are big endian. The transport proves who sent a message and keeps it whole; one is
/// at most 8,192 bytes ([Message#LIMIT]).
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  version = 1  |     code      |                               |
/// +---------------+---------------+                               |
/// |                        id (8 bytes)                           |
/// |                               +-------------------------------+
/// |                               |  fields of the code ...       |
/// +-------------------------------+-------------------------------+
/// ```
/// An answer carries the id of its question. Peers are encoded as [p2psip.app.crypto.Peer] says;
/// `peers` is a count (8 bits, at most 32) and as many of them, `point` 20 bytes, `text` a 16-bit
/// length and UTF-8 without control characters, `arc` two points, `sum` a 32-bit count and 64 bits.
///
/// | code | message | fields | answered by |
/// |---|---|---|---|
/// | 01 | Ping | common (64), 0 if no leaf is asked | Pong, and AskLeaves if it differs |
/// | 02 | Pong | | |
/// | 03 | AskLeaves | peers | Peers |
/// | 04 | AskRow | row (8 bits, 0 to 39), columns that the asker has (16 bits) | Peers |
/// | 05 | Peers | peers | |
/// | 06 | Bye | peers | |
/// | 10 | Route | hops left (8 bits, at most 20), request (64), origin, point, body | Taken |
/// | 11 | Taken | | |
/// | 23 | Errand | body | Stored, Refused, Values |
/// | 30 | Stored | copies (8 bits) | |
/// | 31 | Refused | reason (8 bits, [Refusal]) | |
/// | 32 | Values | part (8 bits), parts (8 bits, at most 64), count (16 bits) and as many texts | |
/// | 40 | Copy | record (text) | Stored, Refused |
/// | 41 | Collect | key (text), sum | Same, Values |
/// | 42 | Compare | 8 bits: 1 if the sender is root of the arc; arc, sum | Same, Sums, Tags |
/// | 43 | Same | | |
/// | 44 | Sums | sum of each sixteenth of the arc | |
/// | 45 | Tags | count (16 bits, at most 256) and as many: name (64), sequence (64) | |
/// | 46 | Want | arc, count (16 bits, at most 256) and as many names (64) | Values |
///
/// The hop says Taken to a Route; the root answers the origin itself, with `request` as the id:
/// Peers to Find, Stored to Put, Values to Get, Same or Values to Check, or Refused.
///
/// A body is one byte and its fields: 20 Find, 21 Put with a record (text of at most 4,096), 22 Get
/// with a key (text), 24 Check with a key and the sum of what the sender has under it.
///
/// `common` is a sum of hashes: of the sender, and of those of its leaves who are the receiver's
/// too, which is all on the receiver's side, and so many fewer on the other as the receiver is
/// places away. The hash of an id, by its words of 64, 64 and 32 bits (a, b, c): z = (a ^ b) + c,
/// z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9, z ^ z >>> 31.
/// ```
///  Route
/// +---------------+---------------+-------------------------------+
/// |  version = 1  |   code = 10   |                               |
/// +---------------+---------------+                               |
/// |                    id of this hop (8 bytes)                   |
/// |                               +---------------+---------------+
/// |                               |   hops left   |               |
/// +-------------------------------+---------------+               |
/// |                     request (8 bytes)                         |
/// |                                               +---------------+
/// |                                               |               |
/// +-----------------------------------------------+               |
/// |       origin (27 bytes with an IPv4 address, 39 with IPv6)    |
/// +---------------------------------------------------------------+
/// |       point (20 bytes)                                        |
/// +---------------+-----------------------------------------------+
/// | 20, 21, 22, 24|  record or key: length (16 bits), UTF-8       |
/// +---------------+-----------------------------------------------+
/// ```
///
/// # Limits
/// [Storage] names how many records a key, an owner and the node may have; [Searches#LIMIT],
/// [Root#LIMIT], [Talk#LIMIT] and [RingNode#ERRANDS_PER_CLIENT] what may be under way; [Neighbours]
/// whom it remembers. At a limit the newcomer is refused, and told so.
///
/// # Left out
/// Nothing hides who asks for what from those on the way. Who has many keys can stand at many
/// places: ids from keys make a place cost one key, not more.
package p2psip.app.dht;
