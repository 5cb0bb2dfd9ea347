package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;

/// The machine room of nodes: clock, timers, datagrams, byte streams, multicast, DNS, disk, chance.
///
/// A node is a machine that knows nothing of it: it is told [Event]s and answers [Effect]s, which
/// the host carries out. There are two: `RealHost` (sockets, one thread, the system's clock) and
/// `SimHost` (virtual time, a seed, a network that loses and delays).
public interface Host {

    /// What a host lends a node when it is made; everything else comes and goes as values.
    ///
    /// @param addresses the host's own addresses, loopback first
    /// @param random    chance: secure on a real host, seeded in simulation
    /// @param wall      the time of day, for what expires by date; timers run on events' `now`
    record Room(List<InetAddress> addresses, RandomGenerator random, InstantSource wall) {}

    /// How many bytes may wait for a peer that does not read its stream, before it is closed.
    int UNWRITTEN = 1 << 20;

    /// How long a closed stream may take to deliver what was written to it.
    Duration LINGER = Duration.ofSeconds(5);

    /// How long connecting a stream may take.
    Duration CONNECTING = Duration.ofSeconds(10);

    /// The longest datagram that is sent; a longer one is dropped with a remark.
    int DATAGRAM = 65_507;

    /// Hears what is noted where nobody is to hear it.
    Consumer<Trace> NOBODY = _ -> { };

    /// Of how many peers a host hears that they are not there ([Effect.Watch]); no more of others.
    int WATCHED = 256;

    /// How many sockets, and how many streams, a host may have; beyond it none is opened.
    int SOCKETS = 1_000, STREAMS = 10_000;

    /// How many associations a host may have; one more is refused.
    int ASSOCIATIONS = 1_000;

    /// How long a handshake by DTLS may take, and after what time the first flight is sent again;
    /// each time it takes twice as long.
    Duration HANDSHAKE = Duration.ofSeconds(30), FLIGHT = Duration.ofMillis(250);

    /// How many requests to the web a host may have under way; one more gets no reply.
    int REQUESTS = 64;

    /// Bytes of the longest body of a reply from the web, and of its longest line where it is told
    /// by lines.
    int REPLY = 1 << 20, REPLY_LINE = 1 << 16;

    /// What is said where a limit for requests to the web is reached.
    String TOO_MANY_REQUESTS = "too many requests at once",
            LONG_REPLY = "the reply is longer than " + REPLY + " bytes",
            LONG_LINE = "a line is longer than " + REPLY_LINE + " bytes";

    /// How many tellings wait for the program; beyond it the oldest is forgotten.
    int TOLD = 10_000;

    /// Told to the program ([Line#told]): a line that its user should read.
    record Notice(String line) {}

    /// Told to the program when a node has thrown: a bug, and the end of that node.
    record Died(String node, Throwable bug) {}

    /// Makes a node, wakes it once, at once, and answers the program's end of the line to it.
    Line start(String name, Function<Room, Machine<Event, Effect>> node);

    /// The program's end of the line to one node.
    interface Line {

        /// Gives the node a command, as [Event.Command]; one that has ended hears it no more.
        void command(Object command);

        /// What the node has told ([Effect.Tell]) since the last call, waiting until there is
        /// something or `patience` is over: then the answer is empty.
        List<Object> told(Duration patience);

        /// The time on which the node's timers run.
        Instant now();

        /// Whether the node has ended ([Effect.Exit]).
        boolean ended();
    }
}
