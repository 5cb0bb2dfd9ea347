package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.FiveTuple.Carrier;

/// A client and a server on a virtual clock, with a wire between them that takes 10 ms and may lose
/// what it carries; what happens is written down as a ladder.
final class Play {
    private static final Duration DELAY = Duration.ofMillis(10);
    private static final InetSocketAddress SELF = Scene.at("203.0.113.5", 40_000);

    /// What happens when; in the order it was said.
    private record Job(Instant at, long order, Runnable what) implements Comparable<Job> {
        @Override public int compareTo(Job other) {
            int first = at.compareTo(other.at);
            return first != 0 ? first : Long.compare(order, other.order);
        }
    }

    final Scene scene;
    final TurnClient client;
    final List<TurnClient.Output> told = new ArrayList<>();
    final List<String> ladder = new ArrayList<>();
    final List<Message> requests = new ArrayList<>();
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    /// What comes in place of the server's answers.
    final List<Bytes> answers = new ArrayList<>();
    private final PriorityQueue<Job> queue = new PriorityQueue<>();
    private final RandomGenerator dice;
    private final boolean stream;
    double loss;
    /// What the client's messages become on their way; nothing if they are lost.
    UnaryOperator<Optional<Bytes>> way = sent -> sent;
    InetSocketAddress self = SELF;
    int renewed;
    private long order;

    Play(Scene scene, Wish wish, boolean stream, long seed) {
        this.scene = scene;
        this.stream = stream;
        this.dice = new SplittableRandom(seed);
        this.client = new TurnClient(Scene.SERVER, wish,
                new Authentication.LongTerm(Scene.ALICE), stream ? Timing.TCP : Timing.UDP, "test",
                new SplittableRandom(seed + 1));
    }

    static Play of(Wish wish) { return new Play(new Scene(), wish, false, 1); }

    private FiveTuple tuple() {
        return new FiveTuple(stream ? Carrier.TCP : Carrier.UDP, self, Scene.SERVER);
    }

    private void later(Duration delay, Runnable what) {
        queue.add(new Job(scene.now.plus(delay), order++, what));
    }

    /// Runs until that time is over, or nothing more will happen.
    Play run(Duration time) {
        var end = scene.now.plus(time);
        while (true) {
            var next = Stream.of(client.terminated() ? Instant.MAX : client.deadline(),
                    scene.server.deadline(), queue.isEmpty() ? Instant.MAX : queue.peek().at)
                    .min(Comparator.naturalOrder()).orElseThrow();
            if (next.isAfter(end)) break;
            if (next.isAfter(scene.now)) scene.now = next;
            if (!queue.isEmpty() && !queue.peek().at.isAfter(scene.now)) queue.poll().what.run();
            else if (!scene.server.deadline().isAfter(scene.now)) {
                scene.pass(Duration.ZERO);
                deliver();
            } else done(client.wake(scene.now));
        }
        scene.now = end;
        return this;
    }

    Play run(double seconds) { return run(Duration.ofMillis((long) (seconds * 1_000))); }

    void tell(TurnClient.Input input) { done(client.handle(input, scene.now)); }

    void peerSends(InetSocketAddress peer, Bytes data) {
        var relay = allocated().relayed().getFirst();
        scene.tell(new TurnServer.Input.FromPeer(relay, peer, data));
        deliver();
    }

    TurnClient.Output.Allocated allocated() {
        return told.stream().filter(TurnClient.Output.Allocated.class::isInstance)
                .map(TurnClient.Output.Allocated.class::cast).findFirst().orElseThrow();
    }

    <O> List<O> told(Class<O> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void done(List<TurnClient.Output> outputs) {
        for (var output : outputs) switch (output) {
            case TurnClient.Output.Send(var to, var bytes) -> {
                note(self, "->", bytes);
                sentTo.add(to);
                if (Message.isStun(bytes)) requests.add(
                        Message.parse(bytes, TurnAttribute.TABLE));
                var tuple = tuple();
                if (dice.nextDouble() >= loss) way.apply(Optional.of(bytes)).ifPresent(arrived ->
                        later(DELAY, () -> {
                            scene.tell(new TurnServer.Input.FromClient(tuple, arrived));
                            deliver();
                        }));
                for (var answer : answers) later(DELAY, () -> tell(
                        new TurnClient.Input.Received(to, answer)));
                answers.clear();
            }
            case TurnClient.Output.Renew _ -> {
                told.add(output);
                self = new InetSocketAddress(SELF.getAddress(), 40_001 + renewed++);
                later(DELAY, () -> tell(new TurnClient.Input.Renewed()));
            }
            case TurnClient.Output.Changed(var state) -> ladder.add(stamp() + " " + state.name());
            case TurnClient.Output.Allocated _, TurnClient.Output.Data _,
                    TurnClient.Output.Undelivered _, TurnClient.Output.Refused _,
                    TurnClient.Output.Failed _, TurnClient.Output.Closed _ -> told.add(output);
        }
    }

    private String stamp() { return "" + scene.now.toEpochMilli(); }

    private void note(InetSocketAddress at, String arrow, Bytes bytes) {
        var text = ChannelData.is(bytes) ? "ChannelData"
                : name(Message.parse(bytes, TurnAttribute.TABLE));
        ladder.add(stamp() + " " + arrow + " " + text);
    }

    private static String name(Message m) {
        var method = switch (m.method()) {
            case Method.ALLOCATE -> "Allocate";
            case Method.REFRESH -> "Refresh";
            case Method.CREATE_PERMISSION -> "CreatePermission";
            case Method.CHANNEL_BIND -> "ChannelBind";
            case Method.SEND -> "Send";
            case Method.DATA -> "Data";
            default -> "?";
        };
        return method + switch (m.kind()) {
            case REQUEST, INDICATION -> "";
            case SUCCESS -> " ok";
            case ERROR -> " " + m.code();
        };
    }

    /// What the server has sent is on its way; it answers from where it was asked last.
    private void deliver() {
        var server = sentTo.getLast();
        for (var sent : List.copyOf(scene.toClients))
            if (sent.tuple().equals(tuple()) && dice.nextDouble() >= loss)
                later(DELAY, () -> {
                    note(self, "<-", sent.message());
                    tell(new TurnClient.Input.Received(server, sent.message()));
                });
        scene.toClients.clear();
    }
}
