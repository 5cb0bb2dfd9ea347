package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;

/// The skeleton of event notification: proof that it can be written outside of the user agent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4 RFC 6665 §4
public final class Subscriptions implements Extension {

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {
        record Subscribe(long usage, String uri, String event) implements Command {}

        /// Tell who watches how things are now.
        ///
        /// @param state of the subscription: active, terminated ...
        record Notify(long usage, String state, Content content) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// Somebody wants to be told, by [Command.Notify].
        record Watched(long usage, Address from, String event) implements Event {}

        /// @param fork whose state it is: the remote tag
        record Notified(long usage, String fork, String state) implements Event {}

        /// Nothing more is told, in either direction.
        record Ended(long usage, int status) implements Event {}
    }

    private final List<String> packages;

    public Subscriptions(List<String> packages) { this.packages = List.copyOf(packages); }

    @Override public List<String> methods() { return List.of("SUBSCRIBE", "NOTIFY"); }

    @Override public List<String> dialogMethods() { return methods(); }

    @Override public List<Header> introduction() {
        return List.of(new Header("Allow-Events", String.join(", ", packages)));
    }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        if (!packages.contains(event(request)))
            return new Refusal(self, 489, introduction());
        return request.is("SUBSCRIBE") ? new Notifier(number, self, dialog.orElseThrow())
                : new Refusal(self, 481, List.of());
    }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return command instanceof Command.Subscribe subscribe
                ? Optional.of(new Subscriber(subscribe.usage(), self, subscribe.event()))
                : Optional.empty();
    }

    /// The event package; empty if there is none.
    static String event(Message message) {
        return message.first("Event").map(value -> value.split(";", 2)[0].strip()).orElse("");
    }
}
