package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ClientTransactionTest.TCP;
import static p2psip.std.rfc3261.ClientTransactionTest.UDP;
import static p2psip.std.rfc3261.ClientTransactionTest.request;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Script;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ServerTransaction.*;
import p2psip.std.rfc3261.Transaction.*;

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
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                   200 server -> client 100
                   500 client -> server INVITE
                   500 server -> client 100
                   600 TU     -> server 180
                   600 server -> client 180
                   700 client -> server INVITE
                   700 server -> client 180
                   800 TU     -> server 486
                   800 server  * COMPLETED
                   800 server -> client 486
                  1300 server -> client 486
                  1400 client -> server INVITE
                  1400 server -> client 486
                  2300 server -> client 486
                  4300 server -> client 486
                  8300 server -> client 486
                 12300 server -> client 486
                 12400 client -> server ACK
                 12400 server  * CONFIRMED
                 12500 client -> server ACK
                 12600 client -> server INVITE
                 17400 server  * TERMINATED
                """);
    }

    //= rfc3261#17.2.1-12 no ACK within 64*T1: the TU hears of it
    //= rfc3261#17.2.1-14 once terminated it is to be destroyed
    @Test void a_refusal_is_never_acknowledged() {
        invite(UDP, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                   100 TU     -> server 404
                   100 server  * COMPLETED
                   100 server -> client 404
                   600 server -> client 404
                  1600 server -> client 404
                  3600 server -> client 404
                  7600 server -> client 404
                 11600 server -> client 404
                 15600 server -> client 404
                 19600 server -> client 404
                 23600 server -> client 404
                 27600 server -> client 404
                 31600 server -> client 404
                 32100 server  * TERMINATED
                 32100 server -> TU     TIMEOUT
                """);
    }

    //= rfc3261#17.2.1-9 timer H runs on TCP too, timer G does not
    @Test void a_refusal_is_sent_once_over_tcp() {
        invite(TCP, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                   100 TU     -> server 404
                   100 server  * COMPLETED
                   100 server -> client 404
                   900 client -> server ACK
                   900 server  * CONFIRMED
                   900 server  * TERMINATED
                """);
    }

    /// S8 of the ancestor: the transaction itself went on repeating the 2xx.
    //= rfc6026#8.5-2 a 2xx: accepted
    //= rfc6026#7.1-2,4 which the transaction does not repeat on its own; the ACK is the TU's
    @Test void invite_is_accepted_and_only_the_tu_repeats_the_2xx() {
        //= rfc6026#7.1-1,3 the 2xx that the TU passes again is sent
        //= rfc6026#6-1 the 2xx destroys nothing: the INVITE is still known when it comes again
        invite(UDP, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                    50 TU     -> server 180
                    50 server -> client 180
                  1000 TU     -> server 200
                  1000 server  * ACCEPTED
                  1000 server -> client 200
                  1200 client -> server INVITE
                  1500 TU     -> server 200
                  1500 server -> client 200
                  1600 TU     -> server 486
                  1700 TU     -> server 180
                  2000 client -> server ACK
                  2000 server -> TU     ACK
                  2100 client -> server ACK
                  2100 server -> TU     ACK
                 33000 server  * TERMINATED
                """);
    }

    //= rfc6026#7.1-5 until Timer L fires
    //= rfc6026#8.7-1,2,3 accepted for 64*T1 from the 2xx, whatever the transport, then terminated
    @Test void what_is_accepted_lasts_64_times_t1() {
        for (var transport : List.of(UDP, TCP)) invite(transport, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                   100 TU     -> server 200
                   100 server  * ACCEPTED
                   100 server -> client 200
                 32099 TU     -> server 200
                 32099 server -> client 200
                 32100 server  * TERMINATED
                """);
    }

    //= rfc6026#8.5-1 its 2xx is passed to the transport
    @Test void a_quick_answer_needs_no_trying() {
        invite(UDP, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                    10 client -> server INVITE
                    10 server -> client 100
                    20 TU     -> server 180
                    20 server -> client 180
                   300 TU     -> server 200
                   300 server  * ACCEPTED
                   300 server -> client 200
                 32300 server  * TERMINATED
                """);
    }

    //= rfc6026#8.8-1 the TU is informed of the failure; the state remains
    //= rfc6026#7.1-7,8 nothing is discarded for a transport error, and an INVITE is absorbed
    @Test void transport_fails_and_the_state_stays() {
        invite(TCP, """
                     0 client -> server INVITE
                     0 server  * PROCEEDING
                    10 TU     -> server 180
                    10 server -> client 180
                    11 client  ! TRANSPORT
                    11 server -> TU     TRANSPORT
                    20 TU     -> server 200
                    20 server  * ACCEPTED
                    20 server -> client 200
                    21 client  ! TRANSPORT
                    21 server -> TU     TRANSPORT
                    30 client -> server INVITE
                 32020 server  * TERMINATED
                """);
        options(UDP, """
                     0 client -> server OPTIONS
                     0 server  * TRYING
                    10 TU     -> server 200 OPTIONS
                    10 server  * COMPLETED
                    10 server -> client 200 OPTIONS
                    20 client  ! TRANSPORT
                    20 server -> TU     TRANSPORT
                    30 client -> server OPTIONS
                    30 server -> client 200 OPTIONS
                 32010 server  * TERMINATED
                """);
    }

    //= rfc3261#17.2.2¶2 a request that comes again is discarded while the TU thinks
    //= rfc3261#17.2.2-7 and gets the final response when there is one
    //= rfc3261#17.2.2-8 any other final response is discarded
    @Test void a_request_is_answered() {
        //= rfc3261#17.2.2-5,9 the final response is transmitted; Timer J terminates
        options(UDP, """
                     0 client -> server OPTIONS
                     0 server  * TRYING
                   100 client -> server OPTIONS
                   200 TU     -> server 200 OPTIONS
                   200 server  * COMPLETED
                   200 server -> client 200 OPTIONS
                   500 client -> server OPTIONS
                   500 server -> client 200 OPTIONS
                   600 TU     -> server 500 OPTIONS
                   700 client -> server OPTIONS
                   700 server -> client 200 OPTIONS
                 32200 server  * TERMINATED
                """);
    }

    /// RFC 4320: no 180 ever, and a 100 only when the client has slowed down to one request in T2.
    //= rfc3261#17.2.2-1 a provisional response: proceeding
    //= rfc3261#17.2.2-2 which is passed to the transport
    //= rfc3261#17.2.2-4 and again for each retransmission
    @Test void a_slow_tu_may_say_so_late() {
        options(UDP, """
                     0 client -> server OPTIONS
                     0 server  * TRYING
                   100 TU     -> server 180 OPTIONS
                   200 TU     -> server 100 OPTIONS
                  3499 TU     -> server 100 OPTIONS
                  3500 client -> server OPTIONS
                  3500 TU     -> server 100 OPTIONS
                  3500 server  * PROCEEDING
                  3500 server -> client 100 OPTIONS
                  3600 client -> server OPTIONS
                  3600 server -> client 100 OPTIONS
                  9000 TU     -> server 404 OPTIONS
                  9000 server  * COMPLETED
                  9000 server -> client 404 OPTIONS
                 41000 server  * TERMINATED
                """);
    }

    //= rfc3261#17.2.2-10 terminated, it is to be destroyed
    //= rfc3261#17.2.2-3,6 over TCP each 100 of the TU is sent, and Timer J is zero
    @Test void a_request_over_tcp() {
        options(TCP, """
                     0 client -> server OPTIONS
                     0 server  * TRYING
                   100 TU     -> server 100 OPTIONS
                   100 server  * PROCEEDING
                   100 server -> client 100 OPTIONS
                   200 TU     -> server 100 OPTIONS
                   200 server -> client 100 OPTIONS
                   300 TU     -> server 200 OPTIONS
                   300 server  * COMPLETED
                   300 server -> client 200 OPTIONS
                   300 server  * TERMINATED
                """);
    }

    /// RFC 4320: a 408 comes too late by nature, so it is never sent.
    @Test void a_408_ends_a_request_without_a_word() {
        options(UDP, """
                     0 client -> server OPTIONS
                     0 server  * TRYING
                 32000 TU     -> server 408 OPTIONS
                 32000 server  * COMPLETED
                 32100 client -> server OPTIONS
                 64000 server  * TERMINATED
                """);
    }

    //= rfc3261#17.2.1-2 the 100 is built from the request and has no tag
    //= rfc3261#8.2.6.1-3,4 its Timestamp comes back, with the delay
    @Test void the_100_of_the_transaction() {
        var invite = request("INVITE").with("Timestamp", "54");
        var transaction = new InviteServerTransaction(invite, UDP);
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

    private static void invite(Flow flow, String ladder) {
        play(new InviteServerTransaction(request("INVITE"), flow), ladder);
    }

    private static void options(Flow flow, String ladder) {
        play(new NonInviteServerTransaction(flow), ladder);
    }

    private static void play(ServerTransaction transaction, String ladder) {
        var begun = new AtomicBoolean();
        Script.play("server", transaction, line -> !begun.getAndSet(true) ? new Input.Begin()
                : line.mark().equals("!") ? new Input.TransportError()
                : line.who().equals("TU") ? new Input.Respond(
                        Reply.to(request(Said.method(line)), Said.status(line), ""))
                : new Input.Received(request(Said.method(line))),
                output -> switch (output) {
                    case Output.Send(var bytes) -> "-> client " + Said.text(Message.parse(bytes));
                    case Output.Inform(var ack) -> "-> TU " + Said.text(ack);
                    case Output.Failed(var why) -> "-> TU " + why;
                    case Output.Changed(var state) -> "* " + state.name();
                }, ladder);
    }
}
