package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc5626.Instance;

/// A user agent that is reached by a GRUU of its registrar: it is the Contact of all dialogs.
///
/// @param instance  its name among all user agents of its user
/// @param temporary whether it prefers one that does not show whose it is
/// @param secure    whether its registered contact is a SIPS URI
/// @spec https://www.rfc-editor.org/rfc/rfc5627#section-4 RFC 5627 §4
public record GruuUserAgent(Instance instance, boolean temporary, boolean secure)
        implements Extension {

    public GruuUserAgent(Instance instance, boolean temporary) {
        this(instance, temporary, false);
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// Whoever has one of these reaches this very user agent.
        record Assigned(long usage, Optional<SipUri> shown, Optional<SipUri> hidden)
                implements Event {}
    }

    //= rfc5627#4.1-1,2 gruu is in Supported of each REGISTER
    //= rfc5627#4.4-8 and in that of requests and responses
    //= rfc5627#4.1-12 but not in Proxy-Require
    @Override public List<String> options() { return List.of(Gruu.OPTION); }

    @Override public Address registered(Address contact) {
        //= rfc5627#4.1-3 sip.instance with the instance ID
        //= rfc5627#4.1-4 but no GRUU, which is not ours to say
        return contact.withParams(
                contact.params().with(Instance.PARAMETER, instance.quoted()));
    }

    //= rfc5627#4.4-1,2 it populates the Contact of what makes a dialog or refreshes its target
    //= rfc6665#4.5.1-1 who notifies has a GRUU as its local target
    //= rfc7647#3-1 as who accepts a REFER populates its Contact with a GRUU
    @Override public Optional<SipUri> target(Response registered) {
        //= rfc5589#7.5-2 a Contact that is routable outside of the dialog, for transfers
        //= rfc5627#4.4.1-1 of the one address that is associated with this user agent
        var shown = of(registered, Gruu.PUBLIC);
        var hidden = of(registered, Gruu.TEMPORARY);
        //= rfc5627#4.4-5 either the public or the temporary one
        //= rfc5627#4.4-7 a temporary one for who wants to be anonymous
        return temporary ? hidden.or(() -> shown) : shown.or(() -> hidden);
    }

    @Override public List<Usage.Event> told(Response registered) {
        //= rfc5627#4.2-1 the response may have just one of them, neither or both
        var shown = of(registered, Gruu.PUBLIC);
        var hidden = of(registered, Gruu.TEMPORARY);
        return shown.isEmpty() && hidden.isEmpty() ? List.of()
                : List.of(new Event.Assigned(0, shown, hidden));
    }

    private Optional<SipUri> of(Response registered, String kind) {
        return registered.list("Contact").stream().flatMap(value -> read(value, kind).stream())
                .findFirst();
    }

    private Optional<SipUri> read(String contact, String kind) {
        try {
            var params = Address.parse(contact).params();
            return params.get(Instance.PARAMETER)
                    .filter(name -> name.equalsIgnoreCase("<" + instance.urn() + ">"))
                    //= rfc5627#7-1 a SIP URI in quotes
                    .flatMap(_ -> params.get(kind)).map(SipUri::parse).filter(Gruu::has)
                    //= rfc5627#4.2-9,10,11 opaque: neither modified nor are parameters removed
                    //= rfc5627#4.2-12 no URI parameters are added; the scheme alone is set right
                    .map(this::inScheme);
        } catch (SyntaxException e) {
            return Optional.empty();   // one that leads nowhere is none
        }
    }

    private SipUri inScheme(SipUri gruu) {
        //= rfc5630#5.1.1.4-1 the wrong scheme is replaced by the proper one
        return new SipUri(secure ? "sips" : "sip", gruu.user(), gruu.password(), gruu.host(),
                gruu.port(), gruu.params(), gruu.headers());
    }
}
