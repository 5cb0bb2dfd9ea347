package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.Message.Response;

/// Somebody wants a password that is not there, or does not like the one that was shown.
///
/// @param usage that has asked, and is refused
/// @param realm for which the password is to be, in the words of who wants it
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-22.1 RFC 3261 §22.1
public record Challenged(long usage, String realm) implements Usage.Event {

    /// For each realm that a response to a usage names, if it is final.
    static Stream<Challenged> told(long usage, Response response) {
        return Stream.of(Challenger.values()).filter(_ -> !response.provisional())
                .flatMap(challenger -> response.all(challenger.challenge()).stream())
                .map(SyntaxException.forgiving(Challenge::parse)).flatMap(Optional::stream)
                .flatMap(List::stream).map(Challenge::realm)
                .filter(realm -> !realm.isEmpty()).distinct()
                .map(realm -> new Challenged(usage, realm));
    }
}
