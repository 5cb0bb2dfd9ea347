package p2psip.std.rfc3891;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3892.ReferredBy;

/// Calls that take the place of others.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3891#section-3 RFC 3891 §3
public final class Replacements implements Extension {
    /// Who may take the place of whom.
    public interface Rule {
        /// Who is he, or was sent by him, by their own words.
        Rule SAME = (invite, peer) -> ReferredBy.same(invite.from(), peer.peer())
                //= rfc3891#8-2 the Referred-By mechanism is there
                //= rfc3892#2.3-1,2 Referred-By is inspected, as a policy of admission
                //= rfc3891#3-7 a Referred-By that names who is replaced is as good as his own word
                || ReferredBy.of(invite).filter(by ->
                        ReferredBy.same(by.referrer(), peer.peer())).isPresent();

        /// @param replaced the dialog with who is to be replaced
        /// @throws SyntaxException if the INVITE says who sends it in an unreadable way
        boolean allows(Request invite, Dialog replaced);
    }

    /// What the program is told: a call is about to come that takes the place of another, which
    /// ends when it is taken.
    ///
    /// @param usage    the new call
    /// @param replaced the old one
    public record Replacing(long usage, long replaced) implements Usage.Event {}

    private final Rule rule;

    public Replacements() { this(Rule.SAME); }

    public Replacements(Rule rule) { this.rule = rule; }

    //= rfc3891#6.2-1 the option tag is in Supported
    @Override public List<String> options() { return List.of(Replaces.OPTION); }

    @Override public Optional<Response> refusal(Request request, Self self) {
        return refusal(request, self, Replaces.NAME, "Join",
                value -> refusal(request, Replaces.parse(value), self));
    }

    /// Why a request is refused with a field that names a dialog: Replaces, or Join (RFC 3911).
    ///
    /// @param contrary what may not stand beside it
    /// @param status   for a value of the field, if it is refused
    public static Optional<Response> refusal(Request request, Self self, String field,
            String contrary, Function<String, Optional<Integer>> status) {
        var values = request.list(field);
        if (values.isEmpty()) return Optional.empty();
        //= rfc3891#3-1 more than one, or in another request than an INVITE: 400
        //= rfc3911#4-1 more than one, or in another request than an INVITE: 400
        boolean good = values.size() == 1 && request.is("INVITE") && request.to().tag().isEmpty()
                //= rfc3891#3-2 or with a field of contradictory semantics
                //= rfc3911#4-2 or with a field of contradictory semantics
                && !request.has(contrary);
        return values.stream().findFirst().filter(_ -> good)
                .flatMap(SyntaxException.forgiving(status)).orElse(Optional.of(400))
                .map(refused -> self.reply(request, refused));
    }

    private Optional<Integer> refusal(Request invite, Replaces replaces, Self self) {
        var found = find(replaces, self);
        //= rfc3891#3-5 one that has already terminated: 603
        if (found.isEmpty()) return Optional.of(
                replaces.ids().stream().anyMatch(self::ended) ? 603 : 481);
        var dialog = found.get();
        //= rfc3891#3-4 one not created with an INVITE: 481
        if (!dialog.invited()) return Optional.of(481);
        var call = self.call(dialog);
        if (call.isEmpty()) return Optional.of(603);
        //  an early one that the peer has begun is left as it is (rfc3891 §3)
        if (dialog.early() && call.getAsLong() < 0) return Optional.of(481);
        //= rfc5589#12-3 only who is authorized
        //= rfc3891#3-6 an active dialog: is he authorized?
        if (!rule.allows(invite, dialog)) return Optional.of(403);
        return replaces.early() && !dialog.early() ? Optional.of(486) : Optional.empty();
    }

    private static Optional<Dialog> find(Replaces replaces, Self self) {
        return replaces.ids().stream().flatMap(id -> self.dialog(id).stream()).findFirst();
    }

    //= rfc3892#2.3-5 with no token, for there is none
    @Override public Optional<Place> place(Request invite, long number, Self self) {
        return invite.first(Replaces.NAME).flatMap(value -> find(Replaces.parse(value), self))
                .flatMap(dialog -> self.call(dialog).stream().boxed().findFirst())
                //= rfc3891#3-11 nothing happens to it as long as the new one is not accepted
                .map(call -> new Place(OptionalLong.of(call), new Replacing(number, call)));
    }
}
