package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.std.rfc3261.*;

/// The scanners of sipvicious look for a server, its users and their passwords. Passed over, with a
/// word, where they are not.
@Tag("peer")
class SipviciousTest {
    @TempDir Path folder;

    private RealHost host;
    private Host.Line server;
    private int port;

    @BeforeEach void start() {
        List.of("svmap", "svwar", "svcrack").forEach(Programs::assumeThere);
        host = new RealHost(RealHost.Options.of(Optional.empty()));
        server = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                List.of(InetAddress.ofLiteral("127.0.0.1")), 0, false, EnumSet.of(Transport.UDP)),
                List.of(), Optional.of(Users.parse(List.of("100:word-90", "101:secret"))), false)
                .with(new Sipd.Conduct(Optional.empty(), true, true)), room));
        port = ((Sipd.Ready) server.told(Duration.ofSeconds(20)).getFirst())
                .points().getFirst().address().getPort();
    }

    @AfterEach void end() { if (host != null) host.close(); }

    private String run(String... words) throws Exception {
        var out = folder.resolve("out");
        var builder = new ProcessBuilder(words).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("HOME", "" + folder);
        var process = builder.start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) return Files.readString(out) + " [late]";
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test void it_has_no_name() throws Exception {
        assertThat(run("svmap", "-p", "" + port, "127.0.0.1")).contains("127.0.0.1:" + port)
                .doesNotContainIgnoringCase("p2psip");
    }

    @Test void a_user_looks_like_none() throws Exception {
        for (var method : List.of("REGISTER", "INVITE", "OPTIONS"))
            assertThat(run("svwar", "-p", "" + port, "-e", "100-105", "-m", method, "127.0.0.1"))
                    .as(method).doesNotContainPattern("\\b10[0-5]\\b.*(req|no)auth");
    }

    @Test void who_guesses_is_banned_and_it_is_said() throws Exception {
        var words = Files.write(folder.resolve("words"), IntStream.range(0, 100)
                .mapToObj(i -> "word-" + i).toList());
        assertThat(run("svcrack", "-p", "" + port, "-u", "100", "-d", "" + words, "127.0.0.1"))
                .doesNotContain("word-90");
        var told = server.told(Duration.ofSeconds(1));
        assertThat(told).filteredOn(Host.Notice.class::isInstance).first().asString()
                .contains("127.0.0.1 has given 6 wrong passwords, one right after the other, the"
                        + " last one for sip:100@", "it has to wait 10 minutes");
        assertThat(told).filteredOn(Logbook.Line.class::isInstance).contains(new Logbook.Line(
                Logbook.Level.WARNING, "banned source=127.0.0.1 mistakes=6 seconds=600"));
        //  not even the right word is looked at now
        assertThat(run("svcrack", "-p", "" + port, "-u", "100", "-d", "" + Files.write(
                folder.resolve("right"), List.of("word-90")), "127.0.0.1"))
                .doesNotContain("word-90");
    }
}
