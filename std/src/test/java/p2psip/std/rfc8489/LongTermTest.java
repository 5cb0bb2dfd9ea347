package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8489.Exchange.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Exchange.Server;

/// A user of a realm, the server that asks for a proof, and who comes between them: the client of
/// §9.2. The server's side is in [LongTermGuardTest].
class LongTermTest {
    private static final Bytes KEY = ALICE.longTermKey(REALM, Algorithm.SHA_256),
            OLD_KEY = ALICE.longTermKey(REALM, Algorithm.MD5);
    private static final Nonce PROMISING = new Nonce("obMatJos2gAAAxyz");

    private final Exchange exchange = new Exchange();
    private final Guard guard = exchange.longTerm();

    private String run(Authentication authentication, Server server) {
        return exchange.run(authentication, Timing.UDP, server);
    }

    /// What a client that knows nothing yet makes of a server, from the beginning of time.
    private String run(Timing timing, Server server) {
        exchange.now = Instant.EPOCH;
        exchange.requests.clear();
        return exchange.run(new Authentication.LongTerm(ALICE), timing, server);
    }

    private String run(Server server) { return run(Timing.UDP, server); }

    private static List<Attribute> withoutProof(Message message) {
        return message.attributes().stream().filter(a -> !(a instanceof MessageIntegrity)
                && !(a instanceof MessageIntegritySha256)).toList();
    }

    /// What a client asks until it is answered, twice, and the challenge that it met.
    private Message askedTwice() {
        var authentication = new Authentication.LongTerm(ALICE);
        var answers = new ArrayList<Message>();
        Server server = (request, wire) -> {
            var answer = exchange.guarded(guard).answer(request, wire);
            answers.add(Message.parse(answer.orElseThrow()));
            return answer;
        };
        assertThat(run(authentication, server)).isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.1 request
                0 client -> TU mapped 198.51.100.7
                """);
        assertThat(run(authentication, server)).isEqualTo(ANSWERED);
        return answers.getFirst();
    }

    /// What a request shows when this was asked for.
    private static Attribute[] shown(Message challenge) {
        return new Attribute[] {new UserHash(ALICE.userHash(REALM)), the(Realm.class, challenge),
                the(Nonce.class, challenge), the(PasswordAlgorithms.class, challenge),
                new PasswordAlgorithm(Algorithm.SHA_256)};
    }

    //= rfc8489#9.2.3.1-1 the first request shows nothing
    //= rfc8489#9.2.5-3 the 401 has a retry
    //= rfc8489#5-6 which differs, and has a transaction ID of its own
    @Test void credentials_are_given_when_asked_for() {
        askedTwice();
        assertThat(exchange.requests.get(0).attributes()).isEmpty();
        assertThat(exchange.requests.get(1).attributes()).isNotEmpty();
        assertThat(exchange.requests).extracting(Message::id).doesNotHaveDuplicates();
    }

    //= rfc8489#9.2.5-4,5 the retry has USERHASH, as the server knows hashed usernames
    //= rfc8489#9.2.5-6,7,8 REALM, NONCE and PASSWORD-ALGORITHMS are those of the response
    @Test void a_retry_has_what_the_server_said() {
        var challenge = askedTwice();
        assertThat(withoutProof(exchange.requests.get(1)))
                .containsExactlyInAnyOrder(shown(challenge));
    }

    //= rfc8489#9.2.3.2-1,2 NONCE, REALM, user and algorithm are kept and come with each request
    //= rfc8489#9.2.3.2-3 with a proof by the cached password
    //= rfc8489#9.2.5-19 which is MESSAGE-INTEGRITY-SHA256 only
    @Test void what_was_asked_for_is_kept() {
        var challenge = askedTwice();
        assertThat(exchange.requests).hasSize(3);
        var request = exchange.requests.getLast();
        assertThat(withoutProof(request)).containsExactlyInAnyOrder(shown(challenge));
        assertThat(request.has(MessageIntegritySha256.class)).isTrue();
        assertThat(request.has(MessageIntegrity.class)).isFalse();
    }

    //= rfc8489#9.2.5-8 algorithms unknown here are repeated with the others
    //= rfc8489#9.2.5-9 the first that is known is taken, be it the weaker
    //= rfc8489#9.2.5-19 the proof is MESSAGE-INTEGRITY-SHA256 all the same
    @Test void the_first_algorithm_known_here_is_taken() {
        var offered = new PasswordAlgorithms(List.of(new Algorithm(9, Bytes.utf8("salty")),
                Algorithm.MD5, Algorithm.SHA_256));
        assertThat(run((request, wire) -> Integrity.SHA_256.verify(wire, OLD_KEY)
                ? success(request, MAPPED).map(answer -> Integrity.SHA_256.append(answer, OLD_KEY))
                : error(request, 401, new Realm(REALM), new Nonce("n1"), offered)))
                .endsWith("\n0 client -> TU mapped 198.51.100.7\n").hasLineCount(3);
        assertThat(withoutProof(exchange.requests.getLast())).containsExactlyInAnyOrder(
                new Username("alice"), new Realm(REALM), new Nonce("n1"), offered,
                new PasswordAlgorithm(Algorithm.MD5));
        assertThat(exchange.requests.getLast().has(MessageIntegrity.class)).isFalse();
    }

    /// A server of RFC 5389: MD5, SHA-1, and a nonce that is no cookie.
    //= rfc8489#9.2.5-5 the USERNAME is used where the nonce does not say that hashes are known
    @Test void a_server_that_knows_no_algorithms_is_shown_sha_1() {
        assertThat(run((request, wire) -> Integrity.SHA_1.verify(wire, OLD_KEY)
                ? success(request, MAPPED).map(answer -> Integrity.SHA_1.append(answer, OLD_KEY))
                : error(request, 401, new Realm(REALM), new Nonce("n1"))))
                .endsWith("\n0 client -> TU mapped 198.51.100.7\n").hasLineCount(3);
        assertThat(withoutProof(exchange.requests.getLast())).containsExactlyInAnyOrder(
                new Username("alice"), new Realm(REALM), new Nonce("n1"));
    }

    //= rfc8489#9.2.4-22 a nonce that is too old is answered with a new one
    //= rfc8489#9.2.5-12 with which the client tries again
    @Test void a_stale_nonce_is_replaced() {
        var authentication = new Authentication.LongTerm(ALICE);
        run(authentication, exchange.guarded(guard));
        exchange.now = exchange.now.plus(Duration.ofHours(1));
        assertThat(run(authentication, exchange.guarded(guard))).isEqualTo("""
                3600000 client -> 192.0.2.1 request
                3600000 client -> 192.0.2.1 request
                3600000 client -> TU mapped 198.51.100.7
                """);
        //= rfc8489#9.2.5-13 and with USERHASH, REALM and MESSAGE-INTEGRITY-SHA256
        assertThat(exchange.requests.getLast().attributes()).extracting("class").contains(
                UserHash.class, Realm.class, MessageIntegritySha256.class);
    }

    //= rfc8489#9.2.5-11 no retry with the same username
    @Test void a_wrong_password_fails_at_once() {
        for (var credential : List.of(IMPOSTOR, new Credential("bob", "x")))
            assertThat(run(new Authentication.LongTerm(credential), exchange.guarded(guard)))
                    .isEqualTo("""
                    0 client -> 192.0.2.1 request
                    0 client -> 192.0.2.1 request
                    0 client -> TU 401 username or password refused
                    """);
    }

    //= rfc8489#9.2.5-2 a nonce that promises algorithms, but none: somebody took them out
    @Test void a_bid_down_is_noticed() {
        for (int code : List.of(401, 438)) {
            assertThat(run((request, _) -> error(request, code, new Realm("r"), PROMISING)))
                    .hasLineCount(2).endsWith(code + " its algorithms were taken out\n");
            //= rfc8489#9.2.5-1 it is tested whether the nonce starts with the cookie
            assertThat(run((request, _) -> exchange.requests.size() > 1 ? Optional.empty()
                    : error(request, code, new Realm("r"), new Nonce("x" + PROMISING.value()))))
                    .contains("\n500 client -> 192.0.2.1 request\n");
        }
        //= rfc8489#9.2.5-10 no algorithm is supported: no retry
        assertThat(run((request, _) -> error(request, 401, new Realm("r"), PROMISING,
                new PasswordAlgorithms(List.of(new Algorithm(9, Bytes.EMPTY))))))
                .hasLineCount(2).endsWith("401 it offers no algorithm known here\n");
    }

    @Test void a_realm_that_no_server_may_send_is_not_answered() {
        for (var realm : List.of("", "a\u0007", "cafe\u0301", "r".repeat(128)))
            assertThat(run((request, _) -> error(request, 401, new Realm(realm), new Nonce("n"))))
                    .isEqualTo("""
                    0 client -> 192.0.2.1 request
                    0 client -> TU 401 a challenge with a realm that may not be one
                    """);
    }

    /// The second answer is the one that is judged; the others are good.
    private String judged(Function<Message, Optional<Bytes>> answer) {
        return run((request, wire) -> exchange.requests.size() == 2 ? answer.apply(request)
                : exchange.guarded(guard).answer(request, wire));
    }

    @Test void what_proves_nothing_is_passed_over() {
        var again = """
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                500 client -> TU mapped 198.51.100.7
                """;
        //= rfc8489#9.2.5-15 a 400 without proof is as good as never received
        assertThat(judged(request -> error(request, 400))).isEqualTo(again);
        //= rfc8489#9.2.5-16 and discarded is a success without proof, or with a wrong one
        assertThat(judged(request -> success(request, MAPPED))).isEqualTo(again);
        assertThat(judged(request -> success(request, MAPPED).map(answer ->
                Integrity.SHA_256.append(answer, Bytes.utf8("guessed"))))).isEqualTo(again);
        //= rfc8489#9.2.5-14 and one whose algorithms were taken out, for all its proof
        assertThat(judged(request -> success(request, MAPPED, PROMISING).map(answer ->
                Integrity.SHA_256.append(answer, KEY)))).isEqualTo(again);
        assertThat(judged(request -> success(request, MAPPED, PROMISING,
                new PasswordAlgorithms(List.of(Algorithm.SHA_256))).map(answer ->
                Integrity.SHA_256.append(answer, KEY)))).isNotEqualTo(again)
                .endsWith("\n0 client -> TU mapped 198.51.100.7\n");
    }

    @Test void a_bad_request_is_passed_over_from_the_first_one_on() {
        assertThat(run((request, wire) -> exchange.requests.size() == 1 ? error(request, 400)
                : exchange.guarded(guard).answer(request, wire))).isEqualTo("""
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                500 client -> TU mapped 198.51.100.7
                """);
    }

    /// The first request shows nothing, so nothing proves the first answer.
    //= rfc8489#14.8-7 the integrity of a 300 is validated first, before any challenge too
    @Test void a_redirection_without_proof_is_not_followed() {
        assertThat(run((request, _) -> error(request, 300, new AlternateServer(
                new InetSocketAddress("192.0.2.2", 3478))))).isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> TU 300 no
                """);
    }

    //= rfc8489#9.2.5-17 at the end integrity is said to be violated
    @Test void nothing_but_forgeries_end_as_an_attack() {
        Server forger = (request, wire) -> exchange.requests.size() > 1 ? success(request, MAPPED)
                : exchange.guarded(guard).answer(request, wire);
        assertThat(run(forger)).hasLineCount(9)
                .endsWith("39500 client -> TU 0 integrity violated\n");
        //= rfc8489#9.2.5-18 over a reliable transport it is said at once
        assertThat(run(Timing.TCP, forger)).hasLineCount(3)
                .endsWith("\n0 client -> TU 0 integrity violated\n");
    }
}
