package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// What a proxy makes of a 3xx that it follows itself.
///
/// @param follows whether it tries a URI
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.7 RFC 3261 §16.7
record Recursion(Predicate<SipUri> follows) {
    static final Recursion NONE = new Recursion(_ -> false);

    /// As many contacts may be added for one request: whoever redirects to ever new ones ends.
    static final int LIMIT = 16;

    /// Redirections that say where the callee is; the others ask for something of the caller.
    private static final Set<Integer> FOLLOWED = Set.of(300, 301, 302);

    /// @param added what is tried beyond the targets that there were
    /// @param left  what is left of the response, if anything
    record Result(List<Destination> added, Optional<Response> left) {}

    /// For a proxy that is responsible for where the request was to go.
    static Recursion of(Request request, Domains home) {
        boolean secure = Uri.parse(request.uri()).secure();
        //= rfc3261#16.7-8 no recursion to a URI without SIPS where the Request-URI was SIPS
        //= rfc5630#5.3-13 nor to a SIP Contact then
        //= rfc5630#5.3-15 and none to a SIPS Contact where it is a SIP Request-URI
        return new Recursion(uri -> home.speaks(uri) && uri.secure() == secure);
    }

    /// What becomes of a final response.
    ///
    /// @param room how many contacts may be added
    Result apply(Response response, int room) {
        if (!FOLLOWED.contains(response.status()))
            return new Result(List.of(), Optional.of(response));
        var added = new ArrayList<Destination>();
        var left = new ArrayList<String>();
        for (var value : response.list("Contact")) {
            //  of what cannot be read the caller may make what he can
            var contact = Address.read(value)
                    .filter(to -> to.uri() instanceof SipUri uri && follows.test(uri))
                    .map(to -> new Destination(to.uri(), to.q(), Optional.empty()));
            if (contact.isPresent() && added.size() < room) added.add(contact.get());
            else left.add(value);
        }
        if (added.isEmpty()) return new Result(added, Optional.of(response));
        return new Result(added, left.isEmpty()
                //= rfc3261#16.7-9 where all contacts are tried the response has nothing left to say
                ? Optional.empty()
                //= rfc3261#16.7-7 those that are tried are removed from the response
                //= rfc5630#5.3-14,16 so that the UAC may take the appropriate action
                : Optional.of(response.with("Contact", String.join(", ", left))));
    }
}
