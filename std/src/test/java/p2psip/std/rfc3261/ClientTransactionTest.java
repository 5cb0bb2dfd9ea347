package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.ClientTransaction.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Transaction.*;

/// Figures 5 and 6, every arrow of them, and figure 5 as RFC 6026 draws it.
class ClientTransactionTest {

    //= rfc3261#17.1.1.2-6 the INVITE is retransmitted when timer A fires, until something is heard
    //= rfc3261#17.1.1.2-18 a status of 300 to 699 completes
    //= rfc6026#8.4-5 the response again: the ACK again, nothing for the TU
    @Test void invite_is_refused() {
        //= rfc3261#17.1.1.2-15 proceeding: no longer retransmitted
        //= rfc3261#17.1.1.2-16 the provisional response is passed to the TU
        //= rfc3261#17.1.1.2-17 and any further one
        invite(UDP, """
                     0 == CALLING
                     0 -> INVITE
                   500 -> INVITE
                  1500 -> INVITE
                  1600 <- 180
                  1600 == PROCEEDING
                  1600 TU 180
                  3000 <- 181
                  3000 TU 181
                  9000 <- 486
                  9000 == COMPLETED
                  9000 -> ACK
                  9000 TU 486
                  9100 <- 486
                  9100 -> ACK
                  9150 <- 300
                  9150 -> ACK
                  9200 <- 180
                  9300 <- 200
                 41000 == TERMINATED
                """);
    }

    //= rfc3261#17.1.1.2-8 intervals double: seven requests in 64*T1
    //= rfc3261#17.1.1.2-13 then the TU hears of the timeout
    //= rfc3261#17.1.1.2-14 and no ACK is generated
    @Test void nobody_answers_an_invite() {
        //= rfc3261#17.1.1.2-1 calling from the first
        //= rfc3261#17.1.1.2-2 with the request on its way
        //= rfc3261#17.1.1.2-3 and timer A at T1
        invite(UDP, """
                     0 == CALLING
                     0 -> INVITE
                   500 -> INVITE
                  1500 -> INVITE
                  3500 -> INVITE
                  7500 -> INVITE
                 15500 -> INVITE
                 31500 -> INVITE
                 32000 == TERMINATED
                 32000 TU TIMEOUT
                """);
    }

    //= rfc6026#8.4-7 a 2xx: accepted
    //= rfc6026#8.4-10 and each further one, from another branch, goes up
    //= rfc6026#8.4-9 but no ACK is generated
    @Test void invite_is_accepted_twice() {
        //= rfc6026#8.4-8,12 the TU gets the 2xx; Timer M ends it
        //= rfc6026#7.2-1 64*T1 after the first 2xx
        invite(UDP, """
                     0 == CALLING
                     0 -> INVITE
                   200 <- 100
                   200 == PROCEEDING
                   200 TU 100
                  4000 <- 200
                  4000 == ACCEPTED
                  4000 TU 200
                  4500 <- 200
                  4500 TU 200
                  4600 <- 486
                  4700 <- 180
                 36000 == TERMINATED
                """);
    }

    //= rfc3261#17.1.1.2-4,19 no timer A over a reliable transport, but an ACK, even there
    //= rfc6026#8.4-4 and timer D is zero
    @Test void over_tcp_an_invite_is_sent_once_and_its_refusal_not_awaited_again() {
        //= rfc6026#8.4-1 from 300 on a response completes
        //= rfc6026#8.4-2 it goes to the TU, and the ACK to the transport
        //= rfc6026#8.4-6 when Timer D fires, at once, it is terminated
        invite(TCP, """
                     0 == CALLING
                     0 -> INVITE
                  5000 <- 404
                  5000 == COMPLETED
                  5000 -> ACK
                  5000 TU 404
                  5000 == TERMINATED
                """);
    }

    //= rfc3261#17.1.1.2-5 timer B runs on any transport
    @Test void nobody_answers_an_invite_over_tcp() {
        invite(TCP, """
                     0 == CALLING
                     0 -> INVITE
                 32000 == TERMINATED
                 32000 TU TIMEOUT
                """);
    }

    //= rfc3261#17.1.4-1 a transport error ends it, and the TU is informed
    @Test void transport_fails_under_an_invite_and_under_another_request() {
        invite(TCP, """
                     0 == CALLING
                     0 -> INVITE
                    40 !! transport error
                    40 == TERMINATED
                    40 TU TRANSPORT
                """);
        invite(UDP, """
                     0 == CALLING
                     0 -> INVITE
                    40 <- 603
                    40 == COMPLETED
                    40 -> ACK
                    40 TU 603
                    50 !! transport error
                    50 == TERMINATED
                    50 TU TRANSPORT
                """);
        options(UDP, """
                     0 == TRYING
                     0 -> OPTIONS
                    10 !! transport error
                    10 == TERMINATED
                    10 TU TRANSPORT
                """);
    }

    @Test void an_accepted_invite_survives_its_transport() {
        invite(TCP, """
                     0 == CALLING
                     0 -> INVITE
                    40 <- 200
                    40 == ACCEPTED
                    40 TU 200
                    50 !! transport error
                 32040 == TERMINATED
                """);
    }

    //= rfc3261#17.1.2.2-3,4 timer E starts at T1, and the timeout comes when timer F fires
    @Test void nobody_answers_a_request() {
        //= rfc3261#17.1.2.2-1,2 after 64*T1; the request is passed on at once
        options(UDP, """
                     0 == TRYING
                     0 -> OPTIONS
                   500 -> OPTIONS
                  1500 -> OPTIONS
                  3500 -> OPTIONS
                  7500 -> OPTIONS
                 11500 -> OPTIONS
                 15500 -> OPTIONS
                 19500 -> OPTIONS
                 23500 -> OPTIONS
                 27500 -> OPTIONS
                 31500 -> OPTIONS
                 32000 == TERMINATED
                 32000 TU TIMEOUT
                """);
    }

    //= rfc3261#17.1.2.2-5 a provisional response: proceeding
    //= rfc3261#17.1.2.2-7 and the gap is T2 from the next time on
    //= rfc3261#17.1.2.2-10 Timer K: T4, for responses that come again
    @Test void a_request_proceeds_and_is_answered() {
        //= rfc3261#17.1.2.2-9,11 the final response completes; Timer K terminates
        options(UDP, """
                     0 == TRYING
                     0 -> OPTIONS
                   400 <- 100
                   400 == PROCEEDING
                   400 TU 100
                   500 -> OPTIONS
                   600 <- 100
                   600 TU 100
                  4500 -> OPTIONS
                  5000 <- 200
                  5000 == COMPLETED
                  5000 TU 200
                  5001 <- 200
                  5002 !! transport error
                 10000 == TERMINATED
                """);
    }

    //= rfc3261#17.1.2.2-8 the timeout strikes a request that proceeds, too
    @Test void a_request_proceeds_for_ever() {
        options(TCP, """
                     0 == TRYING
                     0 -> OPTIONS
                   400 <- 100
                   400 == PROCEEDING
                   400 TU 100
                 32000 == TERMINATED
                 32000 TU TIMEOUT
                """);
    }

    //= rfc3261#17.1.2.2-6 any final response completes it; over TCP at once for good
    @Test void a_request_is_answered_over_tcp() {
        options(TCP, """
                     0 == TRYING
                     0 -> OPTIONS
                   400 <- 404
                   400 == COMPLETED
                   400 TU 404
                   400 == TERMINATED
                """);
    }

    /// The request and the ACK are those of the section, but for To, whose tag the response brings.
    //= rfc3261#17.1.1.3-2 Request-URI, Call-ID and From of the INVITE
    //= rfc3261#17.1.1.3-3 To of the response
    //= rfc3261#17.1.1.3-4 one Via, the topmost
    @Test void ack_of_section_17_1_1_3() {
        //= rfc3261#17.1.1.3-5 the number of the INVITE, the method ACK
        //= rfc3261#17.1.1.3-6 and its Route header fields
        //= rfc3261#17.1.1.3-8 but not its body
        assertThat(ackOf("""
                INVITE sip:bob@biloxi.com SIP/2.0
                Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff, SIP/2.0/UDP before:5060
                Via: SIP/2.0/UDP first;branch=z9hG4bKfirst
                Route: <sip:one.example;lr>, <sip:two.example;lr>
                To: Bob <sip:bob@biloxi.com>
                From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                Max-Forwards: 70
                Call-ID: 987asjd97y7atg
                CSeq: 986759 INVITE
                Content-Type: text/plain
                Content-Length: 5

                hello""")).isEqualTo("""
                ACK sip:bob@biloxi.com SIP/2.0
                Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
                Route: <sip:one.example;lr>, <sip:two.example;lr>
                Max-Forwards: 70
                From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
                Call-ID: 987asjd97y7atg
                CSeq: 986759 ACK
                Content-Length: 0

                """);
    }

    private static String ackOf(String invite) {
        var transaction = new InviteClientTransaction(
                Message.parse(invite).encode(), UDP, TimerValues.DEFAULT);
        transaction.handle(new Input.Begin(), Instant.EPOCH);
        return transaction.handle(new Input.Received(response("486")), Instant.EPOCH).stream()
                .map(o -> o instanceof Output.Send(var bytes) ? bytes.utf8() : "")
                .collect(Collectors.joining()).replace("\r\n", "\n");
    }

    private static final Flow UDP = Flow.udp(address(5060), address(5070));
    private static final Flow TCP = new Flow(Transport.TCP, address(5060), address(5070), 1);

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static void invite(Flow flow, String script) {
        Script.play(player(new InviteClientTransaction(request("INVITE").encode(), flow,
                TimerValues.DEFAULT)), script);
    }

    private static void options(Flow flow, String script) {
        Script.play(player(new NonInviteClientTransaction(request("OPTIONS").encode(), flow,
                TimerValues.DEFAULT)), script);
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

    private static Response response(String status) {
        return (Response) Message.parse("SIP/2.0 " + status
                + " x\nTo: Bob <sip:bob@biloxi.com>;tag=99sa0xk\n\n");
    }

    private static Script.Player player(ClientTransaction transaction) {
        return new Script.Player() {
            @Override public List<String> begin(Instant now) {
                return words(transaction.handle(new Input.Begin(), now));
            }

            @Override public List<String> told(String what, Instant now) {
                return words(transaction.handle(what.startsWith("!!") ? new Input.TransportError()
                        : new Input.Received(response(what.substring(3))), now));
            }

            @Override public List<String> wake(Instant now) { return words(transaction.wake(now)); }

            @Override public Instant deadline() { return transaction.deadline(); }

            @Override public boolean terminated() { return transaction.terminated(); }
        };
    }

    private static List<String> words(List<Output> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case Output.Send(var bytes) -> "-> " + ((Request) Message.parse(bytes)).method();
            case Output.Inform(var response) -> "TU " + ((Response) response).status();
            case Output.Failed(var why) -> "TU " + why;
            case Output.Changed(var state) -> "== " + state.name();
        }).toList();
    }
}
