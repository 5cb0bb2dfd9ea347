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

/// Our telephone and aiortc, which has a WebRTC of its own: ICE, a handshake on the way it finds,
/// RTP and RTCP on one port. A script carries aiortc's descriptions in and out of SIP.
@Tag("peer")
class AiortcPeerTest {
    private static final Duration SOON = Duration.ofSeconds(20), TALK = Duration.ofSeconds(4);
    private static final int ALICE = 600, WEB = 1000;
    private static final String PYTHON = "/usr/bin/python3", SCRIPT = "aiortc_phone.py";

    @TempDir Path folder;
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty()));
    private InetAddress here;

    @BeforeEach void begin() throws Exception {
        Programs.assumeNight();
        boolean found = Files.isExecutable(Path.of(PYTHON)) && new ProcessBuilder(
                PYTHON, "-c", "import aiortc").start().waitFor() == 0;
        System.out.println("peer aiortc: " + (found ? "found" : "not there, skipped"));
        assumeTrue(found, "aiortc is not there");
        //  it has no candidate of loopback
        here = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress()).findFirst()
                .orElse(InetAddress.ofLiteral("127.0.0.1"));
        assumeTrue(!here.isLoopbackAddress(), "this machine has no address but loopback");
        Tone.write(folder.resolve("tone.wav"), WEB, Duration.ofSeconds(20));
        try (var script = AiortcPeerTest.class.getResourceAsStream(SCRIPT)) {
            Files.write(folder.resolve(SCRIPT), script.readAllBytes());
        }
    }

    @AfterEach void end() { host.close(); }

    private Telephone alice(Secrecy secrecy) {
        return Telephone.start(host, "alice", PhoneSetup.of("sip:alice@" + here.getHostAddress())
                .local(here).calls(1).ringing().recording().playing(new Source.Tone(ALICE, 8000))
                .withIce(IceOptions.ALONE).withSecrecy(secrecy)
                .speaking(Formats.of("pcmu,opus", false)));
    }

    private String web(Programs programs, String mode, String... more) throws Exception {
        var at = here.getHostAddress() + ":" + Ports.pair();
        var command = new ArrayList<>(List.of(PYTHON, SCRIPT, mode, at, "tone.wav", "heard.wav"));
        command.addAll(List.of(more));
        programs.start(command.toArray(String[]::new));
        programs.says("ready");
        return at;
    }

    private void heard(Programs programs, Telephone.Call call) throws Exception {
        assertThat(call.secret().orElse("not secret")).contains("keys by DTLS");
        assertThat(call.way()).isPresent();
        var statistics = call.hangUp();
        programs.says("state connected");
        assertThat(statistics.received()).isGreaterThan(100);
        assertThat(statistics.refused().orElseThrow().forged()).isZero();
        var heard = call.recorded();
        int first = 0;
        while (Math.abs(heard.heard()[first]) < 100) first++;
        assertThat(Tone.share(Arrays.copyOfRange(heard.heard(), first, heard.heard().length),
                WEB * 8000 / heard.rate())).isGreaterThan(0.85);
        assertThat(folder.resolve("heard.wav")).isNotEmptyFile();
    }

    private static void talk(Telephone.Call call) {
        for (int i = 0; i < 100 && call.secret().isEmpty(); i++)
            call.talk(Duration.ofMillis(100));
        call.talk(TALK);
    }

    @Test void we_call_it() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.DTLS)) {
            var call = alice.call("sip:web@" + web(programs, "answer"));
            talk(call);
            heard(programs, call);
        }
    }

    @Test void it_calls_us() throws Exception {
        try (var programs = new Programs(folder); var alice = alice(Secrecy.TAKEN)) {
            web(programs, "call", "sip:alice@" + here.getHostAddress() + ":"
                    + alice.address().getPort());
            var call = alice.answer(SOON).orElseThrow(() ->
                    new AssertionError(programs.output()));
            talk(call);
            heard(programs, call);
        }
    }
}
