package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;

/// Whatever comes, nothing is thrown and nothing grows.
class RobustnessTest {
    /// At night ten times as many.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 1_000_000
            : 100_000;

    private static byte[] mutated(SplittableRandom random, List<Bytes> originals) {
        var bytes = originals.get(random.nextInt(originals.size())).toArray();
        for (int i = random.nextInt(1, 4); i > 0; i--) switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 9));
            default -> {
                if (bytes.length < 24) continue;
                int at = random.nextInt(20, bytes.length - 3);
                ByteBuffer.wrap(bytes).putShort(at, (short) random.nextInt(0, 64));
            }
        }
        // the length is right again, so that it is the attributes that are read
        if (bytes.length >= 20 && random.nextBoolean()) {
            bytes = Arrays.copyOf(bytes, bytes.length & ~3);
            ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - 20));
        }
        return bytes;
    }

    @Test void mutated_packets_change_nothing() {
        var random = new SplittableRandom(3261);
        for (var puppet : List.of(Puppet.full(true).ready(), Puppet.lite(false).ready())) {
            var originals = new ArrayList<Bytes>();
            originals.add(sealed(puppet.request(new Priority(5), new IceControlled(1),
                    new UseCandidate()), puppet.theirs.get(1)));
            puppet.requests.forEach(one -> originals.add(one.bytes()));
            originals.add(puppet.ask(PEER, new Priority(5), new IceControlled(1)).bytes());
            var records = puppet.agent.records().size();
            var state = puppet.agent.state();
            for (int i = 0; i < PACKETS / 2; i++) {
                var bytes = Bytes.wrap(mutated(random, originals));
                if (originals.contains(bytes)) continue;
                puppet.agent.handle(new Input.Received(BASE, OTHER, bytes), puppet.now);
                Agent.addressee(bytes);
            }
            assertThat(puppet.agent.state()).isEqualTo(state);
            assertThat(puppet.agent.records()).hasSize(records);
        }
    }

    @Test void a_known_peer_may_flood_and_nothing_grows() {
        var puppet = Puppet.full(false).ready();
        for (int i = 0; i < 3000; i++) {
            puppet.ask(at("203.0.113.9", 1000 + i % 500), new Priority(1 + i),
                    new IceControlling(1));
            puppet.candidate(1, 1, at("203.0.114." + i % 200, 1000 + i), i);
            if (i % 10 == 0) puppet.millis(50);
        }
        assertThat(puppet.agent.records().size()).isLessThanOrEqualTo(Session.RECORDS);
        assertThat(puppet.all(Output.Remark.class)).hasSize(1);
        int before = puppet.requests.size();
        puppet.millis(40_000);
        assertThat(puppet.requests.size() - before).isLessThan(7 * 4 * 100);
    }

    @Property(tries = 500) void a_description_of_nonsense_is_read(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var words = List.of("candidate:", "1", "UDP", "typ", "host", "192.0.2.1", "::1", "x.local",
                "raddr", "rport", "99999999999", "-1", "ice-ufrag:", "ice-pwd:", "abcd",
                "remote-candidates:", "ice-options:",
                "ice-pacing:", "rtcp:", " ", "p".repeat(22), "end-of-candidates");
        var text = new StringBuilder("v=0\no=- 9 1 IN IP4 192.0.2.9\ns= \n"
                + "c=IN IP4 192.0.2.3\nt=0 0\nm=audio 9 RTP/AVP 0\na=ice-ufrag:abcd\n"
                + "a=ice-pwd:" + "p".repeat(22) + "\n");
        for (int line = 0; line < 10; line++) {
            text.append("a=").append(words.get(random.nextInt(words.size())).strip());
            for (int i = random.nextInt(14); i > 0; i--)
                text.append(i % 2 == 0 ? " " : "").append(words.get(random.nextInt(words.size())));
            text.append("x\n");
        }
        SessionDescription session;
        try {
            session = SessionDescription.parse(text.toString());
        } catch (p2psip.std.SyntaxException e) {
            return;
        }
        var puppet = Puppet.full(true).alone();
        for (var reading : SdpReading.of(session)) reading.inputs(1).forEach(puppet::tell);
        puppet.millis(100);
    }

    @Test void what_is_told_of_streams_that_are_not_there_is_passed_over() {
        for (var puppet : List.of(Puppet.full(true), Puppet.lite(true))) {
            for (var input : List.of(new Input.Remove(7), new Input.Host(7, 1, List.of(BASE)),
                    new Input.Reflexive(7, 1, PEER, BASE, OTHER), new Input.Gathered(),
                    new Input.Relayed(7, 1, PEER, BASE, OTHER), new Input.Gone(BASE),
                    new Input.Remote(7, Description.of(PUPPET)), new Input.RemoteDone(7),
                    new Input.Unreachable(BASE, PEER, ""), new Input.Restart(7)))
                puppet.tell(input);
            assertThat(puppet.said).isEmpty();
            assertThat(puppet.agent.path(7, 1, puppet.now)).isEmpty();
        }
    }
}
