/// Text conversation: what somebody types reaches the other one letter by letter, while it is
/// typed, in RTP packets of their own stream.
///
/// A packet has what was typed in the last 300 ms, and again what the two packets before it had: of
/// three in a row one is enough. The receiver puts the pieces in order, tells each once, and shows
/// by U+FFFD where one never came. The text itself is ITU-T's T.140: UTF-8, with a few characters
/// that do something, like backspace.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 1, T.140 characters with a meaning | [T140] |
/// | 3.2, 3.3 blocks, 5.1, 5.2 when to send, 6 how fast, 9 congestion | [TextSender] |
/// | 4, 4.1, 4.2 what is repeated | [p2psip.std.rfc2198.Redundancy] |
/// | 4.2, 5.3 what was lost, 5.4 what is late | [TextReceiver] |
/// | 6, 7.2, 10.2, 10.3 formats in SDP | [TextFormat] |
/// | T.140 text as it is shown | [TextPage] |
///
/// An example that `TextSenderTest` runs:
/// ```java
/// var sender = new TextSender(TextFormat.of(98, 100));    // as the peer has said
/// sender.handle(new Input.Type("Hi\n"), now);             // Send marker: at once
/// sender.handle(new Input.Type("yuo\b\bou"), now);        // nothing until deadline(), in 300 ms
/// page.add(text);                                         // as a TextReceiver tells it
/// page.lines();                                           // Hi, you
/// ```
///
/// Section 5.2 names two moments as the beginning of an idle period, the first empty block and the
/// last repetition. Here it is the latter: the marker bit is for the first packet after silence.
/// What was lost before the first packet that is heard shows only if that one has neither the mark
/// at the start of a session nor a marker bit.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): error
/// correction other than redundancy, and text in one stream with sound.
package p2psip.std.rfc4103;
