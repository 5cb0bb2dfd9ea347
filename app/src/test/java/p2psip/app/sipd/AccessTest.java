package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Guard.Purpose;
import p2psip.std.rfc3261.Home;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Transport;

class AccessTest {
    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

    private final Access access = new Access(new Home(List.of(
            new ListeningPoint(Transport.UDP, HERE)), List.of(Home.ANY_NAME)),
            Optional.of(Users.parse(List.of("bob:secret"))), _ -> List.of(), new SplittableRandom(1));

    @Test void a_stranger_who_names_ever_new_domains_does_not_fill_the_memory() {
        for (int i = 0; i < Access.REALMS + 10; i++) {
            assertThat(challenge("a" + i + ".example")).isPresent();
            assertThat(challenge("home.example")).isPresent();
        }
        assertThat(access.realms()).isEqualTo(Access.REALMS);
    }

    private Optional<?> challenge(String domain) {
        var register = (Request) Message.parse("""
                REGISTER sip:%1$s SIP/2.0
                From: <sip:bob@%1$s>;tag=1
                To: <sip:bob@%1$s>
                Call-ID: c
                CSeq: 1 REGISTER

                """.formatted(domain));
        return access.refuses(register, Flow.udp(HERE, HERE), Purpose.REGISTER, Instant.EPOCH);
    }
}
