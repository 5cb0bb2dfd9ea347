package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.*;

/// What a URI says of the request to be made from it.
///
/// A URI may come from a stranger, on a web page or in a message, and may ask for any header field;
/// what does no harm is taken, what cannot be meant well makes it a bad URI.
///
/// @param uri     the Request-URI
/// @param headers that the URI asks for and gets
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.5 RFC 3261 §19.1.5
record FormedRequest(String uri, List<Header> headers) {
    /// What another may write into our request: it tells people something, and steers nothing.
    //= rfc3261#19.1.5-5,9 these headers are honoured, none about a body or a date to be verified
    static final List<String> HARMLESS = List.of("Subject", "In-Reply-To");

    /// @throws SyntaxException if the URI is none, or asks for what this user agent does not do
    static FormedRequest of(String method, String text) {
        if (!(Uri.parse(text) instanceof SipUri uri)) return new FormedRequest(text, List.of());
        //= rfc3261#19.1.5-2,11 the request has the method of the URI, else it is refused
        uri.params().get("method").filter(m -> !m.equals(method)).ifPresent(m -> {
            throw new SyntaxException("the URI is for " + m + ", not for " + method);
        });
        var headers = uri.headers().list().stream().flatMap(wish -> header(wish).stream()).toList();
        //= rfc3261#19.1.5-1,3,4 transport, maddr, ttl, user and unknown ones go in, no method
        return new FormedRequest(RouteSet.requestUri(uri), headers);
    }

    private static Optional<Header> header(Params.Param wish) {
        var name = Header.canonical(Escapes.decode(wish.name()));
        var value = Escapes.decode(wish.value());
        //= rfc3261#19.1.5-10 what would break out of its line is never transmitted
        if (!Grammar.isToken(name) || value.chars().anyMatch(Character::isISOControl))
            throw new SyntaxException("bad header field in the URI: " + wish.name());
        //= rfc3261#19.1.5-12 a request that requires an extension is not sent: none is supported
        if (name.endsWith("Require")) throw new SyntaxException("extension required: " + value);
        //= rfc3261#19.1.5-6 nor the dangerous From, Call-ID, CSeq, Via and Record-Route honoured
        //= rfc3261#19.1.5-7 nor is a Route
        //= rfc3261#19.1.5-8 nor a Contact, Allow or User-Agent that would say something false of us
        return HARMLESS.contains(name) ? Optional.of(new Header(name, value)) : Optional.empty();
    }
}
