package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ServerTransaction.*;

/// Figures 7 and 8, every arrow of them, figure 7 as RFC 6026 draws it.
class ServerTransactionTest {

    //= rfc3261#17.2.1-1 the TU is slow: 100 after 200 ms
    //= rfc3261#17.2.1-5 an INVITE that comes again gets the latest provisional response
    //= rfc3261#17.2.1-10 and later, when completed, the refusal
    @Test void invite_is_refused_and_the_ack_comes_late() {
        //= rfc3261#17.2.1-4 what the TU passes while proceeding is transmitted
        //= rfc3261#17.2.1-8 300 to 699 complete it
        //= rfc3261#17.2.1-13 timer I terminates it
        invite(UDP, """
                     0 == PROCEEDING
                   200 -> 100
                   500 <- INVITE
                   500 -> 100
                   600 TU> 180
                   600 -> 180
                   700 <- INVITE
                   700 -> 180
                   800 TU> 486
                   800 == COMPLETED
                   800 -> 486
                  1300 -> 486
                  1400 <- INVITE
                  1400 -> 486
                  2300 -> 486
                  4300 -> 486
                  8300 -> 486
                 12300 -> 486
                 12400 <- ACK
                 12400 == CONFIRMED
                 12500 <- ACK
                 12600 <- INVITE
                 17400 == TERMINATED
                """);
    }

    //= rfc3261#17.2.1-12 no ACK within 64*T1: the TU hears of it
    @Test void a_refusal_is_never_acknowledged() {
        invite(UDP, """
                     0 == PROCEEDING
                   100 TU> 404
                   100 == COMPLETED
                   100 -> 404
                   600 -> 404
                  1600 -> 404
                  3600 -> 404
                  7600 -> 404
                 11600 -> 404
                 15600 -> 404
                 19600 -> 404
                 23600 -> 404
                 27600 -> 404
                 31600 -> 404
                 32100 == TERMINATED
                 32100 TU TIMEOUT
                """);
    }

    //= rfc3261#17.2.1-9 timer H runs on TCP too, timer G does not
    @Test void a_refusal_is_sent_once_over_tcp() {
        invite(TCP, """
                     0 == PROCEEDING
                   100 TU> 404
                   100 == COMPLETED
                   100 -> 404
                   900 <- ACK
                   900 == CONFIRMED
                   900 == TERMINATED
                """);
    }

    /// S8 of the ancestor: the transaction itself went on repeating the 2xx.
    //= rfc6026#8.5-2 a 2xx: accepted
    //= rfc6026#7.1-2,4 which the transaction does not repeat on its own; the ACK is the TU's
    @Test void invite_is_accepted_and_only_the_tu_repeats_the_2xx() {
        //= rfc6026#7.1-3 the 2xx that the TU passes again is sent
        //= rfc6026#8.7-2 Timer L: 64*T1
        //= rfc6026#7.1-5 until Timer L fires
        invite(UDP, """
                     0 == PROCEEDING
                    50 TU> 180
                    50 -> 180
                  1000 TU> 200
                  1000 == ACCEPTED
                  1000 -> 200
                  1200 <- INVITE
                  1500 TU> 200
                  1500 -> 200
                  1600 TU> 486
                  1700 TU> 180
                  2000 <- ACK
                  2000 TU ACK
                  2100 <- ACK
                  2100 TU ACK
                 33000 == TERMINATED
                """);
    }

    //= rfc6026#8.5-1 its 2xx is passed to the transport
    @Test void a_quick_answer_needs_no_trying() {
        invite(UDP, """
                     0 == PROCEEDING
                    10 <- INVITE
                    10 -> 100
                    20 TU> 180
                    20 -> 180
                   300 TU> 200
                   300 == ACCEPTED
                   300 -> 200
                 32300 == TERMINATED
                """);
    }

    //= rfc6026#8.8-1 the TU is informed of the failure; the state remains
    //= rfc6026#7.1-7 nothing is discarded for a transport error
    @Test void transport_fails_and_the_state_stays() {
        invite(TCP, """
                     0 == PROCEEDING
                    10 TU> 180
                    10 -> 180
                    11 !! transport error
                    11 TU TRANSPORT
                    20 TU> 200
                    20 == ACCEPTED
                    20 -> 200
                    21 !! transport error
                    21 TU TRANSPORT
                    30 <- INVITE
                 32020 == TERMINATED
                """);
        options(UDP, """
                     0 == TRYING
                    10 TU> 200
                    10 == COMPLETED
                    10 -> 200
                    20 !! transport error
                    20 TU TRANSPORT
                    30 <- OPTIONS
                    30 -> 200
                 32010 == TERMINATED
                """);
    }

    //= rfc3261#17.2.2¶2 a request that comes again is discarded while the TU thinks
    //= rfc3261#17.2.2-7 and gets the final response when there is one
    //= rfc3261#17.2.2-8 any other final response is discarded
    @Test void a_request_is_answered() {
        //= rfc3261#17.2.2-5,9 the final response is transmitted; Timer J terminates
        options(UDP, """
                     0 == TRYING
                   100 <- OPTIONS
                   200 TU> 200
                   200 == COMPLETED
                   200 -> 200
                   500 <- OPTIONS
                   500 -> 200
                   600 TU> 500
                   700 <- OPTIONS
                   700 -> 200
                 32200 == TERMINATED
                """);
    }

    /// RFC 4320: no 180 ever, and a 100 only when the client has slowed down to one request in T2.
    //= rfc3261#17.2.2-1 a provisional response: proceeding
    //= rfc3261#17.2.2-2 which is passed to the transport
    //= rfc3261#17.2.2-4 and again for each retransmission
    @Test void a_slow_tu_may_say_so_late() {
        options(UDP, """
                     0 == TRYING
                   100 TU> 180
                   200 TU> 100
                  3499 TU> 100
                  3500 <- OPTIONS
                  3500 TU> 100
                  3500 == PROCEEDING
                  3500 -> 100
                  3600 <- OPTIONS
                  3600 -> 100
                  9000 TU> 404
                  9000 == COMPLETED
                  9000 -> 404
                 41000 == TERMINATED
                """);
    }

    //= rfc3261#17.2.2-3,6 over TCP each 100 of the TU is sent, and Timer J is zero
    @Test void a_request_over_tcp() {
        options(TCP, """
                     0 == TRYING
                   100 TU> 100
                   100 == PROCEEDING
                   100 -> 100
                   200 TU> 100
                   200 -> 100
                   300 TU> 200
                   300 == COMPLETED
                   300 -> 200
                   300 == TERMINATED
                """);
    }

    /// RFC 4320: a 408 comes too late by nature, so it is never sent.
    @Test void a_408_ends_a_request_without_a_word() {
        options(UDP, """
                     0 == TRYING
                 32000 TU> 408
                 32000 == COMPLETED
                 32100 <- OPTIONS
                 64000 == TERMINATED
                """);
    }

    //= rfc3261#17.2.1-2 the 100 is built from the request and has no tag
    //= rfc3261#8.2.6.1-3,4 its Timestamp comes back, with the delay
    @Test void the_100_of_the_transaction() {
        var invite = request("INVITE").with("Timestamp", "54");
        var transaction = new InviteServerTransaction(invite, UDP, TimerValues.DEFAULT);
        transaction.handle(new Input.Begin(), Instant.EPOCH);
        assertThat(transaction.wake(Instant.ofEpochMilli(200))).singleElement()
                .extracting(o -> ((Output.Send) o).message().utf8().replace("\r\n", "\n"))
                .isEqualTo("""
                        SIP/2.0 100 Trying
                        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
                        To: Bob <sip:bob@biloxi.com>
                        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                        Call-ID: 987asjd97y7atg
                        CSeq: 986759 INVITE
                        Timestamp: 54 0.200
                        Content-Length: 0

                        """);
    }

    private static final Flow UDP = Flow.udp(address(5060), address(5070));
    private static final Flow TCP = new Flow(Transport.TCP, address(5060), address(5070), 1);

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static void invite(Flow flow, String script) {
        Script.play(player(new InviteServerTransaction(request("INVITE"), flow,
                TimerValues.DEFAULT)), script);
    }

    private static void options(Flow flow, String script) {
        Script.play(player(new NonInviteServerTransaction(flow, TimerValues.DEFAULT)), script);
    }

    private static Request request(String method) {
        return (Request) Message.parse("""
                %s sip:bob@biloxi.com SIP/2.0
                Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
                To: Bob <sip:bob@biloxi.com>
                From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                Call-ID: 987asjd97y7atg
                CSeq: 986759 %1$s

                """.formatted(method));
    }

    private static Script.Player player(ServerTransaction transaction) {
        return new Script.Player() {
            @Override public List<String> begin(Instant now) {
                return words(transaction.handle(new Input.Begin(), now));
            }

            @Override public List<String> told(String what, Instant now) {
                return words(transaction.handle(
                        what.startsWith("!!") ? new Input.TransportError()
                        : what.startsWith("<-") ? new Input.Received(request(what.substring(3)))
                        : new Input.Respond(Reply.to(request("INVITE"),
                                Integer.parseInt(what.substring(4)), "")), now));
            }

            @Override public List<String> wake(Instant now) { return words(transaction.wake(now)); }

            @Override public Instant deadline() { return transaction.deadline(); }

            @Override public boolean terminated() { return transaction.terminated(); }
        };
    }

    private static List<String> words(List<Output> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case Output.Send(var bytes) -> "-> " + ((Response) Message.parse(bytes)).status();
            case Output.Acknowledged(var ack) -> "TU " + ack.method();
            case Output.Failed(var why) -> "TU " + why;
            case Output.Changed(var state) -> "== " + state.name();
        }).toList();
    }
}
