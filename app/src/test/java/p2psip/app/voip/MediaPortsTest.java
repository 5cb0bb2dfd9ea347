package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import p2psip.app.host.*;

/// Two ports for each call.
class MediaPortsTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.0.0.1");
    private static final Id RTP = new Id(Id.Part.MEDIA, 0, 1), RTCP = new Id(Id.Part.MEDIA, 1, 1);

    @Property(tries = 100) void a_pair_is_even_and_next(@ForAll long seed) {
        var ports = new MediaPorts(ADDRESS, 1, new SplittableRandom(seed));
        var asked = ports.open();
        //= rfc3550#11-1 an even port and the next higher (odd) one
        //= rfc3550#11-4 the two port numbers are not the same
        //= rfc3551#8-1 RTP on an even port, RTCP on the next higher, odd one
        assertThat(ports.rtp().getPort() % 2).isZero();
        assertThat(ports.rtp().getPort()).isBetween(MediaPorts.FIRST, MediaPorts.LAST);
        assertThat(asked).containsExactly(new Effect.Bind(RTP, ports.rtp()), new Effect.Bind(RTCP,
                new InetSocketAddress(ADDRESS, ports.rtp().getPort() + 1)));
        var first = ports.rtp();
        //= rfc3551#8-3 at random, so another pair when one of them is taken
        ports.answered(new Event.Bound(RTP, ports.rtp()));
        assertThat(ports.answered(new Event.NotBound(RTCP, ports.rtcp(), "in use")))
                .startsWith(new Effect.Unbind(first)).hasSize(3);
        assertThat(ports.rtp()).isNotEqualTo(first);
    }
}
