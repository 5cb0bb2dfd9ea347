package p2psip.std.rfc5626.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc5626.*;

/// A registrar of flows: a phone may have several, each is a binding, and a flow that is made anew
/// takes the place of the one before, wherever the phone is now.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-6 RFC 5626 §6
public record OutboundRegistrar() implements RegistrarExtension {
    @Override public List<String> options() { return List.of(Outbound.OPTION); }

    @Override public Optional<Refusal> refuses(Request register, Flow flow) {
        var lasting = contacts(register).stream().filter(c -> lasts(register, c)).toList();
        boolean flows = contacts(register).stream().anyMatch(OutboundRegistrar::isFlow);
        //= rfc5626#6-6 more than one contact to be bound, and one of them by a reg-id: 400
        if (lasting.size() > 1 && lasting.stream().anyMatch(OutboundRegistrar::isFlow))
            return Optional.of(Refusal.of(400, "One Contact For A Flow"));
        //= rfc5626#6-5 the first hop does not keep the flow, and the user agent counts on it: 439
        //= rfc5626#11.6-1 none is sent where there is no reg-id, or no outbound in Supported
        return flows && isSupported(register) && !isKept(register)
                ? Optional.of(Refusal.of(439)) : Optional.empty();
    }

    @Override public List<Header> notes(Request register, Address contact) {
        //= rfc5626#6-4 without ob of the first hop outbound processing is not applied
        return isFlow(contact) && isKept(register) ? List.of(
                new FlowNote(contact.params().get(Outbound.REG_ID).orElse(""),
                        contact.params().get(Instance.PARAMETER).orElse("")).header()) : List.of();
    }

    @Override public Optional<String> key(Binding binding) {
        //= rfc5626#6-14 a re-registration of instance-id and reg-id updates what was there
        return FlowNote.of(binding.notes()).map(FlowNote::value);
    }

    @Override public boolean byFlow(Request register, Address contact) {
        //= rfc5626#6-2 by its Via the registrar is the first hop
        //= rfc5626#6-12 it stores the flow over which the request arrived
        return isFlow(contact) && isFirstHop(register);
    }

    @Override public Response accepted(Response ok, Request register, List<Binding> bindings) {
        boolean applied = isSupported(register) && isKept(register)
                && contacts(register).stream().anyMatch(OutboundRegistrar::isFlow);
        //= rfc5626#6-11 the option-tag outbound goes into Require of the response
        //= rfc5626#6-7 but not where no reg-id was there, or it was ignored
        return applied ? ok.with("Require", Outbound.OPTION) : ok;
    }

    private static List<Address> contacts(Request register) {
        return register.list("Contact").stream().filter(value -> !value.equals("*"))
                .map(Address::parse).toList();
    }

    /// A reg-id without an instance is ignored.
    private static boolean isFlow(Address contact) {
        return contact.params().has(Outbound.REG_ID)
                && contact.params().has(Instance.PARAMETER);
    }

    private static boolean lasts(Request register, Address contact) {
        return !contact.params().get("expires").or(() -> register.first("Expires"))
                .orElse("").equals("0");
    }

    private static boolean isSupported(Request register) {
        return register.lists("Supported", Outbound.OPTION);
    }

    private static boolean isFirstHop(Request register) { return register.list("Via").size() == 1; }

    /// Whether whoever has the flow says so.
    private static boolean isKept(Request register) {
        if (isFirstHop(register)) return true;
        //= rfc5626#6-3 where it is not the first hop it examines the Path
        var path = register.list("Path");
        return !path.isEmpty() && Address.parse(path.getLast()).uri() instanceof SipUri first
                && first.params().has(Outbound.OB);
    }
}
