package p2psip.app.node;

import module java.base;
import p2psip.std.Bytes;

/// What programs ask a node about pipes, and what they are told: bytes in order, both ways, between
/// two programs of which one has a SIP address.
public sealed interface Pipe {

    /// Names of pipes and of listeners are the program's own, above zero; those of who calls are
    /// below.
    long id();

    /// A command to the node.
    sealed interface Command extends Pipe {}

    /// Have this node be found by an address, and hear who calls it: [Caller] follows for each, or
    /// [Ended] if that cannot be.
    ///
    /// @param from who may call; without any, everybody
    record Listen(long id, String address, Set<String> from) implements Command {
        public Listen { from = Set.copyOf(from); }
    }

    /// Call a program by its address: [Connected] or [Ended] follows.
    ///
    /// @param as in whose name: an address that is registered here, or listens
    record Connect(long id, String address, Optional<String> as) implements Command {}

    /// Take a caller.
    record Accept(long id) implements Command {}

    /// Write to one; no more than [Writable] has said in all.
    record Write(long id, Bytes bytes) implements Command {}

    /// Take so many bytes more.
    record Read(long id, int bytes) implements Command {}

    /// Write no more.
    record Close(long id) implements Command {}

    /// Give up a pipe, a listener, or a caller who was not taken.
    record Drop(long id) implements Command {}

    /// What the node tells.
    sealed interface Event extends Pipe {}

    /// Others can be told of the address now.
    record Listening(long id) implements Event {}

    /// Somebody calls.
    ///
    /// @param id       of the pipe, to be accepted or dropped
    /// @param listener who is called
    /// @param caller   his address; empty if he has none
    /// @param verified whether that is proved
    record Caller(long id, long listener, String caller, boolean verified) implements Event {}

    record Connected(long id) implements Event {}

    record Writable(long id, int bytes) implements Event {}

    record Arrived(long id, Bytes bytes) implements Event {}

    /// The other program writes no more.
    record Finished(long id) implements Event {}

    /// Nothing more will be heard of it.
    ///
    /// @param well whether all got there
    /// @param why  one line for people
    record Ended(long id, boolean well, String why) implements Event {}
}
