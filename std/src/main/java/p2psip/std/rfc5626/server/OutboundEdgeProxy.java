package p2psip.std.rfc5626.server;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// The first proxy of those who register flows: its Path value has the token of the flow, and says
/// so by `ob`. What comes back by it goes over that flow alone, or gets 430.
///
/// To be put behind [p2psip.std.rfc3327.PathEdgeProxy], whose values it takes for its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.1 RFC 5626 §5.1
public record OutboundEdgeProxy() implements ProxyExtension {
    private static final String PATH = "Path";

    @Override public Request leaving(Request copy, Passage passage) {
        //= rfc5626#5.1-6 no ob where this is not the first node: its Via is not the only one
        if (!copy.is("REGISTER") || copy.list("Via").size() > 1 || !registersFlow(copy))
            return copy;
        //= rfc5626#5.1-2,3 the flow token of the previous hop is in it: of this flow, no other
        //= rfc5626#5.1-4 which is in the userpart
        var own = passage.back(copy, true);
        var path = new ArrayList<>(copy.list(PATH));
        if (path.size() >= own.size() && path.subList(0, own.size()).equals(own))
            path.subList(0, own.size()).clear();
        //= rfc5626#5.1-1 as the first hop it inserts its URI in a Path value
        path.addAll(0, own.stream().map(OutboundEdgeProxy::outbound).toList());
        return copy.with(PATH, String.join(", ", path));
    }

    private static String outbound(String value) {
        var address = Address.parse(value);
        var uri = (SipUri) address.uri();
        //= rfc5626#5.1-5 with the URI parameter ob
        return Address.of(uri.withParams(uri.params().with("ob", ""))).toString();
    }

    /// Whether a contact is registered for the flow that it comes by.
    private static boolean registersFlow(Request register) {
        try {
            return register.list("Contact").stream().anyMatch(contact -> !contact.equals("*")
                    && Address.parse(contact).params().has("reg-id"));
        } catch (SyntaxException e) {
            return false;   // the registrar refuses it
        }
    }
}
