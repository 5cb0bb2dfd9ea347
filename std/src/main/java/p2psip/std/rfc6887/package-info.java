/// The Port Control Protocol, the client's side: a router is asked to let in what comes to one of
/// its ports, and to go on doing so.
///
/// Read [MapRequest] and [Response] first (the bytes), then `Epoch` (whether the router has lost
/// what it had), then [PcpClient], which asks, renews, notices and lets go.
///
/// | section | file |
/// |---|---|
/// | 5 | `FixedAddress` |
/// | 7, 11.1 | [MapRequest], [Response] |
/// | 8, 9, 11.2 to 11.4, 14, 15 | [PcpClient] |
/// | 8.5 | `Epoch` |
///
/// ```java
/// var client = new PcpClient(router, self, PcpClient.UDP, 5063, Duration.ofHours(2), random);
/// client.wake(now);                                                // [Entered, Send(request)]
/// client.handle(new PcpClient.Input.Received(from, bytes), now);   // [Entered, Mapped(...)]
/// ```
///
/// Nothing here proves who a router is (§18 has no more to offer): answers are taken from its
/// address alone, and only with the nonce of the request, which nobody knows who has not seen it.
/// Left out, beside what stands in `left-out.txt`: PEER, and the options; a server.
package p2psip.std.rfc6887;
