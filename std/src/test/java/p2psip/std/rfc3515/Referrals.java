package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;

/// The skeleton of REFER within a call, which shares the dialog of that call: proof that it can be
/// written outside of the user agent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4 RFC 3515 §2.4
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.3 RFC 5057 §5.3
public final class Referrals implements Extension {

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// Ask the peer of a call to call somebody else.
        record Refer(long usage, long call, String to) implements Command {}

        /// Tell who has referred us how that gets on: the status of the call that came of it.
        record Report(long usage, int status) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// The peer of a call asks for a call to somebody else.
        record Referred(long usage, OptionalLong call, Address to) implements Event {}

        /// What came of our REFER so far.
        record Reported(long usage, String line) implements Event {}

        /// Nothing more will be heard of it.
        record Ended(long usage, int status) implements Event {}
    }

    @Override public List<String> methods() { return List.of("REFER", "NOTIFY"); }

    @Override public List<String> dialogMethods() { return methods(); }

    @Override public List<String> bodies() { return List.of("message/sipfrag"); }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        return new Referee(number, self, dialog.orElseThrow());
    }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return command instanceof Command.Refer refer
                ? Optional.of(new Referrer(refer.usage(), self)) : Optional.empty();
    }
}
