package p2psip.app.sim;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.*;

/// A ring of many nodes in virtual time, who come and go while others look up where keys belong;
/// this program knows who stands nearest, and so which answers are right.
///
/// The nodes are those of the telephone ([RingNode]), or of another [RingKind]; below them is a
/// model of the telephone's transport ([RingTransport]). A node that dies says nothing any more,
/// and another is born at once, who knows three of the living. One seed is one run, in any JVM.
///
/// @spec https://www.usenix.org/legacy/event/usenix04/tech/general/full_papers/rhea/rhea.pdf
///       Rhea, Geels, Roscoe, Kubiatowicz: Handling Churn in a DHT, section 4
public final class RingTrial {
    /// Who asks for the same point at the same time.
    static final int TOGETHER = 10;

    /// How many a newborn has heard of, as from a list of super-nodes.
    private static final int KNOWN = 3;

    private static final long SECOND = 1_000_000_000, MINUTE = 60 * SECOND;

    /// How long the end of the last look-ups is waited for.
    private static final long END = 15 * SECOND;

    /// Within which those die who die at once.
    private static final long AT_ONCE = 10 * SECOND;

    /// Ten look-ups of one point.
    private static final class Poll {
        final NodeId point;
        final List<Peer> answers = new ArrayList<>();
        int open, counted;

        Poll(NodeId point) { this.point = point; }
    }

    private static final class LookUp {
        final Poll poll;
        final RingMember by;
        final NodeId nearest;
        final long begun;
        int hops;
        OptionalLong request = OptionalLong.empty();

        LookUp(Poll poll, RingMember by, NodeId nearest, long begun) {
            this.poll = poll;
            this.by = by;
            this.nearest = nearest;
            this.begun = begun;
        }
    }

    private final RingSetting setting;
    private final RandomGenerator random;
    private final RingHost host;
    private final Agenda agenda;
    private final RingTransport transport;
    private final RingFindings findings;
    private final NavigableMap<NodeId, RingMember> ring = new TreeMap<>();
    private final List<RingMember> living = new ArrayList<>();
    private final Map<Long, LookUp> lookUps = new HashMap<>();
    /// By the number that messages of a look-up carry.
    private final Map<Long, LookUp> routed = new HashMap<>();
    /// What became of puts and gets.
    private final Map<Long, Answer> answers = new HashMap<>();
    /// When.
    private final Map<Long, Long> told = new HashMap<>();
    /// What was put in the second before many die.
    private final SequencedMap<Long, String> young = new LinkedHashMap<>();
    /// The gets while many die, and when they began.
    private final Map<Long, Long> reads = new HashMap<>();
    private final Map<String, SignedRecord.Verdict> verified = new HashMap<>();
    private final Identity owner;
    private int births;
    private long ids, counting;

    private RingTrial(RingSetting setting) {
        this.setting = setting;
        this.random = new SplittableRandom(setting.seed());
        this.findings = new RingFindings(setting);
        this.owner = Identity.generate("owner", new SplittableRandom(setting.seed() ^ 0x6f776e));
        this.host = new RingHost(setting.latency(), setting.loss(),
                new SplittableRandom(setting.seed() ^ 0x6e6574), new Ears());
        this.agenda = host.agenda;
        this.transport = host.transport;
    }

    /// @param progress told now and then which part of all is done, from 0 to 1
    public static RingFindings run(RingSetting setting, DoubleConsumer progress) {
        var trial = new RingTrial(setting);
        trial.run(progress);
        return trial.findings;
    }

    private void run(DoubleConsumer progress) {
        for (int i = 0; i < setting.nodes(); i++)
            agenda.at(i * setting.growth().toNanos(), this::birth);
        counting = setting.nodes() * setting.growth().toNanos() + MINUTE;
        agenda.run(counting - MINUTE / 2);
        var puts = put();
        long end = counting + setting.length().toNanos();
        agenda.at(counting, this::poll);
        long middle = counting + setting.length().toNanos() / 2;
        agenda.at(middle, this::manyDie);
        if (setting.deaths() > 0 && setting.values() > 0) {
            agenda.at(middle - SECOND, this::putYoung);
            agenda.at(middle, () -> read(puts, middle + MINUTE));
        }
        agenda.at(middle, () -> transport.cut = !setting.cut().isZero());
        agenda.at(middle + setting.cut().toNanos(), () -> transport.cut = false);
        agenda.run(counting);
        for (long at = counting; at < end; at += SECOND) {
            second(Math.min(at + SECOND, end));
            progress.accept((at - counting) / (double) (end - counting));
        }
        agenda.run(end + END);
        var kept = stored(puts);
        var young = stored(this.young);
        young.keySet().removeIf(id -> told.get(id) <= middle - SECOND || told.get(id) > middle);
        findings.stored = kept.size();
        findings.lost = lost(kept.values());
        findings.young = young.size();
        findings.youngLost = lost(young.values());
    }

    /// Lets time pass and counts what was sent in it.
    private void second(long until) {
        long bytes = transport.bytes, datagrams = transport.datagrams;
        int born = births;
        var minute = findings.minute(agenda.now() - counting);
        agenda.run(until);
        minute.bytes += transport.bytes - bytes;
        minute.datagrams += transport.datagrams - datagrams;
        minute.nodeSeconds += living.size();
        minute.births += births - born;
        minute.nodes = living.size();
    }

    // nodes

    private void birth() {
        int number = births++;
        var own = new SplittableRandom(setting.seed() * 1_000_003 + number);
        var peer = new Peer(point(), RingHost.address(number, 5062));
        var member = new RingMember(peer, Latency.Spot.random(number, random),
                setting.kind().node(peer, own, host::wall, this::verify),
                random.nextDouble() < setting.slow(), random.nextBoolean());
        var known = IntStream.range(0, living.isEmpty() ? 0 : KNOWN)
                .mapToObj(_ -> any().peer).distinct().toList();
        ring.put(peer.id(), member);
        living.add(member);
        host.born(member, known);
        setting.session().ifPresent(median -> agenda.in(life(median), () -> death(member, true)));
    }

    /// Lives are distributed as those of atoms.
    private long life(Duration median) {
        return (long) (median.toNanos() * -StrictMath.log(1 - random.nextDouble())
                / StrictMath.log(2));
    }

    private void death(RingMember member, boolean replaced) {
        if (!member.alive) return;
        transport.dies(member);
        ring.remove(member.id());
        living.set(living.indexOf(member), living.getLast());
        living.removeLast();
        lookUps.values().removeIf(lookUp -> {
            if (lookUp.by != member) return false;
            lookUp.request.ifPresent(routed::remove);
            lookUp.poll.open--;
            close(lookUp.poll);
            return true;
        });
        if (replaced) birth();
    }

    private void manyDie() {
        int count = (int) Math.round(setting.deaths() * living.size());
        for (int i = 0; i < count; i++)
            agenda.in((long) (random.nextDouble() * AT_ONCE), () -> death(any(), false));
    }

    private RingMember any() { return living.get(random.nextInt(living.size())); }

    private NodeId point() { return NodeId.random(random); }

    private SignedRecord.Verdict verify(String text, Instant wall) {
        return verified.computeIfAbsent(text, _ -> SignedRecord.verify(text, wall));
    }

    /// What this program learns of what goes on.
    private final class Ears implements RingHost.Owner {
        @Override public void hears(RingMember member, Input input) {
            if (input instanceof Input.Received(_, var payload) && !routed.isEmpty())
                setting.kind().hop(payload).ifPresent(hop -> {
                    var lookUp = routed.get(hop.request());
                    if (lookUp != null) lookUp.hops = hop.hops();
                });
        }

        @Override public void says(RingMember member, Output output) {
            if (output instanceof Output.Told(long id, var answer)) told(id, answer);
            if (output instanceof Output.Sought(long id, var root)) sought(id, root);
        }
    }

    // look-ups

    /// Ten ask for one point now, and others later.
    private void poll() {
        if (agenda.now() > counting + setting.length().toNanos() || setting.rate() == 0) return;
        var poll = new Poll(point());
        poll.open = Math.min(TOGETHER, living.size());
        var nearest = nearest(poll.point);
        var askers = new LinkedHashSet<RingMember>();
        while (askers.size() < poll.open) askers.add(any());
        for (var asker : askers) {
            long id = ++ids;
            var lookUp = new LookUp(poll, asker, nearest, agenda.now());
            lookUps.put(id, lookUp);
            var outputs = asker.node.handle(new Input.Seek(id, poll.point), host.wall());
            for (var output : outputs) if (output instanceof Output.Send send)
                setting.kind().hop(send.payload()).ifPresent(hop -> {
                    lookUp.request = OptionalLong.of(hop.request());
                    routed.put(hop.request(), lookUp);
                });
            host.carryOut(asker, outputs);
        }
        double next = -StrictMath.log(1 - random.nextDouble())
                * TOGETHER / (setting.rate() * living.size());
        agenda.in((long) (next * SECOND), this::poll);
    }

    private void sought(long id, Optional<Peer> root) {
        var lookUp = lookUps.remove(id);
        if (lookUp == null) return;
        lookUp.request.ifPresent(routed::remove);
        var poll = lookUp.poll;
        poll.open--;
        poll.counted++;
        findings.asked++;
        var minute = findings.minute(lookUp.begun - counting);
        minute.asked++;
        root.ifPresent(peer -> {
            poll.answers.add(peer);
            answered(lookUp, peer, minute);
        });
        close(poll);
    }

    private void answered(LookUp lookUp, Peer root, RingFindings.Minute minute) {
        long took = agenda.now() - lookUp.begun;
        findings.answered++;
        findings.hops.add(lookUp.hops);
        findings.latency.add(took);
        minute.latency.add(took);
        long straight = transport.trip(lookUp.by, root.id());
        if (straight > 0 && !lookUp.by.peer.equals(root))
            findings.stretch.add(1_000 * took / straight);
        if (root.id().equals(lookUp.nearest) || root.id().equals(nearest(lookUp.poll.point))) {
            findings.right++;
            minute.right++;
        }
    }

    /// When the last of ten has its answer: what most were told counts, if they are most.
    private void close(Poll poll) {
        if (poll.open > 0) return;
        long most = poll.answers.stream().collect(Collectors.groupingBy(
                Function.identity(), Collectors.counting())).values().stream()
                .mapToLong(count -> count).max().orElse(0);
        if (2 * most > poll.counted) findings.consistent += most;
    }

    private NodeId nearest(NodeId point) {
        return setting.kind().root(ring.navigableKeySet(), point);
    }

    // records

    /// Puts as many records as are wanted; by the number of the question, the key of each.
    private SequencedMap<Long, String> put() {
        var puts = new LinkedHashMap<Long, String>();
        for (int i = 0; i < setting.values(); i++) put("user" + i, puts);
        return puts;
    }

    private void put(String user, Map<Long, String> puts) {
        var key = "sip:" + user + "@example.com";
        puts.put(ask(new Query.Put(SignedRecord.sign(owner, key, new SignedRecord.Other("test",
                new JsonObject()), 1, host.wall(), SignedRecord.MAX_LIFETIME))), key);
    }

    /// As many again, spread over a second.
    private void putYoung() {
        for (int i = 0; i < setting.values(); i++) {
            var user = "young" + i;
            agenda.in(i * SECOND / setting.values(), () -> put(user, young));
        }
    }

    /// Ten times in a second somebody asks for one of the records.
    private void read(SequencedMap<Long, String> puts, long until) {
        var keys = List.copyOf(stored(puts).values());
        if (keys.isEmpty() || agenda.now() >= until) return;
        long id = ++ids;
        reads.put(id, agenda.now());
        host.happens(any(), new Input.Ask(
                id, new Query.Get(keys.get(random.nextInt(keys.size())))));
        agenda.in(SECOND / 10, () -> read(puts, until));
    }

    private long ask(Query.OfRecords query) {
        long id = ++ids;
        host.happens(any(), new Input.Ask(id, query));
        return id;
    }

    private void told(long id, Answer answer) {
        answers.put(id, answer);
        told.put(id, agenda.now());
        var begun = reads.remove(id);
        if (begun == null) return;
        findings.reads++;
        if (isFound(answer)) findings.reading.add(agenda.now() - begun);
        else findings.unread++;
    }

    private static boolean isFound(Answer answer) {
        return answer instanceof Answer.Found(var records) && !records.isEmpty();
    }

    /// Of these the acknowledged.
    private SequencedMap<Long, String> stored(SequencedMap<Long, String> puts) {
        var stored = new LinkedHashMap<>(puts);
        stored.keySet().removeIf(id -> !(answers.get(id) instanceof Answer.Done));
        return stored;
    }

    /// How many of these nobody finds any more.
    private int lost(Collection<String> keys) {
        var gets = keys.stream().map(key -> ask(new Query.Get(key))).toList();
        agenda.run(agenda.now() + END);
        return (int) gets.stream().filter(id -> !isFound(answers.get(id))).count();
    }
}
