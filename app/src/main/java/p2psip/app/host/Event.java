package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc5764.ExtractedKeys;

/// What a [Host] tells the node that lives on it.
///
/// Whatever comes of an effect carries the effect's [Id], which says for which part of the node it
/// is.
public sealed interface Event {

    /// Whose it is.
    Id id();

    /// From sockets, streams and the DNS.
    sealed interface OfNetwork extends Event {}

    /// From associations that give the keys of SRTP.
    sealed interface OfAssociation extends OfNetwork {}

    /// From servers of the web.
    sealed interface OfWeb extends OfNetwork {}

    /// About what is kept.
    sealed interface OfDisk extends Event {}

    /// About identities.
    sealed interface OfKeys extends Event {}

    /// A datagram came in at the socket of this id, which [Effect.Bind] or [Effect.JoinGroup]
    /// opened at `local`: for a group the group's own address.
    record Datagram(Id id, InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
            implements OfNetwork {}

    /// Answers [Effect.Bind], [Effect.Listen] and [Effect.JoinGroup]: the socket is open at
    /// `local`.
    record Bound(Id id, InetSocketAddress local) implements OfNetwork {}

    /// The socket could not be opened (`why` says port in use, no such address ...).
    record NotBound(Id id, InetSocketAddress wanted, String why) implements OfNetwork {}

    /// A peer connected to a listening socket, of whose part and child it is; the number is the
    /// host's.
    ///
    /// @param proven the name of the peer's certificate, if it has shown one, or its key
    record Accepted(Id id, Way way, InetSocketAddress local, InetSocketAddress remote,
            Optional<Proven> proven) implements OfNetwork {}

    /// Answers [Effect.Open]: the stream is there.
    ///
    /// @param proven by TLS the name that was asked for, or the peer's key
    record Connected(Id id, Way way, InetSocketAddress local, InetSocketAddress remote,
            Optional<Proven> proven) implements OfNetwork {}

    /// Bytes of a stream, in order.
    record Received(Id id, Bytes bytes) implements OfNetwork {}

    /// A stream has ended or could not be opened; nothing more of it will be heard. Every stream
    /// ends with exactly one of these, also one that the node closed itself.
    ///
    /// @param why for a person
    /// @param tls what was wrong, if it was TLS
    record Closed(Id id, String why, Optional<TlsFailure> tls) implements OfNetwork {
        public Closed(Id id, String why) { this(id, why, Optional.empty()); }
    }

    /// A datagram of an association, to be sent to its peer.
    record Flight(Id id, Bytes datagram) implements OfAssociation {}

    /// Answers [Effect.Associate]: both sides have the keys.
    ///
    /// @param certificate what the peer has shown, in DER, and has proven to have the key of
    record Associated(Id id, ExtractedKeys keys, Bytes certificate) implements OfAssociation {}

    /// There is no association, or there is none any more; `why` is for a person.
    record NotAssociated(Id id, String why) implements OfAssociation {}

    /// Answers [Effect.Resolve]: the addresses of a name, none if it has none or nobody answered.
    record Resolved(Id id, List<InetAddress> addresses) implements OfNetwork {}

    /// Answers [Effect.Query].
    record Answered(Id id, Answer answer) implements OfNetwork {}

    /// The network has said that a datagram from the socket of this id reaches nobody there: an
    /// ICMP error that the system has matched to what was sent.
    record Unreachable(Id id, InetSocketAddress local, InetSocketAddress remote)
            implements OfNetwork {}

    /// Answers [Effect.Routers]: those of now, none where the host is connected to all others.
    record Routers(Id id, List<Router> routers) implements OfNetwork {}

    /// Answers [Effect.Http]: the whole of it, whatever its status.
    record Replied(Id id, int status, Bytes body) implements OfWeb {}

    /// One line of a good reply, without its end.
    record ReplyLine(Id id, Bytes line) implements OfWeb {}

    /// There is no reply, or no more of it; `why` is for a person.
    record NoReply(Id id, String why) implements OfWeb {}

    /// Answers [Effect.Store]: what was to be stored is on disk.
    record Stored(Id id) implements OfDisk {}

    /// The disk refused to store, or to load; `why` is for the user.
    record NotStored(Id id, String why) implements OfDisk {}

    /// Answers [Effect.Load] with every key that begins with the prefix, in the order of keys.
    record Loaded(Id id, SortedMap<String, Bytes> values) implements OfDisk {}

    /// Answers [Effect.Identify]: the key pair of that name, which is on disk now.
    record Identified(Id id, Identity identity) implements OfKeys {}

    /// The identity could not be made or kept; `why` is for the user.
    record NotIdentified(Id id, String why) implements OfKeys {}

    /// A frame of sound from the microphone: 16 bit signed samples at the rate that was asked for.
    record Heard(Id id, Bytes samples) implements Event {}

    /// What the program around the node asks of it; each node has its own commands.
    record Command(Object command) implements Event {
        @Override public Id id() { return Id.PROGRAM; }
    }
}
