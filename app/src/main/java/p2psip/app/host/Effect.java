package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;

/// What a node asks of the [Host] it lives on.
public sealed interface Effect {

    /// Open a datagram socket at this very address (port 0: any free one). Answered by
    /// [Event.Bound] or [Event.NotBound].
    record Bind(long id, InetSocketAddress local) implements Effect {}

    /// Open a listening stream socket. Answered as [Bind] is; peers come as [Event.Accepted].
    record Listen(long id, InetSocketAddress local) implements Effect {}

    /// Join a multicast group with a socket of its own, shared with other nodes of the machine, on
    /// every interface that can. Answered as [Bind] is.
    record JoinGroup(long id, InetSocketAddress group) implements Effect {}

    /// Close the datagram or listening socket at an address; silently nothing if there is none.
    record Unbind(InetSocketAddress local) implements Effect {}

    /// Send a datagram from a bound socket; as on any network it may be lost without a word. To a
    /// group it leaves by every interface that can carry it from there: one for a socket bound to
    /// one address, all for a socket bound to the wildcard.
    record Datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
            implements Effect {}

    /// Connect a stream; the node chooses the flow's number (the host's own are negative) and uses
    /// none twice. Answered by [Event.Connected] or [Event.Closed].
    record Open(long flow, InetSocketAddress remote) implements Effect {}

    /// Write to a stream, at once or when it has connected. A peer that lets more than
    /// [Host#UNWRITTEN] bytes wait is closed.
    record Write(long flow, Bytes bytes) implements Effect {}

    /// Close a stream when what was written has left, or after [Host#LINGER].
    record Close(long flow) implements Effect {}

    /// Ask the DNS (or the hosts file) for the addresses of a name.
    record Resolve(long id, String name) implements Effect {}

    /// Keep values under their keys; an empty Optional removes the key. All or none of them.
    record Store(long id, SortedMap<String, Optional<Bytes>> values) implements Effect {}

    /// Read all values whose keys begin with a prefix.
    record Load(long id, String prefix) implements Effect {}

    /// Ask for the identity of this name, which is made and kept when it is asked for first.
    /// Answered by [Event.Identified] or [Event.NotIdentified].
    record Identify(long id, String name) implements Effect {}

    /// Start the microphone: frames of this many samples come as [Event.Heard]. Frames of no
    /// samples stop it. Where there is no microphone nothing is heard, and a remark says so.
    record Listening(int rate, int samples) implements Effect {}

    /// Play samples (16 bit signed) on the loudspeaker.
    record Play(int rate, Bytes samples) implements Effect {}

    /// Something for the record: the host stamps it with the node's name and the time.
    record Note(Trace.What what) implements Effect {}

    /// Tell the program around the node: a result, something to print.
    record Tell(Object what) implements Effect {}

    /// The node has ended: close all it had.
    record Exit() implements Effect {}
}
