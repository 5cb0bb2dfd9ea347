package p2psip.std.rfc4916;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3311.Exchange;

/// Who is at the other end of a call may change, and whoever is there says so.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4916#section-4 RFC 4916 §4
public final class ConnectedIdentity implements Extension {

    /// What the program asks for.
    ///
    /// @param usage a number that nothing else has
    /// @param call  whose peer is told
    /// @param as    who is here from now on
    public record Identify(long usage, long call, Address as) implements LoneRequest.Command {

        @Override public Usage.Output request(Self self) {
            //= rfc4916#4.3-1 to who has said from-change in Supported
            return self.dialog(call).filter(dialog -> dialog.supports(Renamed.OPTION))
                    //= rfc4916#4.3-2 the UPDATE method is used
                    //= rfc4916#4.2-4 with the identity in the URI of From
                    .<Usage.Output>map(dialog -> new Usage.Output.Ask(self.ask(),
                            dialog.request(Exchange.UPDATE).with("From",
                                    as.withTag(dialog.id().localTag()).toString()), dialog))
                    .orElseGet(() -> new Usage.Output.Told(new Identified(usage, 420)));
        }

        @Override public Identified outcome(Response response) {
            return new Identified(usage, response.status());
        }
    }

    /// What the program is told of it.
    ///
    /// @param status of the answer: 420 if the peer does not take it
    public record Identified(long usage, int status) implements Usage.Event {}

    //= rfc4916#4.1-1 from-change is in Supported of an INVITE
    //= rfc4916#4.2-1 and of any response that forms a dialog
    @Override public List<String> options() { return List.of(Renamed.OPTION); }
}
