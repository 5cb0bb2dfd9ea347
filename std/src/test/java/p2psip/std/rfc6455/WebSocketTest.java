package p2psip.std.rfc6455;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.Bytes;
import p2psip.std.rfc6455.WebSocket.*;

/// Two ends, and a wire between them that cuts what goes over it where it likes.
class WebSocketTest {
    private static final Limits LIMITS = new Limits(1_000, Duration.ofSeconds(10),
            Duration.ofSeconds(5), Duration.ofSeconds(30));
    private static final Call CALL = Call.of(WebSocketUri.parse("ws://example.org/sip"), "sip");
    private static final Door DOOR = new Door("example.org"::equals, "/sip"::equals,
            _ -> false, List.of("sip"));

    private final Random random = new Random(1);
    private final WebSocket client = WebSocket.client(CALL, LIMITS, random),
            server = WebSocket.server(DOOR, LIMITS, random);
    private final Map<WebSocket, WebSocket> peers = Map.of(client, server, server, client);
    private final Map<WebSocket, List<Bytes>> wire = Map.of(
            client, new ArrayList<>(), server, new ArrayList<>());
    private final Map<WebSocket, List<Output>> told = Map.of(
            client, new ArrayList<>(), server, new ArrayList<>());
    private Instant now = Instant.EPOCH;
    /// Bytes that arrive at once.
    private int piece = Integer.MAX_VALUE;
    /// Whether what is written gets lost.
    private boolean deaf;

    private void did(WebSocket end, List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Write(var bytes) -> {
                wire.get(end).add(bytes);
                for (int at = 0; at < bytes.size() && !deaf; at += Math.min(piece, bytes.size()))
                    told(peers.get(end), new Input.Received(
                            bytes.slice(at, (int) Math.min(bytes.size(), at + (long) piece))));
            }
            case Output.Entered _ -> { }
            default -> told.get(end).add(output);
        }
    }

    private void told(WebSocket end, Input input) { did(end, end.handle(input, now)); }

    private void run(Duration span) {
        var end = now.plus(span);
        for (var each : List.of(client, server)) did(each, each.wake(now));
        while (true) {
            var next = Stream.of(client, server).min(Comparator.comparing(WebSocket::deadline))
                    .orElseThrow();
            if (next.deadline().isAfter(end)) break;
            now = next.deadline();
            did(next, next.wake(now));
        }
        now = end;
    }

    private void open() { run(Duration.ZERO); }

    private List<Message> messages(WebSocket end) {
        return told.get(end).stream().filter(Output.Arrived.class::isInstance)
                .map(output -> ((Output.Arrived) output).message()).toList();
    }

    private Output.Ended ended(WebSocket end) {
        return told.get(end).stream().filter(Output.Ended.class::isInstance)
                .map(Output.Ended.class::cast).findFirst().orElseThrow();
    }

    /// A frame of the client's, sent to the server as it is.
    private void hear(String hex) { told(server, new Input.Received(Bytes.hex(hex))); }

    //= rfc6455#4.1-2,17 the client asks, and reads the answer
    //= rfc6455#4.2.2-1 the server completes the handshake
    //= rfc6455#6.1-4,6,7 a message is data in a frame of its opcode, whose FIN is 1
    @Test void they_meet_and_talk() {
        open();
        assertThat(told.get(client)).containsExactly(
                new Output.Opened("/sip", Optional.empty(), Optional.of("sip")));
        assertThat(told.get(server)).containsExactly(
                new Output.Opened("/sip", Optional.empty(), Optional.of("sip")));
        told(client, new Input.Send(Message.text("h\u00e9")));
        told(server, new Input.Send(Message.binary(Bytes.hex("00ff"))));
        assertThat(messages(server)).containsExactly(Message.text("h\u00e9"));
        assertThat(messages(client)).containsExactly(Message.binary(Bytes.hex("00ff")));
    }

    @Property void however_the_wire_cuts_it_is_the_same(@ForAll List<byte[]> sent,
            @ForAll("pieces") int at) {
        var test = new WebSocketTest();
        test.piece = at;
        test.open();
        var messages = sent.stream().map(bytes -> Message.binary(Bytes.wrap(bytes))).toList();
        messages.forEach(each -> test.told(test.client, new Input.Send(each)));
        messages.forEach(each -> test.told(test.server, new Input.Send(each)));
        test.told(test.client, new Input.Close(1000, "bye"));
        assertThat(test.messages(test.server)).isEqualTo(messages);
        assertThat(test.messages(test.client)).isEqualTo(messages);
        assertThat(test.ended(test.server)).isEqualTo(
                new Output.Ended(1000, "bye", Optional.empty()));
    }

    @Provide Arbitrary<Integer> pieces() { return Arbitraries.of(1, 2, 3, 7, 100, 10_000); }

    //= rfc6455#5.1-1,4 a client masks all frames, a server none
    //= rfc6455#5.3-2 by a fresh masking key each
    //= rfc6455#10.3-1 a new masking key for each frame
    @Test void a_client_masks_each_frame_with_another_key() {
        open();
        for (int i = 0; i < 100; i++) {
            told(client, new Input.Send(Message.text("a")));
            told(server, new Input.Send(Message.text("a")));
        }
        //= rfc6455#6.1-8 so all data of a client is masked
        var keys = wire.get(client).stream().skip(1).map(Bytes::hex)
                .peek(hex -> assertThat(hex).startsWith("8181")).map(hex -> hex.substring(4, 12))
                .collect(Collectors.toSet());
        assertThat(keys).hasSize(100);
        assertThat(wire.get(server).stream().skip(1)).allMatch(Bytes.hex("810161")::equals);
    }

    //= rfc6455#4.1-27 no data is sent before the response
    @Test void who_is_not_let_in_yet_may_say_nothing() {
        deaf = true;
        open();
        assertThatThrownBy(() -> client.handle(new Input.Send(Message.text("a")), now))
                .isInstanceOf(IllegalStateException.class);
        assertThat(wire.get(client)).hasSize(1);
    }

    //= rfc6455#5.4-4,12 nor is another message between
    @Test void messages_are_not_interleaved() {
        open();
        hear("01810000000048" + "81810000000049");
        assertThat(ended(server).failure()).contains("a message within another");
    }

    //= rfc6455#5.4-5 control frames may come in the middle of a message
    //= rfc6455#5.4-3,7 fragments are put together in the order sent
    //= rfc6455#6.2-4 subsequent frames belong to a new message
    @Test void pieces_are_one_message() {
        open();
        hear("0183000000004865e2");
        hear("898200000000aabb");
        hear("008200000000" + "82ac");
        assertThat(messages(server)).isEmpty();
        //= rfc6455#5.5.2-2,3 a Pong with what the Ping had
        assertThat(wire.get(server).getLast()).isEqualTo(Bytes.hex("8a02aabb"));
        hear("80810000000021");
        assertThat(messages(server)).containsExactly(Message.text("He\u20ac!"));
        hear("81810000000041");
        assertThat(messages(server)).endsWith(Message.text("A"));
    }

    //= rfc6455#7.1.7-2,3,5 a Close with a status code, no more data processed, the problem told
    //= rfc6455#5.1-2,3 a frame that is not masked closes the connection, with status code 1002
    //= rfc6455#5.6-1 and so does a message that is no valid UTF-8
    @ParameterizedTest
    @CsvSource({"810141, 1002, not masked", "838000000000, 1002, opcode 3 is not known",
            "808000000000, 1002, a continuation of nothing",
            "818200000000" + "c328, 1007, text that is no UTF-8",
            "018100000000" + "c3808000000000, 1007, text that is no UTF-8",
            "82fe03e9, 1009, 1001 bytes of 1000", "888100000000" + "03, 1002, half a status code",
            "888200000000" + "03ed, 1002, status code 1005",
            "888200000000" + "03ee, 1002, status code 1006",
            "888200000000" + "03f7, 1002, status code 1015",
            "888200000000" + "03e7, 1002, status code 999",
            "888200000000" + "0bb7, 1002, status code 2999",
            "888200000000" + "1388, 1002, status code 5000",
            "888400000000" + "03e8c328, 1007, text that is no UTF-8"})
    void who_breaks_the_rules_is_told_which(String hex, int code, String why) {
        open();
        hear(hex);
        assertThat(ended(server)).isEqualTo(
                new Output.Ended(CloseCode.ABNORMAL, "", Optional.of(why)));
        assertThat(wire.get(server).getLast().hex()).startsWith(
                "88%02x%04x".formatted(2 + why.length(), code));
        assertThat(told.get(server)).contains(new Output.Disconnect());
        told(client, new Input.Lost());
        assertThat(ended(client).code()).isEqualTo(code);
        int said = wire.get(server).size();
        hear("898000000000");
        assertThat(wire.get(server)).hasSize(said);
    }

    //= rfc6455#6.2-1 what comes is parsed as frames
    //= rfc6455#7.1.7-1 the client closes the connection, and tells the problem
    //= rfc6455#10.7-3 after a Close frame with an appropriate status code
    @Test void a_client_ends_it_as_well() {
        open();
        //= rfc6455#5.1-5 a masked frame closes the connection: its key is like two frames
        told(client, new Input.Received(Bytes.hex("8180" + "8a008a00")));
        assertThat(wire.get(client).getLast().hex()).startsWith("88");
        assertThat(told.get(client)).contains(new Output.Disconnect());
        assertThat(ended(client).failure()).isPresent();
    }

    //= rfc6455#5.4-4 fragments of two messages are not interleaved
    @Test void fragments_together_have_the_limit_too() {
        open();
        var half = new Frame(false, Opcode.BINARY, Bytes.wrap(new byte[600])).encode(0);
        var rest = new Frame(true, Opcode.CONTINUATION, Bytes.wrap(new byte[400])).encode(0);
        told(server, new Input.Received(half));
        told(server, new Input.Received(rest));
        assertThat(messages(server)).hasSize(1);
        told(server, new Input.Received(half));
        told(server, new Input.Received(half));
        assertThat(ended(server).failure()).contains("a message within another");
    }

    //= rfc6455#10.7-1 incoming data is validated
    //= rfc6455#10.4-2 the total message size has a limit
    @Test void a_message_that_never_ends_is_cut_short() {
        open();
        told(server, new Input.Received(
                new Frame(false, Opcode.BINARY, Bytes.wrap(new byte[600])).encode(0)));
        told(server, new Input.Received(
                new Frame(false, Opcode.CONTINUATION, Bytes.wrap(new byte[401])).encode(0)));
        assertThat(ended(server).failure()).contains("more than 1000 bytes");
    }

    /// By fragments, which are no limit by themselves, none of them having a byte.
    @Test void empty_fragments_keep_nothing() {
        open();
        hear("018000000000");
        for (int i = 0; i < 10_000; i++) hear("008000000000");
        hear("808000000000");
        //= rfc6455#6.2-3 the type of its data is that of the first frame's opcode
        assertThat(messages(server)).containsExactly(Message.text(""));
    }

    //= rfc6455#5.5.1-6 who receives a Close frame sends one in response
    //= rfc6455#5.5.1-9,10 then the server closes the TCP connection
    //= rfc6455#7.1.1-5 for which the client waits
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void either_may_close(boolean ours) {
        open();
        var one = ours ? client : server;
        told(one, new Input.Close(4000, "enough"));
        assertThat(ended(server)).isEqualTo(new Output.Ended(4000, ours ? "enough" : "",
                Optional.empty()));
        assertThat(told.get(server)).contains(new Output.Disconnect());
        assertThat(told.get(client)).doesNotContain(new Output.Disconnect());
        assertThat(client.state()).isEqualTo(State.CLOSING);
        told(client, new Input.Lost());
        assertThat(ended(client)).isEqualTo(new Output.Ended(4000, ours ? "" : "enough",
                Optional.empty()));
        //= rfc6455#5.5.1-5 no data after it
        //= rfc6455#6.1-2 nor where the state of the connection is another than OPEN
        int said = wire.get(client).size();
        told(client, new Input.Send(Message.text("late")));
        assertThat(wire.get(client)).hasSize(said);
    }

    //= rfc6455#7.1.2-2 both have sent and received a Close frame
    @Test void a_close_may_say_nothing() {
        open();
        hear("888000000000");
        assertThat(wire.get(server).getLast()).isEqualTo(Bytes.hex("8800"));
        assertThat(ended(server)).isEqualTo(
                new Output.Ended(CloseCode.NO_STATUS, "", Optional.empty()));
    }

    /// It is cut between characters.
    //= rfc6455#5.5.1-2,3 a body of a status code and a reason
    //= rfc6455#7.1.2-1 the closing handshake is started by a Close with both
    @Test void a_reason_is_as_long_as_there_is_room() {
        open();
        told(client, new Input.Close(1001, "\u20ac".repeat(50)));
        assertThat(ended(server).code()).isEqualTo(1001);
        assertThat(ended(server).reason()).isEqualTo("\u20ac".repeat(41));
    }

    //= rfc6455#7.4.1-3,4,6 reserved values are never in a Close frame
    @ParameterizedTest
    @CsvSource({"1004", "1005", "1006", "1015", "999", "2999", "5000"})
    void a_program_cannot_say_what_must_not_be_said(int code) {
        open();
        assertThatThrownBy(() -> client.handle(new Input.Close(code, ""), now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    //= rfc6455#7.4.1-1 the pre-defined status codes
    @Test void codes_have_the_numbers_of_the_rfc() {
        assertThat(List.of(CloseCode.NORMAL, CloseCode.GOING_AWAY, CloseCode.PROTOCOL_ERROR,
                CloseCode.UNSUPPORTED_DATA, CloseCode.NO_STATUS, CloseCode.ABNORMAL,
                CloseCode.INVALID_PAYLOAD, CloseCode.POLICY_VIOLATION, CloseCode.TOO_BIG,
                CloseCode.INTERNAL_ERROR)).containsExactly(1000, 1001, 1002, 1003, 1005, 1006,
                        1007, 1008, 1009, 1011);
    }

    @ParameterizedTest
    @CsvSource({"1000", "1003", "1007", "1014", "3000", "4999"})
    void all_others_it_can(int code) {
        open();
        told(client, new Input.Close(code, ""));
        assertThat(ended(server).code()).isEqualTo(code);
    }

    //= rfc6455#7.1.1-1 what trails is discarded
    @Test void nothing_is_heard_of_who_has_closed() {
        open();
        deaf = true;
        told(server, new Input.Close(1000, ""));
        hear("81810000000041" + "898000000000" + "888000000000" + "81810000000042");
        assertThat(messages(server)).isEmpty();
        assertThat(wire.get(server).getLast().hex()).startsWith("8802");
        assertThat(ended(server).code()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(server.handle(new Input.Received(Bytes.hex("8181")), now)).isEmpty();
    }

    //= rfc6455#7.1.1-4 a client that has waited a reasonable time closes the TCP connection
    @Test void who_does_not_close_is_not_waited_for() {
        open();
        deaf = true;
        told(client, new Input.Close(1000, ""));
        run(Duration.ofMillis(4_999));
        assertThat(client.state()).isEqualTo(State.CLOSING);
        run(Duration.ofMillis(1));
        assertThat(ended(client)).isEqualTo(new Output.Ended(CloseCode.ABNORMAL, "",
                Optional.of("the other end does not close")));
        assertThat(told.get(client)).contains(new Output.Disconnect());
        assertThat(client.terminated()).isTrue();
    }

    //= rfc6455#7.1.1-3 it is the server that closes the TCP connection first
    @Test void both_have_closed_and_the_server_forgets_the_connection() {
        open();
        told(client, new Input.Close(1000, ""));
        assertThat(told.get(server)).contains(new Output.Disconnect());
        assertThat(told.get(client)).doesNotContain(new Output.Disconnect());
        run(Duration.ofSeconds(5));
        assertThat(ended(client)).isEqualTo(new Output.Ended(1000, "", Optional.empty()));
        assertThat(told.get(client)).contains(new Output.Disconnect());
    }

    //= rfc6455#7.2.1-2 a connection that is lost has failed
    //= rfc6455#7.2.1-1 so the client fails the connection
    @Test void a_lost_connection_is_told() {
        open();
        told(client, new Input.Lost());
        assertThat(ended(client)).isEqualTo(new Output.Ended(CloseCode.ABNORMAL, "",
                Optional.of("the connection was lost")));
        assertThat(client.handle(new Input.Lost(), now)).isEmpty();
    }

    //= rfc6455#5.5.2-4 a Ping while it is open
    //= rfc6455#5.5.3-2 a Pong that was not asked for does no harm
    @Test void who_is_silent_is_asked_and_then_given_up() {
        open();
        run(Duration.ofMinutes(10));
        assertThat(client.state()).isEqualTo(State.OPEN);
        hear("8a8000000000");
        deaf = true;
        run(Duration.ofSeconds(59));
        assertThat(server.state()).isEqualTo(State.OPEN);
        assertThat(wire.get(server).getLast()).isEqualTo(Bytes.hex("8900"));
        run(Duration.ofSeconds(1));
        assertThat(ended(server).failure()).contains("nothing heard for PT1M");
    }

    @Test void a_handshake_that_does_not_come_is_not_waited_for() {
        deaf = true;
        run(Duration.ofMillis(9_999));
        assertThat(server.state()).isEqualTo(State.CONNECTING);
        run(Duration.ofMillis(1));
        assertThat(ended(server).failure()).contains("no handshake for PT10S");
        assertThat(ended(client).failure()).contains("no handshake for PT10S");
        assertThat(wire.get(server).getLast().utf8()).startsWith("HTTP/1.1 400 no handshake");
    }

    //= rfc6455#7.2.2-1 the server closes the connection
    @Test void who_is_refused_is_told_and_the_connection_closed() {
        server.wake(now);
        told(server, new Input.Received(
                Bytes.utf8("GET /x HTTP/1.1\r\nHost: example.org\r\n\r\n")));
        assertThat(wire.get(server)).singleElement()
                .matches(bytes -> bytes.utf8().startsWith("HTTP/1.1 404 nothing is there\r\n"));
        assertThat(told.get(server)).containsExactly(new Output.Disconnect(),
                new Output.Ended(CloseCode.ABNORMAL, "",
                        Optional.of("refused: HTTP/1.1 404 nothing is there")));
    }

    @Test void what_is_no_http_is_refused_before_it_ends() {
        server.wake(now);
        deaf = true;
        told(server, new Input.Received(Bytes.wrap(new byte[Head.MAX_BYTES + 1])));
        assertThat(wire.get(server).getLast().utf8()).startsWith("HTTP/1.1 400 more than 8192");
    }

    @Test void the_first_message_may_come_with_the_answer() {
        deaf = true;
        open();
        told(server, new Input.Received(wire.get(client).getFirst()));
        told(server, new Input.Send(Message.text("first")));
        var both = Bytes.hex(wire.get(server).stream().map(Bytes::hex)
                .collect(Collectors.joining()));
        told(client, new Input.Received(both));
        assertThat(messages(client)).containsExactly(Message.text("first"));
    }

    @Property void nonsense_ends_it_or_is_waited_for(@ForAll byte[] bytes, @ForAll boolean opened) {
        var test = new WebSocketTest();
        if (opened) test.open();
        test.deaf = true;
        test.told(test.server, new Input.Received(Bytes.wrap(bytes)));
        test.told(test.client, new Input.Received(Bytes.wrap(bytes)));
        assertThat(test.told.get(test.server)).doesNotHaveDuplicates();
    }
}
