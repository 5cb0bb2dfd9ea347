package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// What a UAS looks at before it processes a request, in the order of the RFC.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.2 RFC 3261 §8.2
record Inspection(Self self) {
    /// The method that we know of and do not serve: 405. What no extension serves, nobody here
    /// knows: 501.
    private static final String RECOGNIZED = "REGISTER";

    private static final List<String> ADDRESSES = List.of("Contact", "Record-Route");

    /// What the bodies that we take may be for.
    private static final List<String> DISPOSITIONS = List.of("session", "render");

    /// The response that ends it, or nothing if the request may be processed.
    Optional<Response> refusal(Request request) {
        //= rfc3261#8.2.1-1 the method is looked at first
        //= rfc3261#8.2-3 then one thing after the other, in the order of the steps
        return method(request).or(() -> requestUri(request)).or(() -> require(request))
                .or(() -> content(request)).or(() -> accept(request)).or(() -> route(request));
    }

    /// The fields that a dialog is made of must be readable.
    private static Optional<Response> route(Request request) {
        // its Contact has no meaning there, and is ignored, whatever it says
        if (request.is("BYE")) return Optional.empty();
        return ADDRESSES.stream().filter(name -> !readable(request, name)).findFirst()
                .map(name -> Reply.to(request, 400, "Bad " + name, ""));
    }

    /// A response without the addresses in it that cannot be read.
    static Response readable(Response response) {
        for (var name : ADDRESSES)
            if (!readable(response, name)) response = response.without(name);
        return response;
    }

    private static boolean readable(Message message, String name) {
        try {
            message.list(name).forEach(Address::parse);
            return true;
        } catch (SyntaxException e) {
            return false;
        }
    }

    private Optional<Response> method(Request request) {
        if (self.abilities().methods().contains(request.method())) return Optional.empty();
        if (!request.is(RECOGNIZED))
            //= rfc3261#21.5.2¶1 a method that we do not even know: 501
            return Optional.of(self.reply(request, 501));
        //= rfc3261#8.2.1-2 one that we know, but do not support: 405
        return Optional.of(self.reply(request, 405)
                //= rfc3261#8.2.1-3,4 with Allow; the list of those that we do
                .with("Allow", String.join(", ", self.abilities().methods())));
    }

    private Optional<Response> requestUri(Request request) {
        //= rfc3261#8.2.2.1-4 a Request-URI of a scheme that we do not support: 416
        if (!(Uri.parse(request.uri()) instanceof SipUri uri))
            return Optional.of(self.reply(request, 416));
        //= rfc3261#8.1.1.2-2 one of the SIP scheme is understood
        //= rfc3261#8.2.2.1-2 whatever the scheme of To, and whomever it names
        var user = Escapes.decode(uri.user());
        if (user.isEmpty() || self.users().contains(user)) return Optional.empty();
        //= rfc3261#8.2.2.1-5 one that names somebody else: 404
        //= rfc3261#21.4.10-1 for who knows whether that is permanent? Then 404 and not 410
        return Optional.of(self.reply(request, 404));
    }

    private Optional<Response> require(Request request) {
        //= rfc3261#20.32-1 Require is never ignored
        var options = request.list("Require").stream()
                .filter(option -> !self.abilities().options().contains(option)).toList();
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
        if (request.body().isEmpty() || optional(request)) return Optional.empty();
        boolean plain = request.first("Content-Encoding").orElse("identity")
                .equalsIgnoreCase("identity");
        var types = self.abilities().bodies();
        if (plain && types.contains(Content.mediaType(Content.type(request)))
                && DISPOSITIONS.contains(Content.disposition(request))) return Optional.empty();
        //= rfc3261#8.2.3-1 a body of a type or encoding that we do not understand: 415
        //= rfc3261#23.2-20 of S/MIME too
        var refusal = self.reply(request, 415);
        return Optional.of(plain
                //= rfc3261#8.2.3-2 with Accept, the types that we take
                //= rfc3261#21.4.13-1 for a 415 lists what is acceptable, by the problem
                ? refusal.with("Accept", String.join(", ", types))
                //= rfc3261#8.2.3-3 or with Accept-Encoding if that was the matter
                : refusal.with("Accept-Encoding", "identity"));
    }

    /// A call needs an answer, and the only one we have is a session description.
    private Optional<Response> accept(Request request) {
        if (!request.is("INVITE")) return Optional.empty();
        return Self.accepts(request, Content.SDP)
                ? Optional.empty() : Optional.of(self.reply(request, 406));
    }

    private static boolean optional(Request request) {
        return request.first("Content-Disposition").map(value -> {
            int semicolon = value.indexOf(';');
            try {
                //= rfc3261#20.11-2 with no handling parameter it is required
                return semicolon >= 0 && Params.parse(value.substring(semicolon)).get("handling")
                        .filter("optional"::equalsIgnoreCase).isPresent();
            } catch (SyntaxException e) {
                return false;
            }
        }).orElse(false);
    }
}
