package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;

/// One side of an ICE session, a [FullAgent] or a [LiteAgent]: it is told which addresses there are
/// on both sides, and finds a pair of them that works for each component of each stream. It opens
/// no socket.
///
/// Streams are numbered by the owner; their order is that of their numbers.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-2 RFC 8445 §2
public interface Agent extends Machine<Agent.Input, Agent.Output> {

    /// Of the session; each checklist has one of its own.
    enum State implements Cited {
        @Section("6.1.3") RUNNING, @Section("8.1.2") COMPLETED, @Section("8.1.2") FAILED
    }

    sealed interface Input {
        /// There is a stream of so many components; told again, it has fewer from now on.
        record Stream(int stream, int components) implements Input {}
        record Remove(int stream) implements Input {}

        /// Addresses of this machine where somebody listens, the preferred first.
        record Host(int stream, int component, List<InetSocketAddress> addresses)
                implements Input {}
        /// How a STUN server sees one of them.
        record Reflexive(int stream, int component, InetSocketAddress mapped,
                InetSocketAddress base, InetSocketAddress server) implements Input {}
        /// What a TURN server has allocated, and from where it saw the request come.
        record Relayed(int stream, int component, InetSocketAddress relayed,
                InetSocketAddress mapped, InetSocketAddress server) implements Input {}
        /// No more of them will be found.
        record Gathered() implements Input {}
        /// The interface or the allocation is no more.
        record Gone(InetSocketAddress base) implements Input {}

        /// What the peer says of itself. Other credentials than before are a restart of the peer's.
        record Remote(int stream, Description description) implements Input {}
        record RemoteCandidate(int stream, Candidate candidate) implements Input {}
        /// The peer has no more of them, in this session of its.
        record RemoteDone(int stream) implements Input {}

        /// @param base the address of ours where it arrived, that of the relay if it came by one
        /// @param from as seen there
        record Received(InetSocketAddress base, InetSocketAddress from, Bytes datagram)
                implements Input {}
        /// A hard ICMP error.
        record Unreachable(InetSocketAddress base, InetSocketAddress to, String why)
                implements Input {}
        record Restart(int stream) implements Input {}
    }

    sealed interface Output {
        /// To be told to the peer, in the description of the stream: at its beginning and at each
        /// restart.
        record Described(int stream, Description description) implements Output {}
        /// To be told to the peer, at once if both trickle.
        record Local(int stream, Candidate candidate) implements Output {}
        /// To be told to the peer: there are no more, of the session with this name.
        record LocalDone(int stream, String ufrag) implements Output {}

        /// @param base from where: a socket, or an allocation at a relay
        record Send(InetSocketAddress base, InetSocketAddress to, Bytes datagram)
                implements Output {}
        /// An allocation has to let this address in, from now until the session has ended.
        record Permit(InetSocketAddress relayed, InetSocketAddress peer) implements Output {}

        /// Where the data of a component go from now on.
        record Selected(int stream, int component, Path path) implements Output {}
        /// A base that is not used by any selected pair of the stream: to be closed, or given back.
        record Free(int stream, InetSocketAddress base) implements Output {}
        /// Nothing may be sent there any more: restart, or end the stream.
        record ConsentExpired(int stream, int component, Path path) implements Output {}
        /// There is no path: the stream is to be removed.
        record Failed(int stream, String why) implements Output {}

        /// @param stream 0 for the session
        record Entered(int stream, Cited state) implements Output, p2psip.std.Entered {}
        /// What was passed over, for people.
        record Remark(String what) implements Output {}
    }

    State state();

    Role role();

    /// Where data of a component may be sent now, if anywhere: on the selected pair, before that on
    /// a valid one, during a restart where they went before.
    Optional<Path> path(int stream, int component, Instant now);

    /// Who was faster: a description that says what was selected, or the checks by which this side
    /// comes to know of it.
    enum Race {
        /// The pair is known to be valid: the description can be answered.
        WON,
        /// Its checks are under way: ask again when something has been received.
        WAIT,
        /// It does not work: answer as if nothing had been said of it, and restart.
        FAILED
    }

    /// @param local  what the peer says is its remote candidate
    /// @param remote the default destination that it says
    Race race(int stream, int component, InetSocketAddress local, InetSocketAddress remote);

    /// What became of each pair, oldest first.
    List<CheckRecord> records();

    /// Whether this is an answer to something that this agent has asked.
    boolean awaits(TransactionId id);

    /// The username fragment that a request is for. Whoever has several agents on one socket asks
    /// this, and [#awaits] for what is no request.
    static Optional<String> addressee(Bytes datagram) {
        return Message.isStun(datagram) ? Fingerprints.parse(datagram, IceAttributes.TABLE)
                .filter(message -> message.kind() == Message.Kind.REQUEST)
                .flatMap(Request::addressee) : Optional.empty();
    }
}
