package p2psip.std.rfc5626;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;

class FlowTokenTest {
    private static final InetSocketAddress SELF = address("192.0.2.1", 5060);

    private final FlowToken tokens =
            new FlowToken(List.of(new ListeningPoint(Transport.UDP, SELF),
                    new ListeningPoint(Transport.TCP, SELF)));

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    @Test void tokens_are_read_as_they_were_written_and_garbage_is_none() {
        for (var flow : List.of(Flow.udp(SELF, address("203.0.113.1", 40_001)),
                new Flow(Transport.TCP, SELF, address("203.0.113.2", 40_003), 7),
                Flow.udp(SELF, address("2001:db8::7", 65_535)))) {
            var text = tokens.of(flow).orElseThrow();
            assertThat(tokens.flow(text)).contains(flow);
            for (int end = 0; end < text.length(); end++)
                assertThat(tokens.flow(text.substring(0, end))).isNotEqualTo(Optional.of(flow));
        }
        assertThat(tokens.of(Flow.udp(address("192.0.2.2", 5060), SELF))).isEmpty();
        assertThat(tokens.flow("____")).isEmpty();
    }
}
