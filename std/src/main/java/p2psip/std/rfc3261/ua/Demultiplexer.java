package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Machines;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Reply;

/// Finds the usage that a request of the peer is for, or begins one; and begins those that the
/// program asks for.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.3 RFC 5057 §5.3
record Demultiplexer(Self self, SequencedMap<Long, Registration> registrations,
        List<Extension> extensions, Dialogs dialogs, Requests requests,
        Machines<Long, Usage> usages) {

    /// For whom a request is.
    sealed interface Verdict {
        /// For nobody: it is answered here.
        record Answer(Response response) implements Verdict {}

        /// @param maker whether the request has made the dialog
        record Lead(long usage, Optional<Dialog> dialog, boolean maker) implements Verdict {}
    }

    /// @param own the tag in To, of the request or of the responses to it
    Verdict find(Request request, String own) {
        var refusal = first(extension -> extension.refusal(request, self));
        if (refusal.isPresent()) return new Verdict.Answer(refusal.get());
        if (request.to().tag().isEmpty()) return outside(request, own);
        return dialogs.find(request, own).map(dialog -> inDialog(request, dialog))
                .orElseGet(() -> answering(request, own));
    }

    private Verdict inDialog(Request request, Dialog dialog) {
        //= rfc3261#12.2.2-4 out of order: 500
        //= rfc3261#15.1.2-2 a BYE too
        if (!dialog.inOrder(request)) return answer(request, 500);
        if (request.is("OPTIONS")) return new Verdict.Answer(self.capabilities(request, 200));
        var in = Optional.of(dialog);
        return dialog.usages.stream().filter(usage -> takes(usage, request, in))
                .findFirst().<Verdict>map(usage -> new Verdict.Lead(usage, in, false))
                .orElseGet(() -> begin(request, in, false));
    }

    private boolean takes(long usage, Request request, Optional<Dialog> dialog) {
        return usages.get(usage).filter(u -> u.takes(request, dialog)).isPresent();
    }

    /// A request in a dialog that it makes itself, for it answers one of ours; any other is of no
    /// dialog.
    private Verdict answering(Request request, String own) {
        return requests.answering(request, own, usage -> takes(usage, request, Optional.empty()))
                .<Verdict>map(made ->
                        new Verdict.Lead(made.usage(), Optional.of(made.dialog()), true))
                //= rfc3261#12.2.2-1,2 a To tag that is not ours, a dialog not recreated: 481
                //= rfc3261#15.1.2-1 and so for a BYE of a dialog that we do not know
                .orElseGet(() -> answer(request, 481));
    }

    private Verdict outside(Request request, String own) {
        //= rfc3261#8.2.6.1-1,2 the final response at once, and no provisional one
        //= rfc3261#11-1 OPTIONS is supported
        if (request.is("OPTIONS"))
            //= rfc3261#11.2-1 the code is the one that an INVITE would get
            return new Verdict.Answer(self.capabilities(
                    request, usages.full() ? 503 : self.available));
        if (!self.makesDialogs(request)) return begin(request, Optional.empty(), false);
        return request.list("Contact").isEmpty()
                ? new Verdict.Answer(Reply.to(request, 400, "No Contact", ""))
                : begin(request, Optional.of(Dialog.ofUas(request, own)), true);
    }

    private Verdict begin(Request request, Optional<Dialog> dialog, boolean maker) {
        long number = self.begin();
        var usage = request.is("INVITE") && maker
                ? Optional.<Usage>of(new InviteUsage(number, self, first(
                        extension -> extension.place(request, number, self))))
                : first(each -> Optional.of(each).filter(e -> e.serves(request)))
                        .map(serving -> serving.begin(request, dialog, number, self));
        //= rfc3261#15.1.2-1 a BYE outside of any dialog
        if (usage.isEmpty()) return answer(request, 481);
        if (!usages.full() && dialog.filter(d -> !dialogs.join(d, number)).isEmpty()) {
            usages.add(number, usage.get());
            return new Verdict.Lead(number, dialog, maker);
        }
        return new Verdict.Answer(self.reply(request, 503).with("Retry-After", "10"));
    }

    /// The usage that a command begins whose number is new.
    Optional<Usage> begin(long number, Usage.Command command) {
        return switch (command) {
            case Call.Command.Invite(long call, _, _, _) ->
                    Optional.of(new InviteUsage(call, self, Optional.empty()));
            //  one that comes too late for its call is no mistake: the call has just ended
            case Call.Command _ -> Optional.empty();
            case Registration.Command _ -> Optional.of(registrations.get(number));
            case LoneRequest.Command lone -> Optional.of(new LoneRequest(lone, self));
            default -> first(extension -> extension.begin(command, self));
        };
    }

    private <T> Optional<T> first(Function<Extension, Optional<T>> said) {
        return extensions.stream().map(said).flatMap(Optional::stream).findFirst();
    }

    private Verdict answer(Request request, int status) {
        return new Verdict.Answer(self.reply(request, status));
    }
}
