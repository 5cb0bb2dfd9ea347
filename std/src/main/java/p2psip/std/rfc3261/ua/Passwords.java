package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;

/// Shows who we are, to those who ask and to those who have asked before.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-22 RFC 3261 §22
final class Passwords {
    /// As many Call-IDs are remembered in which a proxy has asked; of older ones it asks again.
    static final int MAX_ASKED = 1_000;

    private final Profile profile;
    private final SequencedMap<String, Set<String>> proxyRealms = new LinkedHashMap<>();

    Passwords(Profile profile) { this.profile = profile; }

    /// The request with what servers and proxies have asked for before.
    Request unasked(Request request) {
        if (profile.credentials().isEmpty()) return request;
        var client = profile.credentials().get();
        //= rfc3261#22.2-4 credentials are kept for a realm and used again
        //= rfc3261#26.3.2.2-3 in an INVITE too, without another question to the user
        var callId = request.callId();
        for (var to : Challenger.values()) if (!request.has(to.credentials()))
            request = show(request, to, client.unasked(to,
                    realm -> to == Challenger.SERVER || shows(callId, realm),
                    request.method(), request.uri(), request.body()));
        return request;
    }

    private static Request show(Request request, Challenger to, List<Credentials> credentials) {
        return request.without(to.credentials()).change(headers -> credentials.forEach(
                //= rfc3261#20.7-1 credentials are not combined into a single line
                //= rfc3261#20.28-1 those for proxies have a line for each, too
                //= rfc3261#7.3.1-4 each is a row of its own
                c -> headers.add(0, new Header(to.credentials(), c.text()))));
    }

    /// The request with answers to the challenges; there may be some of proxies and some of
    /// servers, for a proxy that has forked the request gathers them. Empty if none can be
    /// answered, or if one was answered in vain.
    Optional<Request> answered(Request request, Response challenge) {
        if (profile.credentials().isEmpty()) return Optional.empty();
        boolean answered = false;
        //= rfc3261#8.1.3.5-1 the challenges of a 401 are answered, and those of a 407
        for (var from : Challenger.values()) {
            //= rfc2617#3.2.2¶8 those who did not ask again get credentials with the next count
            if (!challenge.has(from.challenge())) request = request.without(from.credentials());
            switch (profile.credentials().get().answer(from, challenge.all(from.challenge()),
                    request.all(from.credentials()), request.method(), request.uri(),
                    request.body())) {
                case DigestClient.Answer.Authorize(var credentials) -> {
                    //= rfc3261#22.3-15 Authorization and Proxy-Authorization if both ask
                    request = show(request, from, credentials);
                    if (from == Challenger.PROXY) asked(request, credentials);
                    answered = true;
                }
                case DigestClient.Answer.Refused _ -> { return Optional.empty(); }
                case DigestClient.Answer.NotUnderstood _ -> { }
            }
        }
        return answered ? Optional.of(unasked(request)) : Optional.empty();
    }

    /// A proxy has asked for credentials in a request with this Call-ID.
    private void asked(Request request, List<Credentials> credentials) {
        for (var shown : credentials)
            if (shown instanceof Credentials.Digest digest) proxyRealms.computeIfAbsent(
                    request.callId(), _ -> new HashSet<>()).add(digest.realm());
        if (proxyRealms.size() > MAX_ASKED) proxyRealms.pollFirstEntry();
    }

    /// Whether a request with this Call-ID shows credentials to proxies of a realm unasked.
    private boolean shows(String callId, String realm) {
        //= rfc3261#22.3-8,9 credentials go with later requests of the Call-ID, not across dialogs
        return proxyRealms.getOrDefault(callId, Set.of()).contains(realm)
                || !profile.routes().isEmpty() && profile.identity().uri() instanceof SipUri own
                        && own.host().equalsIgnoreCase(realm);
    }
}
