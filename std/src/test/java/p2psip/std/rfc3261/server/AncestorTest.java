package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.LocationService.Event;

/// Defects of the ancestor that no other test would notice.
class AncestorTest {

    /// U3: the ancestor sent the requests of some programs another way than those of others.
    @Test void whatever_program_calls_its_request_goes_the_same_way() {
        var ways = Stream.of("p2psip", "Asterisk PBX", "Cisco-SIPGateway/IOS-12.x", "39peers", "")
                .map(program -> forwarded(ProxyPlay.invite().with("User-Agent", program)))
                .map(request -> request.uri() + request.all("Route") + request.need("Max-Forwards"))
                .distinct();
        assertThat(ways).containsExactly("sip:bob@desk[]69");
    }

    private static Request forwarded(Request request) {
        return new ProxyPlay("desk").tell(request, ProxyPlay.CALLER).stream()
                .filter(o -> o instanceof Output.Send).map(o -> ((Output.Send) o).request())
                .findFirst().orElseThrow();
    }
}
