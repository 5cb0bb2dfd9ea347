package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8489.Exchange.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Client.*;
import p2psip.std.rfc8489.Exchange.Server;
import p2psip.std.rfc8489.Message.Kind;

class ClientTest {
    private final Exchange exchange = new Exchange();

    private String run(Server server) {
        return exchange.run(new Authentication.None(), Timing.UDP, server);
    }

    private Client client(InetSocketAddress server, Attribute... attributes) {
        return new Client(server, Message.BINDING, List.of(attributes), new Authentication.None(),
                Timing.UDP, exchange.random);
    }

    //= rfc8489#6.1-1 its header is by the rules of section 5
    //= rfc8489#6.1-2 its class is Request, its method Binding
    @Test void what_is_asked_is_a_binding_request() {
        var sent = (Output.Send) client(SERVER).wake(exchange.now).getFirst();
        assertThat(sent.bytes().size()).isEqualTo(20);
        assertThat(sent.bytes().hex()).startsWith("000100002112a442");
    }

    //= rfc8489#6.2.1-1 the gaps double from half a second on
    //= rfc8489#6.2.1-10 Rc: there are 7 requests
    //= rfc8489#6.2.1-11 eight seconds after the last request it has failed
    @Test void a_server_that_does_not_answer_is_asked_seven_times() {
        //= rfc8489#6.2.1-2,4 the initial RTO is 500 ms, which is not rounded up to a second
        assertThat(run((_, _) -> Optional.empty())).isEqualTo("""
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                1500 client -> 192.0.2.1 request
                3500 client -> 192.0.2.1 request
                7500 client -> 192.0.2.1 request
                15500 client -> 192.0.2.1 request
                31500 client -> 192.0.2.1 request
                39500 client -> TU 0 no answer
                """);
        assertThat(new LinkedHashSet<>(exchange.requests)).as("bit by bit the same").hasSize(1);
    }

    //= rfc8489#6.2.2-2 Ti is 39.5 s
    @Test void over_tcp_it_is_asked_once_and_given_as_long() {
        assertThat(exchange.run(new Authentication.None(), Timing.TCP,
                (_, _) -> Optional.empty())).isEqualTo("""
                0 client -> 192.0.2.1 request
                39500 client -> TU 0 no answer
                """);
    }

    @Test void the_third_request_is_answered() {
        assertThat(run((request, _) -> exchange.requests.size() < 3 ? Optional.empty()
                : success(request, MAPPED))).isEqualTo("""
                0 client -> 192.0.2.1 request
                500 client -> 192.0.2.1 request
                1500 client -> 192.0.2.1 request
                1500 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#6.3¶2 a message that fails a check is silently discarded
    @Test void what_is_no_answer_to_this_request_is_passed_over() {
        assertThat(run((request, wire) -> switch (exchange.requests.size()) {
            case 1 -> Optional.of(wire);
            case 2 -> Optional.of(new Message(Kind.SUCCESS, Message.BINDING,
                    TransactionId.random(exchange.random), List.of(MAPPED)).encode());
            case 3 -> Optional.of(Bytes.utf8("SIP/2.0 200 OK\r\n\r\n"));
            case 4 -> {
                var spoiled = Fingerprints.append(success(request, MAPPED).orElseThrow()).toArray();
                spoiled[25] ^= 1;
                yield Optional.of(Bytes.wrap(spoiled));
            }
            default -> success(request, MAPPED);
        })).hasLineCount(6).endsWith("""
                7500 client -> 192.0.2.1 request
                7500 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#6.3.3¶1 a success with what may not be passed over is a failure
    //= rfc8489#6.3.4¶1 an error without its code too
    @Test void answers_that_cannot_be_used_end_the_transaction() {
        assertThat(run((request, _) -> success(request, MAPPED,
                new Unknown(0x7ff0, Bytes.EMPTY))))
                .endsWith("0 an answer with attributes unknown here: [32752]\n");
        assertThat(run((request, _) -> Optional.of(
                request.response(Kind.ERROR, List.of()).encode())))
                .endsWith("0 an error without a code\n");
        //= rfc8489#14.8-8 a bad request is not sent again as it is
        assertThat(run((request, _) -> error(request, 400)))
                .hasLineCount(2).endsWith("\n0 client -> TU 400 no\n");
    }

    /// As stund 0.97 answers: MAPPED-ADDRESS, SOURCE-ADDRESS, CHANGED-ADDRESS, its name; no mask.
    @Test void a_server_of_rfc_3489_is_understood() {
        assertThat(run((request, _) -> {
            var all = Bytes.hex("0001000800018c59c6336407" + "0004000800010d96c0000201"
                    + "0005000800010d97c0000202" + "80220010566f766964612e6f726720302e393700");
            return Optional.of(Bytes.wrap(ByteBuffer.allocate(20 + all.size())
                    .putInt(0x01010000 | all.size()).put(request.id().bytes().buffer())
                    .put(all.buffer()).array()));
        })).isEqualTo(ANSWERED);
        assertThat(run((request, _) -> success(request, MAPPED,
                new Unknown(0x000b, Bytes.EMPTY)))).isEqualTo(ANSWERED);
        //= rfc8489#6.3.3¶1 but CHANGE-REQUEST is no attribute of a response
        assertThat(run((request, _) -> success(request, MAPPED,
                new Unknown(0x0003, Bytes.EMPTY)))).endsWith("unknown here: [3]\n");
    }

    /// A server that sends everybody to another, and proves that it is he who says so.
    private static Server redirecting(Supplier<InetSocketAddress> to) {
        return (request, _) -> error(request, 300, new AlternateServer(to.get()))
                .map(wire -> Integrity.SHA_256.append(wire, ALICE.shortTermKey()));
    }

    private String proving(Server server) {
        exchange.requests.clear();
        return exchange.run(new Authentication.ShortTerm(ALICE), Timing.UDP, server);
    }

    //= rfc8489#10-5 the other server is asked with the same credentials
    @Test void a_proven_redirection_is_followed() {
        assertThat(proving((request, wire) -> (exchange.requests.size() == 1
                ? redirecting(() -> OTHER) : exchange.guarded(shortTerm())).answer(request, wire)))
                .isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.2 request
                0 client -> TU mapped 198.51.100.7
                """);
    }

    //= rfc8489#10-5 with long-term credentials, too
    @Test void a_redirection_keeps_what_was_asked_for() {
        var key = ALICE.longTermKey(REALM, Algorithm.MD5);
        assertThat(exchange.run(new Authentication.LongTerm(ALICE), Timing.UDP, (request, _) ->
                switch (exchange.requests.size()) {
                    case 1 -> error(request, 401, new Realm(REALM), new Nonce("n"));
                    case 2 -> error(request, 300, new AlternateServer(OTHER))
                            .map(wire -> Integrity.SHA_1.append(wire, key));
                    default -> success(request, MAPPED)
                            .map(wire -> Integrity.SHA_1.append(wire, key));
                })).hasLineCount(4).endsWith("""
                0 client -> 192.0.2.2 request
                0 client -> TU mapped 198.51.100.7
                """);
        assertThat(exchange.requests.get(2).attributes().subList(0, 3))
                .isEqualTo(exchange.requests.get(1).attributes().subList(0, 3));
    }

    //= rfc8489#10-9 a server that was asked before is not asked again
    @Test void a_redirection_in_a_circle_is_not_followed() {
        assertThat(proving(redirecting(() -> exchange.requests.size() == 1 ? OTHER : SERVER)))
                .isEqualTo("""
                0 client -> 192.0.2.1 request
                0 client -> 192.0.2.2 request
                0 client -> TU 300 redirected in a circle
                """);
        assertThat(proving(redirecting(() -> at("192.0.2." + (exchange.requests.size() + 10)))))
                .hasLineCount(6).endsWith("in a circle\n");
    }

    //= rfc8489#14.8-7 the integrity of a 300 is validated first
    @Test void a_redirection_without_proof_is_not_followed() {
        //= rfc8489#6.3.4-1 300 to 399 is a failed transaction where no proof is agreed on
        assertThat(run((request, _) -> error(request, 300, new AlternateServer(OTHER))))
                .hasLineCount(2).endsWith("\n0 client -> TU 300 no\n");
        assertThat(exchange.run(new Authentication.ShortTerm(IMPOSTOR), Timing.TCP,
                redirecting(() -> OTHER)))
                .hasLineCount(2).endsWith("\n0 client -> TU 0 integrity violated\n");
        assertThat(proving((request, wire) -> exchange.requests.size() > 1
                ? Optional.empty() : error(request, 300, new AlternateServer(OTHER))))
                .doesNotContain("192.0.2.2").endsWith("39500 client -> TU 0 integrity violated\n");
    }

    //= rfc8489#6.1-5,6,8 messages over UDP are less than the smallest MTU: 576 bytes, or 1280
    @Test void a_request_that_no_packet_takes_is_not_sent() {
        Map.of("192.0.2.1", 524, "2001:db8::1", 1208).forEach((server, most) -> {
            assertThat(client(at(server), new Software("s".repeat(most))).wake(exchange.now))
                    .singleElement().isInstanceOf(Output.Send.class);
            assertThat(client(at(server), new Software("s".repeat(most + 4))).wake(exchange.now))
                    .containsExactly(new Output.Failed(0, "a request of " + (most + 28)
                            + " bytes, more than a packet takes"));
        });
    }

    @Test void a_hard_error_of_the_network_ends_it() {
        var client = client(SERVER);
        client.wake(exchange.now);
        assertThat(client.handle(new Input.TransportError("port unreachable"), exchange.now))
                .containsExactly(new Output.Failed(0, "port unreachable"));
        assertThat(client.deadline()).isEqualTo(Instant.MAX);
    }
}
