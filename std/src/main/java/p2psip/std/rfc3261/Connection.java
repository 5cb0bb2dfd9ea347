package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Validator.Verdict;

/// One stream between two elements, from its opening to its end.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18 RFC 3261 §18
final class Connection implements Machine<Connection.Input, Connection.Output> {
    /// A peer that has not let us in after this long is not there.
    static final Duration PATIENCE = Duration.ofSeconds(4);
    /// A connection without traffic is closed. Longer than a registration of an hour is refreshed,
    /// for the phone at the end that opened it cannot be reached otherwise.
    static final Duration IDLE = Duration.ofMinutes(65);
    /// Who rings says so every minute, and some messages get lost further on. Longer than Timer C
    /// of a proxy, whose CANCEL is to go by it.
    static final Duration RINGING = Duration.ofMinutes(4);
    /// A peer that does not answer a ping in this time is gone.
    static final Duration PONG_TIME = Duration.ofSeconds(10);
    /// A message that has begun must end within this time, and a new connection bring one, or it
    /// was opened for an answer that nobody takes up.
    private static final Duration MESSAGE_TIME = TimerValues.T1_X64;
    /// As many messages may wait for the peer to let us in; more are not delivered.
    static final int MAX_WAITING = 1_000;

    sealed interface Input {
        record Connected() implements Input {}
        record Received(Bytes bytes) implements Input {}
        /// The host says that it is over.
        record Closed() implements Input {}
        record Send(TransactionId transaction, Bytes message) implements Input {}
        /// Find out whether the peer is there, and keep the NAT between us open.
        record Ping() implements Input {}
    }

    sealed interface Output {
        record Write(Bytes bytes) implements Output {}
        record Close() implements Output {}
        record Received(Verdict verdict) implements Output {}
        /// The peer has answered a ping.
        record Ponged() implements Output {}
        record Undelivered(TransactionId transaction) implements Output {}
        /// Nothing more will come or go.
        record Ended() implements Output {}
        record Changed(Cited state) implements Output, Entered {}
    }

    /// If the peer does not let us in, the request of this transaction goes another way: it is told
    /// so, and answers the same if it comes to that.
    record Detour(TransactionId transaction, Flow flow, Bytes message) implements Input, Output {}

    @Section("18") enum State implements Cited { OPENING, OPEN, CLOSED }

    final Flow flow;
    /// What it is used again for: never for another transport, and a secure one for the domain
    /// alone whose certificate was shown.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5923#section-5 RFC 5923 §5
    final Target target;
    private final Framing framing = new Framing();
    private final List<Input.Send> waiting = new ArrayList<>();
    private final Map<TransactionId, Detour> detours = new LinkedHashMap<>();
    private final Set<TransactionId> ringing = new HashSet<>();
    private final Outbox<Output> out = new Outbox<>();
    private final boolean accepted;
    private State state;
    private Instant deadline;
    private boolean proven, home;
    /// Until when the answer to a ping may come.
    private Instant pong = Instant.MAX;
    /// No answer has come, but the peer is in the middle of a message.
    private boolean overdue;

    /// @param open whether the peer came to us, and so is there already
    Connection(Flow flow, Target target, boolean open, Instant now) {
        this.flow = flow;
        this.target = target;
        this.accepted = open;
        this.state = open ? State.OPEN : State.OPENING;
        this.deadline = now.plus(open ? MESSAGE_TIME : PATIENCE);
    }

    @Override public Instant deadline() { return Timers.earliest(deadline, pong); }

    @Override public boolean terminated() { return state == State.CLOSED; }

    boolean opening() { return state == State.OPENING; }

    /// A request of our own goes this way: by this connection we are at home to the peer.
    void atHome() { home = true; }

    /// How long the last message keeps it open.
    private Duration idle() {
        //= rfc5923#8.3-1 it waits until outstanding transactions have completed
        if (framing.partial() || !proven) return MESSAGE_TIME;
        //= rfc3261#18-1 connections are kept open for this duration after the last message
        //= rfc3261#26.3.2.1-10 that of a registration is left open
        //= rfc5923#8.2-1,2 connections are kept up, not dropped when a transaction completes
        if (accepted || home) return IDLE;
        //= rfc3261#18-2 which is longer than a transaction takes
        return ringing.isEmpty() ? MESSAGE_TIME : RINGING;
    }

    /// An INVITE that has been answered provisionally takes as long as its callee.
    private void listen(Response response) {
        var id = TransactionId.client(response.topVia(), response.cseq());
        if (response.status() >= 200) ringing.remove(id);
        else if (ringing.size() < MAX_WAITING) ringing.add(id);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Connected _ -> {
                enter(State.OPEN, now);
                detours.clear();
                for (var each : waiting) out.add(new Output.Write(each.message));
                waiting.clear();
            }
            case Input.Received(var bytes) -> received(bytes, now);
            case Input.Closed _ -> ended(now);
            case Input.Send send -> send(send, now);
            case Input.Ping _ -> ping(now);
            case Detour detour -> detours.put(detour.transaction, detour);
        }
        return out.take();
    }

    private void received(Bytes bytes, Instant now) {
        boolean before = framing.partial(), awaited = framing.awaitsPong(), whole = false;
        boolean framed = flow.transport().framed();
        proven |= framed;
        for (var frame : framed ? framing.alone(bytes) : framing.take(bytes)) switch (frame) {
            case Framing.Frame.Whole(_, var verdict) -> {
                proven = whole = true;
                if (verdict instanceof Verdict.Fine(Response response)) listen(response);
                out.add(new Output.Received(verdict));
            }
            case Framing.Frame.Ping _ -> {
                proven = true;
                //= rfc5626#3.5.1¶1 the ping of two empty lines is answered with one
                //= rfc5626#5.4-2 a double CRLF with a single CRLF, immediately
                //= rfc5626#6-15 by registrars as well, which implement the same keep-alive
                out.add(new Output.Write(Framing.PONG));
            }
            case Framing.Frame.Broken(var verdict) -> {
                out.add(new Output.Received(verdict));
                close(now);
                return;
            }
        }
        if (awaited && !framing.awaitsPong()) {
            pong = Instant.MAX;
            overdue = false;
            out.add(new Output.Ponged());
        }
        //= rfc5626#4.4.1-2 or at once when the message is whole that was coming in meanwhile
        if (overdue && !framing.partial()) close(now);
        else if (framing.partial() ? whole || !before : proven) deadline = now.plus(idle());
    }

    private void ping(Instant now) {
        if (state != State.OPEN || framing.awaitsPong()) return;
        framing.pinged();
        pong = now.plus(PONG_TIME);
        //= rfc5626#4.4.1-3 keep-alive by CRLF: two of them, between messages
        out.add(new Output.Write(Framing.PING));
    }

    private void send(Input.Send send, Instant now) {
        if (state == State.OPEN) {
            if (!framing.partial()) deadline = now.plus(idle());
            out.add(new Output.Write(send.message));
        } else if (waiting.size() < MAX_WAITING) waiting.add(send);
        else out.add(new Output.Undelivered(send.transaction));
    }

    @Override public List<Output> wake(Instant now) {
        //= rfc5626#4.4.1-2 no pong within ten seconds: the flow has failed
        if (!deadline.isAfter(now) || !pong.isAfter(now) && !framing.partial()) close(now);
        else if (!pong.isAfter(now)) {
            overdue = true;
            pong = Instant.MAX;
        }
        return out.take();
    }

    private void enter(State next, Instant now) {
        state = next;
        deadline = switch (next) {
            case OPENING -> now.plus(PATIENCE);
            case OPEN -> now.plus(MESSAGE_TIME);
            case CLOSED -> Instant.MAX;
        };
        pong = Instant.MAX;
        out.add(new Output.Changed(next));
    }

    private void close(Instant now) {
        out.add(new Output.Close());
        ended(now);
    }

    private void ended(Instant now) {
        enter(State.CLOSED, now);
        for (var send : waiting) {
            //= rfc3261#18.1.1-4 no TCP there: the request that was too large for UDP goes by UDP
            var detour = detours.get(send.transaction);
            //= rfc6455#4.1-12 a WebSocket too has failed if the connection could not be opened
            //= rfc3261#18.4-3 else the transaction is told that the connection failed
            out.add(detour == null ? new Output.Undelivered(send.transaction) : detour);
        }
        waiting.clear();
        out.add(new Output.Ended());
    }
}
