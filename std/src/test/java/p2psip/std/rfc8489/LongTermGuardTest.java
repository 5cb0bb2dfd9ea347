package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static p2psip.std.rfc8489.Exchange.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// What a server makes of those who say that they are users of its realm: §9.2.4.
class LongTermGuardTest {
    private static final Bytes KEY = ALICE.longTermKey(REALM, Algorithm.SHA_256),
            OLD_KEY = ALICE.longTermKey(REALM, Algorithm.MD5);
    private static final ErrorCode BAD = new ErrorCode(400, "Bad Request"),
            NOBODY = new ErrorCode(401, "Unauthenticated"),
            STALE = new ErrorCode(438, "Stale Nonce");

    private final Exchange exchange = new Exchange();
    private final TransactionId id = TransactionId.random(exchange.random);
    private final Guard guard = exchange.longTerm();

    private Bytes request(List<Attribute> attributes) {
        return new Message(Kind.REQUEST, Message.BINDING, id, attributes).encode();
    }

    private Guard.Verdict check(Bytes wire, InetSocketAddress from) {
        return guard.check(Message.parse(wire), wire, from, exchange.now);
    }

    private Guard.Verdict check(Integrity integrity, Bytes key, List<Attribute> attributes) {
        return check(integrity.append(request(attributes), key), SELF);
    }

    private static Message response(Guard.Verdict verdict) {
        return ((Guard.Verdict.Refused) verdict).response();
    }

    /// The error to a request that is proven as one of this specification should be.
    private Message refusal(List<Attribute> attributes) {
        return response(check(Integrity.SHA_256, KEY, attributes));
    }

    private Message challenge() { return response(check(request(List.of()), SELF)); }

    /// What a user shows who has been challenged.
    private static List<Attribute> shown(Attribute user, Message challenge) {
        return List.of(user, the(Realm.class, challenge), the(Nonce.class, challenge),
                the(PasswordAlgorithms.class, challenge),
                new PasswordAlgorithm(Algorithm.SHA_256));
    }

    private static List<Attribute> without(Class<?> kind, List<Attribute> attributes) {
        return attributes.stream().filter(a -> !kind.isInstance(a)).toList();
    }

    /// A challenge says that much and no more, and who answers it is let in.
    private void challenged(ErrorCode code, Message response) {
        assertThat(response.kind()).isEqualTo(Kind.ERROR);
        assertThat(response.attributes()).containsExactly(code, new Realm(REALM),
                the(Nonce.class, response),
                new PasswordAlgorithms(List.of(Algorithm.SHA_256, Algorithm.MD5)));
        for (var user : List.of(new Username("alice"), new UserHash(ALICE.userHash(REALM))))
            assertThat(check(Integrity.SHA_256, KEY, shown(user, response))).isEqualTo(
                    new Guard.Verdict.Accepted("alice", Integrity.SHA_256, KEY));
    }

    //= rfc8489#9.2.4-2,3,4 without MESSAGE-INTEGRITY: an error 401, with REALM and NONCE
    //= rfc8489#9.2.4-9 and no USERNAME or USERHASH
    //= rfc8489#18.5.1.1-1 MD5, for legacy systems, is the last of the algorithms
    @Test void who_shows_nothing_is_challenged() {
        challenged(NOBODY, challenge());
        challenged(NOBODY, response(check(request(List.of(new Username("alice"))), SELF)));
    }

    //= rfc8489#9.2.4-13 a USERNAME or USERHASH that nobody has: an error 401
    //= rfc8489#9.2.4-14,15,16 with REALM, NONCE and PASSWORD-ALGORITHMS
    //= rfc8489#9.2.4-17 and neither USERNAME nor USERHASH
    @Test void who_is_nobody_is_challenged() {
        for (var user : List.of(new Username("bob"), new UserHash(ALICE.userHash("other.org"))))
            challenged(NOBODY, refusal(shown(user, challenge())));
    }

    //= rfc8489#9.2.4-19,20 a proof that does not match is rejected: 401 (Unauthenticated)
    //= rfc8489#9.2.4-21 with REALM and NONCE
    @Test void who_proves_something_else_is_challenged() {
        for (var integrity : Integrity.values())
            challenged(NOBODY, response(check(integrity, Bytes.utf8("guessed"),
                    shown(new Username("alice"), challenge()))));
    }

    //= rfc8489#9.2.4-22 a nonce that is no longer valid: 438 (Stale Nonce)
    //= rfc8489#9.2.4-23 with NONCE, REALM and PASSWORD-ALGORITHMS
    //= rfc8489#9.2.4-24 of which the nonce is valid
    @Test void who_has_an_old_nonce_is_challenged() {
        var old = shown(new Username("alice"), challenge());
        exchange.now = exchange.now.plus(Duration.ofHours(1));
        challenged(STALE, refusal(old));
    }

    //= rfc8489#9.2-1 it starts with the cookie, and the features in base64
    //= rfc8489#9.2.4-7,8 which are password algorithms and anonymous usernames
    //= rfc8489#14.10-1 of fewer than 128 characters
    @Test void the_nonce_says_what_the_server_supports() {
        assertThat(the(Nonce.class, challenge()).value()).startsWith("obMatJos2wAAA")
                .hasSizeLessThan(128);
    }

    //= rfc8489#14.9-1 a server has a realm of fewer than 128 characters, processed
    @Test void a_server_prepares_its_realm() {
        var server = new Guard.LongTerm("cafe\u0301", List.of(ALICE), Duration.ofMinutes(10),
                exchange.random);
        var empty = new Message(Kind.REQUEST, Message.BINDING, id, List.of());
        assertThat(the(Realm.class, response(server.check(empty, empty.encode(), SELF,
                exchange.now))).value()).isEqualTo("caf\u00e9");
        assertThatIllegalArgumentException().isThrownBy(() -> new Guard.LongTerm("r".repeat(128),
                List.of(), Duration.ofMinutes(10), exchange.random));
    }

    //= rfc8489#9.2.4-5 no two clients get the same nonce: it is stale for the other
    @Test void the_nonce_of_another_client_is_stale() {
        var wire = Integrity.SHA_256.append(request(
                shown(new Username("alice"), challenge())), KEY);
        for (var other : List.of(OTHER, new InetSocketAddress(SELF.getAddress(), 1)))
            assertThat(response(check(wire, other)).first(ErrorCode.class)).contains(STALE);
        assertThat(the(Nonce.class, response(check(request(List.of()), OTHER))))
                .isNotEqualTo(the(Nonce.class, challenge()));
    }

    //= rfc8489#9.2.4-10 a proof without name, REALM or NONCE is a bad request
    //= rfc8489#9.2.4-11 whose response has none of them
    @Test void what_is_half_shown_is_a_bad_request() {
        var all = shown(new Username("alice"), challenge());
        for (var kind : List.of(Username.class, Realm.class, Nonce.class))
            assertThat(refusal(without(kind, all)).attributes()).as("" + kind)
                    .containsExactly(BAD);
    }

    //= rfc8489#9.2.4-12 both attributes, the list that was offered, and one that is in it
    @Test void a_server_is_not_talked_into_a_weaker_proof() {
        var all = shown(new Username("alice"), challenge());
        var rest = without(PasswordAlgorithm.class, without(PasswordAlgorithms.class, all));
        var offered = the(PasswordAlgorithms.class, challenge());
        for (var shown : List.<List<? extends Attribute>>of(
                List.of(offered),
                List.of(new PasswordAlgorithm(Algorithm.SHA_256)),
                List.of(new PasswordAlgorithms(List.of(Algorithm.SHA_256)),
                        new PasswordAlgorithm(Algorithm.SHA_256)),
                List.of(new PasswordAlgorithms(offered.algorithms().reversed()),
                        new PasswordAlgorithm(Algorithm.SHA_256)),
                List.of(offered, new PasswordAlgorithm(new Algorithm(9, Bytes.EMPTY)))))
            assertThat(refusal(Stream.concat(rest.stream(), shown.stream()).toList())
                    .attributes()).as("" + shown).containsExactly(BAD);
    }

    //= rfc8489#9.2.4-26 the response is proven by MESSAGE-INTEGRITY-SHA256
    @Test void who_is_let_in_is_answered_with_a_proof() {
        var response = new Message(Kind.SUCCESS, Message.BINDING, id, List.of(MAPPED));
        var all = shown(new Username("alice"), challenge());
        var accepted = (Guard.Verdict.Accepted) check(Integrity.SHA_256, KEY, all);
        assertThat(accepted.seal(response, Table.RFC8489))
                .isEqualTo(Integrity.SHA_256.append(response.encode(), KEY));
        var rest = without(PasswordAlgorithm.class, without(PasswordAlgorithms.class, all));
        //= rfc8489#9.2.4-27 by MESSAGE-INTEGRITY to a client that knows no algorithms
        accepted = (Guard.Verdict.Accepted) check(Integrity.SHA_1, OLD_KEY, rest);
        assertThat(accepted.seal(response, Table.RFC8489))
                .isEqualTo(Integrity.SHA_1.append(response.encode(), OLD_KEY));
    }
}
