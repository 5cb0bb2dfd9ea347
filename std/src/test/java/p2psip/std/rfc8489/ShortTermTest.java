package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc8489.Exchange.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Exchange.Server;
import p2psip.std.rfc8489.Message.Kind;

/// A password that both sides know, and who does not: client and server of §9.1.
class ShortTermTest {
    private static final Bytes KEY = ALICE.shortTermKey();
    private static final ErrorCode UNAUTHENTICATED = new ErrorCode(401, "Unauthenticated");

    private final Exchange exchange = new Exchange();
    private final TransactionId id = TransactionId.random(exchange.random);

    private String run(Authentication authentication, Timing timing, Server server) {
        exchange.now = Instant.EPOCH;
        return exchange.run(authentication, timing, server);
    }

    //= rfc8489#9.1.2-1 the first request has both proofs
    //= rfc8489#9.1.5-1 subsequent requests have the attribute that was answered
    //= rfc8489#9.1.3-10 MESSAGE-INTEGRITY-SHA256 where both know it
    @Test void credentials_are_proved_both_ways() {
        var authentication = new Authentication.ShortTerm(ALICE);
        for (int i = 0; i < 2; i++)
            assertThat(run(authentication, Timing.UDP, exchange.guarded(shortTerm())))
                    .isEqualTo(ANSWERED);
        assertThat(exchange.requests.getFirst().attributes()).hasSize(3);
        assertThat(exchange.requests.getLast().attributes()).hasSize(2);
        assertThat(exchange.requests.getLast().has(MessageIntegritySha256.class)).isTrue();
    }

    //= rfc8489#9.1.4-1 the algorithm of the answer is that of a request with but one
    @Test void an_answer_with_another_proof_than_the_request_is_passed_over() {
        for (var first : Integrity.values()) {
            var authentication = new Authentication.ShortTerm(ALICE);
            var integrities = new ArrayDeque<>(List.of(first,
                    first == Integrity.SHA_1 ? Integrity.SHA_256 : Integrity.SHA_1, first));
            Server server = (request, _) -> success(request, MAPPED)
                    .map(answer -> integrities.remove().append(answer, KEY));
            run(authentication, Timing.UDP, server);
            assertThat(run(authentication, Timing.UDP, server)).as("" + first).isEqualTo("""
                    0 client -> 192.0.2.1 request
                    500 client -> 192.0.2.1 request
                    500 client -> TU mapped 198.51.100.7
                    """);
        }
    }

    //= rfc8489#9.1.4-2 a response without proof is discarded
    //= rfc8489#9.1.4-3 at the end integrity is said to be violated
    @Test void credentials_that_differ_end_as_an_attack() {
        assertThat(run(new Authentication.ShortTerm(IMPOSTOR), Timing.UDP,
                exchange.guarded(shortTerm())))
                .hasLineCount(8).endsWith("39500 client -> TU 0 integrity violated\n");
        //= rfc8489#9.1.4-4 over a reliable transport it is said at once
        assertThat(run(new Authentication.ShortTerm(IMPOSTOR), Timing.TCP,
                exchange.guarded(shortTerm())))
                .hasLineCount(2).endsWith("\n0 client -> TU 0 integrity violated\n");
    }

    private Guard.Verdict check(Kind kind, UnaryOperator<Bytes> proof, Attribute... attributes) {
        var wire = proof.apply(new Message(kind, Message.BINDING, id, List.of(attributes))
                .encode());
        return shortTerm().check(Message.parse(wire), wire, SELF, exchange.now);
    }

    /// What becomes of a request, and of the same as an indication.
    private void refused(ErrorCode code, UnaryOperator<Bytes> proof, Attribute... attributes) {
        assertThat(check(Kind.REQUEST, proof, attributes)).isEqualTo(new Guard.Verdict.Refused(
                new Message(Kind.ERROR, Message.BINDING, id, List.of(code))));
        assertThat(check(Kind.INDICATION, proof, attributes))
                .isEqualTo(new Guard.Verdict.Discarded());
    }

    private static UnaryOperator<Bytes> proof(Integrity integrity, Credential user) {
        return wire -> integrity.append(wire, user.shortTermKey());
    }

    //= rfc8489#9.1.3-1,2 without a name or a proof it is rejected as a bad request
    //= rfc8489#9.1.3-3 the indication is passed over in silence
    @Test void who_shows_nothing_is_refused() {
        var bad = new ErrorCode(400, "Bad Request");
        refused(bad, wire -> wire);
        refused(bad, wire -> wire, new Username("alice"));
        for (var integrity : Integrity.values()) refused(bad, proof(integrity, ALICE));
    }

    //= rfc8489#9.1.3-4,5 a username that is not valid is rejected: 401 (Unauthenticated)
    //= rfc8489#9.1.3-6 an indication of nobody is passed over
    @Test void who_is_nobody_is_refused() {
        for (var integrity : Integrity.values())
            refused(UNAUTHENTICATED, proof(integrity, ALICE), new Username("bob"));
    }

    //= rfc8489#9.1.3-7,8 a proof that does not match is rejected: 401 (Unauthenticated)
    //= rfc8489#9.1.3-9 an indication with such a proof is passed over
    //= rfc8489#9.1.3-13 the error has no MESSAGE-INTEGRITY of either kind and no USERNAME
    @Test void who_proves_something_else_is_refused() {
        for (var integrity : Integrity.values()) {
            refused(UNAUTHENTICATED, proof(integrity, IMPOSTOR), new Username("alice"));
            assertThat(check(Kind.INDICATION, proof(integrity, ALICE), new Username("alice")))
                    .isInstanceOf(Guard.Verdict.Accepted.class);
        }
    }

    @Test void the_response_has_the_proof_of_the_request() {
        UnaryOperator<Bytes> old = proof(Integrity.SHA_1, ALICE),
                today = proof(Integrity.SHA_256, ALICE),
                both = wire -> today.apply(old.apply(wire));
        //= rfc8489#9.1.3-11 to MESSAGE-INTEGRITY alone, MESSAGE-INTEGRITY
        //= rfc8489#9.1.3-10 to MESSAGE-INTEGRITY-SHA256, the same
        Map.of(old, old, today, today, both, today).forEach((proof, expected) -> {
            var accepted = (Guard.Verdict.Accepted) check(Kind.REQUEST, proof,
                    new Username("alice"));
            var response = new Message(Kind.SUCCESS, Message.BINDING, id, List.of(MAPPED));
            //= rfc8489#6.3.1.1-4 a request that was authenticated has such a response
            assertThat(accepted.seal(response, Table.RFC8489))
                    .isEqualTo(expected.apply(response.encode()));
        });
    }

    //= rfc8489#9.1.3-12 the response does not contain the USERNAME
    @Test void a_response_with_a_username_is_not_sealed() {
        var accepted = new Guard.Verdict.Accepted(ALICE.username(), Integrity.SHA_1, KEY);
        assertThatThrownBy(() -> accepted.seal(new Message(Kind.SUCCESS, Message.BINDING, id,
                List.of(new Username("alice"))), Table.RFC8489))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
