package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc3261.*;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.ua.Call.*;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3263.Locator;
import p2psip.std.rfc4028.SessionTimer;

/// Two user agents with all layers below them, and a network between that loses, delays and
/// reorders datagrams.
class UserAgentPairTest {

    private static final class Phone {
        final InetSocketAddress address;
        final UserAgent agent;
        final Stack stack;
        final List<String> heard = new ArrayList<>();

        Phone(String name, int port, CallRules rules, RandomGenerator random) {
            address = new InetSocketAddress("127.0.0.1", port);
            var uri = SipUri.of(name, address);
            agent = new UserAgent(new Profile(Address.of(uri), uri, List.of(),
                    Optional.empty(), "test", rules, Optional.empty()), List.of(), random);
            var points = List.of(new ListeningPoint(Transport.UDP, address));
            stack = new Stack(points, agent, new Locator(points, random), random, false);
        }
    }

    private record Flight(Instant at, long order, InetSocketAddress from, InetSocketAddress to,
            Bytes bytes) {}

    private static final CallRules EARLY = new CallRules(Reliability.REQUIRED, true, Optional.of(
            new SessionTimer.Policy(Optional.of(Duration.ofSeconds(180)), Duration.ZERO)));

    /// As often one datagram may be lost: were it seven times, Timer B would end the call with 408.
    private static final int MOST_LOSSES = 4;

    private final Map<Bytes, Integer> losses = new HashMap<>();
    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private Phone alice;
    private Phone bob;
    private RandomGenerator random;
    private double loss;
    private double nonsense;
    /// Whether the session begins before the call is taken.
    private boolean early;
    private Instant now;
    private long order;

    private void start(long seed, double loss) { start(seed, loss, CallRules.PLAIN); }

    private void start(long seed, double loss, CallRules rules) {
        random = new SplittableRandom(seed);
        this.loss = loss;
        nonsense = 0;
        air.clear();
        losses.clear();
        now = Instant.EPOCH;
        alice = new Phone("alice", 5060, rules, random);
        bob = new Phone("bob", 5070, rules, random);
        early = rules.reliability() == Reliability.REQUIRED;
    }

    @Property(tries = 60) void a_call_survives_loss(@ForAll long seed) {
        start(seed, 0.15);
        ask(alice, new Command.Invite(1, "sip:bob@127.0.0.1:5070", sdp("offer"), List.of()));
        run(Duration.ofSeconds(40));
        assertThat(alice.heard).contains("Answered answer");
        ask(alice, new Command.Change(1, sdp("from alice")));
        ask(bob, new Command.Change(-1, sdp("from bob")));
        run(Duration.ofSeconds(120));
        //= rfc3261#14.1-11 both changes happen in the end, though both wanted theirs at once
        assertThat(alice.heard).contains("Changed ok", "ChangeOffered from bob");
        assertThat(bob.heard).contains("Changed ok", "ChangeOffered from alice");
        ask(random.nextBoolean() ? alice : bob, new Command.HangUp(1));
        ask(bob, new Command.HangUp(-1));
        run(Duration.ofSeconds(120));
        assertThat(alice.heard).endsWith("Ended 200");
        assertThat(bob.heard).endsWith("Ended 200");
        assertThat(List.of(alice.agent.legs(), bob.agent.legs(),
                alice.stack.transactions(), bob.stack.transactions())).containsOnly(0);
    }

    /// The session begins, and changes, before the call is taken; who has offered it first is a
    /// matter of chance. Then it is refreshed for a quarter of an hour.
    @Property(tries = 60) void an_early_session_survives_loss(@ForAll long seed) {
        start(seed, 0.15, EARLY);
        boolean offers = random.nextBoolean();
        ask(alice, new Command.Invite(1, "sip:bob@127.0.0.1:5070",
                offers ? sdp("offer") : Optional.empty(), List.of()));
        run(Duration.ofSeconds(860));
        var first = offers ? "early" : "";
        assertThat(alice.heard).contains("Progress 180", "Changed ok", "Answered " + first);
        assertThat(bob.heard).startsWith("Incoming " + (offers ? "offer" : ""))
                .contains("ChangeOffered from alice", "Confirmed");
        if (!offers) assertThat(bob.heard).contains("Changed answer to that");
        assertThat(bob.heard).noneMatch(e -> e.startsWith("Ended"));
        ask(random.nextBoolean() ? alice : bob, new Command.HangUp(1));
        ask(bob, new Command.HangUp(-1));
        run(Duration.ofSeconds(120));
        assertThat(alice.heard).endsWith("Ended 200");
        assertThat(bob.heard).endsWith("Ended 200");
        assertThat(List.of(alice.agent.legs(), bob.agent.legs(),
                alice.stack.transactions(), bob.stack.transactions())).containsOnly(0);
    }

    /// What a caller gives up is over at both ends, whatever crosses what.
    @Property(tries = 60) void a_cancelled_call_leaves_nothing_behind(@ForAll long seed) {
        start(seed, 0.15);
        ask(alice, new Command.Invite(1, "sip:bob@127.0.0.1:5070", sdp("offer"), List.of()));
        run(Duration.ofMillis(random.nextInt(4000)));
        ask(alice, new Command.HangUp(1));
        run(Duration.ofSeconds(200));
        assertThat(alice.heard).filteredOn(e -> e.startsWith("Ended")).hasSize(1);
        assertThat(bob.heard).filteredOn(e -> e.startsWith("Ended"))
                .hasSameSizeAs(bob.heard.stream().filter(e -> e.startsWith("Incoming")).toList());
        assertThat(List.of(alice.agent.legs(), bob.agent.legs(),
                alice.stack.transactions(), bob.stack.transactions())).containsOnly(0);
    }

    /// Half of all datagrams have bytes changed, left out or put in.
    @Property(tries = 60) void nonsense_from_the_network_throws_nothing(@ForAll long seed) {
        nonsense(seed, CallRules.PLAIN);
    }

    /// The same with sessions that begin early, are changed by UPDATE, and expire.
    @Property(tries = 60) void nonsense_in_early_sessions_throws_nothing(@ForAll long seed) {
        nonsense(seed, EARLY);
    }

    private void nonsense(long seed, CallRules rules) {
        start(seed, 0.1, rules);
        nonsense = 0.5;
        for (int i = 1; i <= 2; i++) {
            ask(alice, new Command.Invite(i, "sip:bob@127.0.0.1:5070", sdp("offer"), List.of()));
            ask(bob, new Registration.Command.Register(Duration.ofSeconds(60)));
            run(Duration.ofSeconds(40));
            ask(alice, new Command.Change(i, sdp("from alice")));
            run(Duration.ofSeconds(40));
            ask(alice, new Command.HangUp(i));
            ask(bob, new LoneRequest.Command.Send(
                    i, "OPTIONS", "sip:alice@127.0.0.1:5060", Optional.empty()));
            run(Duration.ofSeconds(140));
        }
        assertThat(alice.heard).filteredOn(e -> e.startsWith("Ended")).hasSizeGreaterThan(1);
    }

    /// A comma in the Via of a 482 made two of it: nothing else came, and the call never ended.
    @Test void a_refusal_that_is_no_more_to_be_heard_ends_the_call() {
        nonsense_from_the_network_throws_nothing(67518);
    }

    /// A Contact with nothing in it is none.
    @Test void an_invitation_from_nowhere() {
        nonsense_from_the_network_throws_nothing(-285414);
    }

    /// There is no room in a dialog that has ended: the answer to what was asked has no CSeq.
    @Test void a_refusal_that_was_never_sent() { nonsense(445, EARLY); }

    private Bytes mangled(Bytes bytes) {
        if (random.nextDouble() >= nonsense) return bytes;
        var text = new ByteArrayOutputStream();
        var from = bytes.toArray();
        int changes = random.nextInt(1, 4), at = random.nextInt(from.length);
        for (int i = 0; i < from.length; i++) {
            if (i < at || i >= at + changes) text.write(from[i]);
            else switch (random.nextInt(3)) {
                case 0 -> text.write(random.nextInt(256));
                case 1 -> {
                    text.write(from[i]);
                    text.write("<>;,:@\"\r\n =*%".charAt(random.nextInt(13)));
                }
                default -> { }
            }
        }
        return Bytes.wrap(text.toByteArray());
    }

    @Test void without_loss_everything_is_said_once() {
        start(1, 0);
        ask(alice, new Command.Invite(1, "sip:bob@127.0.0.1:5070", sdp("offer"), List.of()));
        run(Duration.ofSeconds(1));
        ask(bob, new Command.HangUp(-1));
        run(Duration.ofSeconds(60));
        assertThat(alice.heard).containsExactly("Progress 180", "Answered answer", "Ended 200");
        assertThat(bob.heard).containsExactly("Incoming offer", "Confirmed", "Ended 200");
    }

    private static Optional<Content> sdp(String text) { return Optional.of(Content.sdp(text)); }

    private void ask(Phone phone, Core.Command command) {
        carry(phone, phone.stack.handle(new Core.Input.Asked(command), now));
    }

    private void run(Duration span) {
        var end = now.plus(span);
        while (true) {
            var next = air.isEmpty() ? Instant.MAX : air.peek().at;
            for (var phone : List.of(alice, bob))
                if (phone.stack.deadline().isBefore(next)) next = phone.stack.deadline();
            if (next.isAfter(end)) break;
            now = next.isAfter(now) ? next : now;
            if (!air.isEmpty() && !air.peek().at.isAfter(now)) deliver(air.poll());
            for (var phone : List.of(alice, bob)) carry(phone, phone.stack.wake(now));
        }
        now = end;
    }

    private void deliver(Flight flight) {
        var to = flight.to.equals(alice.address) ? alice : bob;
        carry(to, to.stack.handle(
                new Stack.Input.Datagram(flight.to, flight.from, flight.bytes), now));
    }

    private void carry(Phone phone, List<Stack.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Stack.Output.SendDatagram(var from, var to, var bytes) -> {
                var delay = loss == 0 ? 20 : random.nextInt(1, 200);
                if (!lost(bytes)) air.add(
                        new Flight(now.plusMillis(delay), order++, from, to, mangled(bytes)));
            }
            case Core.Output.Told(var event) -> heard(phone, event);
            default -> { }
        }
    }

    private boolean lost(Bytes bytes) {
        return random.nextDouble() < loss && losses.merge(bytes, 1, Integer::sum) <= MOST_LOSSES;
    }

    /// A phone that rings, and answers when it is called, and agrees to every change.
    private void heard(Phone phone, Core.Event event) {
        phone.heard.add(switch (event) {
            case Event.Incoming e -> "Incoming " + text(e.offer());
            case Event.Answered e -> "Answered " + text(e.content());
            case Event.Progress e -> "Progress " + e.status();
            case Event.Confirmed _ -> "Confirmed";
            case Event.ChangeOffered e -> "ChangeOffered " + text(e.offer());
            case Event.Changed e -> "Changed " + text(e.content());
            case Event.Ended e -> "Ended " + e.status();
            default -> event.toString();
        });
        if (event instanceof Event.Incoming(long call, _, _, _)) {
            ask(phone, new Command.Ring(call, early ? sdp("early") : Optional.empty()));
            ask(phone, new Command.Answer(call, sdp("answer")));
        }
        if (event instanceof Event.Progress(long call, _, _, _, var said) && said.isPresent()) {
            ask(phone, new Command.Acknowledge(call, sdp("answer to that")));
            ask(phone, new Command.Update(call, Content.sdp("from alice")));
        }
        if (event instanceof Event.ChangeOffered(long call, _))
            ask(phone, new Command.Answer(call, sdp("ok")));
    }

    private static String text(Optional<Content> content) {
        return content.map(c -> c.bytes().utf8()).orElse("");
    }
}
