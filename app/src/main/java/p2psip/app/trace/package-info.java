/// What happened, as values: [Trace] is one entry, made by nodes ([Trace.What]) or by their host
/// ([Trace.What.Wire]) and stamped by the edge with node and time.
///
/// Whoever listens to a host is a consumer of them, and several go together with `andThen`:
///
/// - [Printer] prints them as they happen, for `-d`, without [Secrets];
/// - [Ladder] collects them and draws who said what to whom, as text or as SVG ([Sequence]);
/// - both are for a [Screen], which may have colours and links to [Screen.Pages];
/// - `PcapngWriter` of [p2psip.app.capture] writes the bytes as a capture file.
///
/// # A conversation, shown
/// ```
/// a run that was listened to -+
///                             +-> traces -> Conversation -> Viewer -> one page, or its parts
/// a file, read by capture    -+     (Surgeon takes each message apart)
/// ```
/// [Conversation] orders what was said by any number of hosts and has each message taken apart:
/// [Surgeon] chooses by the first bits who cuts, a [Dissection] is the result, [Field]s that are
/// together every bit. Who cuts asks the codec what stands there and tells a [Knife], which looks
/// whether it does: [SipParts] with [SdpParts] and [HeaderMeaning], [RtpParts], [RtcpParts],
/// [StunParts]; the overlay's and the ring's parts stand beside their codecs and come as a
/// [Dissector]. What is malformed is shown as bytes, with what is wrong.
///
/// [Viewer] writes the page: [LadderView] is the way around, [MessageView] a message with its
/// [BitDiagram], its [Hops] (what a node changed in it) and its bytes; [Quotes] lists the sentences
/// of the RFCs that these name, whose words are handed in as [Sentences]. All that came from the
/// wire goes through [Html]. `conversation.css` and `conversation.js` are for any page that has its
/// parts; without the script all the text is there.
///
/// # Limits
/// [Conversation#LIMIT] datagrams are looked at, [Viewer#SHOWN] rows shown; both say so when there
/// are more. [LadderView] draws so many participants, the others together in a last column.
package p2psip.app.trace;
