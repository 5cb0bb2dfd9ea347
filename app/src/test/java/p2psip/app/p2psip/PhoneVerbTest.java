package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private static Run run(String... args) { return run(new PhoneVerb(), args); }

    private static Run run(PhoneVerb verb, String... args) {
        return run(verb, new StringWriter(), args);
    }

    private static Run run(PhoneVerb verb, Writer out, String... args) {
        var thrown = new AtomicReference<Throwable>();
        int code = new CommandLine(verb).setOut(new PrintWriter(out))
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
        "--register,                                         --aor is missing",
        ALICE + " --answer --auto-respond=486,               leave --answer",
        ALICE + " --auto-respond=180,                        400 to 699",
        ALICE + " --register --hold,                         --hold needs a call",
        ALICE + " --register --subject=lunch,                --subject is of a call",
        ALICE + " --call=sip:b@127.0.0.1 --attended,         give --transfer",
        ALICE + " --call=sip:b@127.0.0.1 --join,             give --transfer",
        ALICE + " --answer --transfer=c --attended --join,   give one",
        ALICE + " --register --strict-route,                 give --proxy",
        ALICE + " --register --ext-ip=router,                no IP address",
        ALICE + " --call=tel:123,                            only SIP",
        ALICE + " --call=sip:b@127.0.0.1 --dtmf=12x,         --dtmf 12x",
        ALICE + " --message=hi,                              belong together",
        ALICE + " --register --transfer=sip:b@127.0.0.1,     needs a call",
        ALICE + " --answer --transfer=tel:123,               --transfer tel:123",
        ALICE + " --register --message=hi --to=tel:123,      --to tel:123",
        ALICE + " --register --proxy=a:b,                    --proxy a:b",
        ALICE + " --register --local=name:5,                 IP address",
        ALICE + " --register --user=alice,                   without --password",
        ALICE + " --register --login=office=secret,          a name and a password",
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

    @Test void a_text_has_a_size() {
        var run = run(ALICE, "--to=sip:b@127.0.0.1", "--message=" + "x".repeat(5_000));
        assertThat(run.code).isEqualTo(2);
        assertThat(run.failure.getMessage()).startsWith("--message is longer than ")
                .endsWith(" bytes: send it in parts");
    }

    @Test void one_calls_the_other() throws Exception {
        var record = folder.resolve("heard.wav");
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--answer", "--wait=60s",
                "--local=127.0.0.1:15962", "--play=tone", "--echo"));
        Thread.ofVirtual().start(bob);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && alice.code != 0; i++)   // until bob is there
            alice = run(ALICE, "--call=sip:bob@127.0.0.1:15962", "--for=1s", "--dtmf=7",
                    "--record=" + record);
        assertThat(alice.out).contains("talking with sip:bob@127.0.0.1:15962", "is heard",
                "sound goes from 127.0.0.1:",
                "call: ok rtp=");
        assertThat(bob.get().out).contains("sip:alice@127.0.0.1 calls", "is heard", "key 7",
                "call: ok rtp=");
        assertThat(bob.get().code).isZero();
        assertThat(Wav.parse(Files.readAllBytes(record)).samples()).hasSizeGreaterThan(800);
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

    /// Bob and carol wait for calls; alice calls him, then her, and brings them together so.
    private Run brought(int port, String... how) throws Exception {
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--answer", "--wait=60s",
                "--local=127.0.0.1:" + port, "--follow-transfers", "--for=10s"));
        var carol = new FutureTask<>(() -> run("--aor=sip:carol@127.0.0.1", "--answer",
                "--wait=60s", "--local=127.0.0.1:" + (port + 2), "--allow-joins"));
        Thread.ofVirtual().start(bob);
        Thread.ofVirtual().start(carol);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && alice.code != 0; i++)   // until both are there
            alice = run(Stream.concat(Stream.of(ALICE, "--call=sip:bob@127.0.0.1:" + port,
                    "--transfer=sip:carol@127.0.0.1:" + (port + 2), "--for=1s"),
                    Stream.of(how)).toArray(String[]::new));
        assertThat(alice.out).contains("talking with sip:bob@127.0.0.1:" + port,
                "\nagreed: sound to the peer only\n",
                "talking with sip:carol@127.0.0.1:" + (port + 2), "\ntransfer: 200 OK\n");
        return alice;
    }

    @Test void one_brings_two_together_and_leaves() throws Exception {
        assertThat(brought(22030, "--attended").code).isZero();
    }

    @Test void one_brings_two_together_and_stays() throws Exception {
        assertThat(brought(22034, "--join").out).contains("\ncall: ok rtp=");
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
            //  for this realm another name and password than else
            var own = run("--aor=sip:alice@example.com", "--register", proxy, "--password=guess",
                    "--login=example.com=alice:wonderland", "--login=office=al:tea");
            assertThat(own.code).isZero();
            //  for no other realm
            var none = run("--aor=sip:alice@example.com", "--register", proxy,
                    "--login=office=alice:wonderland");
            assertThat(none.out).contains("\"example.com\" asks for a name and a password")
                    .endsWith("registration: failed 401 Unauthorized\n");
        }
    }

    /// What is typed, for as long as nobody closes it, and what is shown meanwhile.
    private static final class Seat implements Closeable {
        private final PipedOutputStream keyboard = new PipedOutputStream();
        private final StringWriter screen = new StringWriter();
        private final FutureTask<Run> running;
        private final Display display;

        Seat(String... args) throws IOException {
            var verb = new PhoneVerb();
            verb.in = new PipedInputStream(keyboard);
            running = new FutureTask<>(() -> run(verb, screen, args));
            display = new Display(this::shown, () -> !running.isDone(), Duration.ofSeconds(10));
            Thread.ofVirtual().start(running);
        }

        String shown() {
            synchronized (screen.getBuffer()) {
                return screen.toString();
            }
        }

        Seat type(String line) throws IOException {
            keyboard.write((line + "\n").getBytes());
            keyboard.flush();
            return this;
        }

        Seat sees(String what) {
            display.await(what);
            return this;
        }

        @Override public void close() throws IOException { keyboard.close(); }

        int ends() throws Exception {
            var run = running.get(10, TimeUnit.SECONDS);
            assertThat(run.failure).isNull();
            return run.code;
        }
    }

    /// Who says nothing of himself is of the proxy, however that is named.
    @Test void who_types_is_somebody_at_the_proxy() throws Exception {
        var nobody = new Seat("--proxy=sip:127.0.0.1:15978;transport=tcp");
        nobody.sees("@127.0.0.1 at 127.0.0.1:").type("quit");
        assertThat(nobody.ends()).isZero();
    }

    /// Certificates are those of who types, too.
    @Test void who_types_has_certificates() {
        assertThatThrownBy(() -> new Seat("--aor=sip:alice@127.0.0.1:15976",
                "--local=127.0.0.1:15976", "--ca=/nowhere/ca.pem").ends())
                .hasMessageContaining("/nowhere/ca.pem");
    }

    @Test void two_people_type() throws Exception {
        var bob = new Seat("--aor=sip:bob@127.0.0.1:15972", "--local=127.0.0.1:15972");
        bob.sees("phone sip:bob@127.0.0.1:15972 at 127.0.0.1:15972").sees("type help");
        var alice = new Seat("--aor=sip:alice@127.0.0.1:15974", "--local=127.0.0.1:15974");
        alice.sees("type help").type("call sip:bob@127.0.0.1:15972 Lunch");
        bob.sees("[1] sip:alice@127.0.0.1:15974 calls about \"Lunch\": type answer or reject")
                .type("answer");
        alice.sees("it rings there").sees("talking with sip:bob@127.0.0.1:15972")
                .sees("sound both ways").sees("the peer is heard").type("calls");
        alice.sees("[1] > with sip:bob@127.0.0.1:15972, heard").sees("[1] PCMU/8000, rtp=");
        alice.type("hold").sees("[1] on hold");
        bob.sees("[1] the peer has put you on hold");
        alice.type("resume");
        bob.type("text sip:alice@127.0.0.1:15974 So long").sees("message: 200 OK");
        alice.sees("message from sip:bob@127.0.0.1:15972: So long");
        alice.close();   // Ctrl-D
        bob.sees("[1] over: rtp=").type("quit");
        assertThat(alice.ends()).isZero();
        assertThat(bob.ends()).isZero();
    }

    @Test void every_call_gets_the_same_answer() throws Exception {
        var bob = new FutureTask<>(() -> run("--aor=sip:bob@127.0.0.1", "--auto-respond=486",
                "--auto-respond-after=10ms", "--wait=1500ms", "--local=127.0.0.1:15976"));
        Thread.ofVirtual().start(bob);
        var alice = new Run(1, "", null);
        for (int i = 0; i < 20 && !alice.out.contains("486"); i++)   // until bob is there
            alice = run(ALICE, "--call=sip:bob@127.0.0.1:15976");
        assertThat(alice.out).endsWith("call: failed 486 Busy Here\n");
        assertThat(bob.get().code).isZero();
    }

    /// The first request that comes in at a port, to a phone that is told no more.
    private static String first(String... args) throws Exception {
        try (var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            var phone = Thread.ofVirtual().start(() -> run(Stream.of(args).map(arg -> arg.replace(
                    "PORT", "" + socket.getLocalPort())).toArray(String[]::new)));
            var packet = new DatagramPacket(new byte[4000], 4000);
            socket.receive(packet);
            var request = new String(packet.getData(), 0, packet.getLength());
            var head = request.lines().filter(line -> line.matches(
                    "(Via|From|To|Call-ID|CSeq):.*")).collect(Collectors.joining("\r\n"));
            var response = ("SIP/2.0 603 Decline\r\n" + head + "\r\n\r\n").getBytes();
            socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
            phone.join(Duration.ofSeconds(10));
            return request;
        }
    }

    @Test void what_a_call_is_about_and_where_we_are_outside() throws Exception {
        assertThat(first(ALICE, "--call=sip:bob@127.0.0.1:PORT", "--subject=Lunch at one",
                "--ext-ip=192.0.2.9")).contains("\r\nSubject: Lunch at one\r\n",
                "\r\nContact: <sip:alice@192.0.2.9:", "\r\nc=IN IP4 192.0.2.9\r\n")
                .doesNotContain("a=candidate");
    }

    // a strict router has its own URI for a Request-URI
    // and the target at the end of Route
    @Test void a_strict_router_is_given_its_own_uri() throws Exception {
        assertThat(first("--aor=sip:alice@example.com", "--call=sip:bob@example.com",
                "--proxy=127.0.0.1:PORT", "--strict-route"))
                .startsWith("INVITE sip:127.0.0.1:").contains("\r\nRoute: <sip:bob@example.com>");
    }

    @Test void times() {
        assertThat(Stream.of("500ms", "5s", "7", "2m", "1h")
                .map(text -> new TaskOptions.Time().convert(text).toMillis()))
                .containsExactly(500L, 5000L, 7000L, 120_000L, 3_600_000L);
        for (var option : List.of("--for", "--wait")) {
            var run = run(ALICE, "--answer", option + "=5x");
            assertThat(run.code).isEqualTo(2);
            assertThat(run.out).contains(option).contains("5x: give a time such as 500ms");
        }
    }
}
