package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Client.*;
import p2psip.std.rfc8489.Message.Kind;

/// A client and what servers answer; `run` plays both and writes down what the client does.
class ClientTest {
    private static final InetSocketAddress SERVER = at("192.0.2.1"), OTHER = at("192.0.2.2"),
            SELF = at("198.51.100.7");
    private static final Credential ALICE = new Credential("alice", "wonderland"),
            IMPOSTOR = new Credential("alice", "guess");
    private static final XorMappedAddress MAPPED = new XorMappedAddress(SELF);
    private static final String ANSWERED = """
            0 client -> 192.0.2.1 request
            0 client -> TU mapped 198.51.100.7
            """;

    private final RandomGenerator random = new SplittableRandom(5);
    private final List<Message> requests = new ArrayList<>();
    private final List<Message> responses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 3478);
    }

    /// What a server makes of a request: an answer, or none.
    private interface Server {
        Optional<Bytes> answer(Message request, Bytes wire);
    }

    private String run(Authentication authentication, Timing timing, Server server) {
        var client = new Client(SERVER, Message.BINDING, List.of(), authentication, timing, random);
        var seen = new StringJoiner("\n", "", "\n");
        var outputs = client.wake(now);
        while (true) {
            var answers = new ArrayList<Output>();
            for (var output : outputs) {
                var at = Duration.between(Instant.EPOCH, now).toMillis() + " client -> ";
                switch (output) {
                    case Output.Send(var to, var wire) -> {
                        seen.add(at + to.getAddress().getHostAddress() + " request");
                        requests.add(Message.parse(wire));
                        server.answer(requests.getLast(), wire).ifPresent(answer -> {
                            if (Message.isStun(answer)) responses.add(Message.parse(answer));
                            answers.addAll(client.handle(new Input.Received(to, answer), now));
                        });
                    }
                    case Output.Succeeded(var response) ->
                            seen.add(at + "TU mapped " + Client.mapped(response).orElseThrow()
                                    .getAddress().getHostAddress());
                    case Output.Failed(int code, var why) ->
                            seen.add(at + "TU " + code + " " + why);
                }
            }
            outputs = answers;
            if (!outputs.isEmpty()) continue;
            if (client.terminated()) return seen.toString();
            now = client.deadline();
            outputs = client.wake(now);
        }
    }

    private static Authentication none() { return new Authentication.None(); }

    private static Optional<Bytes> success(Message request, Attribute... attributes) {
        return Optional.of(request.response(Kind.SUCCESS, List.of(attributes)).encode());
    }

    private static Optional<Bytes> error(Message request, int code, Attribute... more) {
        var all = new ArrayList<Attribute>(List.of(new ErrorCode(code, "no")));
        all.addAll(List.of(more));
        return Optional.of(request.response(Kind.ERROR, all).encode());
    }

    //= rfc8489#6.2.1-1 the gaps double from half a second on
    //= rfc8489#6.2.1-10 Rc: there are 7 requests
    //= rfc8489#6.2.1-11 eight seconds after the last request it has failed
    @Test void a_server_that_does_not_answer_is_asked_seven_times() {
        //= rfc8489#6.2.1-2,4 the initial RTO is 500 ms, which is not rounded up to a second
        assertThat(run(none(), Timing.UDP, (_, _) -> Optional.empty())).isEqualTo("""
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                1500 client -> 192.0.2.1 request
                3500 client -> 192.0.2.1 request
                7500 client -> 192.0.2.1 request
                15500 client -> 192.0.2.1 request
                31500 client -> 192.0.2.1 request
                39500 client -> TU 0 no answer
                """);
        assertThat(new LinkedHashSet<>(requests)).as("bit by bit the same").hasSize(1);
    }

    //= rfc8489#6.1-1,2 the header is that of a request, by the method asked for
    @Test void what_is_sent_is_a_request() {
        run(none(), Timing.UDP, (request, _) -> success(request, MAPPED));
        assertThat(requests).containsExactly(new Message(Kind.REQUEST, Message.BINDING,
                requests.getFirst().id(), List.of()));
    }

    @Test void over_tcp_it_is_asked_once_and_given_as_long() {
        assertThat(run(none(), Timing.TCP, (_, _) -> Optional.empty())).isEqualTo("""
                0 client -> 192.0.2.1 request
                39500 client -> TU 0 no answer
                """);
    }

    @Test void the_third_request_is_answered() {
        assertThat(run(none(), Timing.UDP, (request, _) ->
                requests.size() < 3 ? Optional.empty() : success(request, MAPPED))).isEqualTo("""
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                1500 client -> 192.0.2.1 request
                1500 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#6.3¶2 a message that fails a check is silently discarded
    @Test void what_is_no_answer_to_this_request_is_passed_over() {
        assertThat(run(none(), Timing.UDP, (request, wire) -> switch (requests.size()) {
            case 1 -> Optional.of(wire);
            case 2 -> Optional.of(new Message(Kind.SUCCESS, Message.BINDING,
                    TransactionId.random(random), List.of(MAPPED)).encode());
            case 3 -> Optional.of(Bytes.utf8("SIP/2.0 200 OK\r\n\r\n"));
            case 4 -> {
                var spoiled = Fingerprints.append(success(request, MAPPED).orElseThrow()).toArray();
                spoiled[25] ^= 1;
                yield Optional.of(Bytes.wrap(spoiled));
            }
            default -> success(request, MAPPED);
        })).hasLineCount(6).endsWith("""
                7500 client -> 192.0.2.1 request
                7500 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#6.3.3¶1 a success with what may not be passed over is a failure
    //= rfc8489#6.3.4¶1 an error without its code too
    //= rfc8489#6.3.4-1 an error code of 3xx without proof: failed
    @Test void answers_that_cannot_be_used_end_the_transaction() {
        assertThat(run(none(), Timing.UDP, (request, _) -> success(request, MAPPED,
                new Unknown(0x7ff0, Bytes.EMPTY))))
                .endsWith("0 an answer with attributes unknown here: [32752]\n");
        assertThat(run(none(), Timing.UDP, (request, _) -> Optional.of(
                request.response(Kind.ERROR, List.of()).encode())))
                .endsWith("0 an error without a code\n");
        assertThat(run(none(), Timing.UDP, (request, _) -> error(request, 300,
                new AlternateServer(OTHER)))).endsWith("300 no\n");
    }

    /// As stund 0.97 answers: MAPPED-ADDRESS, SOURCE-ADDRESS, CHANGED-ADDRESS, its name; no mask.
    @Test void a_server_of_rfc_3489_is_understood() {
        assertThat(run(none(), Timing.UDP, (request, _) -> {
            var all = Bytes.hex("0001000800018c59c6336407" + "0004000800010d96c0000201"
                    + "0005000800010d97c0000202" + "80220010566f766964612e6f726720302e393700");
            return Optional.of(Bytes.wrap(ByteBuffer.allocate(20 + all.size())
                    .putInt(0x01010000 | all.size()).put(request.id().bytes().buffer())
                    .put(all.buffer()).array()));
        })).isEqualTo(ANSWERED);
        assertThat(run(none(), Timing.UDP, (request, _) -> success(request, MAPPED,
                new Unknown(0x000b, Bytes.EMPTY)))).endsWith("TU mapped 198.51.100.7\n");
        //= rfc8489#6.3.3¶1 but CHANGE-REQUEST has no place in an answer
        assertThat(run(none(), Timing.UDP, (request, _) -> success(request, MAPPED,
                new Unknown(0x0003, Bytes.EMPTY)))).endsWith("unknown here: [3]\n");
    }

    private Server guarded(Guard guard) {
        return (request, wire) -> Optional.of(switch (guard.check(request, wire, SELF, now)) {
            case Guard.Verdict.Accepted accepted ->
                    accepted.seal(request.response(Kind.SUCCESS, List.of(MAPPED)),
                            Table.RFC8489);
            case Guard.Verdict.Refused(var response) -> response.encode();
            case Guard.Verdict.Discarded _ -> throw new AssertionError();
        });
    }

    private static Guard shortTerm() {
        return new Guard.ShortTerm(name -> Optional.of(ALICE)
                .filter(user -> user.username().equals(name)));
    }

    //= rfc8489#9.1.2-1 the first request has both proofs
    //= rfc8489#9.1.5-1 subsequent requests have the attribute that was answered
    //= rfc8489#9.1.3-10 MESSAGE-INTEGRITY-SHA256 where both know it
    @Test void short_term_credentials_are_proved_both_ways() {
        var authentication = new Authentication.ShortTerm(ALICE);
        for (int i = 0; i < 2; i++)
            assertThat(run(authentication, Timing.UDP, guarded(shortTerm())))
                    .isEqualTo(ANSWERED);
        assertThat(requests.getFirst().attributes()).hasSize(3);
        assertThat(requests.getLast().attributes()).hasSize(2);
        assertThat(requests.getLast().has(Attribute.MessageIntegritySha256.class)).isTrue();
        //= rfc8489#9.1.4-1 once there is one proof only, the response has to match it
        assertThat(run(authentication, Timing.TCP, (request, _) -> success(request, MAPPED).map(
                wire -> Integrity.SHA_1.append(wire, ALICE.shortTermKey()))))
                .endsWith("0 client -> TU 0 integrity violated\n");
    }

    //= rfc8489#9.1.4-2 a response without proof is discarded
    //= rfc8489#9.1.4-3 at the end integrity is said to be violated
    //= rfc8489#9.1.3-8 401 (Unauthenticated) to who has another password
    @Test void short_term_credentials_that_differ_end_as_an_attack() {
        assertThat(run(new Authentication.ShortTerm(IMPOSTOR), Timing.UDP, guarded(shortTerm())))
                .hasLineCount(8).endsWith("39500 client -> TU 0 integrity violated\n");
        now = Instant.EPOCH;
        //= rfc8489#9.1.4-4 a reliable transport ends it at once
        assertThat(run(new Authentication.ShortTerm(IMPOSTOR), Timing.TCP, guarded(shortTerm())))
                .isEqualTo("""
                        0 client -> 192.0.2.1 request
                        0 client -> TU 0 integrity violated
                        """);
    }

    //= rfc8489#9.1.3-2 a request without proof is a bad one
    //= rfc8489#9.1.3-5 a name that nobody has gets a 401 (Unauthenticated)
    //= rfc8489#9.1.3-3 an indication is passed over in silence
    @Test void short_term_requests_without_name_or_proof_are_refused() {
        var request = new Message(Kind.REQUEST, 1, TransactionId.random(random),
                List.of(new Attribute.Username("bob")));
        //= rfc8489#9.1.3-1 rejected with an error response
        assertThat(refusal(shortTerm(), request, request.encode())).isEqualTo(400);
        //= rfc8489#9.1.3-4,7 and so is the request of an unknown user
        assertThat(refusal(shortTerm(), request,
                Integrity.SHA_1.append(request.encode(), ALICE.shortTermKey()))).isEqualTo(401);
        var indication = new Message(Kind.INDICATION, 1, request.id(), List.of());
        assertThat(shortTerm().check(indication, indication.encode(), SELF, now))
                .isEqualTo(new Guard.Verdict.Discarded());
    }

    //= rfc8489#9.1.3-6,9 an indication of an unknown user, or with a wrong proof, is discarded
    @Test void short_term_indications_that_prove_nothing_are_passed_over() {
        var indication = new Message(
                Kind.INDICATION, 1, TransactionId.random(random), List.of());
        for (var user : List.of(new Credential("bob", ALICE.password()), IMPOSTOR)) {
            var wire = Integrity.SHA_1.append(indication.with(List.of(
                    new Attribute.Username(user.username()))).encode(), user.shortTermKey());
            assertThat(shortTerm().check(Message.parse(wire), wire, SELF, now))
                    .isEqualTo(new Guard.Verdict.Discarded());
        }
    }

    //= rfc8489#9.1.3-11 only MESSAGE-INTEGRITY in the request: the same in the response
    @Test void a_short_term_response_has_the_proof_of_the_request() {
        var request = new Message(Kind.REQUEST, 1, TransactionId.random(random),
                List.of(new Attribute.Username("alice")));
        var wire = Integrity.SHA_1.append(request.encode(), ALICE.shortTermKey());
        var answer = guarded(shortTerm()).answer(Message.parse(wire), wire).orElseThrow();
        assertThat(Integrity.SHA_1.verify(answer, ALICE.shortTermKey())).isTrue();
        assertThat(Message.parse(answer).has(Attribute.MessageIntegritySha256.class)).isFalse();
    }

    private int refusal(Guard guard, Message request, Bytes wire) {
        var response = refused(guard, wire);
        var error = response.first(ErrorCode.class).orElseThrow();
        //= rfc8489#9.1.3-13 neither proof nor username in an error response
        assertThat(response.attributes()).noneMatch(a -> a instanceof Attribute.Username
                || a instanceof UserHash || a instanceof Attribute.MessageIntegrity
                || a instanceof Attribute.MessageIntegritySha256);
        assertThat(error.reason()).isEqualTo(
                error.code() == 400 ? "Bad Request" : "Unauthenticated");
        return error.code();
    }

    private Message refused(Guard guard, Bytes wire) {
        return ((Guard.Verdict.Refused) guard.check(Message.parse(wire), wire, SELF, now))
                .response();
    }

    private Guard.LongTerm longTerm() {
        return new Guard.LongTerm("example.org", List.of(ALICE), Duration.ofMinutes(10), random);
    }

    //= rfc8489#9.2.3.1-1 the first request shows nothing
    //= rfc8489#9.2.4-2 no MESSAGE-INTEGRITY: a 401 asks for credentials
    //= rfc8489#9.2.5-5 the username is hashed where the server knows that
    @Test void long_term_credentials_are_given_when_asked_for_and_kept() {
        var guard = longTerm();
        var authentication = new Authentication.LongTerm(ALICE);
        assertThat(run(authentication, Timing.UDP, guarded(guard))).isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.1 request
                0 client -> TU mapped 198.51.100.7
                """);
        assertThat(requests.getFirst().attributes()).isEmpty();
        //= rfc8489#9.2.5-13 the retry includes USERHASH, the username's hash
        assertThat(requests.getLast().first(UserHash.class).orElseThrow().hash())
                .isEqualTo(ALICE.userHash("example.org"));
        assertThat(requests.getLast().first(Attribute.PasswordAlgorithm.class).orElseThrow()
                .algorithm()).isEqualTo(Algorithm.SHA_256);
        //= rfc8489#9.2.3.2-3 with the proof that goes with what the server offered
        assertThat(requests.getLast().has(Attribute.MessageIntegritySha256.class)).isTrue();
        //= rfc8489#5-6 a request that differs has a transaction ID of its own
        assertThat(requests.getLast().id()).isNotEqualTo(requests.getFirst().id());
        assertThat(run(authentication, Timing.UDP, guarded(guard)))
                .isEqualTo(ANSWERED);
    }

    @Test void long_term_credentials_are_in_each_later_request() {
        var guard = longTerm();
        var authentication = new Authentication.LongTerm(ALICE);
        for (int i = 0; i < 2; i++) run(authentication, Timing.UDP, guarded(guard));
        //= rfc8489#9.2.4-26 a response has the proof by SHA-256
        assertThat(responses.getLast().has(Attribute.MessageIntegritySha256.class)).isTrue();
        //= rfc8489#9.2.3.2-2 a subsequent request has all that was asked for
        assertThat(requests.getLast().attributes()).extracting(Attribute::getClass).isEqualTo(
                List.of(UserHash.class, Nonce.class, Realm.class, PasswordAlgorithms.class,
                        Attribute.PasswordAlgorithm.class, Attribute.MessageIntegritySha256.class));
    }

    //= rfc8489#9.2.4-22,24 a nonce that is too old is answered with a new one that is valid
    //= rfc8489#9.2.5-12 with which the client tries again
    @Test void a_stale_nonce_is_replaced() {
        var guard = longTerm();
        var authentication = new Authentication.LongTerm(ALICE);
        run(authentication, Timing.UDP, guarded(guard));
        now = now.plus(Duration.ofHours(1));
        assertThat(run(authentication, Timing.UDP, guarded(guard))).isEqualTo("""
                3600000 client -> 192.0.2.1 request
                3600000 client -> 192.0.2.1 request
                3600000 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#9.2.4-20 another password: 401 (Unauthenticated)
    //= rfc8489#9.2.5-11 no retry with the same username
    @Test void a_wrong_password_fails_at_once() {
        //= rfc8489#9.2.4-19 a proof that does not match is rejected
        assertThat(run(new Authentication.LongTerm(IMPOSTOR), Timing.UDP, guarded(longTerm())))
                .endsWith("401 username or password refused\n").hasLineCount(3);
        assertThat(run(new Authentication.LongTerm(new Credential("bob", "x")), Timing.UDP,
                guarded(longTerm()))).endsWith("401 username or password refused\n");
    }

    @Test void a_challenge_has_what_an_answer_needs() {
        for (var challenge : challenges()) {
            //= rfc8489#9.2.4-3,14 it includes a REALM value
            assertThat(challenge.first(Realm.class)).contains(new Realm("example.org"));
            //= rfc8489#9.2.4-4,15 and a NONCE that the server has selected
            //= rfc8489#14.10-1 of fewer than 128 characters
            assertThat(challenge.first(Nonce.class).orElseThrow().value()).hasSizeBetween(20, 127);
        }
    }

    //= rfc8489#9.2.4-21 no username or proof
    //= rfc8489#9.2.4-16,23 but PASSWORD-ALGORITHMS
    //= rfc8489#18.5.1.1-1 among which MD5, for legacy systems, is the last
    @Test void a_challenge_offers_algorithms_and_tells_nothing_else() {
        for (var challenge : challenges()) assertThat(challenge.attributes()).hasSize(4)
                .contains(new PasswordAlgorithms(List.of(Algorithm.SHA_256, Algorithm.MD5)));
    }

    /// To who shows nothing, is nobody, has another password, or an old nonce.
    private List<Message> challenges() {
        var guard = longTerm();
        run(new Authentication.LongTerm(ALICE), Timing.UDP, guarded(guard));
        var good = new ArrayList<>(requests.getLast().attributes());
        good.removeLast();   // the proof
        var nobody = new ArrayList<>(good);
        nobody.set(0, new Attribute.Username("nobody"));
        var right = ALICE.longTermKey("example.org", Algorithm.SHA_256);
        var plain = new Message(Kind.REQUEST, 1, TransactionId.random(random), List.of());
        var wires = List.of(plain.encode(),
                Integrity.SHA_256.append(plain.with(nobody).encode(), right),
                Integrity.SHA_256.append(plain.with(good).encode(), Bytes.utf8("guessed")),
                Integrity.SHA_256.append(plain.with(good).encode(), right));
        now = now.plus(Duration.ofHours(1));
        var challenges = wires.stream().map(wire -> refused(guard, wire)).toList();
        assertThat(challenges).extracting(Message::code).containsExactly(401, 401, 401, 438);
        return challenges;
    }

    /// A server of RFC 5389: MD5, SHA-1, and a nonce that is no cookie.
    //= rfc8489#9.2.5-1 that there is a cookie is looked at first
    @Test void a_server_that_knows_no_algorithms_is_shown_sha_1() {
        var key = ALICE.longTermKey("old.example", Algorithm.MD5);
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, wire) ->
                Integrity.SHA_1.verify(wire, key) ? Optional.of(Integrity.SHA_1.append(
                        success(request, MAPPED).orElseThrow(), key))
                        : error(request, 401, new Realm("old.example"), new Nonce("n1"))))
                .endsWith("mapped 198.51.100.7\n").hasLineCount(3);
        //= rfc8489#9.2.5-4,6,7 the retry has the username, and realm and nonce of the response
        assertThat(requests.getLast().attributes()).startsWith(new Attribute.Username("alice"),
                new Nonce("n1"), new Realm("old.example")).hasSize(4);
    }

    //= rfc8489#9.2.5-8,9 the list goes back as it came, with the first that is supported
    //= rfc8489#9.2.5-19 and the proof is by SHA-256 alone, whatever made the key
    @Test void of_the_algorithms_offered_the_first_known_is_taken() {
        var offered = new PasswordAlgorithms(List.of(
                new Algorithm(9, Bytes.EMPTY), Algorithm.MD5, Algorithm.SHA_256));
        var key = ALICE.longTermKey("r", Algorithm.MD5);
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, wire) ->
                Integrity.SHA_256.verify(wire, key) ? Optional.of(Integrity.SHA_256.append(
                        success(request, MAPPED).orElseThrow(), key)) : error(request, 401,
                        new Realm("r"), new Nonce("obMatJos2gAAAxyz"), offered)))
                .endsWith("mapped 198.51.100.7\n").hasLineCount(3);
        assertThat(requests.getLast().attributes()).contains(offered,
                new Attribute.PasswordAlgorithm(Algorithm.MD5));
        assertThat(requests.getLast().has(Attribute.MessageIntegrity.class)).isFalse();
    }

    //= rfc8489#9.2.5-15,16 a 400 that nobody has proven is discarded, over UDP
    //= rfc8489#9.2.5-17 and if that was all, the integrity was violated
    @Test void an_answer_without_proof_is_no_answer_to_who_has_shown_one() {
        Server forged = (request, _) -> requests.size() == 1
                ? error(request, 401, new Realm("r"), new Nonce("n")) : error(request, 400);
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, forged))
                .hasLineCount(9).endsWith("39500 client -> TU 0 integrity violated\n");
        requests.clear();
        //= rfc8489#9.2.5-18 a reliable transport ends it at once
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.TCP, forged)).isEqualTo("""
                39500 client -> 192.0.2.1 request
                39500 client -> 192.0.2.1 request
                39500 client -> TU 0 integrity violated
                """);
    }

    //= rfc8489#9.2.5-2 a nonce that promises algorithms, but none: somebody took them out
    //= rfc8489#9.2.5-10 no algorithm is supported: no retry
    @Test void a_bid_down_is_noticed() {
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, _) ->
                error(request, 401, new Realm("r"), new Nonce("obMatJos2gAAAxyz"))))
                .endsWith("401 its algorithms were taken out\n");
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, _) -> error(
                request, 401, new Realm("r"), new Nonce("obMatJos2gAAAxyz"), new PasswordAlgorithms(
                        List.of(new Algorithm(9, Bytes.EMPTY))))))
                .endsWith("401 it offers no algorithm known here\n");
        requests.clear();
        //= rfc8489#9.2.5-14 in any other response it is ignored
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, _) ->
                requests.size() == 1 ? success(request, MAPPED, new Nonce("obMatJos2gAAAxyz"))
                        : success(request, new XorMappedAddress(OTHER))))
                .endsWith("500 client -> TU mapped 192.0.2.2\n");
    }

    //= rfc8489#9.2.4-12 an algorithm that was not offered is refused
    //= rfc8489#9.2.4-10 so is a proof without realm, nonce or name
    //= rfc8489#9.2.4-5 and a nonce that another client got is stale
    @Test void a_server_is_not_talked_into_a_weaker_proof() {
        var guard = longTerm();
        var authentication = new Authentication.LongTerm(ALICE);
        run(authentication, Timing.UDP, guarded(guard));
        var good = requests.getLast();
        var key = ALICE.longTermKey("example.org", Algorithm.SHA_256);
        var fewer = new ArrayList<>(good.attributes());
        fewer.removeIf(a -> a instanceof PasswordAlgorithms
                || a instanceof Attribute.MessageIntegritySha256);
        fewer.add(new PasswordAlgorithms(List.of(Algorithm.MD5)));
        var weaker = new Message(Kind.REQUEST, 1, good.id(), fewer);
        assertThat(refusal(guard, weaker, Integrity.SHA_256.append(weaker.encode(), key)))
                .isEqualTo(400);
        fewer.removeIf(Realm.class::isInstance);
        var realmless = new Message(Kind.REQUEST, 1, good.id(), fewer);
        assertThat(refusal(guard, realmless, Integrity.SHA_1.append(realmless.encode(), key)))
                .isEqualTo(400);
        var elsewhere = guard.check(good, good.encode(), OTHER, now);
        assertThat(((Guard.Verdict.Refused) elsewhere).response().first(ErrorCode.class)
                .orElseThrow()).isEqualTo(new ErrorCode(438, "Stale Nonce"));
    }

    @Test void a_client_that_knows_no_algorithms_is_answered_by_sha_1() {
        var guard = longTerm();
        var empty = new Message(Kind.REQUEST, 1, TransactionId.random(random), List.of());
        assertThat(refusal(guard, empty, empty.encode())).isEqualTo(401);
        var nonce = ((Guard.Verdict.Refused) guard.check(empty, empty.encode(), SELF, now))
                .response().first(Nonce.class).orElseThrow();
        //= rfc8489#9.2-1 the cookie stands first
        //= rfc8489#9.2.4-7 the bits of its features: algorithms
        //= rfc8489#9.2.4-8 and anonymous usernames, and none else
        assertThat(nonce.value()).startsWith("obMatJos2wAAA");
        for (var name : List.of("alice", "mallory")) {
            var old = new Message(Kind.REQUEST, 1, empty.id(), List.of(
                    new Attribute.Username(name), new Realm("example.org"), nonce));
            var key = ALICE.longTermKey("example.org", Algorithm.MD5);
            var wire = Integrity.SHA_1.append(old.encode(), key);
            //= rfc8489#9.2.4-13 nobody has this name
            if (name.equals("mallory")) assertThat(refusal(guard, old, wire)).isEqualTo(401);
            //= rfc8489#9.2.4-27 the response is proven by MESSAGE-INTEGRITY
            else assertThat(guard.check(Message.parse(wire), wire, SELF, now)).isEqualTo(
                    new Guard.Verdict.Accepted(ALICE, Integrity.SHA_1, key));
            //= rfc8489#9.2.4-20 another password
            var forged = Integrity.SHA_1.append(old.encode(), Bytes.utf8("guessed"));
            assertThat(refusal(guard, old, forged)).isEqualTo(401);
        }
    }

    //= rfc8489#10-5 the other server is asked with the same credentials
    //= rfc8489#10-9 but not if it sends the client back
    @Test void a_proven_redirection_is_followed_but_not_in_a_circle() {
        var key = ALICE.shortTermKey();
        Server sends = (request, _) -> {
            var to = requests.size() % 2 == 1 ? OTHER : SERVER;
            return error(request, 300, new AlternateServer(to))
                    .map(wire -> Integrity.SHA_256.append(wire, key));
        };
        assertThat(run(new Authentication.ShortTerm(ALICE), Timing.UDP, sends)).isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.2 request
                0 client -> TU 300 redirected in a circle
                """);
        requests.clear();
        var longTerm = ALICE.longTermKey("r", Algorithm.MD5);
        assertThat(run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, _) ->
                switch (requests.size()) {
                    case 1 -> error(request, 401, new Realm("r"), new Nonce("n"));
                    case 2 -> error(request, 300, new AlternateServer(OTHER))
                            .map(wire -> Integrity.SHA_1.append(wire, longTerm));
                    default -> success(request, MAPPED)
                            .map(wire -> Integrity.SHA_1.append(wire, longTerm));
                })).endsWith("""
                0 client -> 192.0.2.2 request
                0 client -> TU mapped 198.51.100.7
                """).hasLineCount(4);
        requests.clear();
        //= rfc8489#14.8-7 who has the wrong proof redirects nobody
        assertThat(run(new Authentication.ShortTerm(IMPOSTOR), Timing.TCP, sends))
                .endsWith("TU 0 integrity violated\n").hasLineCount(2);
        requests.clear();
        assertThat(run(new Authentication.ShortTerm(ALICE), Timing.UDP, (request, _) -> error(
                request, 300, new AlternateServer(new InetSocketAddress("192.0.2." + (requests
                        .size() + 10), 3478))).map(wire -> Integrity.SHA_256.append(wire, key)))
                .lines()).hasSize(6).last().asString().endsWith("in a circle");
        requests.clear();
        assertThat(run(new Authentication.ShortTerm(ALICE), Timing.UDP, (request, wire) ->
                requests.size() == 1 ? sends.answer(request, wire)
                        : guarded(shortTerm()).answer(request, wire)))
                .endsWith("""
                        0 client -> 192.0.2.2 request
                        0 client -> TU mapped 198.51.100.7
                        """);
    }

    //= rfc8489#6.1-5,6,8 messages over UDP are less than the smallest MTU: 576 bytes, or 1280
    @Test void a_request_that_no_packet_takes_is_not_sent() {
        Map.of("192.0.2.1", 524, "2001:db8::1", 1208).forEach((server, most) -> {
            for (int more : List.of(0, 4)) {
                var client = new Client(at(server), 1,
                        List.of(new Software("s".repeat(most + more))), none(), Timing.UDP, random);
                var said = assertThat(client.wake(now)).singleElement();
                if (more == 0) said.isInstanceOf(Output.Send.class);
                else said.isEqualTo(new Output.Failed(0, "a request of " + (most + 28)
                        + " bytes, more than a packet takes"));
            }
        });
    }

    //= rfc8489#9.1.3-12 the response does not contain the USERNAME
    @Test void a_response_with_a_username_is_not_sealed() {
        var accepted = new Guard.Verdict.Accepted(ALICE, Integrity.SHA_1, ALICE.shortTermKey());
        assertThatThrownBy(() -> accepted.seal(new Message(Kind.SUCCESS, 1,
                TransactionId.random(random), List.of(new Attribute.Username("alice"))),
                Table.RFC8489))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test void a_hard_error_of_the_network_ends_it() {
        var client = new Client(SERVER, 1, List.of(), none(), Timing.UDP, random);
        client.wake(now);
        assertThat(client.handle(new Input.TransportError("port unreachable"), now))
                .containsExactly(new Output.Failed(0, "port unreachable"));
        assertThat(client.deadline()).isEqualTo(Instant.MAX);
    }
}
