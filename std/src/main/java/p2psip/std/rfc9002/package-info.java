/// Loss recovery and congestion control of QUIC: whoever sends packets over a network that loses
/// some, and that others use too, learns here which got there, which to send again, and how much
/// may be on its way.
///
/// Read [Recovery] first: what it is told and what it says. [RoundTrips] measures the path,
/// [NewReno] says how much may be in flight, [Pacing] how fast.
///
/// | section | file |
/// |---|---|
/// | 5, 6.2.1 | [RoundTrips] |
/// | 6.1, 6.2, 7.6 | [Recovery] |
/// | 7.2, 7.3, 7.8 | [NewReno] |
/// | 7.7 | [Pacing] |
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
