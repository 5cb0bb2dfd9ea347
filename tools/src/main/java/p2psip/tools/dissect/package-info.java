/// The chapter of the guide that shows every byte of one call, and the words of the RFCs for it.
///
/// A [Recording] listens to a run; [p2psip.app.trace] makes a conversation of it, takes it apart
/// and shows it. [Story] chooses the messages of which the guide tells, and what the ladder shows
/// beside them; [Chapter] writes the parts of its page, [Paper] how they are printed;
/// [IllustrateVerb] is the command. [Quoted] and [SiteSentences] say what the RFCs say.
package p2psip.tools.dissect;
