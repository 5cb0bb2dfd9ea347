package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5621.*;

/// What a UAS looks at before it processes a request, in the order of the RFC.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.2 RFC 3261 §8.2
record Inspection(Self self) {

    /// The response that ends it, or nothing if the request may be processed.
    ///
    /// @param flow the way it came
    Optional<Response> refusal(Request request, Flow flow) {
        //= rfc3261#8.2.1-1 the method is looked at first
        //= rfc3261#8.2-3 then one thing after the other, in the order of the steps
        return method(request).or(() -> requestUri(request, flow)).or(() -> require(request))
                .or(() -> content(request)).or(() -> accept(request)).or(() -> route(request));
    }

    /// The fields that a dialog is made of must be readable.
    private static Optional<Response> route(Request request) {
        // its Contact has no meaning there, and is ignored, whatever it says
        if (request.is("BYE")) return Optional.empty();
        return Stream.of("Contact", "Record-Route").filter(name -> !readable(request, name))
                .findFirst().map(name -> Reply.to(request, 400, "Bad " + name, ""));
    }

    /// A response without the addresses in it that cannot be read. Each contact stands for itself,
    /// but a route that lacks a hop leads astray.
    static Response readable(Response response) {
        if (!readable(response, "Record-Route")) response = response.without("Record-Route");
        if (readable(response, "Contact")) return response;
        var contacts = response.list("Contact").stream().filter(Inspection::readable)
                .map(value -> new Header("Contact", value)).toList();
        return response.without("Contact").change(headers -> headers.addAll(contacts));
    }

    private static boolean readable(Message message, String name) {
        return message.list(name).stream().allMatch(Inspection::readable);
    }

    private static boolean readable(String address) {
        return Address.read(address).isPresent();
    }

    private Optional<Response> method(Request request) {
        var served = self.all(Ability::methods);
        if (served.contains(request.method())) return Optional.empty();
        //= rfc3261#8.2.1-2 the one that we know, but do not support: 405
        //= rfc3261#21.5.2¶1 a method that no extension supports we do not recognize: 501
        return Optional.of(self.reply(request, request.is("REGISTER") ? 405 : 501)
                //= rfc3261#8.2.1-3,4 with Allow; the list of those that we do
                //  in a 501 as well (rfc4475 §3.1.1.2)
                .with("Allow", String.join(", ", served)));
    }

    private Optional<Response> requestUri(Request request, Flow flow) {
        //= rfc3261#8.2.2.1-4 a scheme that we do not support, or not the way that this came: 416
        if (!(Uri.parse(request.uri()) instanceof SipUri uri)
                || uri.secure() && !flow.transport().secure())
            return Optional.of(self.reply(request, 416));
        //= rfc3261#8.1.1.2-2 one of the SIP scheme is understood
        //= rfc3261#8.2.2.1-2 whatever the scheme of To, and whomever it names
        var user = Escapes.decode(uri.user());
        if (user.isEmpty() || Stream.concat(self.flows.target().stream(),
                        Stream.of(self.profile.contact(), self.profile.identity().uri()))
                .anyMatch(own -> own instanceof SipUri sip
                        && Escapes.decode(sip.user()).equals(user))) return Optional.empty();
        //= rfc3261#8.2.2.1-5 one that names somebody else: 404
        //= rfc3261#21.4.10-1 for who knows whether that is permanent? Then 404 and not 410
        return Optional.of(self.reply(request, 404));
    }

    private Optional<Response> require(Request request) {
        //= rfc3261#20.32-1 Require is never ignored
        var known = self.all(Ability::options);
        var options = request.list("Require").stream()
                .filter(option -> known.stream().noneMatch(option::equalsIgnoreCase)).toList();
        //= rfc3261#21.4.16-3 what the client supports or not: it is served with baseline SIP
        if (options.isEmpty()) return Optional.empty();
        //= rfc3261#8.2.2.3-1 an extension that is required and that we do not understand: 420
        //= rfc3261#20.32-2 for each option tag has to be understood
        return Optional.of(self.reply(request, 420)
                //= rfc3261#8.2.2.3-2 with Unsupported, the list of those not understood
                //= rfc3261#21.4.15-1 of unsupported extensions, that a 420 must have
                .with("Unsupported", String.join(", ", options)));
    }

    private Optional<Response> content(Request request) {
        //= rfc5621#8.4-1 no part that must be handled is of a type or disposition not supported
        if (Multipart.read(request, this::understood).isPresent()) return Optional.empty();
        //= rfc3261#8.2.3-1 a body of a type or encoding that we do not understand: 415
        //= rfc3261#23.2-20 of S/MIME too
        var refusal = self.reply(request, 415);
        return Optional.of(BodyPart.of(request).plain()
                //= rfc3261#8.2.3-2 with Accept, the types that we take
                //= rfc3261#21.4.13-1 for a 415 lists what is acceptable, by the problem
                ? refusal.with("Accept", String.join(", ", self.all(Ability::bodies)))
                //= rfc3261#8.2.3-3 or with Accept-Encoding if that was the matter
                : refusal.with("Accept-Encoding", "identity"));
    }

    /// A call needs an answer, and the only one we have is a session description.
    private Optional<Response> accept(Request request) {
        return request.is("INVITE") && !Self.accepts(request, Content.SDP)
                ? Optional.of(self.reply(request, 406)) : Optional.empty();
    }

    private boolean understood(BodyPart part) {
        return part.plain() && self.all(Ability::bodies).contains(part.mediaType())
                && self.all(Ability::dispositions).contains(part.disposition());
    }
}
