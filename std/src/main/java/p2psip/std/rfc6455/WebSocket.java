package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.*;

/// One end of a WebSocket, above a connection that is open: the handshake, then messages in both
/// directions, then the closing handshake.
///
/// ```
///                  Received(handshake)            Close, or Received(Close)
///  CONNECTING --------------------------> OPEN ---------------------------> CLOSING
///       |                                  |                                   |
///       | refused, 10 s                    | Failed, Lost          both, Lost, | 5 s
///       +------------------------------> CLOSED <------------------------------+
/// ```
///
/// A client begins when it is first woken. A peer of which nothing is heard is pinged, and given up
/// when it stays silent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-4 RFC 6455 §4
public final class WebSocket implements Machine<WebSocket.Input, WebSocket.Output> {

    public sealed interface Input {
        /// Bytes came by the connection.
        record Received(Bytes bytes) implements Input {}

        /// Say this; nothing is said any more to who has closed.
        ///
        /// The one who asks waits for [Output.Opened] first.
        record Send(Message message) implements Input {}

        /// Begin to close, for this reason.
        record Close(int code, String reason) implements Input {}

        /// The connection has ended.
        record Lost() implements Input {}
    }

    public sealed interface Output {
        record Write(Bytes bytes) implements Output {}

        /// The other end is let in, or has let this one in.
        ///
        /// @param origin   the page that it asks for, if it is a browser
        /// @param protocol that is spoken, if one was agreed on
        record Opened(String resource, Optional<String> origin, Optional<String> protocol)
                implements Output {}

        record Arrived(Message message) implements Output {}

        /// Close the connection, after what was written.
        record Disconnect() implements Output {}

        /// It is over.
        ///
        /// @param code    what the other end has said: [CloseCode#NO_STATUS] if it closed without a
        ///                reason, [CloseCode#ABNORMAL] if it did not close
        /// @param reason  of the other end, for programmers; not to be shown to users
        /// @param failure what went wrong at this end, if it was that
        record Ended(int code, String reason, Optional<String> failure) implements Output {}

        record Entered(State state) implements Output, p2psip.std.Entered {}
    }

    public enum State implements Cited {
        @Section("4.1") CONNECTING, @Section("4.1") OPEN, @Section("7.1.3") CLOSING,
        @Section("7.1.4") CLOSED
    }

    /// @param most    bytes of a message, in however many frames
    /// @param opening how long the handshake may take
    /// @param closing how long the other end may take to close
    /// @param quiet   how long nothing is heard until the other end is pinged, and how long it then
    ///                has to answer
    public record Limits(int most, Duration opening, Duration closing, Duration quiet) {
        /// For SIP, whose messages have 64 kB at most.
        public static final Limits USUAL = new Limits(1 << 16, Duration.ofSeconds(10),
                Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private enum Timer { OPENING, QUIET, CLOSING }


    private final Optional<Call> call;
    private final Optional<Door> door;
    private final Limits limits;
    private final RandomGenerator random;
    private final String key;
    private final Inflow inflow = new Inflow();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private Optional<Opcode> kind = Optional.empty();
    private ByteArrayOutputStream message = new ByteArrayOutputStream();
    private State state = State.CONNECTING;
    private boolean begun, pinged, closed;
    private int code = CloseCode.ABNORMAL;
    private String reason = "";

    private WebSocket(Optional<Call> call, String key, Optional<Door> door, Limits limits,
            RandomGenerator random) {
        this.call = call;
        this.door = door;
        this.limits = limits;
        this.random = random;
        this.key = key;
    }

    /// @param random that nobody can foresee: it makes the masks
    public static WebSocket client(Call call, Limits limits, RandomGenerator random) {
        var nonce = new byte[Call.KEY];
        random.nextBytes(nonce);
        return new WebSocket(Optional.of(call), Base64.getEncoder().encodeToString(nonce),
                Optional.empty(), limits, random);
    }

    public static WebSocket server(Door door, Limits limits, RandomGenerator random) {
        return new WebSocket(Optional.empty(), "", Optional.of(door), limits, random);
    }

    public State state() { return state; }

    @Override public boolean terminated() { return state == State.CLOSED; }

    @Override public Instant deadline() { return begun ? timers.deadline() : Instant.MIN; }

    private void begin(Instant now) {
        begun = true;
        enter(State.CONNECTING, now);
        //= rfc6455#4.1-2,17 the client sends its handshake, and reads the server's
        call.ifPresent(asked -> out.add(new Output.Write(asked.head(key).encode())));
    }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case CONNECTING -> timers.set(Timer.OPENING, now.plus(limits.opening));
            case OPEN -> timers.set(Timer.QUIET, now.plus(limits.quiet));
            case CLOSING -> timers.set(Timer.CLOSING, now.plus(limits.closing));
            case CLOSED -> {
                inflow.clear();
                message = new ByteArrayOutputStream();
            }
        }
        out.add(new Output.Entered(next));
    }

    @Override public List<Output> wake(Instant now) {
        if (!begun) begin(now);
        for (var timer : timers.fired(now)) switch (timer) {
            case OPENING -> fail(new SyntaxException("no handshake for " + limits.opening), now);
            case QUIET -> quiet(now);
            //= rfc6455#7.1.1-4 after a reasonable time a client closes the TCP connection itself
            case CLOSING -> end(closed ? Optional.empty()
                    : Optional.of("the other end does not close"), now);
        }
        return out.take();
    }

    private void quiet(Instant now) {
        if (pinged) {
            end(Optional.of("nothing heard for " + limits.quiet.multipliedBy(2)), now);
            return;
        }
        //= rfc6455#5.5.2-4 a Ping at any time while it is open
        pinged = true;
        write(new Frame(true, Opcode.PING, Bytes.EMPTY));
        timers.set(Timer.QUIET, now.plus(limits.quiet));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (!begun) begin(now);
        switch (input) {
            case Input.Received(var bytes) -> received(bytes, now);
            case Input.Send(var what) -> send(what);
            case Input.Close(int why, var text) -> close(why, text, now);
            case Input.Lost _ -> lost(now);
        }
        return out.take();
    }

    // Sending

    private void send(Message what) {
        if (state == State.CONNECTING) throw new IllegalStateException("not open yet");
        //= rfc6455#5.5.1-5 no data after a Close frame was sent
        //= rfc6455#6.1-1,2,3 nor a message once the state of the connection is not OPEN
        if (state != State.OPEN) return;
        //= rfc6455#5.1-7 at any time before that, by either end
        //= rfc6455#6.1-9 formed at once, and transmitted
        //= rfc6455#6.1-4,6,7 in one frame, whose opcode tells text from binary, and FIN is 1
        write(new Frame(true, what.isText() ? Opcode.TEXT : Opcode.BINARY, what.bytes()));
    }

    private void write(Frame frame) {
        //= rfc6455#5.1-1,4 a client masks all frames; a server masks none
        //= rfc6455#5.3-2,3 by a fresh masking key, of a generator that nobody can foresee
        //= rfc6455#10.3-1 for each frame, which programs cannot predict
        out.add(new Output.Write(
                call.isPresent() ? frame.encode(random.nextInt()) : frame.encode()));
    }

    /// @throws IllegalArgumentException if that code is not for programs to say
    private void close(int why, String text, Instant now) {
        if (!CloseCode.maySay(why)) throw new IllegalArgumentException("close with " + why);
        switch (state) {
            case CONNECTING -> end(Optional.of("closed before it was open"), now);
            case OPEN -> {
                //= rfc6455#7.4-1 an endpoint may indicate a reason for closure: here it must
                sayClose(why, text);
                enter(State.CLOSING, now);
            }
            case CLOSING, CLOSED -> { }
        }
    }

    /// A code, and as much of the text as there is room for.
    private void sayClose(int why, String text) {
        //= rfc6455#5.5.1-1 the frame may contain a reason for closing
        //= rfc6455#7.1.2-1 a Close frame with code and reason
        //= rfc6455#5.5.1-2,3 the code in the first two bytes, then the reason
        var body = ByteBuffer.allocate(Frame.MAX_CONTROL).putShort((short) why);
        var room = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(room, body, true);
        write(new Frame(true, Opcode.CLOSE, Bytes.from(body.flip())));
    }

    // Receiving

    private void received(Bytes bytes, Instant now) {
        if (state == State.CLOSED || closed) return;
        inflow.add(bytes);
        pinged = false;
        if (state == State.OPEN) timers.set(Timer.QUIET, now.plus(limits.quiet));
        try {
            if (state == State.CONNECTING) opening(now);
            //= rfc6455#6.2-1 incoming data is parsed as frames
            //= rfc6455#10.7-1 and validated always
            while (state != State.CONNECTING && state != State.CLOSED && !closed) {
                var frame = inflow.next(in -> Frame.next(in, door.isPresent(), limits.most));
                if (frame.isEmpty()) return;
                arrived(frame.get(), now);
            }
        } catch (SyntaxException e) {
            //= rfc6455#7.1.7-5 no more data is processed of who has broken the rules
            fail(e, now);
        }
    }

    private void opening(Instant now) {
        var head = inflow.next(Head::next);
        if (head.isEmpty()) return;
        if (call.isPresent()) {
            var asked = call.get();
            var protocol = asked.accepted(head.get(), key);
            enter(State.OPEN, now);
            out.add(new Output.Opened(asked.uri().resource(), asked.origin(), protocol));
            return;
        }
        var answer = door.orElseThrow().answer(head.get());
        out.add(new Output.Write(answer.head().encode()));
        if (answer.visit().isEmpty()) {
            end(Optional.of("refused: " + answer.head().first()), now);
            return;
        }
        var visit = answer.visit().get();
        //= rfc6455#4.2.2-1 the handshake is complete: the connection is open
        enter(State.OPEN, now);
        out.add(new Output.Opened(visit.resource(), visit.origin(), visit.protocol()));
    }

    private void arrived(Frame frame, Instant now) {
        switch (frame.opcode()) {
            case CLOSE -> closed(frame.payload(), now);
            case PING -> {
                //= rfc6455#5.4-1,5 control frames may come within a message
                //= rfc6455#6.2-2 and are handled at once
                //= rfc6455#5.5.2-2,3 a Pong with the same bytes, at once, while it is open
                if (state == State.OPEN) write(new Frame(true, Opcode.PONG, frame.payload()));
            }
            //= rfc6455#5.5.3-2 a Pong that nobody asked for is harmless
            case PONG -> { }
            case TEXT, BINARY, CONTINUATION -> data(frame);
        }
    }

    private void data(Frame frame) {
        boolean goesOn = frame.opcode() == Opcode.CONTINUATION;
        //= rfc6455#5.4-4,12 fragments of two messages are not interleaved
        if (goesOn != kind.isPresent()) throw new SyntaxException(
                goesOn ? "a continuation of nothing" : "a message within another");
        //= rfc6455#6.2-3 the first frame says of which type it is
        if (!goesOn) kind = Optional.of(frame.opcode());
        //= rfc6455#10.4-2 the size of a message after reassembly has a limit
        if (message.size() + frame.payload().size() > limits.most)
            throw new SyntaxException(CloseCode.TOO_BIG, "more than " + limits.most + " bytes");
        boolean whole = !goesOn && frame.last();
        if (!whole) message.writeBytes(frame.payload().toArray());
        if (!frame.last()) return;
        //= rfc6455#5.4-3,7 delivered in order, whether fragmented or not
        var bytes = whole ? frame.payload() : Bytes.wrap(message.toByteArray());
        var type = kind.orElseThrow();
        //= rfc6455#6.2-4 what comes next belongs to a new message
        kind = Optional.empty();
        message.reset();
        var said = Message.of(type, bytes);
        //= rfc6455#7.1.1-1 what trails behind a Close is discarded
        if (state == State.OPEN) out.add(new Output.Arrived(said));
    }

    // Closing

    private void closed(Bytes body, Instant now) {
        read(body);
        closed = true;
        //= rfc6455#5.5.1-6,7 a Close frame in response, as soon as it came, if none was sent
        if (state == State.OPEN) {
            if (code == CloseCode.NO_STATUS) write(new Frame(true, Opcode.CLOSE, Bytes.EMPTY));
            else sayClose(code, "");
            enter(State.CLOSING, now);
        }
        //= rfc6455#5.5.1-9,10 then the server closes the connection; the client waits for that
        //= rfc6455#7.1.1-3,5 so that it is the server where TIME_WAIT is held
        //= rfc6455#7.1.2-2 once both have said Close
        if (door.isPresent()) end(Optional.empty(), now);
    }

    private void read(Bytes body) {
        code = CloseCode.NO_STATUS;
        if (body.isEmpty()) return;
        if (body.size() < 2) throw new SyntaxException("half a status code");
        int said = body.buffer().getShort() & 0xffff;
        if (!CloseCode.maySay(said)) throw new SyntaxException("status code " + said);
        reason = Message.checkText(body.slice(2, body.size()));
        code = said;
    }

    private void lost(Instant now) {
        if (state == State.CLOSED) return;
        //= rfc6455#7.2.1-1,2 unexpectedly lost: the connection has failed
        end(closed ? Optional.empty() : Optional.of("the connection was lost"), now);
    }

    /// Whoever breaks the rules is told why, if it can hear that, and nothing more is read of it.
    private void fail(SyntaxException why, Instant now) {
        //= rfc6455#7.1.7-3 a Close frame first, if the connection is established
        //= rfc6455#10.7-2,3 with an appropriate status code, then the connection is dropped
        if (state == State.OPEN) sayClose(why.code(), why.getMessage());
        else if (state == State.CONNECTING && door.isPresent())
            out.add(new Output.Write(Door.unread(why).encode()));
        code = CloseCode.ABNORMAL;
        reason = "";
        //= rfc6455#7.1.7-1,2 the connection is closed, and the problem told
        end(Optional.of(why.getMessage()), now);
    }

    private void end(Optional<String> failure, Instant now) {
        enter(State.CLOSED, now);
        //= rfc6455#7.2.2-1 the server, too, closes the connection
        out.add(new Output.Disconnect());
        out.add(new Output.Ended(code, reason, failure));
    }
}
