package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Machines;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;

/// Finds the usage that a request of the peer is for, or begins one.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.3 RFC 5057 §5.3
final class Demultiplexer {

    /// For whom a request is.
    sealed interface Verdict {
        /// For nobody: it is answered here.
        record Answer(Response response) implements Verdict {}

        /// @param maker whether the request has made the dialog
        record Lead(long usage, Optional<Dialog> dialog, boolean maker) implements Verdict {}
    }

    private final Self self;
    private final Extensions extensions;
    private final Dialogs dialogs;
    private final Requests requests;
    private final Machines<Long, Usage> usages;
    private long begun;

    Demultiplexer(Self self, Extensions extensions, Dialogs dialogs, Requests requests,
            Machines<Long, Usage> usages) {
        this.self = self;
        this.extensions = extensions;
        this.dialogs = dialogs;
        this.requests = requests;
        this.usages = usages;
    }

    /// @param own the tag in To, of the request or of the responses to it
    Verdict find(Request request, String own) {
        if (request.to().tag().isEmpty()) return outside(request, own);
        var found = dialogs.find(new Dialog.Id(request.callId(), own,
                request.from().tag().orElse("")));
        return found.isPresent() ? inDialog(request, own, found.get()) : answering(request, own);
    }

    private Verdict inDialog(Request request, String own, Dialog dialog) {
        //= rfc3261#12.2.2-4 out of order: 500
        //= rfc3261#15.1.2-2 a BYE too
        if (!dialog.inOrder(request)) return answer(request, 500, own);
        if (request.is("OPTIONS"))
            return new Verdict.Answer(self.capabilities(request, own, 200));
        var in = Optional.of(dialog);
        return dialogs.usages(dialog).stream().filter(usage -> takes(usage, request, in))
                .findFirst().<Verdict>map(usage -> new Verdict.Lead(usage, in, false))
                .orElseGet(() -> begin(request, own, in, false));
    }

    private boolean takes(long usage, Request request, Optional<Dialog> dialog) {
        return usages.get(usage).filter(u -> u.takes(request, dialog)).isPresent();
    }

    /// A request in a dialog that it makes itself, for it answers one of ours; any other is of no
    /// dialog.
    private Verdict answering(Request request, String own) {
        for (var asked : requests.answeredBy(request, own)) {
            if (!takes(asked.usage(), request, Optional.empty())) continue;
            var made = asked.uac().forks().notified(asked.uac().request(), request);
            if (made.isEmpty()) continue;
            dialogs.join(made.get(), asked.usage());
            return new Verdict.Lead(asked.usage(), made, true);
        }
        //= rfc3261#12.2.2-2 a dialog that we do not know, and do not want to recreate: 481
        //= rfc3261#12.2.2-1 its To tag is not ours, and we reject it
        //= rfc3261#15.1.2-1 and so for a BYE of a dialog that we do not know
        return answer(request, 481, own);
    }

    private Verdict outside(Request request, String own) {
        //= rfc3261#8.2.6.1-2 the final response at once
        //= rfc3261#8.2.6.1-1 and no provisional one
        //= rfc3261#11-1 OPTIONS is supported
        if (request.is("OPTIONS"))
            return new Verdict.Answer(self.options(request, own, usages.full()));
        if (!self.makesDialogs(request)) return begin(request, own, Optional.empty(), false);
        return request.has("Contact")
                ? begin(request, own, Optional.of(Dialog.ofUas(request, own)), true)
                : new Verdict.Answer(Reply.to(request, 400, "No Contact", own));
    }

    private Verdict begin(Request request, String own, Optional<Dialog> dialog, boolean maker) {
        long number = --begun;
        var usage = request.is("INVITE") && maker
                ? Optional.<Usage>of(new InviteUsage(number, self))
                : extensions.begin(request, dialog, number, self);
        //= rfc3261#15.1.2-1 a BYE outside of any dialog
        if (usage.isEmpty()) return answer(request, 481, own);
        if (!usages.full() && dialog.filter(d -> !dialogs.join(d, number)).isEmpty()) {
            usages.add(number, usage.get());
            return new Verdict.Lead(number, dialog, maker);
        }
        return new Verdict.Answer(Reply.to(request, 503, own).with("Retry-After", "10"));
    }

    private static Verdict answer(Request request, int status, String own) {
        return new Verdict.Answer(Reply.to(request, status, own));
    }

    /// The call whose 2xx an ACK acknowledges, and its dialog.
    Optional<Verdict.Lead> acknowledged(Request ack) {
        return dialogs.find(new Dialog.Id(ack.callId(), ack.to().tag().orElse(""),
                ack.from().tag().orElse(""))).flatMap(dialog -> dialogs.call(dialog).stream()
                .mapToObj(usage -> new Verdict.Lead(usage, Optional.of(dialog), false))
                .findFirst());
    }
}
