package p2psip.std.rfc5630;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A registrar that binds a SIPS contact only where all of the way to it is secure.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5630#section-5.2 RFC 5630 §5.2
public record SipsRegistrar() implements RegistrarExtension {

    @Override public Optional<Refusal> refuses(Request register, Flow flow) {
        var contacts = uris(register, "Contact");
        boolean any = contacts.anyMatch(Uri::secure);
        if (!any) return Optional.empty();
        //= rfc5630#5.2-2 all the URIs are SIPS: Request-URI, each Contact, each Path
        boolean all = Stream.of(Stream.of(Uri.parse(register.uri())),
                        uris(register, "Contact"), uris(register, "Path"))
                .flatMap(Function.identity()).allMatch(Uri::secure);
        //= rfc5630#5.2-3 if they are not it is rejected with a 400
        return all ? Optional.empty() : Optional.of(Refusal.of(400, "Not All Is SIPS"));
    }

    private static Stream<Uri> uris(Request register, String name) {
        return register.list(name).stream().filter(value -> !value.equals("*"))
                .map(value -> Address.parse(value).uri());
    }

    /// What is for it goes by the TLS that it has registered by: also by a request that is SIP,
    /// whose URI would not say so.
    @Override public boolean byFlow(Request register, Address contact) {
        return contact.uri().secure() && register.list("Via").size() == 1
                && Transport.named(register.topVia().transport())
                        .filter(Transport::secure).isPresent();
    }
}
