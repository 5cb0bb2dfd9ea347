/// What the routers between us and a server do: for whom they map a port to which outside address,
/// and whom they let in. The server has two addresses and two ports; it is asked at some of them
/// and answers from others, and a client sees which of it arrives.
///
/// Read [BehaviorAttribute] first (what is added to Binding), then [Discovery] (the tests in their
/// order, and what each shows) with [Findings] in the words of [Behavior], then [BehaviorServer].
///
/// | section | file |
/// |---|---|
/// | 4.2, 4.3, 4.4, 5 | [Discovery], [Findings] |
/// | 6 | [BehaviorServer] |
/// | 7 | [BehaviorAttribute] |
///
/// ```java
/// var discovery = new Discovery(server, Set.of(local), new Authentication.None(),
///         Discovery.TIMING, random);
/// discovery.wake(now);                                    // [Send(server, Binding)]
/// discovery.handle(new Discovery.Input.Received(from, bytes), now);   // at last [Found(...)]
/// ```
///
/// What is found holds for one port at one moment, and routers change their minds: nothing here
/// decides by it. It is told to whoever looks for the reason of a failure; calls use ICE and relays
/// whatever it says. A router that keeps the inside port wherever it is free (Linux does) is seen
/// as endpoint-independent though it maps for each destination anew.
///
/// Left out, beside what stands in `left-out.txt`: hairpinning (§3.4) and the lifetime of bindings
/// (§4.6), which want a second port and, the latter, many minutes; fragments and generic ALGs
/// (§3.5, §3.6); TCP and TLS, over which nothing can be filtered; the DNS (§5.1).
package p2psip.std.rfc5780;
