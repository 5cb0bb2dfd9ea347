package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Self;

/// Whether somebody is where he says he is, and who he says he is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-6.3 RFC 6665 §6.3
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-6.4 RFC 6665 §6.4
public final class Authentication {
    private final Predicate<Flow> trusted;
    private final Optional<DigestServer> passwords;
    private final Proof proof;

    /// For one who believes everybody that he is who he says, but not that he is where he says.
    public Authentication(RandomGenerator random) { this(_ -> false, Optional.empty(), random); }

    /// @param trusted   flows over which nobody can speak for somebody else, such as that of the
    ///                  outbound proxy
    /// @param passwords of all others; if there are none, they are believed
    /// @param random    where the secret comes from that proves who is where
    public Authentication(Predicate<Flow> trusted, Optional<DigestServer> passwords,
            RandomGenerator random) {
        this.trusted = trusted;
        this.passwords = passwords;
        proof = new Proof(random);
    }

    /// Whether nobody else can be at the other end.
    boolean sure(Flow flow) {
        return flow.transport().connected() || flow.remote().getAddress().isLoopbackAddress()
                || trusted.test(flow);
    }

    /// What its sender is to do before a request is looked at.
    public Optional<Response> refusal(Request request, Flow flow, Self self, Instant now) {
        //= rfc6665#6.3-1 an attack from elsewhere comes to nothing: who asks is not there
        boolean placed = sure(flow) || proof.of(request, flow, now);
        if (passwords.isEmpty() || trusted.test(flow))
            return placed ? Optional.empty() : Optional.of(proof.asked(request, flow, self, now));
        return login(request, placed, flow, self, now);
    }

    /// The same for a request in a dialog, whose tags only its peer can know.
    Optional<Response> refusalInDialog(Request request, Flow flow, Self self, Instant now) {
        return passwords.isEmpty() || trusted.test(flow) ? Optional.empty()
                : login(request, true, flow, self, now);
    }

    private Optional<Response> login(
            Request request, boolean placed, Flow flow, Self self, Instant now) {
        //= rfc6665#6.4-1 authentication by Digest, in which no replay is accepted
        //= rfc4235#7-1 by Digest, which all implementations support
        var verdict = passwords.orElseThrow().verify(request.all("Authorization"),
                request.method(), request.uri(), request.body(), now);
        return switch (verdict) {
            //= rfc3857#6.2-4 by Digest, as who watches watchers may be asked
            case DigestServer.Verdict.Granted(var user, _, _) -> is(request, user)
                    ? Optional.empty() : Optional.of(self.reply(request, 403));
            //  the challenge is longer than what asked for it: only to who is there
            case DigestServer.Verdict.Challenged _, DigestServer.Verdict.Malformed _ when !placed ->
                    Optional.of(proof.asked(request, flow, self, now));
            case DigestServer.Verdict.Malformed _ -> Optional.of(self.reply(request, 400));
            case DigestServer.Verdict.Challenged(var challenges, _) -> {
                //= rfc6665#4.2.1.1-4 authentication is asked for by a user agent, with 401
                var answer = self.reply(request, 401);
                for (var challenge : challenges) answer = answer.change(headers -> headers.add(
                        new p2psip.std.rfc3261.Header("WWW-Authenticate", challenge.toString())));
                yield Optional.of(answer);
            }
        };
    }

    private static boolean is(Request request, String user) {
        return request.from().uri() instanceof SipUri from
                && (from.user().equals(user) || (from.user() + "@" + from.host()).equals(user));
    }
}
