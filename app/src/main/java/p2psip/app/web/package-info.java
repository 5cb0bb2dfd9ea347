/// A running node can be asked: HTTP on 127.0.0.1, for its user's own programs.
///
/// ```
///  curl, verbs ---HTTP---> Control ---> Gate: who may?  ---> Resource ---> Asker ---> Node
///       ^                     |                                ^    Question.Ask       |
///       '------ JSON ---------'         Events <--- Trace ---- | <--- Answered --------'
/// ```
///
/// [Control] is the server: it lets nobody in whom the [Gate] refuses, reads no more than it must,
/// and finds the [Resource] of a path ([Paths]). A resource is one class: [Peers], [Calls],
/// [Stats], [Healthy], [Records], [DhtKey], [AllSettings], [OneSetting], [AllPins], [OnePin], and
/// the [Events]; another one is a class and a line where the list is made. A SIP server has those
/// of [Administration]. Nodes know nothing of it: an [Asker] gives a node a
/// [p2psip.app.node.Question], or a server an [p2psip.app.sipd.Inquiry], and waits, on the
/// request's own thread, for what it tells. A [Plate] in the node's home says where it listens and
/// by which token; a [Client] finds it there.
///
/// The [ConsolePage] is a page for people over the same resources and those made for it
/// ([RingShape], [PassingMedia], [Views], [SitePages]); an [Entrance]
/// lets it in. A simulated ring is shown by the same page: [RingStage] has it go on by the clock,
/// [StageRing], [StageRecords] and [StageTime] are what is asked and done there, and [Theatre] is
/// all of it.
///
/// Beside it, on a port of its own and for whoever has a browser, is a page that is a telephone:
/// [PhonePage]. Nothing of all this can be asked there.
///
/// # Who is kept out
/// - Other machines: it listens on loopback only.
/// - Other users of this machine: the token, 256 random bits, new at each start, is in a file that
///   only the owner of the home reads, and nowhere else.
/// - Pages in the user's browser, which does reach loopback: a page has no token; a name that was
///   made to lead here (DNS rebinding) is not ours, so `Host` is refused; `Origin` and
///   `Sec-Fetch-Site` of another page are refused; and no page is told by CORS that it may. The
///   console's own page has to show a ticket that its user was given, and keeps the token in its
///   tab.
///
/// # Limits
/// [Control#REQUESTS] at once, [Events#STREAMS] beside, [Control#BODY] bytes of a body,
/// [Control#PATIENCE] for all of a request, [Events#WAITING] events for a stream: what comes beyond
/// is refused, or the stream ends and says so. Whoever may run programs of his own on the machine
/// can still use up the connections: 64, of which each may take ten seconds to ask.
///
/// # What the JDK's server answers by itself
/// What is no HTTP gets its 400, and a target that has no path of ours to begin with (`//peers`,
/// `*`) its 404, before anybody here is asked: in HTML, without the header fields of ours.
///
/// Left for later: who waits for an answer longer than a node may take.
package p2psip.app.web;
