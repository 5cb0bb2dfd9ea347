package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.voip.*;

/// Our telephone and others that have a WebRTC of their own, aiortc and GStreamer's webrtcbin: ICE,
/// a handshake on the way it finds, RTP and RTCP on one port. Scripts carry their descriptions in
/// and out of SIP.
@Tag("peer")
class WebRtcPeerTest {
    private static final Duration SOON = Duration.ofSeconds(20), TALK = Duration.ofSeconds(4);
    private static final int ALICE = 600, WEB = 1000;
    /// What both have recorded has silence in it until the other one is heard, or a gap.
    private static final double PURE = 0.85;
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir Path folder;
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty()));
    private InetAddress here;

    @BeforeEach void begin() throws Exception {
        Programs.assumeNight();
        //  it has no candidate of loopback
        here = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress()).findFirst()
                .orElse(InetAddress.ofLiteral("127.0.0.1"));
        assumeTrue(!here.isLoopbackAddress(), "this machine has no address but loopback");
        Tone.write(folder.resolve("tone.wav"), WEB, Duration.ofSeconds(20));
    }

    private static void assumeThere(String name, String imports) throws Exception {
        boolean found = Files.isExecutable(Path.of(PYTHON)) && new ProcessBuilder(
                PYTHON, "-c", imports).start().waitFor() == 0;
        System.out.println("peer " + name + ": " + (found ? "found" : "not there, skipped"));
        assumeTrue(found, name + " is not there");
    }

    private String script(String name) throws IOException {
        try (var script = WebRtcPeerTest.class.getResourceAsStream(name)) {
            Files.write(folder.resolve(name), script.readAllBytes());
        }
        return name;
    }

    @AfterEach void end() { host.close(); }

    private Telephone alice(Secrecy secrecy) {
        return Telephone.start(host, "alice", PhoneSetup.of("sip:alice@" + here.getHostAddress())
                .local(here).calls(1).ringing().recording().playing(new Source.Tone(ALICE, 8000))
                .withIce(IceOptions.ALONE).withSecrecy(secrecy)
                .speaking(Formats.of("pcmu,opus", false)));
    }

    private String aiortc(Programs programs, String mode, String... more) throws Exception {
        assumeThere("aiortc", "import aiortc");
        var at = here.getHostAddress() + ":" + Ports.pair();
        var command = new ArrayList<>(List.of(
                PYTHON, script("aiortc_phone.py"), mode, at, "tone.wav", "heard.wav"));
        command.addAll(List.of(more));
        programs.start(command.toArray(String[]::new));
        programs.says("ready");
        return at;
    }

    private String uri(Telephone alice) {
        return "sip:alice@" + here.getHostAddress() + ":" + alice.address().getPort();
    }

    /// Each has heard the other's tone.
    ///
    /// @param state what the peer says of its way, as it hangs up
    private void heard(Programs programs, Telephone.Call call, String state) throws Exception {
        assertThat(call.secret().orElse("not secret")).contains("keys by DTLS");
        assertThat(call.way()).isPresent();
        var statistics = call.hangUp();
        programs.says("state " + state);
        assertThat(statistics.received()).isGreaterThan(100);
        assertThat(statistics.refused().orElseThrow().forged()).isZero();
        var heard = call.recorded();
        int first = 0;
        while (Math.abs(heard.heard()[first]) < 100) first++;
        double here = Tone.share(Arrays.copyOfRange(heard.heard(), first, heard.heard().length),
                WEB * 8000 / heard.rate());
        //  it closes its file as it ends
        assertThat(programs.last().waitFor(SOON)).as(programs.output()).isTrue();
        double there = Tone.share(folder.resolve("heard.wav"), ALICE);
        System.out.printf("here %.2f of it is the peer's tone, there %.2f ours%n", here, there);
        assertThat(here).isGreaterThan(PURE);
        assertThat(there).isGreaterThan(PURE);
    }

    private static void talk(Telephone.Call call) {
        for (int i = 0; i < 100 && call.secret().isEmpty(); i++)
            call.talk(Duration.ofMillis(100));
        call.talk(TALK);
    }

    @Test void we_call_aiortc() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.DTLS)) {
            var call = alice.call("sip:web@" + aiortc(programs, "answer"));
            talk(call);
            heard(programs, call, "connected");
        }
    }

    @Test void aiortc_calls_us() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.TAKEN)) {
            aiortc(programs, "call", uri(alice));
            var call = alice.answer(SOON).orElseThrow(() ->
                    new AssertionError(programs.output()));
            talk(call);
            heard(programs, call, "connected");
        }
    }

    private String webrtcbin(Programs programs, String mode, String... more) throws Exception {
        assumeThere("webrtcbin", "import gi; gi.require_version('GstWebRTC', '1.0'); "
                + "from gi.repository import Gst; Gst.init(None); "
                + "assert Gst.ElementFactory.find('webrtcbin') and "
                + "Gst.ElementFactory.find('nicesrc')");
        var at = here.getHostAddress() + ":" + Ports.pair();
        var command = new ArrayList<>(List.of(
                PYTHON, script("webrtcbin_phone.py"), mode, at, "heard.wav"));
        command.addAll(List.of(more));
        programs.start(command.toArray(String[]::new));
        programs.says("ready");
        return at;
    }

    @Test void we_call_webrtcbin() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.DTLS)) {
            var call = alice.call("sip:web@" + webrtcbin(programs, "answer"));
            talk(call);
            heard(programs, call, "co");   // connected, or completed
        }
    }

    @Test void webrtcbin_calls_us() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.TAKEN)) {
            webrtcbin(programs, "call", uri(alice));
            var call = alice.answer(SOON).orElseThrow(() ->
                    new AssertionError(programs.output()));
            talk(call);
            heard(programs, call, "co");   // connected, or completed
        }
    }
}
