package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.*;
import p2psip.std.rfc8445.*;

/// Whatever comes, nothing is thrown and nothing grows.
class NonsenseTest {
    /// At night a hundred times as many.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 1_000_000
            : 10_000;

    private static final Bytes KEY = Bytes.wrap(new byte[32]);
    private static final Peer PEER = new Peer(NodeId.of(KEY), Net.at(1001));

    private final SplittableRandom random = new SplittableRandom(3261);

    private Bytes mutated(List<Bytes> originals) {
        var bytes = originals.get(random.nextInt(originals.size())).toArray();
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--)
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 9));
                default -> bytes[0] = (byte) random.nextInt(0, 32);
            }
        return Bytes.wrap(bytes);
    }

    @Test void datagrams_from_strangers_and_in_the_name_of_a_peer() {
        var net = new Net(1);
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        for (int i = 0; i < 5; i++) net.send(a, b, "hello", true);
        net.run(Duration.ofSeconds(2));
        var originals = List.copyOf(net.sniffed);
        int size = net.overlay(b).size();
        for (int i = 0; i < PACKETS; i++) {
            var bytes = mutated(originals);
            if (originals.contains(bytes)) continue;
            net.overlay(b).handle(new Sessions.Input.Received(
                    i % 2 == 0 ? a.address() : Net.at(6_000 + i % 100), bytes), net.now);
            if (i % 1_000 == 0) net.run(Duration.ofMillis(10));
        }
        net.run(Duration.ofSeconds(10));
        assertThat(net.overlay(b).size()).isLessThanOrEqualTo(size + 4);
        net.send(a, b, "still there", true);
        net.run(Duration.ofSeconds(2));
        assertThat(net.heard()).last().isEqualTo("1002<1001 still there");
    }

    /// From a peer that has a session, and a key as good as any.
    @Test void frames_of_a_peer() {
        var frames = Stream.of(new Frame.Piece(true, 9, 3, 32, KEY),
                new Frame.Piece(false, 9, 0, 1, KEY), new Frame.Ack(9, -1), new Frame.Bye(),
                new Frame.Here(), new Frame.HandOn(PEER.id(), KEY),
                new Frame.Handed(PEER.id(), KEY),
                new Frame.NotHanded(PEER.id(), Frame.Refusal.QUOTA), new Frame.Challenge(7),
                new Frame.Response(7), new Frame.Moment(7, KEY))
                .map(frame -> Bytes.wrap(frame.encode())).toList();
        var theirs = new Seal(new byte[Seal.KEY]);
        var session = session();
        int ended = 0;
        for (int i = 0; i < PACKETS; i++) {
            var data = Packet.parse(theirs.seal(
                    i, Packet.header(5, i), mutated(frames).toArray()));
            session.handle(new Session.Input.Received(session.path(), (Packet.Data) data),
                    Instant.EPOCH);
            if (!session.terminated()) continue;
            ended++;
            session = session();
        }
        assertThat(ended).as("those that were a goodbye").isLessThan(PACKETS / 10);
    }

    private static Session session() {
        return new Session(PEER, KEY, 1, new Path.Direct(PEER.address()),
                new Seal(new byte[Seal.KEY]), new Seal(new byte[Seal.KEY]), true,
                new SplittableRandom(1), Instant.EPOCH);
    }

    @Test void payloads_of_peers() {
        var credentials = new Credentials("ufrag", "aPasswordOfSomeLength0");
        var payloads = Stream.of(new Payload.Say(1_000, 7, KEY), new Payload.Taken(7),
                new Payload.NoService(7), new Payload.Ways(credentials, List.of(), true),
                new Payload.Ask(Instant.EPOCH),
                new Payload.Tell(true, List.of(PEER), Instant.EPOCH, Optional.of(Net.at(9))))
                .map(Payload::encode).toList();
        var links = new Links(random);
        int understood = 0;
        for (int i = 0; i < PACKETS; i++)
            try {
                if (!(Payload.parse(mutated(payloads)) instanceof Payload.OfLink said)) continue;
                understood++;
                var key = Bytes.wrap(ByteBuffer.allocate(32).putInt(i % 2_000).array());
                links.handle(new Links.Input.Heard(
                        new Peer(NodeId.of(key), Net.at(9)), key, said), Instant.EPOCH);
                if (i % 100 == 0) links.wake(Instant.EPOCH);
            } catch (p2psip.app.p2p.SyntaxException e) {
                // the one that there is
            }
        assertThat(understood).isGreaterThan(PACKETS / 20);
        assertThat(links.size()).isLessThanOrEqualTo(Links.LIMIT);
    }
}
