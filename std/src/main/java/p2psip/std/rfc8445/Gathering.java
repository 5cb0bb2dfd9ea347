package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;

/// Asks STUN servers how they see us. What is found is said at once; who does not trickle waits
/// until [Output.Done], which comes after a short time though a server may be dead.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1.1.2 RFC 8445 §5.1.1.2
public final class Gathering implements Machine<Gathering.Input, Gathering.Output> {

    /// What is asked: which address one of ours has at a server.
    public record Question(int stream, int component, InetSocketAddress base,
            InetSocketAddress server) {}

    public sealed interface Input {
        record Received(InetSocketAddress base, InetSocketAddress from, Bytes datagram)
                implements Input {}
        /// ICE has concluded: what was found need not be kept alive any more.
        record Concluded() implements Input {}
    }

    public sealed interface Output {
        record Send(InetSocketAddress base, InetSocketAddress to, Bytes datagram)
                implements Output {}
        /// For the agent.
        record Found(Agent.Input.Reflexive candidate) implements Output {}
        record Failed(Question question, String why) implements Output {}
        /// All have answered or failed, or it has lasted long enough; more may still be found.
        record Done() implements Output {}
    }

    /// How many questions there may be: of more the first are asked.
    static final int MOST = 64;

    /// After what time a mapping is asked for again, so that no NAT forgets it.
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private static final Duration RTO = Duration.ofMillis(500);

    private final Deque<Question> waiting;
    private final Machines<Question, Client> clients = new Machines<>(MOST);
    private final NavigableMap<Instant, List<Question>> again = new TreeMap<>();
    private final Set<Question> open;
    private final Settings settings;
    private final Pacer pacer;
    private final Duration patience;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final Duration rto;
    private Instant next = Instant.MIN;
    private Instant end = Instant.MAX;
    private boolean begun, done, concluded;

    /// Begins when it is first woken. Without questions it is done at once.
    ///
    /// @param questions none about a base and a server of different families
    /// @param patience  how long [Output.Done] is waited for at most
    public Gathering(List<Question> questions, Settings settings, Duration patience, Pacer pacer,
            RandomGenerator random) {
        //= rfc8445#5.1.1.2-1,2,4 gathered from all the servers that the owner names, or from none
        this.waiting = new ArrayDeque<>(questions.stream().distinct().limit(MOST).toList());
        this.open = new LinkedHashSet<>(waiting);
        this.settings = settings;
        this.patience = patience;
        this.pacer = pacer;
        this.random = random;
        //= rfc8445#14.3-1 Ta for each candidate that may come of it, and 500 ms at least: the RTO
        var spread = settings.ta().multipliedBy(waiting.size());
        this.rto = spread.compareTo(RTO) > 0 ? spread : RTO;
    }

    @Override public Instant deadline() {
        if (concluded) return Instant.MAX;
        if (!begun) return Instant.MIN;
        var all = new TreeSet<Instant>(List.of(clients.deadline()));
        if (!done) all.add(end);
        if (!again.isEmpty()) all.add(again.firstKey());
        if (!waiting.isEmpty()) all.add(next.isAfter(pacer.free()) ? next : pacer.free());
        return all.first();
    }

    @Override public boolean terminated() {
        return concluded || begun && done && waiting.isEmpty() && again.isEmpty()
                && clients.size() == 0;
    }

    @Override public List<Output> wake(Instant now) {
        if (concluded) return List.of();
        if (!begun) {
            begun = true;
            end = now.plus(patience);
        }
        //= rfc8445#5.1.1.4-1,2 kept alive by another Binding request to the same server
        while (!again.isEmpty() && !again.firstKey().isAfter(now))
            waiting.addAll(again.pollFirstEntry().getValue());
        clients.wake(now, client -> client.wake(now), (question, _, said) -> hear(question, said,
                now));
        //= rfc8445#5.1.1.2-7 no transaction before Ta expires again
        while (!waiting.isEmpty() && !next.isAfter(now) && !pacer.free().isAfter(now))
            ask(waiting.remove(), now);
        finish(now);
        return out.take();
    }

    private void ask(Question question, Instant now) {
        next = now.plus(settings.ta());
        pacer.take(now);
        var client = new Client(question.server, Message.BINDING, List.of(),
                new Authentication.None(), new Timing(rto, 7, 16, false), random);
        clients.add(question, client);
        clients.tell(question, it -> it.wake(now), (key, _, said) -> hear(key, said, now));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var base, var from, var datagram) -> {
                for (var question : clients.keys())
                    if (question.base.equals(base) && question.server.equals(from))
                        clients.tell(question, client -> client.handle(
                                        new Client.Input.Received(from, datagram), now),
                                (key, _, said) -> hear(key, said, now));
            }
            case Input.Concluded _ -> concluded = true;
        }
        finish(now);
        return out.take();
    }

    private void hear(Question question, List<Client.Output> said, Instant now) {
        for (var output : said) switch (output) {
            case Client.Output.Send(var to, var bytes) ->
                    out.add(new Output.Send(question.base, to, bytes));
            case Client.Output.Succeeded(var response) -> {
                boolean first = open.remove(question);
                //= rfc8445#5.1.1.2-5 servers of RFC 3489 say it unmasked: compatible with both
                var mapped = Client.mapped(response);
                if (first && mapped.isPresent()) out.add(new Output.Found(new Agent.Input.Reflexive(
                        question.stream, question.component, mapped.get(), question.base,
                        question.server)));
                again.computeIfAbsent(now.plus(AGAIN), _ -> new ArrayList<>()).add(question);
            }
            case Client.Output.Failed(_, var why) -> {
                open.remove(question);
                out.add(new Output.Failed(question, why));
            }
        }
    }

    private void finish(Instant now) {
        //= rfc8838#13-5 gathering that lasts longer than is acceptable counts as completed
        if (done || !begun || !open.isEmpty() && now.isBefore(end)) return;
        done = true;
        out.add(new Output.Done());
    }
}
