package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.*;
import p2psip.app.host.Host;
import p2psip.app.node.Pipe;
import p2psip.app.pipe.PipeSockets;
import p2psip.std.Bytes;

/// The door to pipes alone, over loopback; what the node says is in the test.
class PipeDoorTest {
    private static final String BOB = "sip:bob@example.com";

    private final List<Pipe> commands = new CopyOnWriteArrayList<>();
    /// What the node answers to a command.
    private volatile Function<Pipe, List<Pipe.Event>> node = _ -> List.of();
    private final PipeSockets sockets = new PipeSockets(new Host.Line() {
        @Override public void command(Object command) {
            commands.add((Pipe) command);
            node.apply((Pipe) command).forEach(PipeDoorTest.this::told);
        }

        @Override public List<Object> told(Duration patience) { return List.of(); }

        @Override public Instant now() { return Instant.EPOCH; }

        @Override public boolean ended() { return false; }
    });
    private final PipeDoor door = new PipeDoor(sockets);

    private void told(Pipe.Event event) { sockets.told(event); }

    @AfterEach void close() { door.close(); }

    private String ticket(String verb, String address) {
        var body = new JsonObject();
        body.addProperty(verb, address);
        var answer = (Resource.Answer.Json) new OpenPipe(door).answer(
                new Resource.Request(Resource.Method.POST, "", body));
        assertThat(answer.object().get("port").getAsInt()).isEqualTo(door.port());
        return answer.object().get("ticket").getAsString();
    }

    private Socket show(String ticket) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), door.port());
        PipeDoor.say(socket, ticket);
        return socket;
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String outcome(String ticket) {
        return "" + ((Resource.Answer.Json) new PipeOutcome(door).answer(new Resource.Request(
                Resource.Method.GET, ticket, new JsonObject()))).object();
    }

    private void refuses(String why) {
        node = said -> said instanceof Pipe.Connect connect
                ? List.of(new Pipe.Ended(connect.id(), false, why)) : List.of();
    }

    @Test void a_ticket_that_nobody_was_given_opens_nothing() throws Exception {
        try (var socket = show("guessed")) {
            assertThat(all(socket)).isEmpty();
        }
        assertThat(commands).isEmpty();
        assertThatThrownBy(() -> door.outcome("guessed")).isInstanceOf(Refused.class)
                .hasMessage("no pipe is known by that ticket");
    }

    @Test void a_ticket_is_good_once() throws Exception {
        refuses(BOB + ": nobody is there");
        var ticket = ticket("connect", BOB);
        try (var socket = show(ticket)) {
            assertThat(all(socket)).isEqualTo(BOB + ": nobody is there\n");
        }
        try (var socket = show(ticket)) {
            assertThat(all(socket)).isEmpty();
        }
        assertThat(commands).hasSize(1);
    }

    @Test void an_unknown_address_and_a_refusal_are_one_line_each() throws Exception {
        for (var why : List.of(BOB + ": nobody is there", BOB + ": only some may call there")) {
            refuses(why);
            var ticket = ticket("connect", BOB);
            try (var socket = show(ticket)) {
                assertThat(all(socket)).isEqualTo(why + "\n");
            }
            assertThat(outcome(ticket)).isEqualTo(
                    "{\"well\":false,\"why\":\"" + why + "\"}");
        }
    }

    @Test void what_goes_wrong_later_is_known_by_the_ticket() throws Exception {
        node = said -> said instanceof Pipe.Connect connect ? List.of(
                new Pipe.Connected(connect.id()), new Pipe.Arrived(connect.id(),
                Bytes.utf8("half")), new Pipe.Ended(connect.id(), false,
                "the other end has given it up")) : List.of();
        var ticket = ticket("connect", BOB);
        try (var socket = show(ticket)) {
            assertThat(PipeDoor.line(socket.getInputStream())).isEqualTo("ok");
            assertThat(outcome(ticket)).isEqualTo(
                    "{\"well\":false,\"why\":\"the other end has given it up\"}");
        }
    }

    @Test void bytes_go_both_ways_and_each_end_closes_its_own() throws Exception {
        node = said -> switch (said) {
            case Pipe.Connect(long id, _, _) -> List.of(
                    new Pipe.Connected(id), new Pipe.Writable(id, 100));
            case Pipe.Write(long id, var bytes) -> List.of(new Pipe.Arrived(id, bytes));
            case Pipe.Close(long id) -> List.of(
                    new Pipe.Finished(id), new Pipe.Ended(id, true, "finished"));
            default -> List.of();
        };
        var ticket = ticket("connect", BOB);
        try (var socket = show(ticket)) {
            assertThat(PipeDoor.line(socket.getInputStream())).isEqualTo("ok");
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(all(socket)).isEqualTo("hello");
        }
        assertThat(outcome(ticket)).isEqualTo("{\"well\":true,\"why\":\"finished\"}");
    }

    @Test void who_listens_is_told_of_callers_and_listens_no_more_when_he_has_gone()
            throws Exception {
        node = said -> said instanceof Pipe.Listen listen ? List.of(
                new Pipe.Listening(listen.id()), new Pipe.Caller(-1, listen.id(), BOB, true))
                : List.of();
        try (var socket = show(ticket("listen", BOB))) {
            assertThat(PipeDoor.line(socket.getInputStream())).isEqualTo("ok");
            assertThat(PipeDoor.line(socket.getInputStream())).endsWith(" verified " + BOB);
        }
        while (!commands.contains(new Pipe.Drop(1))) Thread.onSpinWait();
        assertThat(commands).contains(new Pipe.Accept(-1));
    }

    @Test void who_cannot_listen_is_told_why() throws Exception {
        node = said -> said instanceof Pipe.Listen listen ? List.of(new Pipe.Ended(listen.id(),
                false, BOB + ": somebody listens there already")) : List.of();
        try (var socket = show(ticket("listen", BOB))) {
            assertThat(all(socket)).isEqualTo(BOB + ": somebody listens there already\n");
        }
    }
}
