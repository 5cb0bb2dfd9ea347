package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;

/// Our telephone and baresip talk in secret, each calling the other: keys in descriptions, and by
/// handshakes. Needs sox besides.
@Tag("peer")
class SecurePeerTest {
    private static final Duration SOON = Duration.ofSeconds(10), TALK = Duration.ofSeconds(3);
    private static final int ALICE = 600, BOB = 1200;
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path folder;
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty()));
    private InetSocketAddress proxy;

    @BeforeEach void begin() {
        Baresip.assumeThere();
        Programs.assumeThere("sox");
        int port = Ports.pair();
        proxy = new InetSocketAddress(HERE, port);
        var wish = new SipPort.Wish(List.of(HERE), port, false, EnumSet.of(Transport.UDP));
        assertThat(host.start("proxy", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com"), Optional.empty(), false), room)).told(SOON))
                .hasOnlyElementsOfType(Sipd.Ready.class);
    }

    @AfterEach void end() { host.close(); }

    private Baresip bob(String encryption, String codec, int rate, int channels)
            throws Exception {
        var bob = Baresip.secret(folder.resolve("bob"), "sip:bob@example.com",
                "sip:" + HostName.text(proxy) + ";transport=udp", BOB, encryption, codec, rate,
                channels);
        var end = System.nanoTime() + SOON.toNanos();
        while (!bob.log().contains("[1 binding]") && System.nanoTime() < end)
            LockSupport.parkNanos(50_000_000);
        return bob;
    }

    private Telephone alice(Secrecy secrecy, String codec) {
        var phone = Telephone.start(host, "alice", PhoneSetup.of("sip:alice@example.com")
                .through(SipUri.of("", proxy)).local(HERE).calls(1).ringing().recording()
                .playing(new Source.Tone(ALICE, 8000)).speaking(Formats.of(codec, false))
                .withSecrecy(secrecy));
        phone.register();
        return phone;
    }

    /// Both have heard the other's tone, and nobody else could.
    private void heard(Telephone.Call call, Baresip bob, String how) throws Exception {
        assertThat(call.secret()).as(bob.log()).hasValueSatisfying(s ->
                assertThat(s).contains(how));
        var statistics = call.hangUp();
        bob.await("CALL_CLOSED");
        var eight = folder.resolve("eight.wav");
        new ProcessBuilder("sox", bob.recording().toString(), "-r", "8000", "-c", "1",
                eight.toString()).start().waitFor();
        assertThat(Tone.share(eight, ALICE)).isGreaterThan(0.85);
        var heard = call.recorded();
        assertThat(Tone.share(voiced(heard.heard()), BOB * 8000 / heard.rate()))
                .isGreaterThan(0.85);
        assertThat(statistics.refused().orElseThrow().forged()).as(bob.log()).isZero();
        assertThat(statistics.received()).isGreaterThan(100);
        assertThat(statistics.lost()).isLessThan(3);
    }

    /// Without the silence in which baresip begins.
    private static short[] voiced(short[] samples) {
        int first = 0;
        while (first < samples.length && Math.abs(samples[first]) < 100) first++;
        return Arrays.copyOfRange(samples, first, samples.length);
    }

    private void both(Secrecy secrecy, String encryption, String how, String codec, String name,
            int rate, int channels) throws Exception {
        try (var bob = bob(encryption, name, rate, channels);
                var alice = alice(secrecy, codec)) {
            var call = alice.call("sip:bob@example.com");
            talk(call);
            heard(call, bob, how);
            bob.dial("sip:alice@example.com");
            var taken = alice.answer(SOON).orElseThrow(() -> new AssertionError(log(bob)));
            talk(taken);
            heard(taken, bob, how);
        }
    }

    /// As soon as it is secret.
    private static void talk(Telephone.Call call) {
        for (int i = 0; i < 100 && call.secret().isEmpty(); i++)
            call.talk(Duration.ofMillis(100));
        call.talk(TALK);
    }

    private static String log(Baresip bob) {
        try {
            return bob.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test void by_keys_in_descriptions() throws Exception {
        both(Secrecy.MUST, "srtp-mand", "SDES", "pcmu", "PCMU/8000/1", 8000, 1);
    }

    @Test void by_a_handshake() throws Exception {
        both(Secrecy.DTLS, "dtls_srtp", "DTLS", "pcmu", "PCMU/8000/1", 8000, 1);
    }

    @ParameterizedTest @CsvSource({"pcma, PCMA/8000/1, 8000, 1", "g722, G722/16000/1, 16000, 1",
        "opus, opus/48000/2, 48000, 2"})
    void in_other_codecs(String codec, String name, int rate, int channels) throws Exception {
        Programs.assumeNight();
        both(Secrecy.MUST, "srtp-mand", "SDES", codec, name, rate, channels);
        both(Secrecy.DTLS, "dtls_srtp", "DTLS", codec, name, rate, channels);
    }
}
