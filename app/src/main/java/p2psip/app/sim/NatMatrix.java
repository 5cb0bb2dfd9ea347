package p2psip.app.sim;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.p2p.Links;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;

/// Each kind of home calls each other: by which way what is said comes to be heard, how soon, and
/// what finding out has cost.
public final class NatMatrix {
    /// One way from any router to any other, and back again.
    public static final Duration WAY = Duration.ofMillis(25);

    /// How long a straight way is waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SERVICE = 1_000, CHANNEL = 1;

    /// By which way.
    public enum Outcome { DIRECT, PUNCHED, RELAYED, NONE }

    /// What was seen of one call.
    ///
    /// @param owed   whether the rules owe a way without a relay
    /// @param set    from the call to the Link
    /// @param media  from the answer of who is called to the first sound that the caller hears
    /// @param opened from the Link to the way without a relay
    /// @param checks datagrams of ICE sent by both
    /// @param first  whether the first search was enough
    public record Cell(Home caller, Home callee, Outcome outcome, boolean owed, Duration set,
            Duration media, Duration opened, int checks, boolean first) {

        /// Whether it is as it is owed.
        public boolean right() { return outcome != Outcome.NONE && (!owed || direct()); }

        public boolean direct() { return outcome == Outcome.DIRECT || outcome == Outcome.PUNCHED; }
    }

    private NatMatrix() {}

    /// All pairs, row by row.
    public static List<Cell> run(List<Home> homes, long seed) {
        return homes.stream().flatMap(caller -> homes.stream()
                .map(callee -> call(caller, callee, seed))).toList();
    }

    /// One call in a network of its own.
    public static Cell call(Home caller, Home callee, long seed) {
        var checks = new int[1];
        var network = new Network(seed, trace -> {
            if (!trace.node().equals("middle") && trace.what() instanceof Trace.What.Wire wire
                    && wire.sent() && wire.kind() == Trace.What.Wire.Kind.DATAGRAM
                    && (wire.bytes().at(0) & 0xc0) == 0) checks[0]++;
        });
        network.wires(Wire.of(WAY));
        var middle = new LinkedNode("middle", network.host("203.0.113.1", "2001:db8::1"), true,
                List.of());
        var from = new LinkedNode("caller", caller.host(network, 1), false, List.of(middle));
        var to = new LinkedNode("callee", callee.host(network, 2), false, List.of(middle));
        return call(network, from, to, caller, callee, checks);
    }

    /// Two of one home, behind its router.
    public static Cell inside(Home home, long seed) {
        var checks = new int[1];
        var network = new Network(seed);
        network.wires(Wire.of(WAY));
        var middle = new LinkedNode("middle", network.host("203.0.113.1"), true, List.of());
        var box = network.nat(home.routers().getFirst(), "198.51.100.1");
        var from = new LinkedNode("caller", box.host("192.168.1.5"), false, List.of(middle));
        var to = new LinkedNode("callee", box.host("192.168.1.6"), false, List.of(middle));
        return call(network, from, to, home, home, checks);
    }

    private static Cell call(Network network, LinkedNode from, LinkedNode to, Home caller,
            Home callee, int[] checks) {
        network.run(Duration.ofSeconds(4));
        to.link(new Links.Command.Offer(SERVICE, true));
        from.link(new Links.Command.Offer(SERVICE, true));
        var begin = network.now();
        from.say(0, to, SERVICE, Bytes.utf8("call"));
        if (!network.runUntil(() -> said(to), PATIENCE)) return new Cell(caller, callee,
                Outcome.NONE, Home.owed(caller, callee), PATIENCE, PATIENCE, PATIENCE, checks[0],
                false);
        var up = up(from);
        var answer = network.now();
        to.link(new Links.Command.Moment(from.key(), CHANNEL, Bytes.utf8("sound")));
        boolean heard = network.runUntil(() -> from.told().stream().anyMatch(
                told -> told.event() instanceof Links.Event.Moment), PATIENCE);
        var media = heard ? Duration.between(answer, network.now()) : PATIENCE;
        boolean relayed = from.relayed(to).orElseThrow();
        network.runUntil(() -> !from.relayed(to).orElseThrow()
                && !to.relayed(from).orElse(true), PATIENCE);
        boolean straight = !from.relayed(to).orElseThrow();
        var outcome = !straight ? Outcome.RELAYED : relayed ? Outcome.PUNCHED : Outcome.DIRECT;
        return new Cell(caller, callee, outcome, Home.owed(caller, callee),
                Duration.between(begin, up), media, relayed && straight
                        ? Duration.between(up, last(from)) : Duration.ZERO, checks[0],
                straight && Duration.between(up, last(from)).compareTo(PATIENCE) < 0);
    }

    private static boolean said(LinkedNode node) {
        return node.told().stream().anyMatch(told -> told.event() instanceof Links.Event.Said);
    }

    private static Instant up(LinkedNode node) { return ups(node).findFirst().orElseThrow(); }

    private static Instant last(LinkedNode node) {
        return ups(node).reduce((_, last) -> last).orElseThrow();
    }

    private static Stream<Instant> ups(LinkedNode node) {
        return node.told().stream().filter(told -> told.event() instanceof Links.Event.Up)
                .map(LinkedNode.Told::at);
    }

    /// The pairs as a table: `=` straight at once, `o` punched, with the milliseconds until it was,
    /// `r` by a relay, `-` not at all; a `!` where more is owed.
    public static String table(List<Home> homes, List<Cell> cells) {
        int width = homes.stream().mapToInt(home -> home.name().length()).max().orElse(0) + 1;
        var out = new StringBuilder(" ".repeat(width));
        homes.forEach(home -> out.append(pad(home.name(), width)));
        for (int row = 0; row < homes.size(); row++) {
            out.append('\n').append(pad(homes.get(row).name(), width));
            for (int column = 0; column < homes.size(); column++)
                out.append(pad(text(cells.get(row * homes.size() + column)), width));
        }
        return out.append('\n').toString().lines().map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String text(Cell cell) {
        var text = switch (cell.outcome) {
            case DIRECT -> "=";
            case PUNCHED -> "o " + cell.opened.toMillis();
            case RELAYED -> "r";
            case NONE -> "-";
        };
        return cell.right() ? text : text + "!";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
