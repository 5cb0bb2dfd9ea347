package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.Bench.PEER;
import static p2psip.std.rfc3261.Bench.address;
import static p2psip.std.rfc3261.Bench.request;
import static p2psip.std.rfc3261.Bench.response;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Outbox;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.ResourceRecord;

/// Messages find their transactions, and transactions their core.
class StackTest {
    private static final Target UDP = Target.of(Transport.UDP, PEER);

    private final Bench bench = new Bench();

    //= rfc3261#17.2.1-3 a request is passed to the TU once
    //= rfc3261#17.2.3¶3 a request with the same branch comes again: it is answered, not passed up
    @Test void a_request_that_comes_again_is_answered_by_its_transaction() {
        var options = request("OPTIONS", "UDP 127.0.0.1:5070;branch=z9hG4bKa");
        assertThat(bench.datagram(options)).containsExactly("request OPTIONS from 127.0.0.1:5070");
        assertThat(bench.datagram(options)).isEmpty();
        var answer = "127.0.0.1:5060 -> 127.0.0.1:5070"
                + " 200 OPTIONS via SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKa";
        assertThat(bench.respond(200)).containsExactly(answer);
        assertThat(bench.datagram(options)).containsExactly(answer);
        assertThat(bench.pass(Duration.ofSeconds(33))).isEmpty();
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc3261#17.2.3¶4 the same branch of another sent-by is another transaction
    //= rfc3261#17.2.3¶5 so is another method: CANCEL
    @Test void branch_sent_by_and_method_tell_transactions_apart() {
        for (var via : List.of(
                "UDP 127.0.0.1:5070;branch=z9hG4bKa", "UDP 127.0.0.1;branch=z9hG4bKa",
                "UDP x.example:5070;branch=z9hG4bKa", "UDP 127.0.0.1:5070;branch=z9hG4bKb"))
            for (var method : List.of("INVITE", "CANCEL", "OPTIONS"))
                assertThat(bench.datagram(request(method, via)))
                        .containsExactly("request " + method + " from 127.0.0.1:5070");
        assertThat(bench.stack.transactions()).isEqualTo(12);
    }

    //= rfc6026#7.1-4 the ACK of a 2xx, whatever its branch, is for the TU
    //= rfc3261#17.2.1-11 the ACK of a refusal is for the transaction
    @Test void acks_of_accepted_and_refused_invites() {
        bench.datagram(request("INVITE", "UDP 127.0.0.1:5070;branch=z9hG4bKa"));
        bench.respond(200);
        assertThat(bench.datagram(
                request("ACK", "UDP 127.0.0.1:5070;branch=z9hG4bKother", ";tag=t")))
                .containsExactly("ack 1 ACK");
        assertThat(bench.datagram(request("ACK", "UDP 127.0.0.1:5070;branch=z9hG4bKa", ";tag=t")))
                .containsExactly("ack 1 ACK");
        bench.datagram(request("INVITE", "UDP 127.0.0.1:5070;branch=z9hG4bKb"));
        bench.respond(486);
        assertThat(bench.datagram(request("ACK", "UDP 127.0.0.1:5070;branch=z9hG4bKb", ";tag=t")))
                .isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(33))).as("no refusal goes again").isEmpty();
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc3261#17.2.3¶9 without the cookie URI, tags, Call-ID, CSeq and Via decide
    @Test void invite_of_an_rfc_2543_client() {
        for (var branch : List.of("", ";branch=1")) {
            var bench = new Bench();
            var invite = request("INVITE", "UDP 127.0.0.1:5070" + branch);
            assertThat(bench.datagram(invite)).hasSize(1);
            bench.respond(404);
            assertThat(bench.datagram(invite)).as("again").singleElement().asString()
                    .contains("404 INVITE");
            assertThat(bench.datagram(invite.replace("CSeq: 1", "CSeq: 2"))).as("another")
                    .containsExactly("request INVITE from 127.0.0.1:5070");
            var ack = request("ACK", "UDP 127.0.0.1:5070" + branch, ";tag=t");
            assertThat(bench.datagram(ack.replace(";tag=t", ";tag=of-another-response")))
                    .containsExactly("ack 1 ACK");
            assertThat(bench.datagram(ack)).as("absorbed").isEmpty();
            assertThat(bench.datagram(ack)).as("absorbed again").isEmpty();
        }
    }

    //= rfc6026#6-5 without the cookie the state decides: of an accepted INVITE the ACK is the TU's
    @Test void ack_of_an_rfc_2543_client_to_a_2xx() {
        var ack = request("ACK", "UDP 127.0.0.1:5070", ";tag=t");
        bench.datagram(request("INVITE", "UDP 127.0.0.1:5070"));
        bench.respond(200);
        assertThat(bench.datagram(ack)).containsExactly("ack 1 ACK");
        var refused = new Bench();
        refused.datagram(request("INVITE", "UDP 127.0.0.1:5070"));
        refused.respond(486);
        assertThat(refused.datagram(ack)).as("absorbed").isEmpty();
    }

    //= rfc3261#17.1.3¶2 a response is matched by its branch
    //= rfc3261#17.1.3¶3 and the method in CSeq
    //= rfc6026#8.9-1 and passed to the transaction that matches
    @Test void responses_find_their_transactions() {
        //= rfc3581#3-1,2 our Via asks for rport, as a flag, without a value
        var via = "UDP 127.0.0.1:5060;branch=";
        assertThat(bench.send("z9hG4bKa", request("INVITE", 0), UDP)).containsExactly(
                "127.0.0.1:5060 -> 127.0.0.1:5070 INVITE via SIP/2.0/UDP"
                        + " 127.0.0.1:5060;branch=z9hG4bKa;rport");
        bench.send("z9hG4bKa", request("CANCEL", 0), UDP);
        bench.send("z9hG4bKb", request("INVITE", 0), UDP);
        //= rfc3261#18.1.2-2 a match: it is for that transaction
        assertThat(bench.datagram(response(200, "CANCEL", via + "z9hG4bKa")))
                .containsExactly("answer 200 to 1 CANCEL");
        assertThat(bench.datagram(response(487, "INVITE", via + "z9hG4bKa"))).containsExactly(
                "127.0.0.1:5060 -> 127.0.0.1:5070 ACK via SIP/2.0/UDP"
                        + " 127.0.0.1:5060;branch=z9hG4bKa;rport", "answer 487 to 1 INVITE");
        assertThat(bench.datagram(response(180, "INVITE", via + "z9hG4bKb")))
                .containsExactly("answer 180 to 1 INVITE");
    }

    //= rfc6026#8.4-3 the ACK goes where the INVITE went, and from where it came
    @Test void the_ack_of_a_refusal_goes_the_way_of_its_invite() {
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        assertThat(bench.datagram(response(486, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKa")))
                .contains("127.0.0.1:5060 -> 127.0.0.1:5070 ACK via SIP/2.0/UDP"
                        + " 127.0.0.1:5060;branch=z9hG4bKa;rport");
    }

    /// S1 of the ancestor: all branches of a fork had one Via branch, and the 200 of one was lost.
    @Test void a_fork_is_refused_on_one_branch_and_accepted_on_the_other() {
        var via = "UDP 127.0.0.1:5060;branch=";
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        bench.send("z9hG4bKb", request("INVITE", 0), UDP);
        assertThat(bench.datagram(response(486, "INVITE", via + "z9hG4bKa")))
                .contains("answer 486 to 1 INVITE");
        assertThat(bench.datagram(response(200, "INVITE", via + "z9hG4bKb")))
                .containsExactly("answer 200 to 1 INVITE");
    }

    /// S7 of the ancestor: the ACK of a 2xx had the branch of the INVITE.
    //= rfc3261#17.1¶3 the ACK goes straight to the transport, with a branch of its own
    @Test void the_ack_of_a_2xx_has_a_branch_of_its_own_and_no_transaction() {
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        bench.datagram(response(200, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKa"));
        var ack = (Message.Request) Message.parse(request("ACK", 0));
        var seen = bench.ask(new Core.Output.SendAck(ack, UDP));
        assertThat(seen).singleElement().asString()
                .contains("127.0.0.1:5070 ACK via SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK")
                .doesNotContain("branch=z9hG4bKa");
        assertThat(bench.ask(new Core.Output.SendAck(ack, UDP))).isNotEqualTo(seen);
        assertThat(bench.stack.transactions()).isEqualTo(1);
    }

    //= rfc6026#8.9-2 a response that no transaction awaits is discarded, but for a 2xx of an INVITE
    //= rfc3261#18.1.2-1 and one with the sent-by of another is discarded in any case
    //= rfc3261#18.1.2-3 a 2xx without a match is passed to the core
    @Test void strays() {
        //= rfc6026#6-3 each response is compared with the transactions there are
        //= rfc6026#7.3-1 by its transaction identifier, and one matches
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        assertThat(bench.datagram(response(180, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKa")))
                .containsExactly("answer 180 to 1 INVITE");
        //= rfc6026#6-4 without a matching one it goes no further
        var ours = "UDP 127.0.0.1:5060;branch=z9hG4bKz";
        assertThat(bench.datagram(response(200, "INVITE", ours))).containsExactly("stray 200");
        assertThat(bench.datagram(response(200, "BYE", ours)))
                .containsExactly("remark stray response dropped: 200 BYE");
        assertThat(bench.datagram(response(486, "INVITE", ours)))
                .containsExactly("remark stray response dropped: 486 INVITE");
        assertThat(bench.datagram(response(200, "INVITE", "UDP 127.0.0.1:5061;branch=z9hG4bKz")))
                .containsExactly("remark response to 127.0.0.1:5061 dropped");
    }

    //= rfc6026#7.1-6 a server transaction that is terminated is destroyed at once
    //= rfc6026#8.7-4 terminated after a 2xx as well
    //= rfc6026#7.2-5 and so is a client transaction
    @Test void what_has_ended_is_gone_at_once() {
        bench.datagram(request("INVITE", "UDP 127.0.0.1:5070;branch=z9hG4bKa"));
        bench.respond(200);
        bench.send("z9hG4bKb", request("INVITE", 0), UDP);
        bench.datagram(response(200, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKb"));
        bench.send("z9hG4bKc", request("INVITE", 0), UDP);
        bench.datagram(response(486, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKc"));
        bench.pass(Duration.ofMillis(31_999));
        assertThat(bench.stack.transactions()).isEqualTo(3);
        bench.pass(Duration.ofMillis(1));
        //= rfc6026#8.4-13 the instant that it enters the state, also after a refusal
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc6026#8.3¶4 the core answers too late: discarded
    @Test void a_response_without_a_transaction_is_dropped() {
        bench.datagram(request("OPTIONS", "UDP 127.0.0.1:5070;branch=z9hG4bKa"));
        bench.respond(200);
        bench.pass(Duration.ofSeconds(33));
        assertThat(bench.respond(200)).containsExactly(
                "remark response without a transaction dropped: 200 for OPTIONS server z9hG4bKa");
    }

    @Test void what_the_core_forgets_is_heard_of_no_more() {
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        bench.ask(new Core.Output.Forget(new TransactionId("z9hG4bKa", "", "INVITE")));
        assertThat(bench.stack.transactions()).isZero();
        assertThat(bench.pass(Duration.ofSeconds(40))).isEmpty();
    }

    //= rfc3261#18.2.1-5 received only where sent-by is a name or another address
    //= rfc3261#18.2.1-6 it holds the source address
    //= rfc3261#18.2.2-7 the response goes there, to the port of sent-by
    @Test void where_responses_go() {
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK0", "127.0.0.1:5090", "");
        replyTo("UDP 127.0.0.1;branch=z9hG4bK1", "127.0.0.1:5060", "");
        replyTo("UDP x.example:5090;branch=z9hG4bK2", "127.0.0.1:5090", ";received=127.0.0.1");
        replyTo("UDP 192.0.2.7;branch=z9hG4bK3", "127.0.0.1:5060", ";received=127.0.0.1");
        //= rfc3261#18.2.2-5 maddr goes before all that
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK6;maddr=127.0.0.9", "127.0.0.9:5090", "");
        replyTo("UDP [::1]:5090;branch=z9hG4bK7", "127.0.0.1:5090", ";received=127.0.0.1");
    }

    //= rfc3581#4-2 with rport received is there even if it equals sent-by
    //= rfc3581#4-3 the response goes to both
    //= rfc3581#4-4 from the address and port at which the request was received
    @Test void where_responses_go_by_rport() {
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK4;rport", "127.0.0.1:5070",
                "=5070;received=127.0.0.1");
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK5;rport=1", "127.0.0.1:5070", "");
        //= rfc3261#18.2.2-5 maddr goes before both
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK6;maddr=127.0.0.9;rport", "127.0.0.9:5090",
                "=5070;received=127.0.0.1");
    }

    private void replyTo(String via, String where, String added) {
        assertThat(bench.datagram(request("OPTIONS", via))).hasSize(1);
        assertThat(bench.respond(200)).singleElement().asString()
                .startsWith("127.0.0.1:5060 -> " + where + " 200 OPTIONS via SIP/2.0/"
                        + (via.endsWith("rport=1") ? "UDP" : via + added));
    }

    /// The Via of a proxy before us stays as it was, on the same line or on another.
    @Test void only_the_topmost_via_is_touched() {
        bench.datagram(request("OPTIONS",
                "UDP x.example;branch=z9hG4bK1, SIP/2.0/UDP y.example:1"));
        assertThat(bench.received.list("Via")).containsExactly(
                "SIP/2.0/UDP x.example;branch=z9hG4bK1;received=127.0.0.1",
                "SIP/2.0/UDP y.example:1");
    }

    //= rfc3261#18.3-3 what is bad but can be answered is answered, with a tag, and not passed up
    //= rfc3261#18.3-2 a response that is bad is discarded
    @Test void bad_requests_are_answered_and_bad_responses_dropped() {
        var bad = request("OPTIONS", "UDP 127.0.0.1:5090;branch=z9hG4bKa;rport")
                .replace("CSeq: 1", "CSeq: one");
        assertThat(bench.datagram(bad)).hasSize(2).last().asString().startsWith(
                "127.0.0.1:5060 -> 127.0.0.1:5070 400 OPTIONS via SIP/2.0/UDP 127.0.0.1:5090");
        assertThat(bench.datagram(bad.replace("OPTIONS", "ACK"))).singleElement().asString()
                .startsWith("remark dropped");
        assertThat(bench.datagram(response(200, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKa")
                .replace("Call-ID", "X"))).singleElement().asString().startsWith("remark dropped");
        assertThat(bench.datagram(request("OPTIONS", "UDP 127.0.0.1:5090;branch=z9hG4bKa;rport")
                .replace("Content-Length: 0", "Content-Length: 9"))).as("cut off").hasSize(2)
                .last().asString().contains(" 400 OPTIONS ");
        assertThat(bench.datagram("hello\n\n")).singleElement().asString()
                .startsWith("remark dropped");
        assertThat(bench.datagram("\n\n")).isEmpty();
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc3261#18.1.1-6 sent-by is the point that the peer can reach
    @Test void each_neighbourhood_has_its_own_point() {
        var lan = Target.of(Transport.UDP, address("192.0.2.7", 5060));
        //= rfc3261#8.1.1.7-1 a Via is inserted
        //= rfc3261#8.1.1.7-2 SIP and 2.0 are its protocol and version
        //= rfc3261#8.1.1.7-3 and it has a branch
        assertThat(bench.send("z9hG4bKa", request("OPTIONS", 0), lan)).containsExactly(
                "192.0.2.1:5060 -> 192.0.2.7:5060 OPTIONS via SIP/2.0/UDP"
                        + " 192.0.2.1:5060;branch=z9hG4bKa;rport");
        assertThat(bench.send("z9hG4bKb", request("OPTIONS", 0),
                Target.of(Flow.udp(Bench.LAN, PEER)))).as("the very flow").containsExactly(
                "192.0.2.1:5060 -> 127.0.0.1:5070 OPTIONS via SIP/2.0/UDP"
                        + " 192.0.2.1:5060;branch=z9hG4bKb;rport");
        assertThat(bench.send("z9hG4bKc", request("OPTIONS", 0),
                Target.of(Transport.UDP, address("::1", 5060)))).as("no IPv6 here")
                .containsExactly("remark no way to [::1]:5060 by UDP",
                        "failed OPTIONS TRANSPORT");
        assertThat(bench.send("z9hG4bKd", request("OPTIONS", 0),
                Target.of(Transport.TLS, PEER))).contains("failed OPTIONS TRANSPORT");
    }

    @Test void where_a_uri_leads_is_found_out() {
        resolve("sip:b@192.0.2.7:5090;transport=tcp", "targets [TCP 192.0.2.7:5090]");
        resolve("sip:b@[2001:db8::1]", "targets [UDP [2001:db8::1]:5060]");
        resolve("sips:b@192.0.2.7", "targets []");   // TLS is not spoken here
        resolve("tel:+1234", "targets []");
        resolve("sip:", "targets []");
        resolve("sip:b@x.example:5090", "query 1: x.example A");
        var answer = new Stack.Input.Answered(1, new Answer.Found(List.of(
                new ResourceRecord.Address("x.example", Duration.ZERO,
                        InetAddress.ofLiteral("192.0.2.8")),
                new ResourceRecord.Address("x.example", Duration.ZERO,
                        InetAddress.ofLiteral("192.0.2.9")))));
        assertThat(bench.handle(answer))
                .containsExactly("targets [UDP 192.0.2.8:5090, UDP 192.0.2.9:5090]");
        assertThat(bench.handle(answer)).as("asked once").isEmpty();
    }

    private void resolve(String uri, String answer) {
        assertThat(bench.ask(new Core.Output.Resolve(1, uri, false))).containsExactly(answer);
    }

    //= rfc3261#18.1.1-3 a message of the maximum datagram size is handled
    @Test void a_datagram_as_large_as_they_get() {
        var head = request("OPTIONS", "UDP 127.0.0.1:5070;branch=z9hG4bKa");
        int room = 65_507 - head.replace("\n", "\r\n").length() - 4;
        assertThat(bench.datagram(head.replace("Length: 0", "Length: " + room) + "x".repeat(room)))
                .containsExactly("request OPTIONS from 127.0.0.1:5070");
        assertThat(bench.received.body().size()).isEqualTo(room);
    }

    //= rfc3261#18.2.1-4 the sent-by of each request is examined
    //= rfc3261#18.2.2-9 without received the response goes to the address in sent-by
    //= rfc3581#4-1 an empty rport gets the source port as its value
    @Test void what_is_added_to_the_top_via() {
        replyTo("UDP 127.0.0.1:5090;branch=z9hG4bK0", "127.0.0.1:5090", "");
        replyTo("UDP 127.0.0.1:5090;rport;branch=z9hG4bK1", "127.0.0.1:5070");
        assertThat(bench.received.topVia().params().get("rport")).contains("5070");
        //= rfc3261#18.2.2-1 the process follows an order: maddr before received
        replyTo("UDP x.example:5090;maddr=127.0.0.9;branch=z9hG4bK2", "127.0.0.9:5090");
    }

    private void replyTo(String via, String where) {
        bench.datagram(request("OPTIONS", via));
        assertThat(bench.respond(200)).singleElement().asString()
                .startsWith("127.0.0.1:5060 -> " + where + " 200 OPTIONS");
    }

    //= rfc3261#18.1.1-11 the response may come from anywhere to the port of sent-by
    //= rfc3581#3-4 which is the port the request was sent from
    //= rfc3581#3-3 so the same address and port take in both
    @Test void responses_come_to_sent_by() {
        assertThat(bench.send("z9hG4bKa", request("OPTIONS", 0), UDP)).singleElement().asString()
                .startsWith("127.0.0.1:5060 -> ").contains("via SIP/2.0/UDP 127.0.0.1:5060;");
        var other = address("127.0.0.3", 1234);
        assertThat(bench.datagram(other, p2psip.std.Bytes.utf8(response(200, "OPTIONS",
                "UDP 127.0.0.1:5060;branch=z9hG4bKa").replace("\n", "\r\n"))))
                .containsExactly("answer 200 to 1 OPTIONS");
    }

    //= rfc3261#16.6-54 our Via is inserted before those that are there
    //= rfc5393#4.2.1-1 on top of the copy
    //= rfc3261#16.6-61 and Content-Length with the correct value
    @Test void what_the_transport_adds_to_a_request() {
        var copy = (Message.Request) Message.parse(request("MESSAGE",
                "UDP 192.0.2.7;branch=z9hG4bKphone").replace("Content-Length: 0\n", "") + "hello");
        var output = bench.stack.handle(new Core.Input.Asked(new Bench.Do(new Core.Output.Send(
                new TransactionId("z9hG4bKours", "", "MESSAGE"), copy, UDP))), Instant.EPOCH);
        var sent = Message.parse(((Stack.Output.SendDatagram) output.getFirst()).bytes());
        assertThat(sent.list("Via")).containsExactly(
                "SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKours;rport",
                "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKphone");
        assertThat(sent.all("Content-Length")).containsExactly("5");
    }

    //= rfc3263#4-1 where it goes is found once for a transaction
    //= rfc3263#4-2 its retransmissions go to the same host
    @Test void retransmissions_go_where_the_request_went() {
        var first = bench.send("z9hG4bKa", request("INVITE", 0), UDP).getFirst();
        assertThat(bench.pass(Duration.ofSeconds(2)))
                .containsExactly("500 watch 127.0.0.1:5070", "500 " + first, "1500 " + first);
        //= rfc3263#4-3 and so does the CANCEL, whatever the core believes
        //= rfc3263#4.4-1 to the same server as the request of its transaction
        assertThat(bench.send("z9hG4bKa", request("CANCEL", 0), Target.of(Transport.UDP,
                address("127.0.0.4", 5060)))).singleElement().asString()
                .startsWith("127.0.0.1:5060 -> 127.0.0.1:5070 CANCEL");
        //  and the ACK of a refusal, from wherever that comes
        assertThat(bench.datagram(address("127.0.0.4", 5060), Bench.wire(response(
                486, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKa")))).element(0).asString()
                .startsWith("127.0.0.1:5060 -> 127.0.0.1:5070 ACK");
    }

    //= rfc3261#18.4-1 an ICMP error is a failure in sending, of which the transport user is told
    @Test void nobody_is_there() {
        bench.send("z9hG4bKa", request("INVITE", 0), UDP);
        bench.send("z9hG4bKb", request("OPTIONS", 0), UDP);
        assertThat(bench.handle(new Stack.Input.Unreachable(Bench.HERE,
                address("127.0.0.1", 5071)))).as("of somebody else").isEmpty();
        assertThat(bench.handle(new Stack.Input.Unreachable(Bench.HERE, PEER)))
                .containsExactly("failed INVITE TRANSPORT", "failed OPTIONS TRANSPORT");
        assertThat(bench.pass(Duration.ofSeconds(40))).isEmpty();
    }

    /// Whether anybody is there matters from the first repetition to the end of the last request.
    @Test void who_does_not_answer_is_watched() {
        bench.send("z9hG4bKa", request("OPTIONS", 0), UDP);
        bench.send("z9hG4bKb", request("OPTIONS", 0), UDP);
        assertThat(bench.pass(Duration.ofMillis(499))).isEmpty();
        assertThat(bench.pass(Duration.ofMillis(1))).filteredOn(line -> line.contains("watch"))
                .containsExactly("500 watch 127.0.0.1:5070");
        assertThat(answered("z9hG4bKa")).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(5))).as("the other goes on")
                .noneMatch(line -> line.contains("leave"));
        answered("z9hG4bKb");
        assertThat(bench.pass(Duration.ofSeconds(6))).containsExactly(
                "10500 leave 127.0.0.1:5070");
    }

    private List<String> answered(String branch) {
        return bench.datagram(response(200, "OPTIONS",
                "UDP 127.0.0.1:5060;branch=" + branch)).stream()
                .filter(line -> !line.startsWith("answer")).toList();
    }

    //= rfc3261#21.5.4-4 no other request goes to that server for as long as Retry-After says
    @Test void a_server_that_wants_to_be_left_alone_is() {
        refused("z9hG4bKa", "Retry-After: 120 (tired);duration=7\n");
        assertThat(bench.send("z9hG4bKb", request("OPTIONS", 0), UDP))
                .containsExactly("failed OPTIONS RESTING");
        assertThat(bench.send("z9hG4bKc", request("BYE", 0).replace("To: <sip:b@x>",
                "To: <sip:b@x>;tag=2"), UDP)).as("what belongs to a dialog").hasSize(1)
                .first().asString().contains("BYE via");
        assertThat(bench.send("z9hG4bKd", request("OPTIONS", 0),
                Target.of(Transport.UDP, address("127.0.0.1", 5071)))).hasSize(1)
                .first().asString().contains("5071 OPTIONS");
        bench.now = bench.now.plusSeconds(119);
        assertThat(bench.send("z9hG4bKe", request("OPTIONS", 0), UDP)).first().asString()
                .isEqualTo("failed OPTIONS RESTING");
        bench.now = bench.now.plusSeconds(1);
        assertThat(bench.send("z9hG4bKf", request("OPTIONS", 0), UDP)).first().asString()
                .contains("OPTIONS via");
    }

    @Test void who_does_not_say_for_how_long_is_asked_again() {
        refused("z9hG4bKa", "");
        refused("z9hG4bKb", "Retry-After: soon\n");
        refused("z9hG4bKc", "Retry-After: 99999999999\n");
        assertThat(bench.send("z9hG4bKd", request("OPTIONS", 0), UDP)).first().asString()
                .contains("OPTIONS via");
        refused("z9hG4bKd", "Retry-After: 4294967295\n");
        bench.now = bench.now.plus(Resting.LONGEST);
        assertThat(bench.send("z9hG4bKe", request("OPTIONS", 0), UDP)).as("not for ever")
                .first().asString().contains("OPTIONS via");
    }

    private void refused(String branch, String retryAfter) {
        bench.send(branch, request("OPTIONS", 0), UDP);
        assertThat(bench.datagram(response(503, "OPTIONS", "UDP 127.0.0.1:5060;branch=" + branch)
                .replace("Content-Length", retryAfter + "Content-Length")))
                .containsExactly("answer 503 to 1 OPTIONS");
    }

    @Test void of_those_that_rest_the_first_is_forgotten_at_the_limit() {
        var resting = new Resting();
        var refusal = (Message.Response) Message.parse(response(503, "OPTIONS", "UDP x;branch=a")
                .replace("Content-Length", "Retry-After: 60\nContent-Length"));
        for (int i = 0; i <= Resting.LIMIT; i++) resting.answered(
                Flow.udp(Bench.HERE, address("127.0.0.1", 6000 + i)), refusal, Instant.EPOCH);
        var options = (Message.Request) Message.parse(request("OPTIONS", 0));
        assertThat(IntStream.of(6000, 6001, 6000 + Resting.LIMIT).mapToObj(port -> resting.spares(
                options, Target.of(Transport.UDP, address("127.0.0.1", port)), Instant.EPOCH)))
                .containsExactly(false, true, true);
    }

    //= rfc3261#21.5.4-1 the Retry-After of a 503 says when to try again
    @Test void too_many_transactions_are_refused() {
        var said = new Outbox<TransactionLayer.Output>();
        var layer = new TransactionLayer(1, said);
        var flow = Flow.udp(Bench.HERE, PEER);
        begin(layer, flow, "z9hG4bKa");
        assertThat(said.take()).hasAtLeastOneElementOfType(Core.Input.Received.class);
        begin(layer, flow, "z9hG4bKb");
        assertThat(said.take()).filteredOn(o ->
                o instanceof TransactionLayer.Output.Send(_, _, var bytes)
                        && bytes.utf8().startsWith("SIP/2.0 503 ")
                        && bytes.utf8().contains("\r\nTo: <sip:b@x>\r\n")
                        && bytes.utf8().contains("\r\nRetry-After: 10\r\n")).hasSize(1);
        assertThat(layer.size()).isEqualTo(1);
    }

    private static void begin(TransactionLayer layer, Flow flow, String branch) {
        var options = (Message.Request) Message.parse(
                request("OPTIONS", "UDP 127.0.0.1:5070;branch=" + branch));
        layer.received(options, options.topVia(), flow, flow, Instant.EPOCH);
    }
}
