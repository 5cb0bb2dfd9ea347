package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// A server that ends while calls are up, and is started again at the same place: in virtual time.
class RestartTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final int CALLS = 10, PAIRS = 5;

    private final Network network = new Network(5);
    private final SimHost host = network.host("10.0.0.1");
    private Host.Line server;

    /// A phone that is commanded without waiting for what comes of it.
    private final class Device {
        private final String user;
        private final SimHost at;
        private final Host.Line line;
        private final List<Object> told = new ArrayList<>();

        Device(String user, String ip, Transport by) {
            this.user = user;
            at = network.host(ip);
            at.certify(ip);
            line = at.start(user, room -> new Phone(PhoneSetup.of("sip:" + user + "@example.com")
                    .through(by.secure() ? SipUri.of("", "example.com", OptionalInt.of(5061))
                            : SipUri.of("", SERVER))
                    .by(by).withLogin(user, "secret").port(5060).calls(CALLS).untraced(), room));
            line.told(Duration.ofSeconds(1));
            line.command(new PhoneCommand.Register(Duration.ofHours(1)));
        }

        void hear() { told.addAll(line.told(Duration.ZERO)); }

        List<Long> established() {
            return told.stream().filter(News.Established.class::isInstance)
                    .map(each -> ((News.Established) each).call()).toList();
        }

        List<Integer> ended() {
            return told.stream().filter(News.Ended.class::isInstance)
                    .map(each -> ((News.Ended) each).status()).toList();
        }
    }

    private void start() {
        var wish = new SipPort.Wish(List.of(SERVER.getAddress()), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS)).in("example.com");
        server = host.start("sipd", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com"), Optional.of(Users.parse(IntStream.range(0, 4 * PAIRS)
                .mapToObj(i -> "u" + i + ":secret").toList())), false)
                .with(new Sipd.Conduct(Optional.empty(), true, false)), room));
        assertThat(server.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private void certify() {
        host.certify("example.com", network.now().minusSeconds(1), network.now().plusSeconds(3600));
    }

    /// Every second phone calls the one before it; the second half of them by TLS.
    private List<Device> calling() {
        network.name("example.com", "10.0.0.1");
        certify();
        start();
        var devices = new ArrayList<Device>();
        for (int i = 0; i < 4 * PAIRS; i++) devices.add(new Device("u" + i, "10.0.1." + (i + 1),
                i < 2 * PAIRS ? Transport.UDP : Transport.TLS));
        network.run(Duration.ofSeconds(2));
        for (int i = 1; i < devices.size(); i += 2) for (int call = 1; call <= CALLS; call++)
            devices.get(i).line.command(new PhoneCommand.Call(
                    call, "sip:u" + (i - 1) + "@example.com"));
        network.run(Duration.ofSeconds(2));
        devices.forEach(Device::hear);
        for (var each : devices)
            assertThat(each.established()).as(each.user).hasSize(CALLS);
        return devices;
    }

    /// Half of the calls are hung up by who has called, half by who was.
    private void hangUp(List<Device> devices) {
        for (int i = 0; i < devices.size(); i++) {
            var device = devices.get(i);
            var calls = device.established();
            for (int call = 0; call < CALLS; call++)
                if (call % 2 == i % 2)
                    device.line.command(new PhoneCommand.HangUp(calls.get(call)));
        }
        network.run(Duration.ofSeconds(5));
        devices.forEach(Device::hear);
    }

    /// A hundred calls, fifty of them by TLS: all go on through the new server, which shows another
    /// certificate, and each ends for both when one of them says so.
    @Test void no_call_is_lost_when_the_server_is_killed_and_started_again() {
        var devices = calling();
        host.kill();
        network.run(Duration.ofSeconds(1));
        certify();
        start();
        network.run(Duration.ofSeconds(1));
        hangUp(devices);
        for (var device : devices) assertThat(device.ended()).as(device.user)
                .hasSize(CALLS).containsOnly(200);
    }
}
