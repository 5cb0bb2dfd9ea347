package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc5763.CertificateFingerprint;
import p2psip.std.rfc5764.ProtectionProfile;

/// What a node asks of the [Host] it lives on.
///
/// What is answered carries an [Id], and so does all that comes of it. Ids of one kind of effect
/// need to be unique only among those not yet answered; of a socket, while it is open; of a stream,
/// for ever.
public sealed interface Effect {

    /// Open a datagram socket at this very address (port 0: any free one). Answered by
    /// [Event.Bound] or [Event.NotBound]; what comes in is an [Event.Datagram] with the same id.
    ///
    /// @param whole whether what is sent from it is lost where it is too large for the way, instead
    ///              of being cut into fragments
    record Bind(Id id, InetSocketAddress local, boolean whole) implements Effect {
        public Bind(Id id, InetSocketAddress local) { this(id, local, false); }
    }

    /// Open a listening stream socket. Answered as [Bind] is; peers come as [Event.Accepted],
    /// of the same part and child. Of one address there is one way only.
    record Listen(Id id, Way way, InetSocketAddress local) implements Effect {}

    /// Join a multicast group with a socket of its own, shared with other nodes of the machine, on
    /// every interface that can. Answered as [Bind] is.
    record JoinGroup(Id id, InetSocketAddress group) implements Effect {}

    /// Close the datagram or listening socket at an address; silently nothing if there is none.
    record Unbind(InetSocketAddress local) implements Effect {}

    /// Send a datagram from a bound socket; as on any network it may be lost without a word. To a
    /// group it leaves by every interface that can carry it from there: one for a socket bound to
    /// one address, all for a socket bound to the wildcard.
    record Datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
            implements Effect {}

    /// Connect a stream. Answered by [Event.Connected] or [Event.Closed]: also if the peer does not
    /// prove the name that the way asks for.
    record Open(Id id, Way way, InetSocketAddress remote) implements Effect {}

    /// Write to a stream, at once or when it has connected. A peer that lets more than
    /// [Host#UNWRITTEN] bytes wait is closed.
    record Write(Id id, Bytes bytes) implements Effect {}

    /// Close a stream when what was written has left, or after [Host#LINGER].
    record Close(Id id) implements Effect {}

    /// Begin an association by DTLS that gives the keys of SRTP, over datagrams that the node
    /// carries itself: it is [Hand]ed those of the peer, and those for the peer come as
    /// [Event.Flight]. Answered by [Event.Associated] or [Event.NotAssociated]. It stays, so that
    /// a peer which has lost our last flight gets it again, until [Dissociate].
    ///
    /// @param begins   whether this side is the client
    /// @param profiles what SRTP may be, the preferred first
    /// @param peer     of which the peer's certificate must have one: who shows another is told so
    ///                 by an alert
    record Associate(Id id, boolean begins, MediaCertificate certificate,
            List<ProtectionProfile> profiles, List<CertificateFingerprint> peer)
            implements Effect {
        public Associate {
            profiles = List.copyOf(profiles);
            peer = List.copyOf(peer);
        }

        /// Whether this is a certificate of the peer.
        boolean believes(Bytes shown) {
            return CertificateFingerprint.prove(peer, shown.toArray());
        }
    }

    /// A datagram of DTLS has come from the peer of an association; silently nothing if there is
    /// none of this id.
    record Hand(Id id, Bytes datagram) implements Effect {}

    /// Forget an association: nothing more is heard of it.
    record Dissociate(Id id) implements Effect {}

    /// Ask the DNS (or the hosts file) for the addresses of a name.
    record Resolve(Id id, String name) implements Effect {}

    /// Ask the DNS, and for addresses the hosts file first, for the records of one type that a
    /// name has. Answered by [Event.Answered].
    record Query(Id id, Question question) implements Effect {}

    /// Say it with [Event.Unreachable] if datagrams from a bound socket reach nobody at an
    /// address, until that matters no longer. Where a system does not tell, nothing is said.
    record Watch(InetSocketAddress local, InetSocketAddress remote, boolean matters)
            implements Effect {}

    /// Ask by whom datagrams leave for other networks. Answered by [Event.Routers].
    record Routers(Id id) implements Effect {}

    /// Ask a server of the web, by HTTP/1.1; what it redirects to is not asked. Answered by
    /// [Event.Replied] or [Event.NoReply]; what goes beyond a limit of [Host] is no reply.
    ///
    /// @param url      of scheme `http` or `https`; by the latter the server proves its name
    /// @param body     empty: none
    /// @param patience until the whole reply is there, or of one told by lines its beginning
    /// @param lines    whether the body of a good reply is told by its lines, as they come and
    ///                 without end if need be: each is an [Event.ReplyLine], and the reply itself,
    ///                 the last of them, has no body
    record Http(Id id, String method, URI url, Bytes body, Duration patience, boolean lines)
            implements Effect {
        public Http {
            if (!isWeb(url)) throw new IllegalArgumentException("not of the web: " + url);
        }

        /// Whether a server of the web can be asked for it.
        public static boolean isWeb(URI url) {
            return url.getHost() != null
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        }
    }

    /// Let a request to the web be: nothing more is heard of it. Silently nothing if it has ended.
    record Abandon(Id id) implements Effect {}

    /// Keep values under their keys; an empty Optional removes the key. All or none of them.
    record Store(Id id, SortedMap<String, Optional<Bytes>> values) implements Effect {}

    /// Read all values whose keys begin with a prefix.
    record Load(Id id, String prefix) implements Effect {}

    /// Ask for the identity of this name, which is made and kept when it is asked for first.
    /// Answered by [Event.Identified] or [Event.NotIdentified].
    record Identify(Id id, String name) implements Effect {}

    /// Start the microphone: frames of this many samples come as [Event.Heard]. Frames of no
    /// samples stop it. Where there is no microphone nothing is heard, and a remark says so.
    record Listening(Id id, int rate, int samples) implements Effect {}

    /// Play samples (16 bit signed) on the loudspeaker.
    record Play(int rate, Bytes samples) implements Effect {}

    /// Something for the record: the host stamps it with the node's name and the time.
    record Note(Trace.What what) implements Effect {}

    /// Tell the program around the node: a result, something to print.
    record Tell(Object what) implements Effect {}

    /// The node has ended: close all it had.
    record Exit() implements Effect {}
}
