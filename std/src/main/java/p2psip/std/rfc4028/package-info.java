/// Session timers: who is in a call says now and then that it goes on, else it ends.
///
/// [SessionTimer] is what the INVITE usage has one of for each call. It puts into
/// requests and responses what they say of it ([SessionExpires], §4), agrees anew with each INVITE
/// and UPDATE that is accepted (§7, §9), and says when to refresh the session, and when to end it
/// (§10). The usage refreshes by UPDATE where the peer takes that, else by an INVITE that offers
/// once more what was said last.
///
/// ```java
/// var timer = new SessionTimer.Policy(Optional.of(Duration.ofMinutes(30)), Duration.ofMinutes(5));
/// var rules = new CallRules(Reliability.SUPPORTED, true, Optional.of(timer));
/// ```
///
/// [TimerProxy] is the extension of a proxy that wants the calls through it refreshed (§8), and
/// speaks for a callee who knows nothing of timers.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc4028;
