/// Reduced-size RTCP: feedback that goes out alone, without the report and the name that every
/// packet of RTCP else begins with, and so in a quarter of the bytes.
///
/// Both sides agree on it (`a=rtcp-rsize`); regular reports stay as they are. As somebody on the
/// way may not know such packets, whoever sends them watches whether they have an effect.
///
/// [ReducedSize] is a form for [p2psip.std.rfc4585.FeedbackTiming]; what comes is read by
/// [p2psip.std.rfc3550.CompoundPacket#parseReducedSize].
///
/// An example that `ReducedSizeTest` runs:
/// ```java
/// var form = new ReducedSize();
/// var timing = new FeedbackTiming(share, Settings.CALL, Schedule.OVERHEAD, form, random);
/// session.handle(new Tell(nack), now);    // SendRtcp[16 bytes]
/// form.confirmed();                       // the packet that was missed has come
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): what an
/// access network thinks of sizes.
package p2psip.std.rfc5506;
