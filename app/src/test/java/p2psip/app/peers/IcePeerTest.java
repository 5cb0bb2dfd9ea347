package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.capture.*;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.stun.*;
import p2psip.app.voip.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc8489.Credential;
import p2psip.std.rfc8656.*;

/// ICE between our telephone and baresip, each calling the other through a plain proxy; and
/// baresip's sound through our relay.
///
/// baresip has no candidate of loopback, so they talk by another address of this machine, which
/// leaves it as little.
@Tag("peer")
class IcePeerTest {
    private static final Duration SOON = Duration.ofSeconds(10), TALK = Duration.ofSeconds(2);
    private static final int ALICE = 440, BOB = 1000;

    @TempDir Path folder;
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty()));
    private InetAddress here;
    private InetSocketAddress proxy;

    @BeforeEach void begin() throws IOException {
        Programs.assumeNight();
        Baresip.assumeThere();
        here = own();
        int port = Ports.pair();
        proxy = new InetSocketAddress(here, port);
        var wish = new SipPort.Wish(List.of(here), port, false, EnumSet.of(Transport.UDP));
        assertThat(host.start("proxy", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com"), Optional.empty(), false), room)).told(SOON))
                .hasOnlyElementsOfType(Sipd.Ready.class);
    }

    @AfterEach void end() { host.close(); }

    private static InetAddress own() throws IOException {
        var own = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress()
                        && !a.isLinkLocalAddress()).findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but loopback");
        return own.get();
    }

    private Baresip bob(String nat) throws Exception {
        var bob = new Baresip(folder.resolve("bob"), "sip:bob@example.com",
                "sip:" + HostName.text(proxy) + ";transport=udp", BOB, here.getHostAddress(), nat);
        var end = System.nanoTime() + SOON.toNanos();
        while (!bob.log().contains("[1 binding]") && System.nanoTime() < end)
            LockSupport.parkNanos(50_000_000);
        return bob;
    }

    private Telephone alice(IceOptions ice) {
        var phone = Telephone.start(host, "alice", PhoneSetup.of("sip:alice@example.com")
                .through(SipUri.of("", proxy)).local(here).calls(1).ringing().recording()
                .withIce(ice));
        phone.register();
        return phone;
    }

    /// Both have heard the other's tone.
    private static void heard(Telephone.Call call, Baresip bob) throws Exception {
        call.hangUp();
        bob.await("CALL_CLOSED");
        assertThat(Tone.share(bob.recording(), ALICE)).isGreaterThan(0.9);
        assertThat(Tone.share(voiced(call.recorded().heard()), BOB)).isGreaterThan(0.9);
    }

    /// Without the silence in which baresip begins.
    private static short[] voiced(short[] samples) {
        int first = 0;
        while (first < samples.length && Math.abs(samples[first]) < 100) first++;
        return Arrays.copyOfRange(samples, first, samples.length);
    }

    private static void completed(Telephone.Call call, Baresip bob) throws Exception {
        assertThat(call.way().orElseThrow().relay()).isFalse();
        assertThat(bob.log()).contains("connectivity check is complete");
    }

    @Test void it_calls_and_is_called_by_baresip_with_ice() throws Exception {
        Tshark.assumeThere();
        var file = folder.resolve("ice.pcapng");
        try (var bob = bob(";medianat=ice"); var alice = alice(IceOptions.ALONE)) {
            try (var _ = new Dumpcap(file, "udp and host " + here.getHostAddress())) {
                var call = alice.call("sip:bob@example.com");
                call.talk(TALK);
                bob.hears(TALK);
                completed(call, bob);
                heard(call, bob);
                bob.dial("sip:alice@example.com");
                var taken = alice.answer(SOON).orElseThrow();
                taken.talk(TALK);
                completed(taken, bob);
                heard(taken, bob);
            }
        }
        var report = Inspector.inspect(Capture.parse(Bytes.wrap(Files.readAllBytes(file))),
                _ -> { });
        System.out.println("two calls by ICE: " + report);
        // when it hangs up baresip 1.0 says BYE without the report that RFC 3550 §6.1 wants before
        assertThat(report.problems()).allMatch(problem ->
                problem.toString().endsWith("RTCP: no report first, but 203"));
        assertThat(report.ok(Protocol.STUN)).isGreaterThan(8);
        assertThat(report.ok(Protocol.RTP)).isGreaterThan(150);
        // after STUN between two ports tshark takes nothing there for RTP, unless it looks for it
        var tshark = new Tshark(file, List.of(proxy.getPort()));
        // and collectd has a port among those that baresip may take
        String[] look = {"--enable-heuristic", "rtp_udp", "--disable-protocol", "collectd"};
        assertThat(tshark.lines("_ws.malformed or data", look)).isEmpty();
        assertThat(tshark.lines("rtp.ssrc", look)).hasSize(report.ok(Protocol.RTP));
        assertThat(tshark.lines("stun", look)).hasSize(report.ok(Protocol.STUN));
    }

    @Test void baresip_without_ice_notices_nothing() throws Exception {
        try (var bob = bob(""); var alice = alice(IceOptions.ALONE)) {
            var call = alice.call("sip:bob@example.com");
            call.talk(TALK);
            bob.hears(TALK);
            assertThat(call.way()).isEmpty();
            heard(call, bob);
        }
    }

    /// Our relay, which relays to this machine.
    private Host.Line relay() {
        var users = TurnUsers.of("p2psip.test", List.of("u:p"), Optional.empty(),
                InstantSource.system());
        return host.start("turn", room -> new Relaying(new Relaying.Options(
                List.of(new Relaying.Place(Optional.empty(), new InetSocketAddress(here, 0))),
                new TurnServer.Settings("p2psip", Map.of(Family.IPV4, here), 40_000, 48_000,
                        Limits.USUAL, new Peers(List.of(Net.parse(here.getHostAddress())),
                        Set.of()), ChannelData.OLD_LAST), "p2psip.test", users,
                Duration.ofMinutes(30), false), room.random()));
    }

    private static int port(Host.Line relay) {
        return relay.told(SOON).stream().filter(Relaying.Ready.class::isInstance)
                .map(told -> ((Relaying.Ready) told).places().getFirst().at().getPort())
                .findFirst().orElseThrow();
    }

    private static int allocations(Host.Line relay) {
        relay.command(new Relaying.Count());
        return ((Relaying.Statistics) relay.told(SOON).getLast()).allocations();
    }

    @Test void the_sound_of_baresip_goes_through_our_relay() throws Exception {
        var relay = relay();
        try (var bob = bob(";medianat=turn;stunserver=\"turn:" + here.getHostAddress() + ":"
                     + port(relay) + "\";stunuser=u;stunpass=p");
                var alice = alice(IceOptions.ALONE)) {
            var call = alice.call("sip:bob@example.com");
            call.talk(TALK);
            bob.hears(TALK);
            assertThat(allocations(relay)).isEqualTo(2);
            heard(call, bob);
        }
    }

    private IceOptions helped(Host.Line relay) {
        return new IceOptions(true, List.of(), List.of(new IceOptions.Turn(TurnUri.parse(
                "turn:" + here.getHostAddress() + ":" + port(relay)), new Credential("u", "p"))));
    }

    /// Without ICE baresip sends where the offer says: to the address that is lent to us.
    @Test void our_sound_goes_through_our_relay() throws Exception {
        var relay = relay();
        try (var bob = bob(""); var alice = alice(helped(relay))) {
            var call = alice.call("sip:bob@example.com");
            call.talk(TALK);
            bob.hears(TALK);
            assertThat(allocations(relay)).isEqualTo(2);
            heard(call, bob);
        }
    }

    /// With it the straight way is found, baresip is told of it by another offer, and what is lent
    /// is given back.
    @Test void what_is_lent_in_vain_is_given_back() throws Exception {
        var relay = relay();
        try (var bob = bob(";medianat=ice"); var alice = alice(helped(relay))) {
            var call = alice.call("sip:bob@example.com");
            call.talk(Duration.ofSeconds(5));
            completed(call, bob);
            assertThat(allocations(relay)).isZero();
            heard(call, bob);
        }
    }
}
