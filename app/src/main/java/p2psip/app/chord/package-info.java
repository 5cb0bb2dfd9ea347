/// Chord: another overlay, to be tried in the laboratory beside the one that telephones use.
///
/// It follows the paper of Stoica, Morris and others of 2003 (IEEE/ACM Transactions on Networking
/// 11): finger table, successor list, stabilization, recursive look-ups. It keeps no records: it
/// answers who is the root of a point, and nothing else, so that two overlays can be compared by
/// what finding costs.
///
/// # The ring
/// The **root** of a point is its successor: the first node at it or after it, clockwise. A node
/// knows its predecessor, the 16 nodes that follow it ([ChordNode#SUCCESSORS]), and of the points
/// that are 2^i away from it the roots: its *fingers*. A look-up goes to the finger that stands
/// last before the point, and so at least half of the way that is left; the last of these knows the
/// root, for it is its successor.
/// ```
///         finger 2^159  o - - - o   each hop halves the way
///                      /         \
///                     o           o finger 2^157
///                      \         /
///               self    o-------o successors: 1, 2 ... 16
/// ```
/// # Reading order
/// [ChordNode] is the machine, [ChordMessage] what is said.
///
/// # Wire format
/// One octet that tells the message, eight of its id, then its fields. Peers are encoded as
/// [p2psip.app.crypto.Peer] says; `peers` is a count (8 bits, at most 32) and as many of them.
///
/// | code | message | fields | answered by |
/// |---|---|---|---|
/// | 1 | Find | hops left (8 bits), 1 if for the root (8), request (64), origin, point | Taken |
/// | 2 | Taken | | |
/// | 3 | Found | peers: the root, and for who asks for its own point the root's successors | |
/// | 4 | Ask | | Told |
/// | 5 | Told | predecessor (peers, at most one), successors (peers) | |
/// | 6 | Notify | | |
///
/// The root answers the origin itself, with `request` as the id.
///
/// # Left out
/// Records, good-byes, virtual nodes, and the choice of near fingers: the plain protocol of the
/// paper.
package p2psip.app.chord;
