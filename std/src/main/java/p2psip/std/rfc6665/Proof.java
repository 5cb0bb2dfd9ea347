package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Digests;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.Self;

/// Proves that who subscribes is where he says he is: he is sent back to where he came, with a word
/// that only he can hear, and comes again with it. Until then nothing is kept, and no NOTIFY sent
/// that somebody else would get. The word is good for an hour or two.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-6.3 RFC 6665 §6.3
final class Proof {
    private static final String PARAM = "proof";
    private static final int BYTES = 8;

    /// So much is added to To in an answer.
    private static final int TAG = ";tag=".length() + 16;

    private final RandomGenerator random;
    private Optional<byte[]> secret = Optional.empty();

    Proof(RandomGenerator random) { this.random = random; }

    /// Made when the first stranger comes: a phone that nobody watches needs none.
    private byte[] secret() {
        if (secret.isEmpty()) {
            var made = new byte[32];
            random.nextBytes(made);
            secret = Optional.of(made);
        }
        return secret.get();
    }

    /// Whether a request has the word.
    boolean of(Request request, Flow flow, Instant now) {
        return Uri.parse(request.uri()) instanceof SipUri uri && uri.params().get(PARAM)
                .filter(said -> Stream.of(hour(now), hour(now) - 1)
                        .anyMatch(hour -> word(request, flow, hour).equals(said))).isPresent();
    }

    /// Where its sender is sent: to where it came, with the word; or nowhere, if that would be
    /// longer than what he has brought.
    Response asked(Request request, Flow flow, Self self, Instant now) {
        var uri = SipUri.parse(request.uri());
        var answer = self.reply(request, 302).with("Contact", "<" + uri.withParams(
                uri.params().with(PARAM, word(request, flow, hour(now)))) + ">");
        return answer.encode().size() + TAG <= request.encode().size() ? answer
                : self.reply(request, 503);
    }

    private String word(Request request, Flow flow, long hour) {
        var hash = Digests.hmac("HmacSHA256", secret(), flow.remote().getAddress().getAddress(),
                Bytes.utf8(" " + flow.remote().getPort() + " " + hour + " " + request.callId())
                        .toArray());
        return Bytes.slice(hash, 0, BYTES).hex();
    }

    private static long hour(Instant now) { return now.getEpochSecond() / 3600; }
}
