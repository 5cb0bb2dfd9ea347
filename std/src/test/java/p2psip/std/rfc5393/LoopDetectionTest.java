package p2psip.std.rfc5393;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// The second part of a branch: what changes it and what must not.
class LoopDetectionTest {
    private static final Request INVITE = (Request) Message.parse("""
            INVITE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 203.0.113.1;branch=z9hG4bKa
            Max-Forwards: 70
            From: <sip:alice@example.com>;tag=1
            To: <sip:bob@example.com>
            Call-ID: c
            CSeq: 1 INVITE

            """);
    private static final String PART = LoopDetection.secondPart(INVITE);

    //= rfc5393#4.2.1-2 a branch has two parts
    //= rfc3261#16.6-55,56 that are separable; the first is globally unique and has the magic cookie
    @Test void two_parts() {
        var random = new SplittableRandom(1);
        var firsts = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            var id = LoopDetection.branch(INVITE, PART, random);
            assertThat(id.sentBy()).as("that of a client transaction").isEmpty();
            var branch = id.branch().split("\\.");
            assertThat(branch).hasSize(2);
            assertThat("." + branch[1]).isEqualTo(PART);
            //= rfc5393#4.2.1-3 the first part as in Section 8.1.1.7
            assertThat(branch[0]).startsWith("z9hG4bK");
            assertThat(firsts.add(branch[0])).isTrue();
        }
    }

    //= rfc5393#4.2.1-6 the second part does not vary with the method
    //= rfc3261#16.6-59 the method is not in the calculation
    @Test void a_cancel_has_the_branch_of_its_invite() {
        var cancel = Cancel.of(INVITE);
        assertThat(LoopDetection.secondPart(cancel)).isEqualTo(PART);
    }

    //= rfc5393#4.2.1-4 with any field that decides where it is forwarded
    //= rfc3261#16.6-57,58 Route, Proxy-Require, Proxy-Authorization, and the incoming Request-URI
    @Test void what_decides_about_the_way_changes_the_second_part() {
        var parts = new ArrayList<String>();
        parts.add(PART);
        parts.add(LoopDetection.secondPart(INVITE.withUri("sip:carol@example.com")));
        for (var name : List.of("Route", "Proxy-Require", "Proxy-Authorization"))
            parts.add(LoopDetection.secondPart(INVITE.with(name, "to " + name)));
        //= rfc5393#4.2.4-1 something that varies between transactions is in the hash
        parts.add(LoopDetection.secondPart(INVITE.with("CSeq", "2 INVITE")));
        for (var name : List.of("Call-ID", "From", "To"))
            parts.add(LoopDetection.secondPart(INVITE.with(name, "<sip:x@y>;is=" + name)));
        assertThat(parts).doesNotHaveDuplicates();
        for (var name : List.of("Via", "Max-Forwards", "Record-Route", "Subject", "Max-Breadth"))
            assertThat(LoopDetection.secondPart(INVITE.with(name, "1"))).as(name).isEqualTo(PART);
    }

    //= rfc5393#4.2.2-2 each Via value with our sent-by is inspected, and no other
    //= rfc5393#4.2.2-3 with the calculated second part it has looped
    //= rfc3261#16.3-13 if the parameters differ it is spiraling
    @Test void whose_via_it_is() {
        assertThat(looped("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa" + PART)).isTrue();
        assertThat(looped("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa" + PART)).isTrue();
        assertThat(looped("SIP/2.0/TCP other;branch=z9hG4bKb, SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKa"
                + PART)).as("further down").isTrue();
        assertThat(looped("SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bKa" + PART)).isFalse();
        assertThat(looped("SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa" + PART)).isFalse();
        assertThat(looped("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa.00000000")).isFalse();
        assertThat(looped("SIP/2.0/UDP 192.0.2.1;x=z9hG4bKa" + PART + ";branch=z9hG4bK")).isFalse();
    }

    private static boolean looped(String via) {
        return LoopDetection.looped(INVITE.with("Via", via), PART,
                (host, port) -> host.equals("192.0.2.1") && port == 5060);
    }
}
