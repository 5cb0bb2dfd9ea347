/// What happened, as values: [Trace] is one entry, made by nodes ([Trace.What]) or by their host
/// ([Trace.What.Wire]) and stamped by the edge with node and time.
///
/// Whoever listens to a host is a consumer of them, and several go together with `andThen`:
///
/// - [Printer] prints them as they happen, for `-d`;
/// - [Ladder] collects them and draws who said what to whom, as text or as SVG;
/// - both are for a [Screen], which may have colours and links to [Screen.Pages];
/// - `PcapngWriter` of [p2psip.app.capture] writes the bytes as a capture file.
package p2psip.app.trace;
