package p2psip.app.why;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;

/// What a capture says of a call whose telephones look for a way by ICE.
class ObservedTest {
    private static final InetSocketAddress ALICE = at("10.0.0.1", 5060), BOB = at("10.0.0.2", 5060),
            ALICES = at("10.0.0.1", 4000), BOBS = at("10.0.0.2", 5000),
            OUTSIDE = at("198.51.100.7", 6000);

    private final Observed observed = new Observed();
    private final SplittableRandom random = new SplittableRandom(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private void passes(InetSocketAddress from, InetSocketAddress to, Bytes bytes) {
        observed.accept(new Trace("x", now, new Wire(Wire.Kind.DATAGRAM, true, from, to, bytes)));
    }

    private void says(InetSocketAddress from, InetSocketAddress to, String line, String cseq,
            String ufrag, InetSocketAddress media) {
        var body = ufrag.isEmpty() ? "" : """
                v=0
                o=- 1 1 IN IP4 %1$s
                s=-
                c=IN IP4 %1$s
                t=0 0
                a=ice-options:ice2
                m=audio %2$d RTP/AVP 0
                a=ice-ufrag:%3$s
                a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaa
                a=candidate:1 1 UDP 2130706431 %1$s %2$d typ host
                """.formatted(media.getAddress().getHostAddress(), media.getPort(), ufrag);
        passes(from, to, Bytes.utf8(("""
                %s
                Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%s
                Max-Forwards: 70
                From: <sip:alice@example.com>;tag=a
                To: <sip:bob@example.com>%s
                Call-ID: one
                CSeq: 1 %s
                Contact: <sip:x@10.0.0.1>
                Content-Type: application/sdp
                Content-Length: %d

                """.formatted(line, cseq, line.startsWith("INVITE") ? "" : ";tag=b", cseq,
                body.replace("\n", "\r\n").length()) + body).replace("\n", "\r\n")));
    }

    private void begins() {
        says(ALICE, BOB, "INVITE sip:bob@example.com SIP/2.0", "INVITE", "alice", ALICES);
        says(BOB, ALICE, "SIP/2.0 200 OK", "INVITE", "bobby", BOBS);
        says(ALICE, BOB, "ACK sip:bob@example.com SIP/2.0", "ACK", "", ALICE);
    }

    private void ends() {
        now = now.plusSeconds(10);
        says(ALICE, BOB, "BYE sip:bob@example.com SIP/2.0", "BYE", "", ALICE);
        says(BOB, ALICE, "SIP/2.0 200 OK", "BYE", "", ALICE);
    }

    private Message check(InetSocketAddress from, InetSocketAddress to, String name) {
        var check = new Message(Message.Kind.REQUEST, Message.BINDING,
                TransactionId.random(random), List.of(new Username(name)));
        passes(from, to, check.encode());
        return check;
    }

    private void sound(InetSocketAddress from, InetSocketAddress to) {
        for (int i = 0; i < 500; i++) {
            now = now.plusMillis(20);
            passes(from, to, Bytes.hex("8000%04x".formatted(i) + "00".repeat(20)));
        }
    }

    private Explanation why() {
        return Explanation.of(observed.account(Optional.empty()).orElseThrow());
    }

    @Test void telephones_none_of_whose_checks_is_answered_have_found_no_way() {
        begins();
        for (int i = 0; i < 3; i++) check(ALICES, BOBS, "bobby:alice");
        check(BOBS, OUTSIDE, "alice:bobby");
        check(BOBS, ALICES, "somebody:else");
        ends();
        assertThat(why().cause().orElseThrow().name()).isEqualTo("no-way-between-phones");
        assertThat(why().lines()).filteredOn(Explanation.Line::marked).singleElement()
                .extracting(Explanation.Line::text).asString()
                .contains("no way in 2 pairs", "10.0.0.1:4000 -> 10.0.0.2:5000 failed: 3 sent",
                        "10.0.0.2:5000 -> 198.51.100.7:6000");
    }

    /// An answer from elsewhere, or to nothing that was asked, is none.
    @Test void answers_that_are_none_open_no_way() {
        begins();
        var check = check(ALICES, BOBS, "bobby:alice");
        passes(OUTSIDE, ALICES, check.response(Message.Kind.SUCCESS, List.of()).encode());
        passes(BOBS, ALICES, check.response(Message.Kind.ERROR,
                List.of(new ErrorCode(487, "Role Conflict"))).encode());
        passes(BOBS, ALICES, check.response(Message.Kind.SUCCESS, List.of()).encode());
        ends();
        assertThat(why().cause().orElseThrow().name()).isEqualTo("no-way-between-phones");
        assertThat(why().lines()).extracting(Explanation.Line::text)
                .anyMatch(text -> text.contains("error 487"));
    }

    /// To where the check went, though no description names it.
    @Test void sound_is_found_where_the_checks_have_gone() {
        begins();
        for (var way : List.of(List.of(ALICES, BOBS, "bobby:alice"),
                List.of(BOBS, OUTSIDE, "alice:bobby"))) {
            var from = (InetSocketAddress) way.get(0);
            var to = (InetSocketAddress) way.get(1);
            passes(to, from, check(from, to, (String) way.get(2))
                    .response(Message.Kind.SUCCESS, List.of()).encode());
        }
        var begin = now;
        sound(ALICES, BOBS);
        now = begin;
        sound(BOBS, OUTSIDE);
        now = begin;
        ends();
        assertThat(why().cause()).isEmpty();
        assertThat(why().verdict()).isEqualTo(Explanation.Verdict.HEALTHY);
    }

    @Test void telephones_that_have_found_a_way_and_say_nothing_are_not_heard() {
        begins();
        passes(BOBS, ALICES, check(ALICES, BOBS, "bobby:alice")
                .response(Message.Kind.SUCCESS, List.of()).encode());
        ends();
        assertThat(why().cause().orElseThrow().name()).isEqualTo("nothing-heard");
    }

    @Test void what_is_remembered_of_checks_has_a_limit() {
        begins();
        for (int i = 0; i < 2 * Checks.PAIRS; i++)
            check(at("10.1.0.1", 1 + i), BOBS, "bobby:alice");
        ends();
        assertThat(why().lines()).extracting(Explanation.Line::text)
                .anyMatch(text -> text.contains("no way in " + Checks.PAIRS + " pairs"));
    }
}
