/// TURN: a relay. Somebody behind a router that lets nobody in borrows an address of a server that
/// everybody reaches; what peers send there the server hands on to him, and what he gives the
/// server it sends to them from there.
///
/// Read [TurnAttribute] first (what TURN adds to the messages of STUN), then [TurnServer] (who asks
/// is authenticated, found by his [FiveTuple], and answered) with [Allocation] (what it does for
/// one client, from the first request to the end) and [Relay] (one address with its permissions and
/// channels). [TurnClient] is the other side, with [PeerTable], what it believes that the server
/// lets through. Data travel as [ChannelData], or with more around them as [Indication]; in a
/// stream [StreamFraming] finds where each message ends.
///
/// What a server refuses is in [Wanted] (requests that make no sense), [Peers] (to whom nothing is
/// relayed), [Limits] and [Flood] (how much at most); by which words, in [Refusal].
///
/// | section | file |
/// |---|---|
/// | 5, 6 | [TurnServer], [Allocation], [FiveTuple] |
/// | 7.1, 7.3, 7.4 | [TurnClient], [Wish] |
/// | 7.2, 8.2 | [TurnServer], [Wanted], [Allocation], [Ports], [Reservations] |
/// | 8.1 | [TurnClient] |
/// | 9, 10 | [Relay], [PeerTable] |
/// | 11 | [Indication] |
/// | 12 | [ChannelData], [StreamFraming], [Relay], [PeerTable] |
/// | 18 | [TurnAttribute], [TurnCodec] |
/// | 19 | [Refusal] |
/// | 21 | [Peers], [Limits], [Flood] |
///
/// ```java
/// var guard = new Guard.LongTerm("example.org", users, Duration.ofMinutes(30), random);
/// var server = new TurnServer(new TurnServer.Settings("p2psip", Map.of(Family.IPV4, address),
///         49_152, 65_535, Limits.USUAL, new Peers(List.of(), Set.of(address))), guard, random);
/// var client = new TurnClient(there, Wish.IPV4, new Authentication.LongTerm(alice), Timing.UDP,
///         "p2psip", random);
/// client.wake(now);                                             // [Send(there, Allocate)]
/// client.handle(new TurnClient.Input.Send(peer, data), now);   // when Allocated was told
/// ```
///
/// The server's sockets are opened by whoever owns it, so an Allocate request is answered when they
/// are; one that a host at its limit of sockets does not open is answered by 508. ICMP is told to
/// the client if somebody tells it to the server: no host here does. Left out (each sentence stands
/// in `left-out.txt`): whatever is in the headers of IP, for a program without privileges has no
/// hand on them, hence DONT-FRAGMENT too; DTLS; `turn` URIs and the DNS.
package p2psip.std.rfc8656;
