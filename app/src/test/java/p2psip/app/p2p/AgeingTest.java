package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// When a session asks for a newer one.
class AgeingTest {
    private static final InetSocketAddress THERE =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 5063);
    private static final Bytes KEY = Bytes.wrap(new byte[32]);
    private static final Instant BORN = Instant.EPOCH;
    private static final Session.Input SOUND =
            new Session.Input.Say(new Frame.Moment(2, Bytes.EMPTY));

    private static Session session(boolean caller) {
        return new Session(new Peer(NodeId.of(KEY), THERE), KEY, 1, new Path.Direct(THERE),
                new Seal(new byte[Seal.KEY]), new Seal(new byte[Seal.KEY]), caller,
                new SplittableRandom(1), BORN);
    }

    private static boolean ages(List<Session.Output> outputs) {
        return outputs.contains(new Session.Output.Ageing());
    }

    @Test void before_its_numbers_are_used_up_once() {
        var session = session(true);
        for (long i = 0; i < Session.NUMBERS; i++)
            assertThat(ages(session.handle(SOUND, BORN)))
                    .isEqualTo(i == Session.NUMBERS - Session.LAST_NUMBERS);
        assertThat(session.usable(BORN)).isFalse();
    }

    @Test void never_if_nothing_was_heard_of_the_peer() {
        var session = session(true);
        while (!session.terminated())
            assertThat(ages(session.wake(session.deadline()))).isFalse();
    }
}
