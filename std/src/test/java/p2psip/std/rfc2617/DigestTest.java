package p2psip.std.rfc2617;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2617.DigestClient.Answer;
import p2psip.std.rfc2617.DigestServer.*;

/// A client and a server that talk to each other: every way a request can be granted or refused.
class DigestTest {
    private static final String URI = "sip:example.com";
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Bytes BODY = Bytes.utf8("v=0\r\n");

    private final RandomGenerator random = new SplittableRandom(1);
    private final DigestClient alice =
            new DigestClient("alice", new Secret.Password("wonderland"), random);

    private DigestServer server(Policy policy) {
        var secret = new Secret.Password("wonderland");
        return new DigestServer("example.com",
                user -> user.equals("alice") ? Optional.of(secret) : Optional.empty(),
                policy, random);
    }

    private static List<String> text(List<Challenge> challenges) {
        return challenges.stream().map(Challenge::toString).toList();
    }

    private static List<String> wire(Answer answer) {
        return ((Answer.Authorize) answer).credentials().stream().map(Credentials::text).toList();
    }

    private List<String> answer(DigestClient client, List<Challenge> challenges, String... sent) {
        return wire(client.answer(Challenger.SERVER, text(challenges), List.of(sent),
                "REGISTER", URI, BODY));
    }

    private static Verdict verify(DigestServer server, List<String> credentials, Instant now) {
        return server.verify(credentials, "REGISTER", URI, BODY, now);
    }

    private static Reason reason(Verdict verdict) {
        return ((Verdict.Challenged) verdict).reason();
    }

    //= rfc7616#3.6-2 the server repeats the client's operation, whatever the algorithm
    @Test void who_knows_the_password_is_granted() {
        for (var algorithm : Algorithm.values())
            for (var qop : Qop.values()) {
                var server = server(new Policy(
                        List.of(algorithm), List.of(qop), Duration.ofMinutes(1), 10, true));
                var credentials = answer(alice, server.challenges(NOW));
                //= rfc7616#3.4-4 each implementation uses nc
                assertThat(credentials.getFirst()).contains("algorithm=" + algorithm + ",")
                        .contains("qop=" + qop + ",").contains("nc=00000001");
                assertThat(verify(server, credentials, NOW))
                        .isInstanceOfSatisfying(Verdict.Granted.class, granted ->
                                assertThat(granted.user()).isEqualTo("alice"));
            }
    }

    /// Seed A4: the ancestor's servers let in whoever names the realm.
    //= rfc2617#3.2.1-10 not stale: the password is wrong
    //= rfc2617#3.3-2 the server compares the result with the request's
    //= rfc7616#3.6-2 with the response that was given
    @Test void a_wrong_password_is_refused_and_the_client_says_so() {
        var server = server(Policy.RFC8760);
        var mallory = new DigestClient("alice", new Secret.Password("guess"), random);
        var credentials = answer(mallory, server.challenges(NOW));
        //= rfc2617#1.2-13 whose credentials are not accepted gets a new challenge
        var refusal = (Verdict.Challenged) verify(server, credentials, NOW);
        assertThat(refusal.reason()).isEqualTo(Reason.WRONG);
        assertThat(text(refusal.challenges()).getFirst()).doesNotContain("stale");
        //= rfc7616#3.3-7 not stale, or anything other than true: another password is needed
        for (var stale : List.of("", ", stale=false", ", stale=perhaps"))
            assertThat(mallory.answer(Challenger.SERVER, text(refusal.challenges()).stream()
                    .map(challenge -> challenge + stale).toList(), credentials, "REGISTER", URI,
                    BODY)).isEqualTo(new Answer.Refused("example.com"));
    }

    /// The server has another scheme for the same realm, and the client sends more than is asked.
    //= rfc8898#2.1.1¶4 the client takes the scheme that it supports
    //= rfc8898#2.3-3 a proxy searches for those of its realm
    //= rfc8898#2.3-4 at least one of which is validated with success
    @Test void other_schemes_and_other_credentials_of_one_realm() {
        var server = server(Policy.RFC8760);
        var bearer = "Bearer realm=\"example.com\", authz_server=\"https://as.example\"";
        var asked = new ArrayList<>(text(server.challenges(NOW)));
        asked.addFirst(bearer);
        Supplier<String> good = () -> {
            //= rfc8760#2.4-2 a challenge that it does not understand is ignored
            var sent = wire(alice.answer(Challenger.PROXY, asked, List.of(), "REGISTER", URI,
                    BODY));
            assertThat(sent).singleElement().asString().startsWith("Digest ");
            return sent.getFirst();
        };
        var bad = answer(new DigestClient("alice", new Secret.Password("guess"), random),
                server.challenges(NOW));
        for (var sent : List.of(List.of("Bearer mF_9", bad.getFirst(), good.get()),
                List.of("Digest realm=\"example.com\", nc=\"", good.get())))
            assertThat(verify(server, sent, NOW)).isInstanceOf(Verdict.Granted.class);
        //= rfc8898#2.2-1 no acceptable credentials: it is challenged
        //= rfc8898#2.3-1 as a proxy does
        for (var sent : List.of(List.of("Bearer mF_9"), List.of("Bearer mF_9", bad.getFirst())))
            assertThat(verify(server, sent, NOW)).isInstanceOf(Verdict.Challenged.class);
    }

    /// A user may be another for each who asks; who asks for one that he is not gets no answer.
    @Test void a_name_and_a_password_for_each_realm() {
        var there = new Accounts.Login("alice", new Secret.Password("wonderland"));
        var work = new Accounts.Login("a.liddell", new Secret.Password("tea"));
        var client = new DigestClient(Accounts.of(Map.of("office", work, "example.com", there),
                Optional.empty()), random);
        var office = new DigestServer("office", user -> user.equals("a.liddell")
                ? Optional.of(work.secret()) : Optional.empty(), Policy.RFC8760, random);
        var here = server(Policy.RFC8760);
        var sent = answer(client, Stream.of(here, office)
                .flatMap(one -> one.challenges(NOW).stream()).toList());
        assertThat(sent).hasSize(2);
        assertThat(verify(here, sent, NOW)).isInstanceOf(Verdict.Granted.class);
        assertThat(verify(office, sent, NOW)).isInstanceOf(Verdict.Granted.class);
        var stranger = new DigestServer("elsewhere", _ -> Optional.of(work.secret()),
                Policy.RFC8760, random);
        assertThat(client.answer(Challenger.SERVER, text(stranger.challenges(NOW)), List.of(),
                "REGISTER", URI, BODY)).isEqualTo(new Answer.NotUnderstood());
        var anywhere = new DigestClient(Accounts.of(Map.of("office", work), Optional.of(there)),
                random);
        assertThat(answer(anywhere, stranger.challenges(NOW)).getFirst())
                .contains("username=\"alice\"");
    }

    @Test void an_unknown_user_looks_like_a_wrong_password() {
        var server = server(Policy.RFC8760);
        var bob = new DigestClient("bob", new Secret.Password(""), random);
        var verdict = verify(server, answer(bob, server.challenges(NOW)), NOW);
        assertThat(reason(verdict)).isEqualTo(Reason.WRONG);
    }

    //= rfc3261#22.3-13 realms tell the credentials for several servers apart
    @Test void no_credentials_or_those_of_another_realm_are_missing() {
        var server = server(Policy.RFC8760);
        assertThat(reason(verify(server, List.of(), NOW))).isEqualTo(Reason.MISSING);
        var elsewhere = new DigestServer(
                "elsewhere", _ -> Optional.empty(), Policy.RFC3261, random);
        var others = answer(alice, elsewhere.challenges(NOW));
        assertThat(reason(verify(server, others, NOW))).isEqualTo(Reason.MISSING);
        //= rfc2617#2-2 realms are compared for equality
        var both = List.of(others.getFirst(), answer(alice, server.challenges(NOW)).getFirst());
        assertThat(verify(server, both, NOW)).isInstanceOf(Verdict.Granted.class);
    }

    /// Whoever else is on the way may be told anything, before or behind what is for us.
    // credentials of another realm are not looked at
    @Test void malformed_credentials_of_another_realm_do_no_harm() {
        var server = server(Policy.RFC8760);
        for (var foreign : List.of("Digest realm=\"elsewhere\"", "Digest Realm = \"e\", nc=\"1",
                "Digest username=\"a\", realm=\"\", nonce=?, =")) {
            assertThat(reason(verify(server, List.of(foreign), NOW))).isEqualTo(Reason.MISSING);
            var ours = answer(alice, server.challenges(NOW)).getFirst();
            assertThat(verify(server, List.of(foreign, ours), NOW)).as(foreign)
                    .isInstanceOf(Verdict.Granted.class);
        }
        var ours = answer(alice, server.challenges(NOW)).getFirst();
        assertThat(verify(server, List.of("Digest ?", ours), NOW))
                .as("of an unknown realm").isInstanceOf(Verdict.Granted.class);
        assertThat(verify(server, List.of("Digest realm=\"example.com\", nc=\"1"), NOW))
                .isEqualTo(new Verdict.Malformed("quoted string without its end"));
    }

    //= rfc3261#22-3 credentials of the Basic scheme are not accepted
    //= rfc3261#22.4-2 and Basic is not requested
    @Test void a_password_in_clear_opens_nothing() {
        //= rfc2617#4.1-1 Basic is not used, for it sends passwords in cleartext
        //= rfc2617#1.2-10 nor included by a server
        //= rfc2617#4.6-3 as it is not even minimally acceptable
        var verdict = (Verdict.Challenged) verify(server(Policy.RFC8760),
                List.of(new Credentials.Basic("alice", "wonderland").text()), NOW);
        assertThat(verdict.reason()).isEqualTo(Reason.MISSING);
        assertThat(verdict.challenges()).isNotEmpty()
                .allMatch(challenge -> challenge instanceof Challenge.Digest);
    }

    //= rfc3261#22.4-6 each challenge has a qop
    //= rfc3261#22.4-7 so the client sends a qop
    //= rfc3261#22.4-3 and uri stands in quotation marks
    @Test void what_sip_asks_of_both_sides() {
        //= rfc2617#3.2.1-12 qop is used by all implementations
        //= rfc2617#3.2.2.5-1,2 the uri is the absolute one of the request
        for (var challenge : server(Policy.RFC8760).challenges(NOW)) {
            //= rfc8760#2.6-5 a server always sends a qop, and the client in what results
            assertThat(challenge.toString()).contains("qop=\"auth\"").doesNotContain("stale");
            //= rfc8760#2.6-4 a qop that is received is handled
            //= rfc8760#2.6-2 the uri stands in quotation marks
            assertThat(answer(alice, List.of(challenge)).getFirst())
                    .contains("qop=auth,").contains("uri=\"sip:example.com\"");
        }
    }

    //= rfc3261#22.4-5 without a qop no cnonce
    @Test void who_is_not_asked_for_a_qop_sends_none() {
        var old = answer(alice, List.of(new Challenge.Digest(
                Params.of("realm", "example.com", "nonce", "n"))));
        assertThat(old.getFirst()).doesNotContain("cnonce").doesNotContain("qop");
    }

    //= rfc7616#3.4.6-1,2 the uri is that of the request-target, and absolute as it is
    //= rfc7616#3.4.6-3 and if it is not, that is a bad request
    @Test void the_uri_is_that_of_the_request() {
        var server = server(new Policy(List.of(Algorithm.MD5), List.of(Qop.AUTH),
                Duration.ofMinutes(1), 10, true));
        var good = answer(alice, server.challenges(NOW)).getFirst();
        assertThat(good).contains("uri=\"sip:example.com\"");
        assertThat(verify(server, List.of(good.replace(URI, "sip:bob")), NOW))
                .isInstanceOf(Verdict.Malformed.class);
    }

    //= rfc7616#5.6-2 of the schemes the strongest that is understood
    //= rfc7616#3.4-2 and of the qualities one that the server supports
    //= rfc2617#3.2.2-2 so that the value is one of the alternatives
    @Test void what_the_server_offers_is_chosen_from() {
        assertThat(wire(alice.answer(Challenger.SERVER, List.of("Basic realm=\"a\"",
                "Digest realm=\"a\", nonce=\"n\", qop=\"x,auth-int\""), List.of(), "INVITE", URI,
                BODY))).singleElement().asString().startsWith("Digest ")
                .contains("qop=auth-int");
    }

    //= rfc3261#22.4-4 a Request-URI that has changed on the way is not necessarily a failure
    @Test void a_proxy_between_may_change_the_request_uri() {
        for (var policy : List.of(Policy.RFC3261, Policy.RFC8760)) {
            var server = server(policy);
            var credentials = answer(alice, server.challenges(NOW));
            assertThat(server.verify(credentials, "REGISTER", "sip:elsewhere.example", BODY, NOW))
                    .isInstanceOf(Verdict.Granted.class);
        }
    }

    @Test void all_qualities_of_protection_are_offered_and_a_nonce_serves_five_minutes() {
        var server = server(new Policy(List.of(Algorithm.MD5), List.of(Qop.AUTH, Qop.AUTH_INT),
                Policy.RFC8760.lifetime(), 10, false));
        //= rfc7616#3.3-9 the parameter qop: at least auth, and what else the server takes
        assertThat(server.challenges(NOW).getFirst().toString())
                .contains("qop=\"auth,auth-int\"");
        var credentials = answer(alice, server.challenges(NOW));
        assertThat(verify(server, credentials, NOW.plusSeconds(299)))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(reason(verify(server, credentials, NOW.plusSeconds(300))))
                .isEqualTo(Reason.STALE);
    }

    @Test void anything_that_is_digested_must_be_as_sent() {
        var server = server(new Policy(List.of(Algorithm.SHA_256), List.of(Qop.AUTH_INT),
                Duration.ofMinutes(1), 10, false));
        var credentials = answer(alice, server.challenges(NOW));
        assertThat(reason(server.verify(credentials, "INVITE", URI, BODY, NOW)))
                .isEqualTo(Reason.WRONG);
        assertThat(reason(server.verify(credentials, "REGISTER", URI, Bytes.EMPTY, NOW)))
                .isEqualTo(Reason.WRONG);
        var other = credentials.getFirst().replace("uri=\"" + URI, "uri=\"sip:other");
        assertThat(reason(verify(server, List.of(other), NOW))).isEqualTo(Reason.WRONG);
    }

    /// Seed A3: the ancestor forgot its count, and sent 1 for ever.
    //= rfc2617#3.3-5 Authorization goes along preemptively
    @Test void a_nonce_serves_many_requests_and_counts_them() {
        var server = server(Policy.RFC8760);
        assertThat(verify(server, answer(alice, server.challenges(NOW)), NOW))
                .isInstanceOf(Verdict.Granted.class);
        for (int nc = 2; nc < 30; nc++) {
            var next = unasked();
            assertThat(next.getFirst()).contains("nc=%08x".formatted(nc));
            assertThat(verify(server, next, NOW)).isInstanceOf(Verdict.Granted.class);
        }
    }

    private List<String> unasked() {
        return alice.unasked(Challenger.SERVER, _ -> true, "REGISTER", URI, BODY).stream()
                .map(Credentials::text).toList();
    }

    //= rfc2617#3.2.2¶8 the same count twice is a replay
    @Test void a_replay_is_refused_even_out_of_order() {
        var server = server(Policy.RFC8760);
        var one = answer(alice, server.challenges(NOW));
        var two = unasked();
        var three = unasked();
        for (var credentials : List.of(three, one, two))
            assertThat(verify(server, credentials, NOW)).isInstanceOf(Verdict.Granted.class);
        for (var credentials : List.of(two, one, three))
            assertThat(reason(verify(server, credentials, NOW))).isEqualTo(Reason.REPLAYED);
    }

    //= rfc2617#3.2.1-9 stale, for the digest was valid
    //= rfc2617#3.3-7 a new nonce, and no new password
    @Test void an_expired_nonce_is_stale_and_the_client_tries_again() {
        var server = server(Policy.RFC8760);
        var credentials = answer(alice, server.challenges(NOW));
        var later = NOW.plus(Policy.RFC8760.lifetime());
        var refusal = (Verdict.Challenged) verify(server, credentials, later);
        assertThat(refusal.reason()).isEqualTo(Reason.STALE);
        assertThat(text(refusal.challenges()).getFirst()).contains("stale=true");
        var again = answer(alice, refusal.challenges(), credentials.getFirst());
        assertThat(verify(server, again, later)).isInstanceOf(Verdict.Granted.class);
    }

    @Test void a_nonce_of_another_server_or_an_earlier_life_is_stale() {
        var credentials = answer(alice, server(Policy.RFC8760).challenges(NOW));
        assertThat(reason(verify(server(Policy.RFC8760), credentials, NOW)))
                .isEqualTo(Reason.STALE);
    }

    @Test void a_server_that_always_says_stale_is_given_up() {
        var server = server(Policy.RFC8760);
        var credentials = answer(alice, server.challenges(NOW));
        for (int i = 0; i < DigestClient.MAX_STALE; i++)
            credentials = answer(alice, stale(server), credentials.getFirst());
        assertThat(alice.answer(Challenger.SERVER, text(stale(server)), credentials,
                "REGISTER", URI, BODY)).isEqualTo(new Answer.Refused("example.com"));
    }

    private static List<Challenge> stale(DigestServer server) {
        return server.challenges(NOW).stream().map(c -> ((Challenge.Digest) c).params())
                .<Challenge>map(p -> new Challenge.Digest(p.with("stale", "TRUE"))).toList();
    }

    @Test void an_end_of_the_nonce_after_some_use_is_no_wrong_password() {
        var server = server(Policy.RFC8760);
        answer(alice, server.challenges(NOW));
        var credentials = unasked();
        assertThat(answer(alice, server.challenges(NOW), credentials.getFirst()).getFirst())
                .contains("nc=00000001");
    }

    /// Two requests under way at once, both without credentials, and a server that gives both the
    /// nonce that it gives to everybody in this minute.
    //= rfc2617#3.2.2-5 the count is of all requests sent with the nonce
    @Test void a_nonce_that_comes_again_is_counted_on() {
        var server = server(new Policy(List.of(Algorithm.MD5_SESS), List.of(Qop.AUTH),
                Duration.ofMinutes(1), 10, false));
        var challenges = server.challenges(NOW);
        var one = answer(alice, challenges);
        var two = answer(alice, challenges);
        assertThat(two.getFirst()).contains("nc=00000002");
        for (var credentials : List.of(one, two, unasked()))
            assertThat(verify(server, credentials, NOW)).isInstanceOf(Verdict.Granted.class);
        var three = answer(alice, challenges, two.getFirst());
        assertThat(three.getFirst()).as("it was used for a while").contains("nc=00000004");
        assertThat(alice.answer(Challenger.SERVER, text(challenges), three, "REGISTER", URI, BODY))
                .as("and blamed twice").isEqualTo(new Answer.Refused("example.com"));
    }

    @Test void an_empty_list_of_qualities_is_none() {
        var old = answer(alice, List.of(new Challenge.Digest(
                Params.of("realm", "example.com", "nonce", "n", "qop", " "))));
        assertThat(old.getFirst()).startsWith("Digest ").doesNotContain("qop")
                .doesNotContain("cnonce");
    }

    //= rfc2617#3.2.1-11 challenges whose algorithm is not understood are ignored
    //= rfc2617#4.6-2 and weaker schemes are not used
    //= rfc2617#1.2-9 the strongest auth-scheme understood is Digest
    @Test void the_first_challenge_that_is_understood_is_answered() {
        var answered = wire(alice.answer(Challenger.SERVER, List.of(
                "Negotiate", "Digest realm=broken", "Basic realm=\"a\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA3-512, qop=\"auth\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256, qop=\"auth-conf\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=sha-512-256, qop=\"x,auth-int\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=MD5, qop=\"auth\""),
                List.of(), "INVITE", URI, BODY));
        assertThat(answered).singleElement().asString()
                .contains("algorithm=sha-512-256").contains("qop=auth-int");
        //= rfc2617#4.8-1 where Basic is the only choice, nothing is answered
        //= rfc2617#4.12-1 Digest authentication is demanded
        //= rfc8760#2.6-1 Basic is not accepted
        assertThat(alice.answer(Challenger.SERVER, List.of("Basic realm=\"a\""), List.of(),
                "INVITE", URI, BODY)).isEqualTo(new Answer.NotUnderstood());
    }

    /// Two proxies in a row and the server behind them: three sets of credentials in one request.
    //= rfc2617#3.2.2-1 opaque is that of the challenge, even if empty
    //= rfc2617#3.2.2-5 no nc where the server did not send qop
    //= rfc2617#3.2.2-4 and no cnonce without a qop directive
    @Test void every_realm_on_the_way_is_answered() {
        //= rfc3261#22.3-18 with the same credentials for the same realm
        var one = List.of("Digest realm=\"one\", nonce=\"1\", qop=\"auth\"");
        var two = List.of("Digest realm=\"two\", nonce=\"2\", opaque=\"\"");
        var first = wire(alice.answer(Challenger.PROXY, one, List.of(), "INVITE", URI, BODY));
        var both = wire(alice.answer(Challenger.PROXY, two, first, "INVITE", URI, BODY));
        assertThat(both).hasSize(2);
        assertThat(both.get(0)).contains("realm=\"two\"").contains("opaque=\"\"")
                .doesNotContain("qop").doesNotContain("nc=").doesNotContain("cnonce");
        //= rfc2617#3.3-4 nonce and nonce count are remembered for future requests
        assertThat(both.get(1)).contains("realm=\"one\"").contains("nc=00000002");
        assertThat(alice.unasked(Challenger.SERVER, _ -> true, "INVITE", URI, BODY)).isEmpty();
    }

    //= rfc2617#3.2.2.1¶2 without qop only nonce and A2 are hashed with the secret
    //= rfc3261#22.4-1 backwards compatible with RFC 2069
    //= rfc3261#22.4-8 for a client that supports the new mechanisms sends qop
    @Test void a_client_of_rfc_2069_gets_in_once_per_nonce() {
        var server = server(Policy.RFC3261);
        var challenge = (Challenge.Digest) server.challenges(NOW).getFirst();
        var old = new Challenge.Digest(Params.of(
                "realm", challenge.realm(), "nonce", challenge.nonce()));
        var credentials = answer(alice, List.of(old));
        assertThat(verify(server, credentials, NOW)).isInstanceOf(Verdict.Granted.class);
        assertThat(reason(verify(server, credentials, NOW))).isEqualTo(Reason.REPLAYED);
    }

    @Test void a_session_key_outlives_its_first_request() {
        var server = server(new Policy(List.of(Algorithm.SHA_256_SESS), List.of(Qop.AUTH),
                Duration.ofMinutes(1), 10, false));
        assertThat(verify(server, answer(alice, server.challenges(NOW)), NOW))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(verify(server, unasked(), NOW)).isInstanceOf(Verdict.Granted.class);
    }

    //= rfc2617#3.2.3-7 cnonce and nc of the request come back, with the server's own digest
    //= rfc7616#3.5-9 of this very request, which is the second with its nonce
    @Test void the_server_proves_itself_too() {
        var server = server(Policy.RFC8760);
        answer(alice, server.challenges(NOW));
        var granted = (Verdict.Granted) verify(server, unasked(), NOW);
        var info = granted.proof().info(BODY);
        var sent = granted.credentials();
        //= rfc2617#3.2.3-6 the same value of qop as in the request
        assertThat(info.get("qop")).contains("auth");
        //= rfc2617#3.2.3-8 cnonce and nc are present with qop
        //= rfc7616#3.5-10 and so is rspauth
        assertThat(info.get("cnonce")).contains(sent.cnonce());
        assertThat(info.get("nc")).contains("00000002");
        assertThat(info.get("rspauth")).isPresent();
        assertThat(alice.proves(Challenger.SERVER, info.toString(), sent, BODY)).isTrue();
        for (var lie : List.of("", "rspauth=\"\"", "rspauth=\"" + sent.response() + '"', "="))
            assertThat(alice.proves(Challenger.SERVER, lie, sent, BODY)).isFalse();
        assertThat(unasked().getFirst()).contains("nc=00000003");
        //= rfc2617#3.2.3-2 the nextnonce is used for the next request
        var next = info.with("nextnonce", "a-new-one");
        assertThat(alice.proves(Challenger.SERVER, next.toString(), sent, BODY)).isTrue();
        assertThat(unasked().getFirst()).contains("nonce=\"a-new-one\"").contains("nc=00000001");
    }

    @Test void a_server_and_a_proxy_ask_in_their_own_header_fields() {
        //= rfc2617#1.2-2 a 401 includes WWW-Authenticate
        assertThat(Challenger.SERVER.status()).isEqualTo(401);
        assertThat(Challenger.SERVER.challenge()).isEqualTo("WWW-Authenticate");
        //= rfc2617#1.2-7 to be answered in Authorization
        assertThat(Challenger.SERVER.credentials()).isEqualTo("Authorization");
        //= rfc2617#1.2-14 a proxy returns 407
        assertThat(Challenger.PROXY.status()).isEqualTo(407);
        //= rfc2617#1.2-15 with Proxy-Authenticate
        assertThat(Challenger.PROXY.challenge()).isEqualTo("Proxy-Authenticate");
        //= rfc2617#3.6-3 and the request is re-issued with Proxy-Authorization
        assertThat(Challenger.PROXY.credentials()).isEqualTo("Proxy-Authorization");
        assertThat(Challenger.SERVER.info()).isEqualTo("Authentication-Info");
        assertThat(Challenger.PROXY.info()).isEqualTo("Proxy-Authentication-Info");
    }

    //= rfc7616#3.8-1 a 407 with Proxy-Authenticate
    //= rfc7616#3.8-2 is answered by the request again, with Proxy-Authorization
    @Test void a_proxy_asks_in_its_own_words() {
        assertThat(Challenger.PROXY.status() + " " + Challenger.PROXY.challenge() + " "
                + Challenger.PROXY.credentials())
                .isEqualTo("407 Proxy-Authenticate Proxy-Authorization");
    }

    @Test void no_algorithm_is_offered_twice() {
        var policy = Policy.RFC8760.with(List.of(Algorithm.MD5, Algorithm.MD5));
        //= rfc8760#2.3-2 each header field has a different digest algorithm
        assertThat(server(policy).challenges(NOW)).hasSize(1);
        //= rfc8760#2.3-1 there are multiple ones, for the best algorithm a client supports
        //= rfc8760#3-1 of which MD5, obsolete, is the last
        //= rfc7616#3.7-1,2 the most preferred algorithm first, none twice
        assertThat(server(Policy.RFC8760).challenges(NOW)).extracting(c ->
                ((Challenge.Digest) c).algorithm().orElseThrow())
                .containsExactly(Algorithm.SHA_256, Algorithm.MD5);
    }

    @Test void different_realms_are_answered_together() {
        //= rfc8760#2.4-3 credentials that match the topmost challenge of each realm
        assertThat(wire(alice.answer(Challenger.SERVER, List.of(
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=MD5, qop=\"auth\"",
                "Digest realm=\"b\", nonce=\"m\", algorithm=MD5, qop=\"auth\""),
                List.of(), "INVITE", URI, BODY))).hasSize(2)
                .anyMatch(c -> c.contains("realm=\"a\"") && c.contains("SHA-256"))
                .anyMatch(c -> c.contains("realm=\"b\""));
    }

    @Test void directives_that_nobody_knows_do_not_matter() {
        var server = server(Policy.RFC3261);
        var credentials = answer(alice, server.challenges(NOW)).getFirst();
        //= rfc2617#3.2.2-6 an unrecognized directive is ignored
        assertThat(verify(server, List.of(credentials + ", taste=\"sweet\""), NOW))
                .isInstanceOf(Verdict.Granted.class);
    }

    //= rfc2617#3.2.2.5-3 another uri than that of the Request-Line is a bad request
    @Test void improper_credentials_are_a_bad_request() {
        var server = server(new Policy(List.of(Algorithm.MD5), List.of(Qop.AUTH),
                Duration.ofMinutes(1), 10, true));
        var good = answer(alice, server.challenges(NOW)).getFirst();
        //= rfc7616#3.5-13 nc has eight hexadecimal digits
        for (var bad : List.of(
                good.replace("username=", "name="), good.replace("nonce=", "once="),
                good.replace("response=", "answer="), good.replace("uri=", "url="),
                good.replace("nc=00000001", "nc=1"), good.replace("cnonce=", "c="),
                good.replace("qop=auth", "qop=auth-int"), good.replace(URI, "sip:bob"),
                good + ", username*=UTF-8''alice", good + ", realm=\"example.com\"",
                "Digest", "Basic !", ""))
            //= rfc7616#3.4-1 username and username* together are an error
            //= rfc7616#3.4-3 cnonce must be there, used by all implementations
            assertThat(verify(server, List.of(bad), NOW)).as(bad)
                    .isInstanceOf(Verdict.Malformed.class);
        assertThat(verify(server, List.of(good), NOW)).isInstanceOf(Verdict.Granted.class);
        //= rfc2617#3.2.2¶10 improper is also what lacks a directive, before anybody asks for it
        for (var name : List.of("username", "realm", "nonce", "uri", "response"))
            assertThatThrownBy(() -> Credentials.parse(good.replace(name + "=", "x=")))
                    .isInstanceOf(SyntaxException.class);
    }

    //= rfc7616#3.3-13,14 of a challenge stale and algorithm alone are not quoted
    //= rfc7616#3.4-6,7 of the parameters algorithm, qop and nc are not quoted
    //= rfc7616#3.5-11,12 of the server's own parameters qop and nc are not quoted
    @Test void what_stands_in_quotation_marks() {
        var challenge = new Challenge.Digest(Params.of("realm", "r", "domain", "sip:x",
                "nonce", "n", "opaque", "o", "stale", "true", "algorithm", "MD5", "qop", "auth"));
        assertThat(challenge).hasToString("Digest realm=\"r\", domain=\"sip:x\", nonce=\"n\","
                + " opaque=\"o\", stale=true, algorithm=MD5, qop=\"auth\"");
        assertThat(answer(alice, List.of(challenge)).getFirst()
                .replaceAll("(response|cnonce)=\"[0-9a-f]+\"", "$1=\"*\"")).isEqualTo(
                "Digest username=\"alice\", realm=\"r\", nonce=\"n\", uri=\"sip:example.com\","
                + " response=\"*\", algorithm=MD5, opaque=\"o\", qop=auth, nc=00000001,"
                + " cnonce=\"*\"");
        assertThat(Params.of("nextnonce", "1", "rspauth", "2", "cnonce", "3", "qop", "auth",
                "nc", "00000001")).hasToString(
                "nextnonce=\"1\", rspauth=\"2\", cnonce=\"3\", qop=auth, nc=00000001");
    }

    //= rfc7616#3.3-3 in Proxy-Authenticate a domain means nothing
    @Test void the_protection_space_of_a_proxy_is_all_of_it() {
        alice.answer(Challenger.PROXY, List.of("Digest realm=\"r\", nonce=\"n\", qop=\"auth\","
                + " domain=\"sip:elsewhere.example\""), List.of(), "INVITE", URI, BODY);
        assertThat(alice.unasked(Challenger.PROXY, _ -> true, "INVITE", URI, BODY)).hasSize(1);
    }

    //= rfc3261#22.2-5 credentials are cached for each realm, up to a limit
    //= rfc3261#22.3-7 credentials for proxies as well
    @Test void the_realm_not_used_for_longest_is_forgotten() {
        for (int i = 0; i < DigestClient.MAX_SESSIONS; i++) ask(i);
        ask(0);
        ask(DigestClient.MAX_SESSIONS);
        assertThat(alice.unasked(Challenger.PROXY, _ -> true, "INVITE", URI, BODY))
                .hasSize(DigestClient.MAX_SESSIONS).map(c -> ((Credentials.Digest) c).realm())
                .contains("0", "" + DigestClient.MAX_SESSIONS).doesNotContain("1");
    }

    private void ask(int realm) {
        alice.answer(Challenger.PROXY, List.of("Digest realm=\"" + realm
                + "\", nonce=\"n\", qop=\"auth\""), List.of(), "INVITE", URI, BODY);
    }

    //= rfc2617#3.3-3 H(A1) is enough for the server
    @Test void a_server_that_keeps_only_a_hash_can_check() {
        var ha1 = new Secret.Password("wonderland").ha1(Algorithm.MD5, "alice", "example.com");
        var secret = new Secret.Ha1(Algorithm.MD5, ha1.orElseThrow());
        var server = new DigestServer(
                "example.com", _ -> Optional.of(secret), Policy.RFC3261, random);
        assertThat(verify(server, answer(alice, server.challenges(NOW)), NOW))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(secret.ha1(Algorithm.SHA_256, "alice", "example.com")).isEmpty();
    }

    @Test void nothing_printed_tells_a_secret() {
        var password = new Secret.Password("wonderland");
        var basic = new Credentials.Basic("alice", "wonderland");
        var ha1 = new Secret.Ha1(Algorithm.MD5, "0123456789abcdef");
        var server = server(Policy.RFC3261);
        var granted = verify(server, answer(alice, server.challenges(NOW)), NOW);
        assertThat(List.of(password, basic, ha1, granted).toString())
                .doesNotContain("wonderland").doesNotContain("0123456789abcdef")
                .doesNotContain("response");
    }
}
