/// Telephone events: keys pressed during a call, carried as numbers instead of tones.
///
/// Codecs spoil the tones of a dial pad, so RTP sends what key it is, and again and again how long
/// it has been down already: any one packet that arrives is enough. RFC 2833 is what everybody
/// speaks of; RFC 4733 replaced it without changing a bit on the wire and says the rules better.
///
/// | section | file |
/// |---|---|
/// | 3.5 (4733: 2.3) the payload | [TelephoneEvent] |
/// | 3.10 (4733: 3.2) keys and their numbers | [Dtmf] |
/// | 3.6 (4733: 2.5.1) sending | [EventSender] |
/// | 3.5 (4733: 2.5.2) receiving | [EventReceiver] |
/// | 4.4 (4733: 4.3.3) tones by their frequencies | [TelephoneTone] |
///
/// An example that `TelephoneEventTest` runs:
/// ```java
/// var sender = new EventSender(8000, Duration.ofMillis(20));
/// sender.handle(new Play(List.of(Dtmf.event('5').getAsInt()), Duration.ofMillis(60),
///         Duration.ofMillis(40), timestamp), now);
/// // Began 5, Send 5 duration=160 with marker; then at 20 ms duration=320, at 40 ms duration=480
/// // with the end bit, which is sent three times
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): tones are
/// read and never sent, events other than keys are only numbers here, and who receives an event is
/// told, not played to.
package p2psip.std.rfc2833;
