package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.std.Bytes;

/// What happens to a node of the ring and what it asks for or tells: the border of [RingNode],
/// which is on the ring, and of [Client], which has a node of the ring do everything for it.
public final class Dht {
    private Dht() {}

    /// What can happen.
    public sealed interface Input {

        /// Join the ring of these peers: those who bootstrap found. None: be a ring of one.
        record Join(List<Peer> known) implements Input {
            public Join { known = List.copyOf(known); }
        }

        /// A message came in.
        ///
        /// @param from proven: its key is that of its id, and it was heard from that address
        record Received(Peer from, Bytes payload) implements Input {}

        /// The transport has given a peer up: one that was to be told something, or a neighbour.
        record Unreachable(Peer peer) implements Input {}

        /// What [Output.Keep] had put on disk when the node was last ended.
        record Restore(SortedMap<String, Bytes> kept) implements Input {}

        /// Keep a record where its key belongs, or look a key up. A tombstone should expire no
        /// earlier than what it buries. Answered by [Output.Told].
        record Ask(long id, Query.OfRecords query) implements Input {}

        /// Find out who is the root of a point. Answered by [Output.Sought].
        record Seek(long id, NodeId point) implements Input {}

        /// Hand over what is kept and say good-bye; [Output.Left] follows within two seconds.
        record Leave() implements Input {}
    }

    /// What is asked for or told.
    public sealed interface Output {

        /// Send a message of at most [Message#LIMIT] bytes.
        ///
        /// @param confirmed whether the transport shall resend it until it has arrived
        record Send(Peer to, Bytes payload, boolean confirmed) implements Output {}

        /// These records are held now, or (empty) no longer, each by a name.
        ///
        /// @param then what others could take for a promise, to be carried out when the changes are
        ///             on disk: so that nothing is acknowledged that a crash could take back
        record Keep(SortedMap<String, Optional<Bytes>> changes, List<Output> then)
                implements Output {
            public Keep { then = List.copyOf(then); }
        }

        /// Answers [Input.Ask].
        record Told(long id, Answer answer) implements Output {}

        /// Answers [Input.Seek]: the root as it says itself, if one has answered.
        record Sought(long id, Optional<Peer> root) implements Output {}

        /// These are the neighbours now, clockwise from this node. The transport sees to it that it
        /// is noticed ([Input.Unreachable]) when one of them dies.
        ///
        /// @param silence for how long one says nothing before it is asked whether it lives
        record Neighbours(List<Peer> peers, Duration silence) implements Output {
            public Neighbours { peers = List.copyOf(peers); }
        }

        /// Something refused, dropped or worth knowing, for trace.
        record Remark(String text) implements Output {}

        /// The node has left the ring and answers nothing any more.
        record Left() implements Output {}
    }

    /// A message on its way to the root of a point.
    ///
    /// @param request by which its origin knows it
    /// @param hops    how many it will have taken when it is there
    public record Hop(long request, int hops) {}

    /// What this message tells of its way, if it is one that is passed on.
    public static Optional<Hop> hop(Bytes payload) {
        if (payload.size() <= Codec.HEADER + 1 + Long.BYTES
                || payload.at(1) != Code.ROUTE.number) return Optional.empty();
        return Optional.of(new Hop(payload.buffer().getLong(Codec.HEADER + 1),
                Message.HOPS - payload.at(Codec.HEADER)));
    }

    /// A message in one line, for trace; nonsense is said to be nonsense.
    public static String summary(Bytes payload) {
        try {
            return Message.parse(payload).summary();
        } catch (SyntaxException e) {
            return "nonsense: " + e.getMessage();
        }
    }
}
