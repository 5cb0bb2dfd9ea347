package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// Who calls by a Link: verified, unverified, or refused.
class CallersTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String ALICE = "sip:alice@example.com";
    private static final Identity OWNER = identity(1), OTHER = identity(2), NODE = identity(3),
            ELSEWHERE = identity(4);

    private final Pins pins = new Pins(Pins.Policy.TOFU);
    private final Callers callers = new Callers(new Domains(
            List.of(new ListeningPoint(Transport.UDP, new InetSocketAddress("10.0.0.1", 5062))),
            List.of(Domains.ANY_NAME)), pins, () -> NOW);

    private static Identity identity(int seed) {
        return Identity.generate("" + seed, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner, Identity node, Instant at) {
        return SignedRecord.sign(owner, ALICE, new Contact(node.key(),
                List.of(new Contact.Address("sip:10.0.0.9:5062"))), 1, at, Duration.ofHours(1));
    }

    private static SignedRecord record(Identity owner, Identity node) {
        return record(owner, node, NOW);
    }

    private static Bytes request(String method, String from, String to, String more) {
        return Bytes.utf8("""
                %s sip:bob@example.com SIP/2.0
                Via: SIP/2.0/LINK [2001:21::1];branch=z9hG4bK1
                From: %s;tag=a
                To: <sip:bob@example.com>%s
                Call-ID: c
                CSeq: 1 %s
                %s
                """.formatted(method, from, to, method, more).replace("\n", "\r\n"));
    }

    private static Bytes invite() { return request("INVITE", "<" + ALICE + ">", "", ""); }

    private List<Callers.Output> came(Bytes message, SignedRecord... record) {
        return came(message, new Proof(Arrays.stream(record).findFirst(), Optional.empty()));
    }

    private List<Callers.Output> came(Bytes message, Proof proof) {
        return callers.handle(new Callers.Input.Came(NODE.key(), proof.framed(message)), NOW);
    }

    private List<Callers.Output> found(SignedRecord... records) {
        return callers.handle(new Callers.Input.Looked(1, new Answer.Found(List.of(records))), NOW);
    }

    private static Request delivered(List<Callers.Output> outputs) {
        return outputs.stream().filter(Callers.Output.Deliver.class::isInstance)
                .map(output -> (Request) ((Callers.Output.Deliver) output).message())
                .findFirst().orElseThrow();
    }

    private static String shown(List<Callers.Output> outputs) {
        return delivered(outputs).from().displayName();
    }

    private static int refused(List<Callers.Output> outputs) {
        var reply = outputs.stream().filter(Callers.Output.Reply.class::isInstance)
                .map(output -> ((Callers.Output.Reply) output).message()).findFirst()
                .orElseThrow();
        assertThat(outputs).noneMatch(Callers.Output.Deliver.class::isInstance);
        return ((Response) Message.parse(Proof.read(reply).message())).status();
    }

    @Test void who_brings_his_record_and_whom_nobody_contradicts_is_verified() {
        assertThat(came(invite(), record(OWNER, NODE))).first().isInstanceOfSatisfying(
                Callers.Output.Known.class, known ->
                        assertThat(known.contact().node()).isEqualTo(NODE.key()));
        var outputs = found(record(OWNER, NODE));
        assertThat(shown(outputs)).isEqualTo("alice (verified)");
        assertThat(delivered(outputs).first("P-Asserted-Identity")).contains("<" + ALICE + ">");
        assertThat(shown(came(invite()))).as("known now").isEqualTo("alice (verified)");
    }

    @Test void the_key_that_is_pinned_is_believed_at_once() {
        pins.confirm(ALICE, OWNER.id(), NOW);
        assertThat(shown(came(invite(), record(OWNER, NODE)))).isEqualTo("alice (verified)");
    }

    @Test void another_key_than_the_one_that_is_pinned_is_refused() {
        pins.confirm(ALICE, OWNER.id(), NOW);
        came(invite(), record(OTHER, NODE));
        assertThat(refused(found(record(OWNER, ELSEWHERE)))).isEqualTo(403);
    }

    @Test void an_address_that_another_node_serves_is_refused() {
        came(invite());
        assertThat(refused(found(record(OWNER, ELSEWHERE)))).isEqualTo(403);
    }

    @Test void where_two_claim_it_and_none_is_pinned_nobody_is_verified() {
        came(invite(), record(OTHER, NODE));
        assertThat(shown(found(record(OWNER, ELSEWHERE)))).isEqualTo("alice (unverified)");
    }

    @Test void where_no_record_can_be_had_in_a_second_he_is_unverified() {
        came(invite());
        assertThat(callers.wake(NOW.plusMillis(999))).isEmpty();
        assertThat(callers.deadline()).isEqualTo(NOW.plusSeconds(1));
        assertThat(shown(callers.wake(NOW.plusSeconds(1)))).isEqualTo("alice (unverified)");
        assertThat(found(record(OWNER, ELSEWHERE))).as("too late").isEmpty();
    }

    @Test void a_record_that_is_over_or_forged_counts_as_none() {
        came(invite(), record(OWNER, NODE, NOW.minus(Duration.ofHours(3))));
        assertThat(shown(found())).isEqualTo("alice (unverified)");
    }

    @Test void a_record_of_another_address_is_of_no_use() {
        var other = SignedRecord.sign(OWNER, "sip:eve@example.com", new Contact(NODE.key(),
                List.of(new Contact.Address("sip:10.0.0.9:5062"))), 1, NOW, Duration.ofHours(1));
        came(invite(), other);
        assertThat(shown(found())).isEqualTo("alice (unverified)");
    }

    @Test void who_is_anonymous_passes_and_is_never_verified() {
        var outputs = came(request("INVITE",
                "\"Anonymous (verified)\" <sip:anonymous@anonymous.invalid>", "", ""));
        assertThat(shown(outputs)).isEqualTo("Anonymous");
        assertThat(delivered(outputs).has("P-Asserted-Identity")).isFalse();
    }

    @Test void nobody_asserts_who_he_is_himself() {
        for (var to : List.of("", ";tag=b")) {
            var outputs = came(request("INVITE", "<sip:anonymous@anonymous.invalid>", to,
                    "P-Asserted-Identity: <sip:president@example.com>\n"));
            assertThat(delivered(outputs).has("P-Asserted-Identity")).isFalse();
        }
    }

    @Test void what_belongs_to_a_dialog_or_a_transaction_passes_as_it_is() {
        var bye = request("BYE", "<" + ALICE + ">", ";tag=b", "");
        assertThat(came(bye)).containsExactly(
                new Callers.Output.Deliver(NODE.key(), Message.parse(bye)));
        var ack = request("ACK", "<" + ALICE + ">", "", "");
        assertThat(came(ack)).containsExactly(
                new Callers.Output.Deliver(NODE.key(), Message.parse(ack)));
        var ok = Bytes.utf8("SIP/2.0 200 OK\r\n\r\n");
        assertThat(came(ok)).containsExactly(
                new Callers.Output.Deliver(NODE.key(), Message.parse(ok)));
    }

    @Test void a_cancel_waits_behind_its_invite() {
        came(invite());
        var cancel = request("CANCEL", "<" + ALICE + ">", "", "");
        assertThat(came(cancel)).isEmpty();
        var outputs = found();
        assertThat(outputs).hasSize(2);
        assertThat(outputs.getLast()).isEqualTo(new Callers.Output.Deliver(
                NODE.key(), Message.parse(cancel)));
    }

    @Test void what_is_no_sip_is_for_sip_to_refuse() {
        var nonsense = Bytes.utf8("nonsense");
        assertThat(came(nonsense)).containsExactly(
                new Callers.Output.Garbled(NODE.key(), nonsense));
    }

    @Test void what_is_cut_short_is_remarked_on() {
        for (var bytes : List.of(Bytes.EMPTY, Bytes.hex("00"), Bytes.hex("0009ff"),
                Bytes.hex("000000")))
            assertThat(callers.handle(new Callers.Input.Came(NODE.key(), bytes), NOW))
                    .singleElement().isInstanceOf(Callers.Output.Remark.class);
    }

    @Test void a_flood_of_callers_waits_no_more_than_it_may() {
        for (int i = 0; i < Callers.MAX_WAITING; i++) came(call(i));
        assertThat(shown(came(call(9_999)))).isEqualTo("caller9999 (unverified)");
        assertThat(callers.size()).isEqualTo(Callers.MAX_WAITING);
    }

    private static Bytes call(int i) {
        return Bytes.utf8(invite().utf8().replace("alice", "caller" + i)
                .replace("Call-ID: c", "Call-ID: c" + i));
    }

    // Passed on by a node that does not serve the caller

    private static Statement statement(Identity by, String to, String callId, Instant at) {
        return Statement.sign(by, new Aor("alice", "example.com"), new Aor(to, "example.com"),
                callId, at);
    }

    /// Called was carol, who has it passed on to bob.
    private static Bytes passedOn() {
        return Bytes.utf8(invite().utf8().replace("To: <sip:bob@", "To: <sip:carol@"));
    }

    private List<Callers.Output> passes(Bytes message, Optional<Statement> statement) {
        came(message, new Proof(Optional.of(record(OWNER, ELSEWHERE)), statement));
        return found(record(OWNER, ELSEWHERE));
    }

    @Test void a_call_that_is_passed_on_with_the_callers_word_is_verified() {
        var word = statement(OWNER, "carol", "c", NOW);
        assertThat(shown(passes(passedOn(), Optional.of(word)))).isEqualTo("alice (verified)");
        // who passes it on once more has all that he needs
        var request = (Request) Message.parse(passedOn());
        assertThat(callers.proof(request, new Aor("alice", "example.com")).statement())
                .contains(word);
        assertThat(callers.proof(request, new Aor("eve", "example.com"))).isEqualTo(Proof.NONE);
    }

    @Test void the_node_that_has_passed_it_on_is_believed_about_that_call_alone() {
        passes(passedOn(), Optional.of(statement(OWNER, "carol", "c", NOW)));
        came(Bytes.utf8(invite().utf8().replace("Call-ID: c", "Call-ID: d")));
        assertThat(refused(callers.handle(new Callers.Input.Looked(2,
                new Answer.Found(List.of(record(OWNER, ELSEWHERE)))), NOW))).isEqualTo(403);
    }

    @Test void without_his_word_it_is_unverified() {
        assertThat(shown(passes(passedOn(), Optional.empty()))).isEqualTo("alice (unverified)");
    }

    @Test void the_word_of_another_call_or_key_or_day_is_none() {
        for (var word : List.of(statement(OWNER, "carol", "d", NOW),
                statement(OWNER, "dave", "c", NOW), statement(OTHER, "carol", "c", NOW),
                statement(OWNER, "carol", "c", NOW.minus(Duration.ofHours(1))))) {
            var fresh = new CallersTest();
            assertThat(shown(fresh.passes(passedOn(), Optional.of(word))))
                    .isEqualTo("alice (unverified)");
        }
    }

    @Test void a_statement_is_no_record_of_an_address() {
        var text = statement(OWNER, "carol", "c", NOW).text();
        assertThat(SignedRecord.verify(text, ALICE, NOW))
                .isInstanceOf(SignedRecord.Verdict.Refused.class);
        assertThat(text.length()).isLessThan(600);
    }

    /// Wrong key, replayed record, forged From: refused each time.
    @Test void ten_thousand_forgeries_are_refused() {
        pins.confirm(ALICE, OWNER.id(), NOW);
        var replayed = record(OWNER, ELSEWHERE);
        for (int i = 1; i <= 10_000; i++) {
            var call = Bytes.utf8(invite().utf8().replace("Call-ID: c", "Call-ID: c" + i));
            came(call, replayed);
            assertThat(refused(callers.handle(new Callers.Input.Looked(
                    i, new Answer.Found(List.of(replayed))), NOW))).isEqualTo(403);
        }
        assertThat(callers.size()).isZero();
    }
}
