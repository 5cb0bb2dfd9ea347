package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.app.host.RealHost;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.app.voip.Wav;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The verb on the real network, loopback only.
class PhoneVerbTest {
    private static final String ALICE = "--aor=sip:alice@127.0.0.1";

    @TempDir Path folder;

    private record Run(int code, String out, Throwable failure) {}

    private static Run run(String... args) {
        var out = new StringWriter();
        var thrown = new AtomicReference<Throwable>();
        int code = new CommandLine(new PhoneVerb()).setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .setExecutionExceptionHandler((e, _, _) -> {
                    thrown.set(e);
                    return 2;
                }).execute(args);
        return new Run(code, out.toString(), thrown.get());
    }

    @ParameterizedTest @CsvSource({
        "--aor=alice,                                        --aor alice",
        "--aor=sip:example.com,                              user and a host",
        ALICE + ",                                           nothing to do",
        ALICE + " --call=tel:123,                            only SIP",
        ALICE + " --call=sip:b@127.0.0.1 --dtmf=12x,         --dtmf 12x",
        ALICE + " --message=hi,                              belong together",
        ALICE + " --register --transfer=sip:b@127.0.0.1,     needs a call",
        ALICE + " --answer --transfer=tel:123,               --transfer tel:123",
        ALICE + " --register --message=hi --to=tel:123,      --to tel:123",
        ALICE + " --register --proxy=a:b,                    --proxy a:b",
        ALICE + " --register --local=name:5,                 IP address",
        ALICE + " --register --user=alice,                   without --password",
        ALICE + " --register --transport=smoke,              udp, tcp",
        ALICE + " --register --play=/nowhere/x.wav,          there is no",
        ALICE + " --register --record=/nowhere/x.wav,        cannot write",
        ALICE + " --register --ice=maybe,                    on or off",
        ALICE + " --register --ice=off --stun=stun:a.b,      leave --stun",
        ALICE + " --register --stun=stuns:a.b,               by UDP",
        ALICE + " --register --stun=a.b,                     not a stun URI",
        ALICE + " --register --turn=turn:a.b,                belong together",
        ALICE + " --register --turn=turn:a.b?transport=tcp --turn-user=u --turn-password=p, by UDP",
        ALICE + " --register --turn=b --turn-user=u --turn-password=p, not a turn URI",
        ALICE + " --register --local=192.0.2.77:5060,        cannot open a port"})
    void a_mistake_of_the_user_is_one_line_that_says_what(String args, String what) {
        var run = run(args.split(" +"));
        assertThat(run.code).isEqualTo(2);
        assertThat(run.failure).isInstanceOf(UserMistake.class);
        assertThat(run.failure.getMessage()).contains(what).doesNotContain("\n");
    }

    @Test void one_calls_the_other() throws Exception {
        var record = folder.resolve("heard.wav");
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--answer", "--wait=60s",
                "--local=127.0.0.1:15962", "--play=tone", "--echo"));
        Thread.ofVirtual().start(bob);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && alice.code != 0; i++)   // until bob is there
            alice = run(ALICE, "--call=sip:bob@127.0.0.1:15962", "--for=400ms", "--dtmf=7",
                    "--record=" + record);
        assertThat(alice.out).contains("talking with sip:bob@127.0.0.1:15962", "is heard",
                "sound goes from 127.0.0.1:",
                "call: ok rtp=");
        assertThat(bob.get().out).contains("sip:alice@127.0.0.1 calls", "is heard", "key 7",
                "call: ok rtp=");
        assertThat(bob.get().code).isZero();
        assertThat(Wav.parse(Files.readAllBytes(record))).hasSizeGreaterThan(800);
    }

    @Test void one_transfers_the_other() throws Exception {
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--answer", "--wait=60s",
                "--local=127.0.0.1:15966", "--follow-transfers"));
        var carol = new FutureTask<>(() -> run("--aor=sip:carol@127.0.0.1", "--answer",
                "--wait=60s", "--local=127.0.0.1:15968", "--for=1s"));
        Thread.ofVirtual().start(bob);
        Thread.ofVirtual().start(carol);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && alice.code != 0; i++)   // until both are there
            alice = run(ALICE, "--call=sip:bob@127.0.0.1:15966",
                    "--transfer=sip:carol@127.0.0.1:15968");
        assertThat(alice.out).contains("\nSIP/2.0 100 Trying\n", "\nSIP/2.0 200 OK\n",
                "\ntransfer: 200 OK\n");
        assertThat(bob.get().out).contains(
                "the peer asks you to call sip:carol@127.0.0.1:15968: calling\n",
                "talking with sip:carol@127.0.0.1:15968\n", "call: ok rtp=");
        assertThat(bob.get().code).isZero();
        assertThat(carol.get().out).contains("sip:bob@127.0.0.1 calls\n");
    }

    @Test void who_is_not_willing_is_not_transferred() throws Exception {
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--answer", "--wait=60s",
                "--local=127.0.0.1:15970"));
        Thread.ofVirtual().start(bob);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && !alice.out.contains("transfer"); i++)
            alice = run(ALICE, "--call=sip:bob@127.0.0.1:15970", "--transfer=sip:carol@127.0.0.1");
        assertThat(alice.out).contains("\ntransfer: failed 603 Decline\n");
        assertThat(alice.code).isEqualTo(1);
        assertThat(bob.get().out).contains("the peer asks you to call sip:carol@127.0.0.1:"
                + " declined; with --follow-transfers it is done\n");
    }

    @Test void nobody_there() {
        var run = run(ALICE, "--local=127.0.0.1:15964", "--call=sip:bob@127.0.0.1:15964");
        assertThat(run.code).isEqualTo(1);
        assertThat(run.out).endsWith("call: failed 404 Not Found\n");
    }

    /// Takes a call with this description and says nothing at all; answers how to call it.
    private static String mute(String description) throws SocketException {
        var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofVirtual().start(() -> {
            try (socket) {
                for (boolean over = false; !over; ) {
                    var packet = new DatagramPacket(new byte[4000], 4000);
                    socket.receive(packet);
                    var request = new String(packet.getData(), 0, packet.getLength());
                    over = request.startsWith("BYE");
                    if (request.startsWith("ACK")) continue;
                    var sdp = over ? "" : "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
                            + "c=IN IP4 127.0.0.1\r\nt=0 0\r\n" + description + "\r\n";
                    var head = request.lines().filter(line -> line.matches(
                            "(Via|From|To|Call-ID|CSeq):.*")).collect(Collectors.joining("\r\n"));
                    var response = ("SIP/2.0 200 OK\r\n" + head.replaceFirst(
                            "(To: [^\r;]*)\r", "$1;tag=b\r") + "\r\nContact: <sip:b@127.0.0.1:"
                            + socket.getLocalPort() + ">\r\nContent-Type: application/sdp\r\n"
                            + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp).getBytes();
                    socket.send(new DatagramPacket(
                            response, response.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return "--call=sip:bob@127.0.0.1:" + socket.getLocalPort();
    }

    @Test void a_call_in_which_nothing_was_heard_has_failed() throws Exception {
        var run = run(ALICE, mute("m=audio 9 RTP/AVP 0"), "--for=300ms");
        assertThat(run.code).isEqualTo(1);
        assertThat(run.out).contains("agreed: sound both ways\n").doesNotContain("heard\n");
        assertThat(run.out.lines().toList().getLast()).matches("call: failed, nothing was heard "
                + "rtp=0/0 lost=0 jitter=0.0ms sent=[1-9]\\d*");
    }

    @Test void who_is_asked_not_to_be_heard_need_not_be() throws Exception {
        var run = run(ALICE, mute("m=audio 9 RTP/AVP 0\r\na=recvonly"), "--for=300ms");
        assertThat(run.out).contains("agreed: sound to the peer only\n", "call: ok rtp=0/0 ");
        assertThat(run.code).isZero();
    }

    @Test void an_answer_to_something_else_is_said_to_be_one() throws Exception {
        var run = run(ALICE, mute("m=audio 9 RTP/AVP 3"), "--for=300ms");
        assertThat(run.out).endsWith("call: failed 488 The answer cannot be used: "
                + "Incompatible media format\n").doesNotContain("talking");
        assertThat(run.code).isEqualTo(1);
    }

    @Test void a_wrong_password() {
        var sipd = new Sipd.Options(new SipPort.Wish(List.of(InetAddress.ofLiteral("127.0.0.1")), 0,
                true, EnumSet.of(Transport.UDP, Transport.TCP)), List.of("example.com"),
                Optional.of(Users.parse(List.of("alice:wonderland"))), false);
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("sipd", room -> new Sipd(sipd, room));
            var ready = (Sipd.Ready) line.told(Duration.ofSeconds(20)).getFirst();
            var proxy = "--proxy=" + HostName.text(ready.points().getFirst().address());
            for (var transport : List.of("udp", "tcp")) {
                var run = run("--aor=sip:alice@example.com", "--register", proxy,
                        "--transport=" + transport, "--password=guess");
                assertThat(run.out).endsWith("registration: failed 401 Unauthorized\n");
                assertThat(run.code).isEqualTo(1);
            }
            assertThat(run("--aor=sip:alice@example.com", "--register", proxy,
                    "--password=wonderland").code).isZero();
        }
    }

    @Test void times() {
        assertThat(Stream.of("500ms", "5s", "7", "2m", "1h")
                .map(text -> new PhoneVerb.Time().convert(text).toMillis()))
                .containsExactly(500L, 5000L, 7000L, 120_000L, 3_600_000L);
        for (var option : List.of("--for", "--wait")) {
            var run = run(ALICE, "--answer", option + "=5x");
            assertThat(run.code).isEqualTo(2);
            assertThat(run.out).contains(option).contains("5x: give a time such as 500ms");
        }
    }
}
