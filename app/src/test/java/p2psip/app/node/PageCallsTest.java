package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc3261.Transport;

/// A browser and a plain telephone at a node, in virtual time: what the browser sees, with the
/// seconds since the world began.
class PageCallsTest {
    private static final InetAddress AT = InetAddress.ofLiteral("10.0.0.1");
    private static final int PORT = 5060;

    private final Network network = new Network(5);
    private final List<String> seen = new ArrayList<>();
    private final Host.Line page;
    private final Telephone bob;

    PageCallsTest() {
        RunningNode.start(network.host("10.0.0.1"), "node", Node.Options.at(AT, List.of()).with(
                new SipPort.Wish(List.of(AT), PORT, true, EnumSet.of(Transport.UDP, Transport.WS))
                        .from(List.of(SimPage.ORIGIN))));
        bob = Telephone.start(network.host("10.0.0.3"), "bob", PhoneSetup.of(
                "sip:bob@example.com", new InetSocketAddress(AT, PORT)).untraced());
        bob.register();
        page = network.host("10.0.0.2").start("alice", room -> new SimPage("alice",
                InetAddress.ofLiteral("10.0.0.2"), new InetSocketAddress(AT, PORT + 6), room));
        sees("200 to REGISTER");
    }

    private void sees(String what) {
        for (var told = page.told(Duration.ofSeconds(10)); !told.isEmpty();
                told = page.told(Duration.ofSeconds(10))) {
            told.forEach(each -> seen.add("" + each));
            if (told.stream().anyMatch(each -> each.toString().endsWith(what))) return;
        }
        throw new AssertionError("not seen: " + what + " but " + seen);
    }

    private String story() { return String.join("\n", seen) + "\n"; }

    @Test void a_page_calls_and_hangs_up() {
        page.command(new SimPage.Dial("sip:bob@example.com"));
        var call = bob.answer(Duration.ofSeconds(2)).orElseThrow();
        call.talk(Duration.ofSeconds(3));
        assertThat(call.hears()).isTrue();
        page.command(new SimPage.HangUp());
        sees("200 to BYE");
        var heard = call.hangUp();
        assertThat(heard.lost()).isZero();
        assertThat(heard.received()).isGreaterThan(100);
        assertThat(story()).isEqualTo("""
                1 200 to REGISTER
                1 180 to INVITE
                1 200 to INVITE
                1 has a way
                1 has keys
                4 hangs up, has heard 2 s
                4 200 to BYE
                """);
    }

    @Test void a_page_is_called() {
        var call = bob.call("sip:alice@example.com");
        call.talk(Duration.ofSeconds(3));
        var heard = call.hangUp();
        sees("is asked: BYE");
        assertThat(heard.lost()).isZero();
        assertThat(heard.received()).isGreaterThan(100);
        assertThat(story()).isEqualTo("""
                1 200 to REGISTER
                1 is asked: INVITE
                1 is asked: ACK
                1 has a way
                1 has keys
                4 is asked: BYE
                """);
    }
}
