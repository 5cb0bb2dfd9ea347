/// Reliable provisional responses: that it rings, and what is said of the session before the call
/// is taken, is acknowledged by `PRACK` and comes in order.
///
/// A patch of the INVITE usage: [p2psip.std.rfc3261.ua.CallRules] says whether a user agent does
/// it, and its `Callee` and `Caller` have the hooks. Here is what can be known without a call.
///
/// | section | file |
/// |---|---|
/// | 3 UAS | [ReliableResponses] sends one after the other, again and again until its PRACK |
/// | 4 UAC | [InOrder] says what is to be acknowledged, and what came before or too early |
/// | 5 offers and answers | `Caller`, `Callee`, and `Updates` for an offer in a PRACK |
/// | 7.2 RAck | [RAck] |
/// | 8.1 the option tag | [Reliability] |
///
/// ```java
/// var rules = new CallRules(Reliability.REQUIRED, true, Optional.empty());
/// var profile = new Profile(identity, contact, List.of(), Optional.empty(), "phone", rules,
///         Optional.empty());
/// ```
///
/// Where a call is placed without an offer, the one in a reliable response is answered by
/// `Acknowledge`, as that in a 2xx. An offer in a PRACK that the program refuses is answered with
/// the refusal, as RFC 6337 §2.3 foresees. What is left out stands in `left-out.txt` beside this
/// file.
package p2psip.std.rfc3262;
