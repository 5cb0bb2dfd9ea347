package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.p2psip.Main;

/// Two nodes of OpenDHT, and our program that asks one of them or the other.
@Tag("peer")
class DhtnodePeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private Programs programs;
    private final int first = Ports.run(8);

    @AfterEach void end() { if (programs != null) programs.close(); }

    private String proxy(int i) { return "http://127.0.0.1:" + (first + 4 + i); }

    private void dhtnode(int i) throws Exception {
        if (programs == null) programs = new Programs(folder);
        var command = new ArrayList<>(List.of("dhtnode", "-n", "4711", "-p", "" + (first + i),
                "--proxyserver", "" + (first + 4 + i)));
        if (i > 0) command.addAll(List.of("-b", "127.0.0.1:" + first));
        programs.start(command.toArray(String[]::new));   // it lives as long as its input
        for (var end = System.nanoTime() + PATIENCE.toNanos();;) try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", first + 4 + i));
            return;
        } catch (ConnectException e) {
            if (System.nanoTime() > end) throw e;
            LockSupport.parkNanos(20_000_000);
        }
    }

    private record Said(int code, String out, String err) {}

    private Said said(int node, String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(2, List.of("--proxy", proxy(node)));
        return run(line);
    }

    private static Said run(List<String> line) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.command().setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)).execute(line.toArray(String[]::new));
        return new Said(code, "" + out, "" + err);
    }

    private Said put(int node, String home, String key, String value) {
        return said(node, "opendht", "put", "--home", "" + folder.resolve(home), key, value);
    }

    @Test void what_is_put_by_one_of_them_is_found_and_heard_by_the_other() throws Exception {
        Programs.assumeNight();
        Programs.assumeThere("dhtnode");
        dhtnode(0);
        var alone = put(0, "bob", "key", "too early");
        assertThat(alone.code).isEqualTo(1);
        assertThat(alone.err).isEqualToIgnoringNewLines("p2psip: " + proxy(0)
                + " knows no other node of OpenDHT: stored nowhere");
        dhtnode(1);
        for (var end = System.nanoTime() + PATIENCE.toNanos();
                put(0, "bob", "key", "one").code != 0 && System.nanoTime() < end;)
            LockSupport.parkNanos(100_000_000);
        assertThat(put(0, "carol", "key", "two").code).isZero();
        var got = said(1, "opendht", "get", "key");
        assertThat(got.code).as(got.err).isZero();
        assertThat(got.out.lines().map(line -> line.split(" ")[0]).toList())
                .containsExactlyInAnyOrder("one", "two");
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("listener", room -> new Alone(
                    new OpenDhtLookup(0, URI.create(proxy(1)), room.wall())));
            line.command(new Lookup.Input.Ask(1, new Query.Watch("key")));
            assertThat(heard(line, "one")).isTrue();
            assertThat(put(0, "bob", "key", "three").code).isZero();
            assertThat(heard(line, "three")).isTrue();
        }
        assertThat(said(1, "opendht", "listen", "--for", "1", "key").code).isZero();
        assertThat(said(1, "opendht", "get", "other")).isEqualTo(new Said(1, "",
                "p2psip: nothing is there under other that anybody has signed\n"));
    }

    /// Whether the records of a key are told of which one is this.
    private static boolean heard(Host.Line line, String text) {
        for (var end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end;)
            for (var told : line.told(PATIENCE))
                if (told instanceof Lookup.Output.Told(_, Answer.Found(var records)) && records
                        .stream().anyMatch(each -> TextValue.text(each.value()).equals(text)))
                    return true;
        return false;
    }

    @Test void who_is_not_there_is_said_in_one_line() {
        assertThat(said(0, "opendht", "get", "key")).isEqualTo(new Said(1, "",
                "p2psip: " + proxy(0) + " does not answer: no connection\n"));
        assertThat(run(List.of("opendht", "get", "--proxy", "ftp://x", "key")).err).isEqualTo(
                "p2psip: --proxy ftp://x is no address of the web: give one as"
                        + " http://127.0.0.1:8080\n");
    }
}
