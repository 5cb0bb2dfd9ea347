package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Message;

/// The value of an Event field: the package, and which of several subscriptions in one dialog.
///
/// @param id empty if there is none
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-8.2.1 RFC 6665 §8.2.1
public record EventType(String name, String id) {
    /// The methods that an Event stands in.
    public static final String SUBSCRIBE = "SUBSCRIBE", NOTIFY = "NOTIFY";

    /// What a message says; empty if it says nothing, nothing readable, or more than one thing.
    public static Optional<EventType> of(Message message) {
        //= rfc6665#8.2.1-3 in requests, those of events: no response has it
        var values = message.all("Event");
        //= rfc6665#8.2.1-2 one event type, or nothing is understood
        if (values.size() != 1) return Optional.empty();
        var value = values.getFirst();
        int semicolon = value.indexOf(';');
        var name = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        //= rfc6665#8.2.1-2 nor of several in one field
        if (!Grammar.isToken(name)) return Optional.empty();
        try {
            var params = semicolon < 0 ? Params.NONE : Params.parse(value.substring(semicolon));
            return Optional.of(new EventType(name, params.get("id").orElse("")));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    @Override public String toString() { return id.isEmpty() ? name : name + ";id=" + id; }
}
