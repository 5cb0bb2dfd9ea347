package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3326.Reason;

/// What is said of calls, between the program and a user agent.
public final class Call {
    private Call() {}

    /// What the program asks of a call. Those that it places have positive numbers of its choice.
    public sealed interface Command extends Usage.Command {
        long call();

        @Override default long usage() { return call(); }

        /// Place a call; without an offer the callee makes one.
        ///
        /// @param more header fields of the INVITE: on whose behalf it is, or in whose place
        record Invite(long call, String uri, Optional<Content> offer, List<Header> more)
                implements Command {
            public Invite { more = List.copyOf(more); }
        }

        /// Tell the caller that it rings here.
        ///
        /// @param early the answer to its offer; or, if it made none and takes reliable responses
        ///              (RFC 3262), an offer, whose answer comes in [Event.Changed]
        record Ring(long call, Optional<Content> early) implements Command {}

        /// Take the change of the session that the peer offers; if it offers none, the call.
        record Answer(long call, Optional<Content> content) implements Command {}

        /// Refuse the change of the session that the peer offers; if it offers none, the call.
        ///
        /// @param warning what was wrong with the offer
        ///
        /// @param reason the phrase of the response; empty: the usual one
        record Refuse(long call, int status, String reason, Optional<Warning> warning)
                implements Command {
            public Refuse(long call, int status) { this(call, status, "", Optional.empty()); }
        }

        /// Send the caller elsewhere, as long as the call is not taken.
        record Redirect(long call, List<Address> contacts) implements Command {
            public Redirect { contacts = List.copyOf(contacts); }
        }

        /// Answer the offer that came in [Event.Answered], [Event.Changed] or [Event.Progress],
        /// where we made none.
        /// An offer that cannot be taken is answered too, by refusing its streams, before [HangUp].
        record Acknowledge(long call, Optional<Content> answer) implements Command {}

        /// Offer to change the session: a re-INVITE, sent as soon as it is this side's turn.
        record Change(long call, Optional<Content> offer) implements Command {}

        /// The same by UPDATE (RFC 3311), which asks nobody at the peer: also before the call is
        /// taken, once an early session is agreed upon. A peer that takes none gets a re-INVITE.
        record Update(long call, Content offer) implements Command {}

        /// End the call in the way that its state asks for: CANCEL, refusal or BYE.
        ///
        /// @param why what the peer is told beside, as RFC 3326 has it
        record HangUp(long call, Optional<Reason> why) implements Command {
            /// Because the user wants to.
            public HangUp(long call) { this(call, Optional.empty()); }
        }
    }

    /// What a call that is about to come in is about, in the words of who calls; told right before
    /// [Event.Incoming].
    public record About(long usage, String subject) implements Usage.Event {}

    /// What the program is told of a call. Those that come in have negative numbers.
    public sealed interface Event extends Usage.Event {
        long call();

        @Override default long usage() { return call(); }

        /// Somebody calls; to be answered by [Command.Ring], [Command.Answer], [Command.Refuse].
        record Incoming(long call, Address from, Address to, Optional<Content> offer)
                implements Event {}

        /// What becomes of our call; a proxy may have forked it, so several phones may ring.
        ///
        /// @param remoteTag which of them; empty if it does not say
        /// @param answer    the first one of this early dialog, to be used before the call is
        ///                  taken; or an offer to be answered by [Command.Acknowledge] if we made
        ///                  none
        record Progress(long call, int status, String reason, String remoteTag,
                Optional<Content> answer) implements Event {}

        /// The callee has taken our call.
        ///
        /// @param content the answer to our offer (the one this dialog gave first), or an offer to
        ///                be answered by [Command.Acknowledge] if we made none; empty if that was
        ///                done before
        record Answered(long call, Optional<Content> content) implements Event {}

        /// The ACK has come for a call or a change that we answered.
        record Confirmed(long call, Optional<Content> answer) implements Event {}

        /// The peer wants to change the session; to be answered by [Command.Answer] or
        /// [Command.Refuse]. Before the call is taken at once: nobody can be asked.
        record ChangeOffered(long call, Optional<Content> offer) implements Event {}

        /// The peer has agreed to our change, or says how it is when the session was refreshed.
        record Changed(long call, Optional<Content> content) implements Event {}

        /// It has not, and the session goes on as it was.
        record NotChanged(long call, int status, String reason) implements Event {}

        /// The call is over; nothing more will be heard of it.
        ///
        /// @param status 200 if somebody hung up, else why there was no call
        /// @param reason of the status, or in the words of who has hung up or given up (RFC 3326)
        record Ended(long call, int status, String reason) implements Event {}
    }
}
