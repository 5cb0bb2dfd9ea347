package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.*;

/// Who is asked for a password, how, and what it is good for.
class AccessTest {
    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final Flow FLOW = Flow.udp(HERE,
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5060));
    private static final List<String> USERS = List.of("alice:secret", "eve:other");

    private static final Domains HOME = new Domains(List.of(new ListeningPoint(
            Transport.UDP, HERE)), List.of("example.com", "example.org"));

    private final RandomGenerator random = new SplittableRandom(1);
    private final Bindings bindings = new Bindings();
    private final DigestClient alice =
            new DigestClient("alice", new Secret.Password("secret"), random);
    private Access access = access(Users.parse(USERS));

    private Access access(Users users) {
        return new Access(HOME, Optional.of(users), bindings, random);
    }

    private static Request request(String method, String user) {
        return new Request(method, "sip:bob@elsewhere.example", List.of(
                new Header("From", "<sip:" + user + ">;tag=1"),
                new Header("To", "<sip:" + user + ">")), Bytes.EMPTY);
    }

    private Optional<Refusal> asks(Purpose purpose, Request request) {
        return access.refuses(request, FLOW, purpose, Instant.EPOCH);
    }

    private static Challenge.Digest challenge(Header header) {
        return (Challenge.Digest) Challenge.parse(header.value()).getFirst();
    }

    private Request withPassword(DigestClient client, Request request, Challenger asker) {
        var challenges = asks(asker == Challenger.PROXY ? Purpose.OUTBOUND : Purpose.REGISTER,
                request).orElseThrow().headers().stream().map(Header::value).toList();
        var answer = (DigestClient.Answer.Authorize) client.answer(asker, challenges, List.of(),
                request.method(), request.uri(), request.body());
        return request.with(asker.credentials(), answer.credentials().getFirst().text());
    }

    @Test void credentials_that_lack_a_directive_are_a_bad_request() {
        assertThat(asks(Purpose.REGISTER, request("REGISTER", "alice@example.com")
                .with("Authorization", "Digest realm=\"example.com\", username=\"alice\""))
                .orElseThrow().status()).isEqualTo(400);
    }

    //= rfc3261#22.1-1 a registrar asks with 401, a proxy never
    //= rfc3261#22.2-2 a 401 has a WWW-Authenticate
    //= rfc3261#22.3-2 and a 407 a Proxy-Authenticate
    @Test void registrars_and_proxies_ask_differently() {
        //= rfc3261#26.3.1-10 registrar and proxy have Digest
        var register = asks(Purpose.REGISTER, request("REGISTER", "alice@example.com")).get();
        assertThat(register.status()).isEqualTo(401);
        assertThat(register.headers()).extracting(Header::name).containsExactly("WWW-Authenticate");
        for (var purpose : List.of(Purpose.INBOUND, Purpose.OUTBOUND)) {
            var proxy = asks(purpose, request("INVITE", "alice@example.com")).get();
            //= rfc2617#3.6-2 with a Proxy-Authenticate
            assertThat(proxy.status()).isEqualTo(407);
            assertThat(proxy.headers()).extracting(Header::name)
                    .containsExactly("Proxy-Authenticate");
            //= rfc2617#1.2-3 that has a challenge for its realm
            assertThat(challenge(proxy.headers().getFirst()).realm()).isEqualTo("example.com");
        }
        assertThat(asks(Purpose.INBOUND, request("ACK", "alice@example.com"))).isEmpty();
    }

    //= rfc3261#22.1-4 the realm is the domain name of the user
    //= rfc3261#22.1-3 another one for each domain, so unique
    //= rfc3261#26.3.1-11 and corresponds to the domain of the server
    @Test void the_realm_is_the_domain() {
        //= rfc2617#3.2.1-1 the realm contains the name of the domain that authenticates
        //= rfc2617#4.13-2 and is unique among those of a user
        //= rfc3261#22.1-2 the guidelines about the realm are kept
        for (var domain : List.of("example.com", "example.org"))
            assertThat(challenge(asks(Purpose.REGISTER, request("REGISTER", "alice@" + domain))
                    .get().headers().getFirst()).realm()).isEqualTo(domain);
    }

    //= rfc3261#22-2 who was identified must be authorized, too
    //= rfc3261#26.3.2.1-9 the username corresponds to the user part in To
    @Test void one_may_not_register_for_another() {
        var own = request("REGISTER", "alice@example.com");
        assertThat(asks(Purpose.REGISTER, withPassword(alice, own, Challenger.SERVER))).isEmpty();
        var others = withPassword(alice, request("REGISTER", "eve@example.com"), Challenger.SERVER);
        assertThat(asks(Purpose.REGISTER, others)).map(Refusal::status).contains(403);
    }

    //= rfc3261#22.1-8 credentials accepted in the INVITE are accepted in its ACK
    @Test void an_ack_has_the_credentials_of_its_invite() {
        var invite = withPassword(alice, request("INVITE", "alice@example.com"), Challenger.PROXY);
        assertThat(asks(Purpose.OUTBOUND, invite)).isEmpty();
        var ack = new Request("ACK", "sip:bob@10.0.0.7", invite.headers(), Bytes.EMPTY);
        assertThat(asks(Purpose.OUTBOUND, ack)).isEmpty();
        assertThat(asks(Purpose.OUTBOUND, request("ACK", "alice@example.com"))).isPresent();
        var mallory = new DigestClient("alice", new Secret.Password("guess"), random);
        assertThat(asks(Purpose.OUTBOUND, withPassword(mallory, ack.without(
                "Proxy-Authorization"), Challenger.PROXY))).isPresent();
        assertThat(asks(Purpose.OUTBOUND, invite)).as("an INVITE again is a replay").isPresent();
    }

    //= rfc8760#2.3-3 the preferred algorithm is on top
    @Test void two_algorithms_if_wanted() {
        access = access(Users.parse(USERS).asked(List.of(Algorithm.SHA_256, Algorithm.MD5)));
        var register = request("REGISTER", "alice@example.com");
        var challenges = asks(Purpose.REGISTER, register).get().headers();
        assertThat(challenges).extracting(h -> challenge(h).algorithm().get())
                .containsExactly(Algorithm.SHA_256, Algorithm.MD5);
        var modern = withPassword(alice, register, Challenger.SERVER);
        assertThat(((Credentials.Digest) Credentials.parse(modern.need("Authorization")))
                .algorithm()).contains(Algorithm.SHA_256);
        assertThat(asks(Purpose.REGISTER, modern)).isEmpty();
        var old = (DigestClient.Answer.Authorize) alice.answer(Challenger.SERVER,
                List.of(challenges.getLast().value()), List.of(), "REGISTER", register.uri(),
                Bytes.EMPTY);
        assertThat(asks(Purpose.REGISTER, register.with("Authorization",
                old.credentials().getFirst().text()))).isEmpty();
    }

    private Request guess(String user) {
        return withPassword(new DigestClient(user, new Secret.Password("guess"), random),
                request("REGISTER", user + "@example.com"), Challenger.SERVER);
    }

    /// So a list of words is not gone through in a second, whether or not the name is one.
    //= rfc2617#3.2.2-7 the login failures are written down
    //= rfc7616#3.4-8 since they may be those of an attacker
    @Test void who_guesses_waits_before_a_password_is_looked_at() {
        for (var user : List.of("alice", "nobody")) {
            access = access(Users.parse(USERS));
            var at = Instant.EPOCH;
            for (int i = 0; i <= Logins.FREE; i++)
                assertThat(access.refuses(guess(user), FLOW, Purpose.REGISTER,
                        at = at.plus(Logins.HASTE).plusMillis(1)).get().status()).isEqualTo(401);
            var right = withPassword(alice, request("REGISTER", "alice@example.com"),
                    Challenger.SERVER);
            var waits = access.refuses(right, FLOW, Purpose.REGISTER, at).get();
            assertThat(waits.status()).as("even the right one is not looked at").isEqualTo(503);
            assertThat(waits.headers()).containsExactly(new Header("Retry-After", "2"));
            assertThat(access.remarks()).singleElement().asString()
                    .contains("10.0.0.9", "6 wrong passwords", user + "@example.com")
                    .doesNotContain("guess");
            assertThat(access.refuses(right, FLOW, Purpose.REGISTER,
                    at.plus(Logins.FIRST_WAIT))).isEmpty();
        }
    }

    //= rfc7616#3.4-9 a password typed as the name of the user is not written down
    @Test void what_was_typed_stays_unsaid() {
        access = access(Users.parse(USERS));
        var hasty = new DigestClient("wonderland", new Secret.Password("alice"), random);
        for (int i = 0; i <= Logins.FREE; i++) asks(Purpose.REGISTER, withPassword(hasty,
                request("REGISTER", "alice@example.com"), Challenger.SERVER));
        assertThat(access.remarks()).singleElement().asString()
                .contains("alice@example.com").doesNotContain("wonderland");
    }

    /// Behind one address there may be a guesser and a phone that is registered: this one refreshes
    /// its registration, but may not guess the passwords of others either.
    @Test void the_phone_that_is_registered_does_not_wait() {
        var binding = new Binding(Address.parse("<sip:alice@10.0.0.9:5060>"), "c", 1, Instant.MAX,
                Optional.empty(), List.of());
        new Registrar(HOME, Limits.USUAL, Guard.OPEN, bindings, List.of(), random).handle(
                new Core.Input.Asked(new LocationService.Restored(new TreeMap<>(Map.of(
                        new Aor("alice", "example.com"), List.of(binding))))), Instant.EPOCH);
        var more = guess("eve");
        for (int i = 0; i <= Logins.FREE; i++) asks(Purpose.REGISTER, guess("eve"));
        assertThat(asks(Purpose.REGISTER, withPassword(alice,
                request("REGISTER", "alice@example.com"), Challenger.SERVER))).isEmpty();
        assertThat(asks(Purpose.REGISTER, more).get().status()).isEqualTo(503);
    }

    /// What is asked for the first time, and a nonce that has expired, are no mistakes.
    @Test void only_wrong_passwords_count() {
        for (int i = 0; i < 2 * Logins.FREE; i++)
            asks(Purpose.REGISTER, request("REGISTER", "alice@example.com"));
        var own = withPassword(alice, request("REGISTER", "alice@example.com"), Challenger.SERVER);
        for (int i = 0; i < 2 * Logins.FREE; i++) asks(Purpose.REGISTER, own);
        assertThat(asks(Purpose.REGISTER, withPassword(alice,
                request("REGISTER", "alice@example.com"), Challenger.SERVER))).isEmpty();
        assertThat(access.remarks()).isEmpty();
    }

    @Test void a_stranger_who_names_ever_new_domains_does_not_fill_the_memory() {
        access = new Access(new Domains(List.of(new ListeningPoint(Transport.UDP, HERE)),
                List.of(Domains.ANY_NAME)), Optional.of(Users.parse(USERS)), new Bindings(),
                random);
        for (int i = 0; i < Access.REALMS + 10; i++)
            assertThat(asks(Purpose.REGISTER, request("REGISTER", "eve@a" + i + ".example")))
                    .isPresent();
        assertThat(access.realms()).isEqualTo(Access.REALMS);
    }
}
