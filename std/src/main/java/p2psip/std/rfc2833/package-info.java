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
/// Left out: the tone payload of section 4, events other than keys are only numbers here,
/// redundancy by RFC 2198 (the end is repeated instead), and making tones: who receives an event
/// is told, not played to.
//= rfc2833#2.* exception this is no gateway, and tones are not represented
//= rfc2833#3.2-2 exception this is no gateway: it renders no tones
//= rfc2833#3.3-2 exception events are told, not rendered
//= rfc2833#3.5-1 exception the end bit is set at once
//= rfc2833#3.5-2 exception no tones are created
//= rfc2833#3.7.* exception redundancy is not used for events: the end is repeated instead
//= rfc2833#3.14.* exception trunk events are numbers like any other
//= rfc2833#4.* exception the tone payload is left out
//= rfc2833#8.* exception registrations with IANA
//= rfc2833#3.9-2 exception a permission not to list the events: they are listed
//= rfc4733#2.3.5-3 exception states are not sent, only digits
//= rfc4733#2.5.1.1-4..5 exception no redundancy of RFC 2198, and one stream for all events
//= rfc4733#2.5.1.2-7 exception a permission about states: the E bit is always sent
//= rfc4733#2.5.1.2-8 exception the spacing is that of the audio packets, which is as good
//= rfc4733#2.5.1.2-10 exception states are not sent, only digits
//= rfc4733#2.5.1.3.1-1 exception no redundancy of RFC 2198 for events
//= rfc4733#2.5.1.4-2..4 exception no redundancy of RFC 2198 for events
//= rfc4733#2.5.1.4-5 exception the E bit is set at once
//= rfc4733#2.5.1.5.* exception a packet has one event
//= rfc4733#2.5.2.2-1..2 exception events are told: nobody renders tones
//= rfc4733#2.5.2.2-6..7 exception permissions that are not used: an event told is over
//= rfc4733#2.5.2.2-9 exception events are told: nobody renders tones
//= rfc4733#2.5.2.2-12 exception events are told: nobody renders tones
//= rfc4733#2.5.2.5-1 exception states are not kept, only digits
//= rfc4733#2.6.2.* exception no redundancy of RFC 2198 for events
//= rfc4733#3.1-2 exception events are told: nobody renders tones
//= rfc4733#4.* exception the tone payload is left out
//= rfc4733#6-1..2 todo integrity comes with SRTP (RFC 3711), a package of its own
//= rfc4733#7.* exception registrations with IANA
//= rfc4733#A-2..3 exception a summary of what 2.5.1.1 and 2.5.2.1 ask
package p2psip.std.rfc2833;
