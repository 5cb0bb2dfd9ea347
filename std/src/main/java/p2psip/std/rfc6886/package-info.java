/// The NAT Port Mapping Protocol, the client's side: what the Port Control Protocol (RFC 6887) was
/// before, and what many routers still speak.
///
/// Read [Request] and [Response] first (the bytes), then [NatPmpClient], which asks, renews,
/// notices that the router has restarted, and lets go.
///
/// | section | file |
/// |---|---|
/// | 3.2, 3.3, 3.5 | [Request], [Response] |
/// | 3.1 to 3.4, 3.6, 3.7 | [NatPmpClient] |
///
/// ```java
/// var client = new NatPmpClient(router, 5063, random);
/// client.wake(now);                                                  // [Entered, Send(request)]
/// client.handle(new NatPmpClient.Input.Received(from, bytes), now);  // the next question, then
///                                                                    // [Entered, Mapped(...)]
/// ```
///
/// Nothing proves who a router is, and there is no nonce: who sends by the router's address can say
/// what he likes. So RFC 6887 is asked first. Left out, beside what stands in
/// `left-out.txt`: TCP; a router's side.
package p2psip.std.rfc6886;
