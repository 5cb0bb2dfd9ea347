package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketsTest {
    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 5063);
    }

    /// Each address that was chosen has a socket; where all are, one is for all of IPv4.
    @ParameterizedTest @CsvSource({
        "192.0.2.1, 127.0.0.1 192.0.2.1 2001:db8::1, 127.0.0.1 2001:db8::1",
        "0.0.0.0,   127.0.0.1 192.0.2.1 2001:db8::1, 2001:db8::1",
        "::,        127.0.0.1 192.0.2.1 2001:db8::1, ''",
        "192.0.2.1, 192.0.2.1,                       ''"})
    void beside_the_first_there_is_one_of_each_address(
            String first, String addresses, String beside) {
        assertThat(new Sockets(at(first)).wanted(Stream.of(addresses.split(" "))
                .map(InetAddress::ofLiteral).toList()))
                .isEqualTo(Stream.of(beside.split(" ")).filter(ip -> !ip.isEmpty())
                        .map(SocketsTest::at).toList());
    }

    @ParameterizedTest @CsvSource({
        "192.0.2.1, 127.0.0.1 2001:db8::1, 192.0.2.9,    192.0.2.1",
        "192.0.2.1, 127.0.0.1 2001:db8::1, 127.0.0.1,    127.0.0.1",
        "192.0.2.1, 127.0.0.1 2001:db8::1, 2001:db8::9,  2001:db8::1",
        "192.0.2.1, '',                    127.0.0.1,    192.0.2.1",
        "0.0.0.0,   ::1 2001:db8::1,       127.0.0.1,    0.0.0.0",
        "0.0.0.0,   ::1 2001:db8::1,       2001:db8::9,  2001:db8::1",
        "::,        '',                    192.0.2.9,    ::"})
    void what_is_sent_leaves_by_one_that_gets_there(
            String first, String beside, String to, String from) {
        var sockets = new Sockets(at(first));
        Stream.of(beside.split(" ")).filter(ip -> !ip.isEmpty())
                .forEach(ip -> sockets.opened(at(ip)));
        assertThat(sockets.to(at(to))).isEqualTo(at(from));
    }
}
