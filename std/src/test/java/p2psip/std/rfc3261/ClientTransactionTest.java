package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Script;
import p2psip.std.rfc3261.ClientTransaction.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Transaction.*;

/// Figures 5 and 6, every arrow of them, and figure 5 as RFC 6026 draws it.
class ClientTransactionTest {

    //= rfc3261#17.1.1.2-6 the INVITE is retransmitted when timer A fires, until something is heard
    //= rfc3261#17.1.1.2-18,22 300 to 699 completes, a retransmission of the response gets the ACK
    //= rfc6026#8.4-5 the response again: the ACK again, nothing for the TU
    @Test void invite_is_refused() {
        //= rfc3261#17.1.1.2-15 proceeding: no longer retransmitted
        //= rfc3261#17.1.1.2-16 the provisional response is passed to the TU
        //= rfc3261#17.1.1.2-17 and any further one
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   500 client -> server INVITE
                  1500 client -> server INVITE
                  1600 server -> client 180
                  1600 client  * PROCEEDING
                  1600 client -> TU     180
                  3000 server -> client 181
                  3000 client -> TU     181
                  9000 server -> client 486
                  9000 client  * COMPLETED
                  9000 client -> server ACK
                  9000 client -> TU     486
                  9100 server -> client 486
                  9100 client -> server ACK
                  9150 server -> client 300
                  9150 client -> server ACK
                  9200 server -> client 180
                  9300 server -> client 200
                 41000 client  * TERMINATED
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
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   500 client -> server INVITE
                  1500 client -> server INVITE
                  3500 client -> server INVITE
                  7500 client -> server INVITE
                 15500 client -> server INVITE
                 31500 client -> server INVITE
                 32000 client  * TERMINATED
                 32000 client -> TU     TIMEOUT
                """);
    }

    //= rfc3261#17.1.1.2-7,12 the request again, each time after twice the time: backoff
    //= rfc3261#17.1.1.2-23 timer D fires and terminates what is completed
    @Test void an_invite_waits_longer_each_time() {
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   500 client -> server INVITE
                  1500 client -> server INVITE
                  3500 client -> server INVITE
                  3600 server -> client 486
                  3600 client  * COMPLETED
                  3600 client -> server ACK
                  3600 client -> TU     486
                 35600 client  * TERMINATED
                """);
    }

    //= rfc6026#8.4-7 a 2xx: accepted
    //= rfc6026#8.4-10 and each further one, from another branch, goes up
    //= rfc6026#8.4-9 but no ACK is generated
    @Test void invite_is_accepted_twice() {
        //= rfc6026#8.4-8 the TU gets the 2xx, and nobody an ACK
        //= rfc6026#7.2-2,3 accepted, a 2xx is passed to the TU and nothing is generated
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   200 server -> client 100
                   200 client  * PROCEEDING
                   200 client -> TU     100
                  4000 server -> client 200
                  4000 client  * ACCEPTED
                  4000 client -> TU     200
                  4500 server -> client 200
                  4500 client -> TU     200
                  4600 server -> client 486
                  4700 server -> client 180
                 36000 client  * TERMINATED
                """);
    }

    //= rfc6026#8.4-11,12 Timer M begins with the 2xx, and when it fires all is over
    //= rfc6026#7.2-1,4 64*T1 after the first, whatever the transport, and not before
    @Test void what_is_accepted_lasts_64_times_t1() {
        for (var transport : List.of(UDP, TCP)) invite(transport, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   100 server -> client 200
                   100 client  * ACCEPTED
                   100 client -> TU     200
                 32099 server -> client 200
                 32099 client -> TU     200
                 32100 client  * TERMINATED
                """);
    }

    //= rfc3261#17.1.1.2-4,19 no timer A over a reliable transport, but an ACK, even there
    //= rfc6026#8.4-4 and timer D is zero there, but 32 seconds over UDP
    @Test void over_tcp_an_invite_is_sent_once_and_its_refusal_not_awaited_again() {
        //= rfc6026#8.4-1 from 300 on a response completes
        //= rfc6026#8.4-2 it goes to the TU, and the ACK to the transport
        //= rfc6026#8.4-6 when Timer D fires, at once, it is terminated
        invite(TCP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                  5000 server -> client 404
                  5000 client  * COMPLETED
                  5000 client -> server ACK
                  5000 client -> TU     404
                  5000 client  * TERMINATED
                """);
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                   400 server -> client 404
                   400 client  * COMPLETED
                   400 client -> server ACK
                   400 client -> TU     404
                 32400 client  * TERMINATED
                """);
    }

    //= rfc3261#17.1.1.2-5 timer B runs on any transport
    //= rfc3261#17.1.1.2-25 what is terminated is to be destroyed, as each of these plays sees
    @Test void nobody_answers_an_invite_over_tcp() {
        invite(TCP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                 32000 client  * TERMINATED
                 32000 client -> TU     TIMEOUT
                """);
    }

    //= rfc3261#17.1.4-1 a transport error ends it, and the TU is informed
    @Test void transport_fails_under_an_invite_and_under_another_request() {
        invite(TCP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                    40 server  ! TRANSPORT
                    40 client  * TERMINATED
                    40 client -> TU     TRANSPORT
                """);
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                    40 server -> client 603
                    40 client  * COMPLETED
                    40 client -> server ACK
                    40 client -> TU     603
                    50 server  ! TRANSPORT
                    50 client  * TERMINATED
                    50 client -> TU     TRANSPORT
                """);
        options(UDP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                    10 server  ! TRANSPORT
                    10 client  * TERMINATED
                    10 client -> TU     TRANSPORT
                """);
        invite(UDP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                    10 server -> client 180
                    10 client  * PROCEEDING
                    10 client -> TU     180
                    20 server  ! TRANSPORT
                    20 client  * TERMINATED
                    20 client -> TU     TRANSPORT
                """);
        options(UDP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                    10 server -> client 100 OPTIONS
                    10 client  * PROCEEDING
                    10 client -> TU     100 OPTIONS
                    20 server  ! TRANSPORT
                    20 client  * TERMINATED
                    20 client -> TU     TRANSPORT
                """);
    }

    @Test void an_accepted_invite_survives_its_transport() {
        invite(TCP, """
                     0 TU     -> client INVITE
                     0 client  * CALLING
                     0 client -> server INVITE
                    40 server -> client 200
                    40 client  * ACCEPTED
                    40 client -> TU     200
                    50 server  ! TRANSPORT
                 32040 client  * TERMINATED
                """);
    }

    //= rfc3261#17.1.2.2-3,4 timer E starts at T1, and the timeout comes when timer F fires
    @Test void nobody_answers_a_request() {
        //= rfc3261#17.1.2.2-1,2 after 64*T1; the request is passed on at once
        options(UDP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                   500 client -> server OPTIONS
                  1500 client -> server OPTIONS
                  3500 client -> server OPTIONS
                  7500 client -> server OPTIONS
                 11500 client -> server OPTIONS
                 15500 client -> server OPTIONS
                 19500 client -> server OPTIONS
                 23500 client -> server OPTIONS
                 27500 client -> server OPTIONS
                 31500 client -> server OPTIONS
                 32000 client  * TERMINATED
                 32000 client -> TU     TIMEOUT
                """);
    }

    //= rfc3261#17.1.2.2-5 a provisional response: proceeding
    //= rfc3261#17.1.2.2-7 and the gap is T2 from the next time on
    //= rfc3261#17.1.2.2-10 Timer K: T4, for responses that come again
    @Test void a_request_proceeds_and_is_answered() {
        //= rfc3261#17.1.2.2-9,11 the final response completes; Timer K terminates
        options(UDP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                   400 server -> client 100 OPTIONS
                   400 client  * PROCEEDING
                   400 client -> TU     100 OPTIONS
                   500 client -> server OPTIONS
                   600 server -> client 100 OPTIONS
                   600 client -> TU     100 OPTIONS
                  4500 client -> server OPTIONS
                  5000 server -> client 200 OPTIONS
                  5000 client  * COMPLETED
                  5000 client -> TU     200 OPTIONS
                  5001 server -> client 200 OPTIONS
                  5002 server  ! TRANSPORT
                 10000 client  * TERMINATED
                """);
    }

    //= rfc3261#17.1.2.2-8 the timeout strikes a request that proceeds, too
    @Test void a_request_proceeds_for_ever() {
        options(TCP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                   400 server -> client 100 OPTIONS
                   400 client  * PROCEEDING
                   400 client -> TU     100 OPTIONS
                 32000 client  * TERMINATED
                 32000 client -> TU     TIMEOUT
                """);
    }

    //= rfc3261#17.1.2.2-6 any final response completes it; over TCP at once for good
    @Test void a_request_is_answered_over_tcp() {
        options(TCP, """
                     0 TU     -> client OPTIONS
                     0 client  * TRYING
                     0 client -> server OPTIONS
                   400 server -> client 404 OPTIONS
                   400 client  * COMPLETED
                   400 client -> TU     404 OPTIONS
                   400 client  * TERMINATED
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
                To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
                From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                Max-Forwards: 70
                Call-ID: 987asjd97y7atg
                CSeq: 986759 ACK
                Content-Length: 0

                """);
    }

    private static String ackOf(String text) {
        var invite = (Request) Message.parse(text);
        var transaction = new InviteClientTransaction(invite.encode(), UDP);
        transaction.handle(new Input.Begin(), Instant.EPOCH);
        return transaction.handle(new Input.Received(response(invite, 486)), Instant.EPOCH).stream()
                .map(o -> o instanceof Output.Send(var bytes) ? bytes.utf8() : "")
                .collect(Collectors.joining()).replace("\r\n", "\n");
    }

    /// Where the transactions of this test and of [ServerTransactionTest] are, and their requests.
    static final Flow UDP = Flow.udp(Bench.HERE, Bench.PEER);
    static final Flow TCP = new Flow(Transport.TCP, Bench.HERE, Bench.PEER, 1);

    static Request request(String method) {
        return (Request) Message.parse("""
                %s sip:bob@biloxi.com SIP/2.0
                Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
                To: Bob <sip:bob@biloxi.com>
                From: Alice <sip:alice@atlanta.com>;tag=88sja8x
                Call-ID: 987asjd97y7atg
                CSeq: 986759 %1$s

                """.formatted(method));
    }

    private static Response response(Request request, int status) {
        return Reply.to(request, status, "99sa0xk");
    }

    private static void invite(Flow flow, String ladder) {
        var invite = request("INVITE");
        play(invite, new InviteClientTransaction(invite.encode(), flow),
                ladder);
    }

    private static void options(Flow flow, String ladder) {
        var options = request("OPTIONS");
        play(options, new NonInviteClientTransaction(options.encode(), flow),
                ladder);
    }

    private static void play(Request request, ClientTransaction transaction, String ladder) {
        Script.play("client", transaction, line -> line.who().equals("TU") ? new Input.Begin()
                : line.mark().equals("!") ? new Input.TransportError()
                : new Input.Received(response(request, Said.status(line))),
                output -> switch (output) {
                    case Output.Send(var bytes) -> "-> server " + Said.text(Message.parse(bytes));
                    case Output.Inform(var response) -> "-> TU " + Said.text(response);
                    case Output.Failed(var why) -> "-> TU " + why;
                    case Output.Changed(var state) -> "* " + state.name();
                }, ladder);
    }
}
