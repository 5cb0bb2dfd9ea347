package p2psip.app.node;

import module java.base;
import p2psip.app.fuzz.Assailant;
import p2psip.app.host.Host;
import p2psip.app.stun.Asking;
import p2psip.app.voip.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8489.Authentication;

/// A bad day of a ring, from which a JVM learns what will be asked of it: three super-nodes, alice
/// at the first and bob at the third, who call while strangers call people who are nowhere.
///
/// A stranger wants a new person each time, asks twice, as one does who hears nothing, and
/// acknowledges nothing, so he is answered again and again.
public final class Rehearsal implements AutoCloseable {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";

    private static final Duration BETWEEN = Duration.ofMillis(50), TALK = Duration.ofSeconds(1),
            PATIENCE = Duration.ofSeconds(20);

    /// How many datagrams a second a stranger sends; and how many, as a rule, or if he is one of
    /// those who ask for more than they are given.
    private static final int RATE = 100, FEW = 15, MANY = 200;

    /// Of so many strangers one sends many, and then alice calls.
    private static final int SELDOM = 20;

    /// What happened.
    ///
    /// @param calls   that bob took
    /// @param sent    INVITEs for nobody
    /// @param answers that came back to those who sent them, while they sent
    public record Outcome(int calls, long sent, long answers) {}

    private final IntFunction<Host> hosts;
    private final IntFunction<InetAddress> places;
    private final List<RunningNode> nodes = new ArrayList<>();
    private final Telephone alice, bob;
    private int people;

    /// @param hosts  makes the host of each: the nodes (1 to 3), the phones (4, 5), strangers
    /// @param places where it is
    /// @throws RunningNode.Failed if a node does not start
    /// @throws Telephone.Failed if a phone does not
    public Rehearsal(IntFunction<Host> hosts, IntFunction<InetAddress> places) {
        this.hosts = hosts;
        this.places = places;
        for (int i = 1; i <= 3; i++) nodes.add(node(i));
        alice = phone(4, ALICE, nodes.getFirst());
        bob = phone(5, BOB, nodes.getLast());
    }

    /// Nobody looks on: a node on any other day is not traced either.
    private RunningNode node(int number) {
        var usual = Node.Options.at(places.apply(number),
                nodes.stream().limit(1).map(RunningNode::overlay).toList());
        return RunningNode.start(hosts.apply(number), "node " + number, new Node.Options(
                usual.sip(), usual.lookups(), usual.overlay(), usual.door(), usual.trust(), false));
    }

    private Telephone phone(int number, String aor, RunningNode node) {
        return Telephone.start(hosts.apply(number), aor, PhoneSetup.of(aor, node.sip()));
    }

    /// Has it all happen.
    ///
    /// @param strangers how many there are; one begins every 50 ms
    /// @throws Telephone.Failed if a call comes to nothing
    public Outcome run(int strangers) {
        alice.register();
        bob.register();
        nodes.getLast().publishes(1);
        var lines = new ArrayList<Host.Line>();
        int calls = 0;
        for (int i = 0; i < strangers; i++) {
            lines.add(stranger(6 + i, i % SELDOM == 0 ? MANY : FEW));
            alice.pause(BETWEEN);
            if (i % SELDOM == 0) {
                call();
                calls++;
            }
        }
        var done = lines.stream().map(line -> line.told(PATIENCE)).flatMap(List::stream)
                .map(Assailant.Done.class::cast).toList();
        return new Outcome(calls, done.stream().mapToLong(Assailant.Done::sent).sum(),
                done.stream().mapToLong(Assailant.Done::answers).sum());
    }

    private void call() {
        var call = alice.call(BOB);
        call.talk(TALK);
        call.hangUp();
    }

    /// He also asks by which address he is seen, as those do who are behind a NAT.
    private Host.Line stranger(int number, int count) {
        var place = places.apply(number);
        var host = hosts.apply(number);
        var node = nodes.getFirst();
        host.start("asking " + number, room -> new Asking(node.overlay().host(),
                node.overlay().port(), new Authentication.None(), room.random()));
        return host.start("stranger " + number, _ -> new Assailant(
                new InetSocketAddress(place, 0), node.sip(), invites(place), count, RATE));
    }

    private Supplier<Bytes> invites(InetAddress from) {
        var again = new ArrayDeque<Bytes>();
        return () -> {
            if (again.isEmpty()) again.addAll(Collections.nCopies(2, invite(from, ++people)));
            return again.remove();
        };
    }

    private static Bytes invite(InetAddress from, int person) {
        return Bytes.utf8("""
                INVITE sip:nobody%1$d@example.com SIP/2.0
                Via: SIP/2.0/UDP %2$s;rport;branch=z9hG4bK-%1$d
                Max-Forwards: 70
                From: <sip:stranger@example.com>;tag=%1$d
                To: <sip:nobody%1$d@example.com>
                Call-ID: %1$d@%2$s
                CSeq: 1 INVITE
                Contact: <sip:stranger@%2$s>
                Content-Length: 0

                """.formatted(person, HostName.text(from)).replace("\n", "\r\n"));
    }

    /// Has the phones hang up and the nodes leave, and waits until they have.
    @Override public void close() {
        bob.close();
        alice.close();
        for (var node : nodes) node.line().command(new Node.Leave());
        for (var node : nodes) while (!node.line().ended()) node.line().told(BETWEEN);
    }
}
