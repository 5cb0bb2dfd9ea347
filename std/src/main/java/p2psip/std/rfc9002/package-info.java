/// Loss recovery and congestion control of QUIC: whoever sends packets over a network that loses
/// some, and that others use too, learns here which got there, which to send again, and how much
/// may be on its way.
///
/// Read [Recovery] first: what it is told and what it says. [RoundTrips] measures the path,
/// [NewReno] says how much may be in flight, [Queueing] what of it only waits, [Pacing] how fast.
///
/// In one thing this is not the controller of the RFC, which lets a sender take another that is no
/// more aggressive: it does not wait for a queue to overflow. Somebody's uplink is a narrow place
/// with a long queue, a file that fills it makes a call beside it late by all of the queue, and
/// what overflows is the call's as well. So the window follows the time that packets wait, as that
/// of LEDBAT (RFC 6817) does: it grows as NewReno's where nothing waits, not at all where 12 ms do,
/// and takes back what is more; at losses it halves as ever. Leaving slow start by round trips
/// alone (HyStart++, RFC 9406) was the other way: then the queue is filled a little later, one
/// datagram for each round trip. What follows from this:
///
/// - A window that grows for the first time does so by half in a round trip, not twofold: what it
///   does to a queue is known a round trip later.
/// - Where no round trip of 10 s was near the least, a quarter of the window is used for two round
///   trips, for a queue that is never empty cannot be told from the path. Whoever has come later
///   would take the queue of the first for the path, and the first would yield to him; but each
///   who empties it shows the others that it is empty, so that they do it together.
/// - Where others fill the queue a file yields, but for a share: that of half a NewReno.
/// - A path that has become longer looks like a queue for up to 10 s, and for 10 s more like one
///   that others fill.
/// - Where packets overtake each other, those that come after they were held for lost widen the
///   thresholds, and the window is again what it was (RFC 4015).
///
/// | section | file |
/// |---|---|
/// | 5, 6.2.1 | [RoundTrips] |
/// | 6.1, 6.2, 7.6 | [Recovery] |
/// | 7.2, 7.3, 7.8 | [NewReno] |
/// | 7.7 | [Pacing] |
/// | RFC 6817 | [Queueing] |
///
/// An example that `RecoveryTest` runs:
/// ```java
/// var recovery = new Recovery<String>(1_200, Duration.ofMillis(25));
/// recovery.handle(new Input.Sent<>(0, 1_200, "a"), now);
/// recovery.handle(new Input.Acknowledged<>(List.of(new Range(0, 0)), Duration.ZERO), later);
/// // [Delivered[what=a]], and the round trip is known
/// ```
///
/// One packet costs a place in a tree, O(log n) for the [Recovery#MAX_PACKETS] that may be in
/// flight. There is one space of packet numbers, after the handshake: what is said of handshakes,
/// keys and several spaces stands in `left-out.txt`, as does ECN, for no host here shows it.
package p2psip.std.rfc9002;
