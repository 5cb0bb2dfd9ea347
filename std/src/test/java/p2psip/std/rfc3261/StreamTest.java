package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.Bench.PEER;
import static p2psip.std.rfc3261.Bench.request;
import static p2psip.std.rfc3261.Bench.response;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.ResourceRecord;

/// SIP over TCP: cutting messages out of the stream, and the life of connections.
class StreamTest {
    private static final Target TCP = Target.of(Transport.TCP, PEER);
    private static final String VIA = "TCP 127.0.0.1:5060;branch=";
    private static final String OPTIONS =
            request("OPTIONS", "TCP 127.0.0.1:5090;branch=z9hG4bKa");
    private static final String HEARD = "request OPTIONS from 127.0.0.1:5070";

    private final Bench bench = new Bench();

    //= rfc3261#18.3-4 Content-Length tells where a message ends, however the stream is cut
    @Test void messages_are_cut_out_of_the_stream() {
        bench.accepted(-1);
        var body = OPTIONS.replace("Length: 0", "Length: 5") + "hello";
        var second = OPTIONS.replace("z9hG4bKa", "z9hG4bKb");
        assertThat(bench.read(-1, body + second)).containsExactly(HEARD, HEARD);
        assertThat(bench.stack.transactions()).isEqualTo(2);
        assertThat(bench.read(-1, "\n\n" + body.replace("z9hG4bKa", "z9hG4bKc") + "OPTIONS sip:"))
                .contains(HEARD);
    }

    @Test void a_message_may_come_a_byte_at_a_time() {
        bench.accepted(-1);
        var message = OPTIONS.replace("Content-Length: 0", "l :\n 5") + "he";
        for (char c : message.toCharArray())
            assertThat(bench.read(-1, String.valueOf(c))).isEmpty();
        assertThat(bench.read(-1, "llo" + message.replace("z9hG4bKa", "z9hG4bKb") + "ll"))
                .containsExactly(HEARD);
        assertThat(bench.received.body().utf8()).isEqualTo("hello");
        assertThat(bench.read(-1, "o")).containsExactly(HEARD);
    }

    //= rfc3261#18.3-4 a length up to the longest there may be, with zeros before it as one likes
    @Test void a_length_is_a_number() {
        bench.accepted(-1);
        assertThat(bench.read(-1, OPTIONS.replace("Length: 0", "Length: 000000001") + "x"))
                .containsExactly(HEARD);
        assertThat(bench.read(-1, OPTIONS.replace("Length: 0", "Length: 1048576"))).isEmpty();
    }

    //= rfc3261#18.1.1-8 what is traced has come by the connection of its request
    @Test void what_comes_is_traced() {
        var bench = Bench.traced();
        bench.accepted(-1);
        assertThat(bench.read(-1, OPTIONS)).containsSubsequence("carried in OPTIONS via"
                + " SIP/2.0/TCP 127.0.0.1:5090;branch=z9hG4bKa", HEARD);
        assertThat(bench.respond(200)).anyMatch(line -> line.startsWith("carried out 200 OPTIONS"));
    }

    //= rfc3261#18.3-4 without Content-Length nobody knows where the next message begins
    @Test void what_cannot_be_cut_is_refused_and_the_stream_closed() {
        broken(OPTIONS.replace("Content-Length: 0\n", ""), "400");
        broken(OPTIONS.replace("Length: 0", "Length: many"), "400");
        broken(OPTIONS.replace("Length: 0", "Length: -1"), "400");
        //= rfc3261#21.4.11-1 a body that is too large: the connection is closed
        broken(OPTIONS.replace("Length: 0", "Length: 1048577"), "413");
        broken(OPTIONS.replace("Length: 0", "Length: 9999999999"), "413");
        broken(OPTIONS.replace("Content-Length: 0\n", "Subject: " + "x".repeat(70_000)), "513");
        for (var junk : List.of("hello\n\n", "ACK" + OPTIONS.substring(7).replace("th: 0", "th: x"),
                response(200, "OPTIONS", VIA + "z9hG4bKa").replace("Length: 0", "Length: x"),
                "x".repeat(70_000))) {
            var bench = new Bench();
            bench.accepted(-1);
            assertThat(bench.read(-1, junk)).hasSize(3).endsWith("close -1",
                    "flow ended 127.0.0.1:5070").first().asString().startsWith("remark dropped");
        }
    }

    private static void broken(String message, String status) {
        var bench = new Bench();
        bench.accepted(-1);
        assertThat(bench.read(-1, message)).hasSize(4).endsWith("close -1",
                "flow ended 127.0.0.1:5070").element(1).asString().startsWith(
                "-1 -> " + status + " OPTIONS via SIP/2.0/TCP 127.0.0.1:5090;branch=z9hG4bKa");
        assertThat(bench.read(-1, OPTIONS)).as("nothing more is heard").isEmpty();
        assertThat(bench.stack.connections()).isZero();
    }

    /// A bad request whose end is known does not end the stream.
    @Test void a_bad_request_is_refused_and_the_stream_goes_on() {
        bench.accepted(-1);
        assertThat(bench.read(-1, OPTIONS.replace("CSeq: 1", "CSeq: one") + OPTIONS)).hasSize(3)
                .element(1).asString().startsWith("-1 -> 400");
    }

    //= rfc5626#3.5.1¶1 two empty lines are a ping, one is the pong
    //= rfc5626#5.4-2 a double CRLF gets a single CRLF
    @Test void pings_are_answered() {
        bench.accepted(-1);
        assertThat(bench.read(-1, "\n\n")).containsExactly("-1 -> CRLF");
        assertThat(bench.read(-1, "\n")).isEmpty();
        assertThat(bench.read(-1, "\n")).containsExactly("-1 -> CRLF");
        assertThat(bench.read(-1, "\n" + OPTIONS + "\n")).containsExactly(HEARD);
    }

    /// A connection that is up, and that we have pinged.
    private static final String PING = "1 -> CRLFCRLF", ENDED = "flow ended 127.0.0.1:5070";

    private void pinged() {
        bench.send("z9hG4bKx", request("REGISTER", 0), TCP);
        bench.connected(1);
        bench.read(1, response(200, "REGISTER", VIA + "z9hG4bKx"));
        assertThat(ping()).containsExactly(PING);
    }

    private List<String> ping() {
        return bench.ask(new Core.Output.Ping(new Flow(Transport.TCP, Bench.HERE, PEER, 1)));
    }

    @Test void a_pong_says_that_the_flow_lives() {
        pinged();
        //= rfc5626#4.4.1-3 CRLF keep-alive: one empty line answers two
        assertThat(bench.read(1, "\n")).containsExactly("ponged 127.0.0.1:5070");
        assertThat(bench.pass(Duration.ofSeconds(12))).isEmpty();
        assertThat(ping()).containsExactly(PING);
        assertThat(ping()).as("one at a time").isEmpty();
        assertThat(bench.read(1, "\n\n\n")).as("and the peer may ping, too")
                .containsExactly("1 -> CRLF", "ponged 127.0.0.1:5070");
    }

    //= rfc5626#4.4.1-2 no pong within ten seconds: the flow counts as failed
    @Test void who_does_not_answer_a_ping_is_gone() {
        pinged();
        assertThat(bench.pass(Duration.ofSeconds(11))).hasSize(2)
                .first().asString().endsWith("close 1");
        assertThat(bench.stack.connections()).isZero();
    }

    //= rfc5626#4.4.1-2 or after what was being received when the ten seconds were over
    @Test void a_message_that_comes_in_is_heard_to_its_end() {
        pinged();
        bench.pass(Duration.ofSeconds(9));
        assertThat(bench.read(1, OPTIONS.substring(0, 30))).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(3))).isEmpty();
        assertThat(bench.read(1, OPTIONS.substring(30))).containsExactly(HEARD, "close 1", ENDED);
    }

    //= rfc5626#4.4.1-1 over what is connected alone
    //= rfc5626#4.4.2-1 STUN over UDP alone, which is connection-less
    @Test void a_flow_of_datagrams_is_tried_by_stun() {
        assertThat(bench.ask(new Core.Output.Ping(Flow.udp(Bench.HERE, PEER))))
                .containsExactly("ping 127.0.0.1:5070");
        assertThat(bench.handle(new Stack.Input.Ponged(Bench.HERE, PEER, Optional.of(Bench.LAN))))
                .containsExactly("ponged 127.0.0.1:5070 as 192.0.2.1:5060");
        assertThat(bench.handle(new Stack.Input.Ponged(Bench.HERE, PEER, Optional.empty())))
                .containsExactly(ENDED);
    }

    //= rfc3261#18.2.2-2 the response goes back on the connection of the request
    //= rfc3261#18.1.1-14 and so does a request to the same address
    //= rfc5626#4.3-2 by the connection that exists
    @Test void a_connection_serves_both_directions() {
        bench.accepted(-1);
        bench.read(-1, OPTIONS);
        assertThat(bench.respond(200)).containsExactly(
                "-1 -> 200 OPTIONS via SIP/2.0/TCP 127.0.0.1:5090;branch=z9hG4bKa");
        assertThat(bench.send("z9hG4bKx", request("INVITE", 0), TCP)).containsExactly(
                "-1 -> INVITE via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKx;rport");
        assertThat(bench.read(-1, response(180, "INVITE", VIA + "z9hG4bKx")))
                .containsExactly("answer 180 to 1 INVITE");
    }

    /// The end of the older of two connections from one address does not hide the newer one.
    //= rfc3261#18.1.1-14 an open connection to the same address is used again
    @Test void of_two_connections_the_older_ends() {
        bench.accepted(-1);
        bench.accepted(-2);
        bench.closed(-1);
        assertThat(bench.send("z9hG4bKx", request("INVITE", 0), TCP)).containsExactly(
                "-2 -> INVITE via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKx;rport");
    }

    /// Nor is it used by another transport, though the address is the same.
    //= rfc5626#4.3-3 TLS must match the host of the next hop
    //= rfc5626#4.3-4 else a new connection is opened
    @Test void a_secure_connection_serves_its_own_domain_alone() {
        var bench = new Bench(new ListeningPoint(Transport.TLS, Bench.address("127.0.0.1", 5061)));
        var wanted = List.of(Target.of(Transport.TLS, PEER, "a.example"),
                Target.of(Transport.TLS, PEER, "b.example"), TCP);
        for (int i = 0; i < 3; i++)
            assertThat(bench.send("z9hG4bKx" + i, request("OPTIONS", 0), wanted.get(i)))
                    .containsExactly("open " + (i + 1) + " to 127.0.0.1:5070"
                            + (i < 2 ? " by TLS" : ""));
        for (int i = 0; i < 3; i++)
            assertThat(bench.send("z9hG4bKy" + i, request("OPTIONS", 0), wanted.get(i)))
                    .as("it is waited for").isEmpty();
    }

    //= rfc3261#18.1.1-8 the response comes on the connection of the request
    @Test void a_connection_is_opened_once() {
        assertThat(bench.send("z9hG4bKx", request("OPTIONS", 0), TCP))
                .containsExactly("open 1 to 127.0.0.1:5070");
        assertThat(bench.send("z9hG4bKy", request("OPTIONS", 0), TCP)).isEmpty();
        assertThat(bench.connected(1)).containsExactly(
                "1 -> OPTIONS via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKx;rport",
                "1 -> OPTIONS via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKy;rport");
        assertThat(bench.read(1, response(200, "OPTIONS", VIA + "z9hG4bKy")))
                .containsExactly("answer 200 to 1 OPTIONS");
        assertThat(bench.pass(Duration.ofSeconds(40)))
                .containsExactly("32000 failed OPTIONS TIMEOUT");
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc3261#18.4-3 a connection that fails is a failure of the request
    @Test void nobody_lets_us_in() {
        bench.send("z9hG4bKx", request("INVITE", 0), TCP);
        assertThat(bench.closed(1)).containsExactly("failed INVITE TRANSPORT",
                "flow ended 127.0.0.1:5070");
        bench.send("z9hG4bKy", request("INVITE", 0), TCP);
        assertThat(bench.pass(Duration.ofSeconds(40))).containsExactly("4000 close 2",
                "4000 failed INVITE TRANSPORT", "4000 flow ended 127.0.0.1:5070");
        assertThat(bench.stack.transactions()).isZero();
        assertThat(bench.stack.connections()).isZero();
    }

    //= rfc3261#18.1.1-9 a server whose connection is gone opens one to the port of sent-by
    @Test void a_response_comes_on_a_connection_of_its_own() {
        bench.send("z9hG4bKx", request("INVITE", 0), TCP);
        bench.connected(1);
        bench.accepted(-1);
        assertThat(bench.read(-1, response(180, "INVITE", VIA + "z9hG4bKx")))
                .containsExactly("answer 180 to 1 INVITE");
    }

    @Test void a_flow_dies_and_its_client_transactions_with_it() {
        bench.accepted(-1);
        bench.read(-1, OPTIONS);
        bench.send("z9hG4bKx", request("INVITE", 0), TCP);
        bench.send("z9hG4bKy", request("INVITE", 0), TCP);
        bench.read(-1, response(200, "INVITE", VIA + "z9hG4bKx"));
        assertThat(bench.closed(-1)).containsExactly("failed INVITE TRANSPORT",
                "flow ended 127.0.0.1:5070");
        assertThat(bench.send("z9hG4bKz", request("BYE", 0), Target.of(
                new Flow(Transport.TCP, Bench.HERE, PEER, -1)))).as("that very flow is no more")
                .containsExactly("failed BYE TRANSPORT");
    }

    //= rfc3261#18.2.2-3 the connection is no longer open: another one to the received address
    @Test void a_response_finds_another_way() {
        bench.accepted(-1);
        bench.read(-1, OPTIONS.replace("127.0.0.1:5090", "x.example:5090"));
        bench.closed(-1);
        assertThat(bench.respond(200)).containsExactly("open 1 to 127.0.0.1:5090");
        assertThat(bench.connected(1)).singleElement().asString().startsWith(
                "1 -> 200 OPTIONS via SIP/2.0/TCP x.example:5090;branch=z9hG4bKa"
                        + ";received=127.0.0.1");
    }

    //= rfc3261#18.2.2-4 that attempt fails: the procedures of RFC 3263
    //= rfc3263#5¶4 each address of a sent-by with a port, until one takes it
    @Test void a_response_tries_one_address_after_the_other() {
        lost("x.example:5090");
        assertThat(bench.closed(1)).containsExactly("query 1: x.example A",
                "flow ended 127.0.0.1:5090");
        assertThat(addresses(1, "x.example", "127.0.0.1", "127.0.0.7", "127.0.0.8"))
                .as("not where it was tried").containsExactly("open 2 to 127.0.0.7:5090");
        assertThat(bench.closed(2)).containsExactly("open 3 to 127.0.0.8:5090",
                "flow ended 127.0.0.7:5090");
        assertThat(bench.connected(3)).singleElement().asString().startsWith("3 -> 200 OPTIONS");
        assertThat(bench.closed(3)).as("it has arrived")
                .containsExactly("flow ended 127.0.0.8:5090");
    }

    //= rfc3263#5¶5 without a port: the hosts of its SRV records
    @Test void a_response_goes_to_the_next_server_of_its_client() {
        lost("x.example");
        assertThat(bench.closed(1)).first().isEqualTo("query 1: _sip._tcp.x.example SRV");
        assertThat(bench.handle(new Stack.Input.Answered(1, new Answer.Found(List.of(
                new ResourceRecord.Server("_sip._tcp.x.example", Duration.ZERO, 1, 0, 5099,
                        "backup.example")))))).containsExactly("query 2: backup.example A");
        assertThat(addresses(2, "backup.example", "127.0.0.9"))
                .containsExactly("open 2 to 127.0.0.9:5099");
        assertThat(bench.closed(2)).as("nowhere else").containsExactly(
                "failed INVITE TRANSPORT", "flow ended 127.0.0.9:5099");
    }

    private void lost(String sentBy) {
        bench.accepted(-1);
        var request = OPTIONS.replace("127.0.0.1:5090", sentBy);
        bench.read(-1, sentBy.endsWith("90") ? request : request.replace("OPTIONS", "INVITE"));
        bench.closed(-1);
        assertThat(bench.respond(sentBy.endsWith("90") ? 200 : 486)).singleElement()
                .asString().startsWith("open 1 to 127.0.0.1:");
    }

    private List<String> addresses(long query, String name, String... all) {
        return bench.handle(new Stack.Input.Answered(query, new Answer.Found(Stream.of(all)
                .<ResourceRecord>map(ip -> new ResourceRecord.Address(name, Duration.ZERO,
                        InetAddress.ofLiteral(ip))).toList())));
    }

    @Test void of_many_responses_astray_the_oldest_is_given_up() {
        var astray = new Astray();
        var via = Via.parse("SIP/2.0/TCP x.example;branch=z9hG4bKa");
        for (int i = 0; i <= Astray.LIMIT; i++) astray.add(
                new TransactionId("z9hG4bK" + i, "x.example", "INVITE"),
                p2psip.std.Bytes.EMPTY, via);
        assertThat(astray.locate(new TransactionId("z9hG4bK0", "x.example", "INVITE"))).isEmpty();
        assertThat(astray.locate(new TransactionId("z9hG4bK1", "x.example", "INVITE")))
                .isPresent();
    }

    @Test void a_response_finds_no_other_way_than_a_secure_one() {
        var here = Bench.address("127.0.0.1", 5061);
        var bench = new Bench(new ListeningPoint(Transport.TLS, here));
        bench.handle(new Stack.Input.Accepted(-1, Transport.TLS, here, Bench.PEER, List.of()));
        bench.read(-1, OPTIONS.replace("TCP 127.0.0.1:5090", "TLS x.example:5090"));
        bench.closed(-1);
        assertThat(bench.respond(200)).containsExactly("open 1 to 127.0.0.1:5090 by TLS");
        assertThat(bench.connected(1)).singleElement().asString().startsWith(
                "1 -> 200 OPTIONS via SIP/2.0/TLS x.example:5090;branch=z9hG4bKa"
                        + ";received=127.0.0.1");
    }

    @Test void a_response_finds_no_way() {
        bench.accepted(-1);
        bench.read(-1, OPTIONS.replace("OPTIONS", "INVITE"));
        bench.closed(-1);
        bench.respond(486);
        assertThat(bench.closed(1)).containsExactly("failed INVITE TRANSPORT",
                "flow ended 127.0.0.1:5090");
        //= rfc6026#6-2 nor does that destroy the transaction, which ends in its own time
        assertThat(bench.stack.transactions()).isOne();
        assertThat(bench.pass(Duration.ofSeconds(40))).containsExactly(
                "32000 failed INVITE TIMEOUT");
        assertThat(bench.stack.transactions()).isZero();
    }

    //= rfc3261#18.1.1-1,2 more than 1300 bytes go by TCP, and Via says so
    //= rfc3261#18-5 large messages use TCP
    @Test void a_large_request_goes_by_tcp() {
        var udp = Target.of(Transport.UDP, PEER);
        assertThat(bench.send("z9hG4bKx", request("INVITE", 1300), udp))
                .containsExactly("open 1 to 127.0.0.1:5070");
        assertThat(bench.connected(1)).containsExactly(
                "1 -> INVITE via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKx;rport");
        //= rfc3263#4.1-4,18 TCP, as the guidelines of SIP mandate, though the URI leads to UDP
        assertThat(bench.pass(Duration.ofSeconds(3))).as("reliable").isEmpty();
        //= rfc3261#9.1-10 its CANCEL goes the same way, small as it is
        assertThat(bench.send("z9hG4bKx", request("CANCEL", 0), udp)).containsExactly(
                "1 -> CANCEL via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKx;rport");
        assertThat(bench.send("z9hG4bKy", request("INVITE", 1300), udp)).containsExactly(
                "1 -> INVITE via SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKy;rport");
    }

    //= rfc3261#18.1.1-1 1300 bytes are not larger than 1300
    //= rfc3261#7.3.3¶1 nor is what fits in with the short forms of names, which save 31 here
    @Test void a_request_that_just_fits_goes_by_udp() {
        int most = 1300 - Message.parse(request("INVITE", 1)).encode().size() + 1
                - "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKx;rport\r\n".length();
        for (int more : List.of(0, 1, 31, 32))
            assertThat(new Bench().send("z9hG4bKx", request("INVITE", most + more),
                    Target.of(Transport.UDP, PEER))).singleElement().asString()
                    .startsWith(more < 32 ? "127.0.0.1:5060 -> 127.0.0.1:5070 INVITE" : "open 1");
    }

    //= rfc3261#18.1.1-4 no TCP at the peer: UDP then, with the Via of UDP and its retransmissions
    @Test void a_large_request_falls_back_to_udp() {
        bench.send("z9hG4bKx", request("INVITE", 1300), Target.of(Transport.UDP, PEER));
        var invite = "127.0.0.1:5060 -> 127.0.0.1:5070 INVITE via SIP/2.0/UDP"
                + " 127.0.0.1:5060;branch=z9hG4bKx;rport";
        assertThat(bench.closed(1)).containsExactly(invite, "flow ended 127.0.0.1:5070");
        assertThat(bench.pass(Duration.ofMillis(600))).containsExactly(
                "500 watch 127.0.0.1:5070", "500 " + invite);
        assertThat(bench.datagram(response(200, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKx")))
                .containsExactly("answer 200 to 1 INVITE");
        assertThat(bench.stack.transactions()).isEqualTo(1);
    }

    /// A phone behind a NAT can be reached by its own flow only, whatever the size.
    @Test void a_large_request_over_a_given_flow_stays_there() {
        assertThat(bench.send("z9hG4bKx", request("INVITE", 1300), Target.of(
                Flow.udp(Bench.HERE, PEER)))).singleElement().asString()
                .startsWith("127.0.0.1:5060 -> 127.0.0.1:5070 INVITE via SIP/2.0/UDP");
    }

    //= rfc3261#18-1 connections stay open after the last message
    @Test void silent_connections_are_closed() {
        bench.accepted(-1);
        assertThat(bench.pass(Duration.ofMinutes(2))).as("never said a word").containsExactly(
                "32000 close -1", "32000 flow ended 127.0.0.1:5070");
        bench.accepted(-2);
        bench.read(-2, OPTIONS);
        assertThat(bench.pass(Duration.ofMinutes(64))).isEmpty();
        bench.read(-2, "\n\n");
        assertThat(bench.pass(Duration.ofMinutes(64))).isEmpty();
        assertThat(bench.pass(Duration.ofMinutes(2))).as("idle").hasSize(2).first().asString()
                .endsWith("close -2");
        bench.accepted(-3);
        bench.read(-3, OPTIONS + "OPTIONS sip:");
        for (int i = 0; i < 31; i++) {
            assertThat(bench.pass(Duration.ofSeconds(1))).isEmpty();
            bench.read(-3, "x");
        }
        assertThat(bench.pass(Duration.ofSeconds(1))).as("a message without end").hasSize(2);
        assertThat(bench.stack.connections()).isZero();
    }

    /// Else whoever makes us answer by TCP at many addresses fills the table for an hour.
    //= rfc3261#18-1 a connection of ours is kept open after the last message
    @Test void a_connection_of_ours_that_nobody_uses_is_closed_soon() {
        bench.send("z9hG4bKx", request("OPTIONS", 0), TCP);
        bench.connected(1);
        assertThat(bench.pass(Duration.ofMinutes(1))).contains("32000 close 1");
        bench.send("z9hG4bKy", request("OPTIONS", 0), TCP);
        bench.connected(2);
        bench.read(2, response(200, "OPTIONS", VIA + "z9hG4bKy"));
        assertThat(bench.pass(Duration.ofMinutes(64))).as("we are at home there").isEmpty();
    }

    //= rfc3261#18-2 a connection outlives the transaction that it was opened for
    @Test void a_connection_for_the_requests_of_others_is_closed_after_the_last() {
        bench.send("z9hG4bKx", request("INVITE", "UDP 192.0.2.9;branch=z9hG4bKup"), TCP);
        bench.connected(1);
        bench.read(1, response(180, "INVITE", VIA + "z9hG4bKx"));
        assertThat(bench.pass(Duration.ofSeconds(179))).as("it rings").isEmpty();
        assertThat(bench.read(1, response(200, "INVITE", VIA + "z9hG4bKx")))
                .containsExactly("answer 200 to 1 INVITE");
        assertThat(bench.pass(Duration.ofSeconds(31))).isEmpty();
        assertThat(bench.pass(Duration.ofMinutes(2))).first().asString().endsWith("close 1");
    }

    @Test void too_many_connections_are_closed_at_once() {
        for (long flow = 1; flow <= TransportLayer.MAX_CONNECTIONS; flow++) bench.accepted(-flow);
        assertThat(bench.accepted(-20_000)).hasSize(2).endsWith("close -20000");
        assertThat(bench.send("z9hG4bKx", request("INVITE", 0), Target.of(
                Transport.TCP, Bench.address("127.0.0.1", 9)))).contains("failed INVITE TRANSPORT");
    }
}
