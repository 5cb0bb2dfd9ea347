/// Takes what crossed the network apart, down to the last bit, and writes it as pages: the chapter
/// of the guide that shows every byte of one call.
///
/// A [Recording] listens to a run and keeps its [Shot]s; [Dissection#of] cuts one into [Field]s
/// with a [Knife], guided by the codecs of `std`: [SipParts], [RtpParts], [StunParts],
/// [OverlayParts] and [RingParts]. What a field is said to hold is what the codec read, and a knife
/// that finds other bits there refuses. [Story] chooses the messages of one call; [MessagePage],
/// [BitDiagram] and [Hops] write them; [IllustrateVerb] is the command.
package p2psip.tools.dissect;
