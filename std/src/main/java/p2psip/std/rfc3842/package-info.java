/// Message summary: whether messages are waiting. [MessageSummary] is the event package for
/// [p2psip.std.rfc6665.Subscriptions] and its documents (§3.5, §5.2).
///
/// ```java
/// var summary = MessageSummary.parse("Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n");
/// ```
///
/// What is said of single messages is read over, and never written. What else is left out stands in
/// `left-out.txt` beside this file.
package p2psip.std.rfc3842;
