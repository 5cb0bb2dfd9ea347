package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import p2psip.app.host.*;
import p2psip.app.p2p.*;
import p2psip.app.voip.*;

/// Texts that are sent while two nodes find each other and their rings become one: at first there
/// is nobody, then the callee is far away or near, on wires that lose, over nodes that stall.
///
/// Who has sent a text always hears what became of it: 200 if and only if it was taken, 404 only if
/// it was not. A node that stalls for five seconds is dead for all that others can know: then it is
/// 480, and the text may have arrived all the same, as in 3 seeds of a hundred; 3,800 seeds had no
/// other end. The longest that a result came after the text was 25 s, of 10,000 seeds, with one
/// datagram in ten lost and both nodes stalled half of the time: repetitions are 4 s apart, and
/// after 32 s it would be a 408. Where nothing is lost it is there a round trip after the text.
class MergingTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int TEXTS = 8;

    /// As long as two nodes that nothing disturbs take to become one ring, and a text to arrive.
    private static final Duration SOON = Duration.ofSeconds(60);

    /// What became of one text, as far as it is known.
    private static final class Text {
        Optional<Instant> delivered = Optional.empty(), told = Optional.empty();
        int status;
    }

    private SplittableRandom random = new SplittableRandom();
    private Network network = new Network(0);
    private final List<Text> texts = new ArrayList<>();

    @Property(tries = 30) void who_sends_a_text_hears_what_became_of_it(@ForAll long seed) {
        random = new SplittableRandom(seed);
        network = new Network(seed);
        boolean lossy = random.nextInt(3) == 0, stalled = random.nextBoolean();
        int delay = random.nextInt(1, 60), jitter = random.nextInt(400);
        network.wires(Wire.of(Duration.ofMillis(delay)).jitter(Duration.ofMillis(jitter))
                .loss(lossy ? 0.1 : 0));
        send(stalled);
        for (var text : texts) {
            assertThat(text.told).as("a result").isPresent();
            assertThat(text.status).isIn(lossy || stalled ? List.of(200, 404, 480)
                    : List.of(200, 404));
            if (text.status != 480)
                assertThat(text.delivered.isPresent()).isEqualTo(text.status == 200);
            if (!lossy && !stalled) text.delivered.ifPresent(delivered ->
                    assertThat(Duration.between(delivered, text.told.get()).toMillis())
                            .isLessThan(3 * (delay + jitter) + 2 * STEP.toMillis()));
        }
        assertThat(texts.getLast().status).as("in the end they are one ring").isEqualTo(200);
        texts.clear();
    }

    private void send(boolean stalled) {
        boolean multicast = random.nextBoolean(), apart = random.nextBoolean();
        var hosts = IntStream.rangeClosed(1, 4).mapToObj(i -> network.host("10.0.0." + i)).toList();
        if (apart) network.cut(hosts.get(1), hosts.get(3));
        var first = node(hosts.get(0), true, multicast, List.of());
        network.run(Duration.ofMillis(random.nextInt(3000)));
        var second = node(hosts.get(1), random.nextBoolean(), multicast,
                List.of(new Place("10.0.0.1", 5063)));
        var alice = phone(hosts.get(2), ALICE, first);
        var bob = phone(hosts.get(3), BOB, second);
        network.run(Duration.ofMillis(apart ? random.nextInt(5000) : 0));
        network.heal();
        var next = network.now();
        for (var end = next.plusSeconds(400); network.now().isBefore(end); ) {
            network.run(STEP);
            if (stalled) hosts.subList(0, 2).forEach(this::stall);
            hear(alice, bob);
            if (!texts.isEmpty() && texts.getLast().told.isEmpty()) continue;
            if (texts.size() == TEXTS) break;
            if (network.now().isBefore(next)) continue;
            text(alice);
            next = network.now().plusMillis(random.nextInt(6000));
        }
        hosts.subList(0, 2).forEach(SimHost::resume);
        settle(alice, bob);
        text(alice);
        settle(alice, bob);
    }

    private void settle(Host.Line alice, Host.Line bob) {
        for (var end = network.now().plus(SOON); network.now().isBefore(end); ) {
            network.run(STEP);
            hear(alice, bob);
        }
    }

    private void text(Host.Line alice) {
        texts.add(new Text());
        alice.command(new PhoneCommand.Text(texts.size(), BOB, "" + texts.size()));
    }

    private static Node.Options options(InetAddress address, boolean superNode, boolean multicast,
            List<Place> others) {
        var usual = Node.Options.at(address, List.of());
        return new Node.Options(usual.sip(), usual.lookups(), new OverlayConfig(
                new InetSocketAddress(address, 5063), false, List.of(address), superNode, others,
                multicast ? Optional.of(Overlay.GROUP) : Optional.empty()), usual.door(),
                usual.trust(), false);
    }

    private InetSocketAddress node(SimHost host, boolean superNode, boolean multicast,
            List<Place> others) {
        var options = options(host.addresses().getLast(), superNode, multicast, others);
        var line = host.start("node", room -> new Node(options, room));
        return told(line, Node.Ready.class).points().getFirst().address();
    }

    /// A phone that has registered.
    private Host.Line phone(SimHost host, String aor, InetSocketAddress node) {
        var line = host.start(aor, room -> new Phone(PhoneSetup.of(aor, node), room));
        told(line, News.Ready.class);
        line.command(new PhoneCommand.Register(Duration.ofHours(1)));
        told(line, News.Registered.class);
        return line;
    }

    private static <T> T told(Host.Line line, Class<T> what) {
        for (int i = 0; i < 5; i++)
            for (var told : line.told(Duration.ofSeconds(40)))
                if (what.isInstance(told)) return what.cast(told);
        throw new AssertionError("never told: " + what);
    }

    /// Has a node do nothing for a while, or go on.
    private void stall(SimHost host) {
        if (random.nextInt(40) == 0) host.pause();
        else if (random.nextInt(20) == 0) host.resume();
    }

    private void hear(Host.Line alice, Host.Line bob) {
        for (var told : bob.told(Duration.ZERO)) if (told instanceof News.Message(_, var text))
            texts.get(Integer.parseInt(text) - 1).delivered = Optional.of(network.now());
        for (var told : alice.told(Duration.ZERO))
            if (told instanceof News.Sent(long id, int status, _)) {
                texts.get((int) id - 1).told = Optional.of(network.now());
                texts.get((int) id - 1).status = status;
            }
    }
}
