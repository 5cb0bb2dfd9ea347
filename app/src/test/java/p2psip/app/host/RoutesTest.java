package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The routers of a computer, as Linux lists them.
class RoutesTest {

    @Test void the_way_to_everywhere_else_goes_by_the_router() {
        var table = """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
                eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
                tun0\t00000000\t0108000A\t0003\t0\t0\t50\t00000080\t0\t0\t0
                wlan0\t00000000\tFE02A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
                """;
        assertThat(Routes.parse(table.lines().toList())).containsExactly(
                new Routes.Default("eth0", InetAddress.ofLiteral("192.168.1.1")),
                new Routes.Default("wlan0", InetAddress.ofLiteral("192.168.2.254")));
        assertThat(Routes.parse(List.of())).isEmpty();
    }

    @Test void whatever_this_computer_has_it_is_told() {
        assertThat(Routes.routers()).allMatch(router -> router.self() instanceof Inet4Address
                && !router.at().equals(router.self()));
    }
}
