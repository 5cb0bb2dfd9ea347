package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.RingView;
import p2psip.app.lookup.*;
import p2psip.app.p2p.Invitation;
import p2psip.app.why.*;

/// What a running node can be asked, by its program or by who asks the program.
///
/// A question goes in as the command [Ask] and is told [Answered], with the same id: at once, or
/// when what it changes is on disk.
public sealed interface Question {

    /// The command.
    ///
    /// @param id the asker's own
    record Ask(long id, Question question) {}

    /// What is told for it, once.
    record Answered(long id, Reply reply) {}

    /// With whom does it speak? Answered by [Reply.Peers].
    record Peers() implements Question {}

    /// Does it reach the others? Answered by [Reply.Health].
    record Health() implements Question {}

    /// Which calls go through it? Answered by [Reply.Calls].
    record Calls() implements Question {}

    /// What does it know of a call, or of the last one? Answered by [Reply.Told].
    record Why(Optional<String> callId) implements Question {}

    /// How full are its tables? Answered by [Reply.Counted].
    record Count() implements Question {}

    /// What may somebody be given so that he joins its ring? Answered by [Reply.Invites].
    record Invite() implements Question {}

    /// Go to the ring of those who have invited it. Answered by [Reply.Agreed], or by
    /// [Reply.Declined] before it has a place where it could be.
    record Join(Invitation invitation) implements Question {}

    /// How good is the sound of the calls that go through it? Answered by [Reply.Sounds].
    record Sound() implements Question {}

    /// How does it see the ring? Answered by [Reply.Ring], or [Reply.Declined] if it is not on it.
    record Ring() implements Question {}

    /// About records under keys that its user chooses.
    sealed interface OfRecords extends Question {}

    /// Put a record of the node's own, in the place of its last of this key. Answered by
    /// [Reply.Published] or [Reply.Declined].
    record Publish(String key, SignedRecord.Value value, Duration lifetime)
            implements OfRecords {}

    /// What lies under a key? Answered by [Reply.Looked] or [Reply.Declined].
    record Look(String key) implements OfRecords {}

    /// Which records does it keep, for others and of its own? Answered by [Reply.Looked].
    record Records() implements Question {}

    /// About the keys that it believes.
    sealed interface OfPins extends Question {}

    /// Whose keys does it know? Answered by [Reply.Pinned].
    record Pinned() implements OfPins {}

    /// Believe this key of an address, and no other. Answered by [Reply.Agreed] or
    /// [Reply.Declined].
    record Confirm(String address, NodeId key) implements OfPins {}

    /// Forget the keys of an address. Answered as [Confirm] is.
    record Drop(String address) implements OfPins {}

    /// Believe keys by this policy from now on. Answered by [Reply.Agreed].
    record Decide(Pins.Policy policy) implements OfPins {}

    /// Note messages and states of SIP from now on, or only if it was started so. Answered by
    /// [Reply.Agreed].
    record Watch(boolean watched) implements Question {}

    /// What it answers.
    sealed interface Reply {

        /// @param id        its own; none before it has a key
        /// @param address   where others find it
        /// @param superNode whether it keeps records for others
        record Peers(Optional<NodeId> id, Optional<InetSocketAddress> address, boolean superNode,
                List<Neighbour> peers) implements Reply {}

        /// @param well whether it is of use to its phones; alone it is
        /// @param text in one line
        record Health(boolean well, String text) implements Reply {}

        /// @param invitation none while it knows no super-node
        record Invites(Optional<Invitation> invitation) implements Reply {}

        /// Oldest first.
        record Calls(List<Call> calls) implements Reply {}

        record Counted(Statistics statistics) implements Reply {}

        /// @param account empty if there was no such call, or it was forgotten
        record Told(Optional<Account> account) implements Reply {}

        /// What has come from the sides of the calls that go on, by Call-ID.
        record Sounds(SortedMap<String, List<OfCall.Heard>> heard) implements Reply {}

        record Ring(RingView view) implements Reply {}

        /// @param holding how it is kept, where that is known
        record Published(SignedRecord record, Optional<Answer.Holding> holding)
                implements Reply {}

        record Looked(List<SignedRecord> records) implements Reply {}

        /// All that is remembered, by address.
        record Pinned(SortedMap<String, List<Pins.Claim>> claims) implements Reply {}

        record Agreed() implements Reply {}

        /// It could not be done; `why` is for the user.
        record Declined(String why) implements Reply {}
    }

    /// How full the tables of a node are.
    ///
    /// @param contexts  requests under way, or accepted in the last 32 seconds
    /// @param pending   entries of the tables beside
    /// @param published addresses of record that the ring knows as they are registered here
    /// @param overlay   what is remembered of other nodes and for them, by the kind of memory
    record Statistics(int transactions, int contexts, int pending, int connections,
            int addresses, int contacts, int published, SortedMap<String, Integer> overlay) {}

    /// A call that goes through this node's proxy.
    ///
    /// @param from  an address
    /// @param to    an address
    /// @param since when it entered the state
    record Call(String callId, String from, String to, State state, Instant since) {
        /// How far it is, as the proxy has seen it.
        public enum State { CALLING, RINGING, TALKING }
    }
}
