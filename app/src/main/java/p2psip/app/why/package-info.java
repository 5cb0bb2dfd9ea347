/// Why a call has failed: what a node remembers of it, and what follows from that.
///
/// Reading order: [Fact], something that was seen, of a call ([OfCall]), of the ways to other nodes
/// ([OfWay]) or of the node itself ([OfNode]); [Journal], where facts are kept as they happen,
/// within limits; [Account], what it knows of one call; [Explanation], what follows, and
/// [Narration], how
/// that is printed.
///
/// ```
/// a node, while it works -- Noted --> Journal --+
///                                               +--> Account --> Explanation --> Narration
/// a capture, read by capture -> Trace -> Observed
/// ```
/// What follows is a matter of [Causes], a list of [Cause]s in the order in which one brings about
/// another: those that lie with the node ([AtHome]), between nodes ([OnTheWay]), with the sound
/// ([OfSound]) and with the phones ([AtThePhone]). Each looks at [Evidence]; the first that is seen
/// is named. All of it is a function of the account: nobody is asked, and no clock is read.
///
/// [Tally] counts what is heard. Nothing here knows nodes or hosts: who sees something notes it.
package p2psip.app.why;
