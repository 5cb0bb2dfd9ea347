package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.std.Bytes;

/// What a [Host] tells the node that lives on it.
///
/// Whatever answers an effect carries the effect's `id`, which the node chose; ids of one kind of
/// effect need to be unique only among those not yet answered.
public sealed interface Event {

    /// A datagram came in at `local`, which is an address that [Effect.Bind] or
    /// [Effect.JoinGroup] bound: for a group the group's own address.
    record Datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
            implements Event {}

    /// Answers [Effect.Bind], [Effect.Listen] and [Effect.JoinGroup]: the socket is open at
    /// `local`.
    record Bound(long id, InetSocketAddress local) implements Event {}

    /// The socket could not be opened (`why` says port in use, no such address ...).
    record NotBound(long id, InetSocketAddress wanted, String why) implements Event {}

    /// A peer connected to a listening socket; `flow` is chosen by the host.
    record Accepted(long flow, InetSocketAddress local, InetSocketAddress remote)
            implements Event {}

    /// Answers [Effect.Open]: the stream is there.
    record Connected(long flow, InetSocketAddress local, InetSocketAddress remote)
            implements Event {}

    /// Bytes of a stream, in order.
    record Received(long flow, Bytes bytes) implements Event {}

    /// A stream has ended or could not be opened; nothing more of it will be heard. Every stream
    /// ends with exactly one of these, also one that the node closed itself.
    record Closed(long flow, String why) implements Event {}

    /// Answers [Effect.Resolve]: the addresses of a name, none if it has none or nobody answered.
    record Resolved(long id, List<InetAddress> addresses) implements Event {}

    /// Answers [Effect.Store]: what was to be stored is on disk.
    record Stored(long id) implements Event {}

    /// The disk refused to store, or to load; `why` is for the user.
    record NotStored(long id, String why) implements Event {}

    /// Answers [Effect.Load] with every key that begins with the prefix, in the order of keys.
    record Loaded(long id, SortedMap<String, Bytes> values) implements Event {}

    /// Answers [Effect.Identify]: the key pair of that name, which is on disk now.
    record Identified(long id, Identity identity) implements Event {}

    /// The identity could not be made or kept; `why` is for the user.
    record NotIdentified(long id, String why) implements Event {}

    /// A frame of sound from the microphone: 16 bit signed samples at the rate that was asked for.
    record Heard(Bytes samples) implements Event {}

    /// What the program around the node asks of it; each node has its own commands.
    record Command(Object command) implements Event {}
}
