package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// Which of several final responses is sent upstream.
class BestResponseTest {
    private static final Request INVITE = new Request("INVITE", "sip:bob@example.com", List.of(
            new Header("Via", "SIP/2.0/UDP a.example;branch=z9hG4bKa"),
            new Header("From", "<sip:alice@example.com>;tag=a"),
            new Header("To", "<sip:bob@example.com>"),
            new Header("Call-ID", "1"), new Header("CSeq", "1 INVITE")), Bytes.EMPTY);

    private static Response best(Response... finals) {
        var best = new BestResponse();
        for (var response : finals) best.add(response);
        return best.choose(INVITE, "tag").orElseThrow();
    }

    private static Response of(int status) { return Reply.to(INVITE, status, "b" + status); }

    //= rfc3261#16.7-23,24 a 6xx before all others, else one of the lowest class
    //= rfc3261#16.7-26 preferably one that helps to send the request again
    //= rfc3261#16.7-25 or any other of the class, but a 503 last
    @Test void the_best_of_each_pair_wins_in_either_order() {
        for (var pair : List.of(List.of(603, 302), List.of(302, 404), List.of(404, 500),
                List.of(401, 404), List.of(407, 404), List.of(415, 404), List.of(420, 404),
                List.of(484, 404), List.of(501, 503), List.of(404, 503))) {
            var good = of(pair.getFirst());
            var other = of(pair.getLast());
            assertThat(best(good, other).status()).as("" + pair).isEqualTo(good.status());
            assertThat(best(other, good).status()).as("" + pair).isEqualTo(good.status());
        }
        //= rfc3261#16.7-28 a 503 alone is a 500 of ours
        assertThat(best(of(503)).status()).isEqualTo(500);
    }

    //= rfc3261#16.7-34 the challenges of all 401 and 407 responses go into the one that is sent
    //= rfc3261#16.7-29 whichever of the two is forwarded
    @Test void challenges_are_gathered() {
        var server = of(401).with("WWW-Authenticate", "Digest realm=\"a\", nonce=\"1\"");
        var proxy = of(407).with("Proxy-Authenticate", "Digest realm=\"b\", nonce=\"2\"");
        for (var finals : List.of(List.of(server, proxy), List.of(proxy, server))) {
            var sent = best(finals.toArray(Response[]::new));
            assertThat(sent.status()).isEqualTo(finals.getFirst().status());
            assertThat(sent.first("WWW-Authenticate")).isPresent();
            assertThat(sent.first("Proxy-Authenticate")).isPresent();
        }
    }
}
