package p2psip.std.rfc3911;

import module java.base;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3891.*;

/// Calls into which others come.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3911#section-4 RFC 3911 §4
public final class Joins implements Extension {
    public static final String NAME = "Join", OPTION = "join";

    /// What the program is told: a call is about to come whose caller shall hear, and be heard in,
    /// another that is there. Who cannot mix the two, or bring all of them together elsewhere,
    /// refuses it by 488.
    ///
    /// @param usage  the new call
    /// @param joined the old one, which stays whatever becomes of the new
    public record Joining(long usage, long joined) implements Usage.Event {}

    private final Replacements.Rule rule;
    private final Predicate<String> conference;

    /// Who is the peer of a call, or was sent by him, may bring another into it.
    public Joins() { this(Replacements.Rule.SAME, _ -> false); }

    /// @param rule       who else may
    /// @param conference Request-URIs at which anybody finds a conference, joined or not
    public Joins(Replacements.Rule rule, Predicate<String> conference) {
        this.rule = rule;
        this.conference = conference;
    }

    /// For an INVITE: a dialog that our peer in it shall let others into, as they name it to him.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3911#section-7.1 RFC 3911 §7.1
    public static Header header(Dialog.Id ours) {
        //= rfc3911#7.1-2 exactly one to-tag and one from-tag, as in Replaces
        return new Header(NAME, Replaces.atPeer(ours).toString());
    }

    //= rfc3911#7.2-1 the option tag is in Supported
    @Override public List<String> options() { return List.of(OPTION); }

    @Override public Optional<Response> refusal(Request request, Self self) {
        return Replacements.refusal(request, self, NAME, Replaces.NAME,
                value -> refusal(request, Replaces.parse(value), self));
    }

    private Optional<Integer> refusal(Request invite, Replaces join, Self self) {
        var dialog = find(join, self);
        //= rfc3911#4-4 at a conference URI the field is ignored if nothing matches
        if (dialog.isEmpty()) return conference.test(invite.uri()) ? Optional.empty()
                //= rfc3911#4-6 one that has already terminated: 603, declined
                : Optional.of(join.ids().stream().anyMatch(self::ended) ? 603 : 481);
        //= rfc3911#4-5 one not created with an INVITE: 481
        if (!dialog.get().invited()) return Optional.of(481);
        if (self.call(dialog.get()).isEmpty()) return Optional.of(603);
        //= rfc3911#4-7 an active dialog, early or not: is he authorized?
        //= rfc3911#4-8 a Referred-By that names whom he joins is as good as his own word
        return rule.allows(invite, dialog.get()) ? Optional.empty() : Optional.of(403);
    }

    private static Optional<Dialog> find(Replaces join, Self self) {
        var found = join.ids().stream().flatMap(id -> self.dialog(id).stream()).toList();
        //= rfc3911#4-3 if it matches more than one dialog it is as good as none
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    @Override public Optional<Place> place(Request invite, long number, Self self) {
        return invite.first(NAME).flatMap(value -> find(Replaces.parse(value), self))
                .flatMap(dialog -> self.call(dialog).stream().boxed().findFirst())
                //= rfc3911#4-13 the matched dialog is left unchanged, whatever comes of the new
                .map(call -> new Place(OptionalLong.empty(), new Joining(number, call)));
    }
}
