package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.*;

/// The dialogs that one request of ours has made so far: a proxy may have sent it to several
/// phones, and each that answers makes its own. And the ACKs for the 2xx responses to an INVITE:
/// each is made once, and sent again whenever its 2xx comes again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2 RFC 3261 §13.2.2
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2.4 RFC 3261 §13.2.2.4
final class Forks {
    /// How many dialogs are kept; those of more are not noticed until they send a 2xx. Also how
    /// many ACKs; the oldest is forgotten at the limit.
    static final int LIMIT = 32;

    private final SequencedMap<String, Dialog> dialogs = new LinkedHashMap<>();
    private final SequencedMap<Long, Request> lookUps = new LinkedHashMap<>();
    private final SequencedMap<String, Output> acks = new LinkedHashMap<>();

    /// The dialog that a response belongs to, or makes.
    Optional<Dialog> answered(Request request, Response response) {
        var tag = response.to().tag().orElse("");
        if (!response.success() && (response.status() == 100 || response.status() >= 300
                || tag.isEmpty())) return Optional.empty();
        //= rfc3261#13.2.2.1¶1 a tag that we have not seen makes a dialog, an early one
        //= rfc3261#13.2.2.4-2 a dialog that was never early is made in the confirmed state
        if (!dialogs.containsKey(tag) && (dialogs.size() < LIMIT || response.success()))
            dialogs.put(tag, Dialog.ofUac(request, response));
        return Optional.ofNullable(dialogs.get(tag));
    }

    /// The dialog that a request of the peer makes; empty if there are too many.
    Optional<Dialog> notified(Request ours, Request theirs) {
        if (dialogs.size() >= LIMIT) return Optional.empty();
        var dialog = Dialog.ofNotify(ours, theirs);
        dialogs.put(dialog.id().remoteTag(), dialog);
        return Optional.of(dialog);
    }

    /// Those that no 2xx has confirmed.
    List<Dialog> early() { return dialogs.values().stream().filter(Dialog::early).toList(); }

    /// Acknowledges the 2xx of a dialog for the first time.
    ///
    /// @param lookUp the number of the question where the ACK goes
    /// @param more   header fields of it
    Output acknowledge(long lookUp, Dialog dialog, Request invite, List<Header> more,
            Optional<Content> answer) {
        //= rfc3261#17.1.1.3-1 the UAC core generates the ACK for a 2xx, as Section 13 says
        //= rfc3261#13.2.2.4-3 whoever called makes an ACK for each 2xx
        var routed = dialog.ack(invite);
        //= rfc3261#13.2.1-13 the answer to an offer in the 2xx goes into the ACK
        //= rfc3261#13.2.2.4-6 which must carry it in its body
        lookUps.put(lookUp, Self.body(
                routed.request().change(headers -> headers.addAll(more)), answer));
        if (lookUps.size() + acks.size() > LIMIT)
            (acks.isEmpty() ? lookUps : acks).pollFirstEntry();
        //= rfc3261#13.2.2.4¶5 the destination of the ACK is found out as that of any request
        return new Output.Resolve(lookUp, routed.nextHop(), false);
    }

    /// The ACK whose destination is found; empty if there is none.
    Optional<Output> resolved(long lookUp, List<Target> targets) {
        var ack = lookUps.remove(lookUp);
        if (ack == null || targets.isEmpty()) return Optional.empty();
        var send = new Output.SendAck(ack, targets.getFirst());
        acks.put(ack.to().tag().orElse(""), send);
        return Optional.of(send);
    }

    /// Answers a 2xx that has come again; empty if it was never acknowledged.
    Optional<Output> again(String remoteTag) {
        //= rfc3261#13.2.2.4-8 the same ACK each time that the 2xx comes again
        return Optional.ofNullable(acks.get(remoteTag));
    }
}
