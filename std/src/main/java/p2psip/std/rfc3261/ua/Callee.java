package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.CallState.State;

/// The INVITEs that a call receives: the one that begins it, and those by which it is changed.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.3 RFC 3261 §13.3
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.2 RFC 3261 §14.2
final class Callee {
    private final CallState call;
    private final Self self;
    private Optional<ServerInvite> invited = Optional.empty();

    Callee(CallState call, Self self) {
        this.call = call;
        this.self = self;
    }

    /// Whether an INVITE waits for its final response, or its 2xx for the ACK.
    boolean busy() { return invited.filter(i -> i.pending() || i.unacknowledged()).isPresent(); }

    private Optional<ServerInvite> pending() { return invited.filter(ServerInvite::pending); }

    Instant deadline() { return invited.map(ServerInvite::deadline).orElse(Instant.MAX); }

    void wake(Instant now) {
        invited.ifPresent(invite -> {
            boolean pending = invite.pending(), unacknowledged = invite.unacknowledged();
            invite.wake(now);
            if (pending && !invite.pending()) withdrawn();
            if (unacknowledged && !invite.unacknowledged()) {
                //= rfc3261#13.3.1.4-4 no ACK in 64*T1: the session ends, with a BYE
                //= rfc3261#14.2-6 and so for the 2xx of a re-INVITE
                call.dialog().ifPresent(call::bye);
                call.end(408, "No ACK");
            }
        });
    }

    /// The INVITE that begins the call.
    void invited(TransactionId id, Request request, Dialog dialog, Instant now) {
        call.enter(State.INVITED);
        invited = Optional.of(new ServerInvite(call, self, id, request, now));
        //= rfc3261#12.1.1-6 the state of the dialog is kept as long as the call
        call.dialog(dialog);
        call.tell(new Call.Event.Incoming(
                call.number(), request.from(), request.to(), Content.of(request)));
    }

    /// @param calling whether an INVITE of ours is in progress
    void reInvited(TransactionId id, Request request, boolean calling, Instant now) {
        if (pending().isPresent())
            //= rfc3261#14.2-1 a second INVITE before the first is answered: 500, and a random delay
            //= rfc3261#21.5.1-2 the condition is temporary: Retry-After says when to try again
            call.respond(id, self.reply(request, 500)
                    .with("Retry-After", "" + self.random().nextInt(0, 11)));
        else if (calling || busy())
            //= rfc3261#14.2-2 an INVITE while ours is in progress: 491
            call.respond(id, self.reply(request, 491));
        else {
            invited = Optional.of(new ServerInvite(call, self, id, request, now));
            call.tell(new Call.Event.ChangeOffered(call.number(), Content.of(request)));
        }
    }

    void ring(Optional<Content> early, Instant now) {
        //= rfc3261#14.2-7 a re-INVITE gets no 180: nothing rings
        if (!call.is(State.INVITED)) return;
        pending().ifPresent(invite -> invite.progress(180, early, now));
    }

    void accept(Optional<Content> content, Instant now) {
        pending().ifPresent(invite -> {
            if (call.is(State.INVITED)) call.enter(State.ACCEPTED);
            invite.accept(content, now);
        });
    }

    void refuse(int status, Optional<Warning> warning) {
        refuse(status, warning.map(self::warning).stream().toList());
    }

    /// Sends whoever calls elsewhere; who is in the call already cannot be.
    void redirect(List<Address> contacts) {
        if (!call.is(State.INVITED)) return;
        //= rfc3261#13.3.1.2-1 302, with the new addresses in Contact
        refuse(302, contacts.stream().map(c -> new Header("Contact", c.toString())).toList());
    }

    private void refuse(int status, List<Header> headers) {
        if (pending().isEmpty()) return;
        //= rfc3261#21.4.18-4 the program says which: a 486 is more precise than a 480
        pending().get().refuse(status, headers);
        if (call.is(State.INVITED)) call.end(status, Status.reason(status));
    }

    /// Refuses what waits, if anything does, and says no more of it.
    void refusePending(int status) {
        pending().ifPresent(invite -> invite.refuse(status, List.of()));
    }

    void acknowledged(Request ack) {
        var invite = invited.filter(i -> i.acknowledged(ack));
        if (invite.isEmpty() || call.is(State.ENDED)) return;
        if (call.is(State.ACCEPTED)) call.enter(State.ESTABLISHED);
        call.tell(new Call.Event.Confirmed(call.number(), Content.of(ack)
                .filter(_ -> invite.get().request().body().isEmpty())));
    }

    /// By a CANCEL, which the user agent has answered.
    void cancelled() {
        if (pending().isEmpty()) return;
        //= rfc3261#9.2-2 the INVITE is answered with 487 at once
        refusePending(487);
        withdrawn();
    }

    private void withdrawn() {
        if (call.is(State.INVITED)) call.end(487, Status.reason(487));
        else call.tell(new Call.Event.NotChanged(call.number(), 487, Status.reason(487)));
    }

    /// Nothing is repeated any more.
    void ended() { invited = Optional.empty(); }
}
