package p2psip.app.node;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.p2p.Place;

/// A node that is ready, for programs that wait.
///
/// @param line  the program's end of the line to it
/// @param ready what it told when it was
public record RunningNode(Host.Line line, Node.Ready ready) {
    /// How long a node may take to be ready, and the ring to hear of a registration.
    private static final Duration PATIENCE = Duration.ofSeconds(20), BEAT = Duration.ofMillis(50);

    /// What did not happen.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String why) { super(why); }
    }

    /// Starts a node and waits until phones may register at it.
    ///
    /// @throws Failed if that does not come to be
    public static RunningNode start(Host host, String name, Node.Options options) {
        var line = host.start(name, room -> new Node(options, room));
        return new RunningNode(line, told(line, Node.Ready.class, name + " is not ready"));
    }

    /// The first thing of a kind that a node tells.
    private static <T> T told(Host.Line line, Class<T> kind, String otherwise) {
        for (var all = line.told(PATIENCE); !all.isEmpty(); all = line.told(PATIENCE))
            for (var told : all) {
                if (kind.isInstance(told)) return kind.cast(told);
                if (told instanceof Node.NotReady(var what, var why))
                    throw new Failed(what + ": " + why);
            }
        throw new Failed(otherwise);
    }

    /// Where other nodes find it.
    public Place overlay() {
        var at = ready.overlay().orElseThrow();
        return new Place(at.getAddress().getHostAddress(), at.getPort());
    }

    /// Where phones find it.
    public InetSocketAddress sip() { return ready.points().getFirst().address(); }

    /// How full its tables are.
    public Question.Statistics count() {
        line.command(new Node.Count());
        return told(line, Question.Statistics.class, "a node does not count");
    }

    /// What it answers to a question.
    public Question.Reply ask(Question question) {
        line.command(new Question.Ask(0, question));
        return told(line, Question.Answered.class, "a node does not answer").reply();
    }

    /// Waits until the ring knows so many addresses of record as they are registered here.
    ///
    /// @throws Failed if that takes too long
    public void publishes(int addresses) {
        for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0;
                waited = waited.plus(BEAT)) {
            if (count().published() >= addresses) return;
            line.told(BEAT);
        }
        throw new Failed("a registration did not reach the ring");
    }
}
