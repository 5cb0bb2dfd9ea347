/// Redundant audio: each packet repeats the media of the packets before it, so that a lost packet
/// is made good by the next one.
///
/// | section | file |
/// |---|---|
/// | 3 the payload | [RedundantPayload] |
/// | 3 what to repeat, and what to make of it | [Redundancy] |
///
/// An example that `RedundancyTest` runs:
/// ```java
/// var payload = sender.protect(new Media(0, timestamp, data)).encode();
/// var media = receiver.recover(timestamp, RedundantPayload.parse(payload.buffer()));
/// ```
///
/// As section 4 says, marker bits and contributors of lost packets are not made good.
///
/// Left out: a lower quality for the repetition (the media is sent again as it was), and SDP's
/// `red` format of section 5, which is for whoever makes offers.
package p2psip.std.rfc2198;
