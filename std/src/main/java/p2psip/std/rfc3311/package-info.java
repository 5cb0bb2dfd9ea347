/// UPDATE: a session is changed before the call is taken, or without asking anybody.
///
/// A patch of the INVITE usage, where `Updates` (§5) sends and receives it. Here is what two
/// user agents have to agree upon first: who has offered something that is not answered yet
/// ([Exchange], §5.1 and §5.2), whatever request or response it was in. Whether the peer takes an
/// UPDATE (§4) is kept in the dialog.
///
/// A program asks for it by `Call.Command.Update`, and is told as of a re-INVITE. One of the peer
/// that has no offer is answered without the program, and one that has waits ten seconds for it.
package p2psip.std.rfc3311;
