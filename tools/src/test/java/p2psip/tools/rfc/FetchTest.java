package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import module jdk.httpserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.*;
import picocli.CommandLine;

/// From a server that may break off, refuse, lie or say nothing.
@Timeout(20)   // of what waits as long as it is told none takes a tenth of it
class FetchTest {
    private static final int GATES = 99901, HEDGES = 99902;

    private final Map<String, HttpHandler> files = new TreeMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final StringWriter progress = new StringWriter();
    /// Long, for a test machine may be busy; short where a server is waited for in vain.
    private Duration patience = Fetch.PATIENCE;
    private HttpServer server;
    @TempDir Path folder;

    @BeforeEach void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", exchange -> {
            var name = exchange.getRequestURI().getPath();
            asked.add(name);
            files.getOrDefault(name, FetchTest::refuse).handle(exchange);
        });
        server.start();
        for (int rfc : new int[] {GATES, HEDGES}) serve(rfc, whole(text(rfc)));
    }

    @AfterEach void end() {
        over.countDown();
        server.stop(0);
    }

    @Test void texts_come_once_and_the_second_time_none_is_asked_for() throws Exception {
        var done = fetch(GATES, HEDGES);
        assertThat(done.all()).isTrue();
        assertThat(done.told(folder)).isEqualTo("2 texts fetched (%.1f MB), 0 there before, in %s"
                .formatted((text(GATES).length + text(HEDGES).length) / 1e6, folder));
        assertThat(kept()).containsExactly("rfc99901.txt", "rfc99902.txt");
        assertThat(cache().resolve("rfc99901.txt")).hasBinaryContent(text(GATES));
        assertThat(progress.toString().lines()).containsExactly("1 of 2: rfc99901.txt",
                "2 of 2: rfc99902.txt");

        asked.clear();
        assertThat(fetch(GATES, HEDGES).told(folder)).startsWith("0 texts fetched (0.0 MB), 2 there"
                + " before");
        assertThat(asked).isEmpty();
    }

    @Test void what_broke_off_in_the_middle_is_not_kept_and_comes_the_next_time() throws Exception {
        serve(HEDGES, exchange -> {
            exchange.sendResponseHeaders(200, text(HEDGES).length);
            exchange.getResponseBody().write(text(HEDGES), 0, text(HEDGES).length / 2);
            exchange.close();
        });
        assertThat(fetch(GATES, HEDGES).missing()).containsExactly(HEDGES);
        assertThat(kept()).containsExactly("rfc99901.txt");
        serve(HEDGES, whole(text(HEDGES)));
        asked.clear();
        assertThat(fetch(GATES, HEDGES).all()).isTrue();
        assertThat(asked).containsExactly("/rfc/rfc99902.txt");
    }

    /// As where a server ends its answers by closing, so that half of one looks whole; and as where
    /// somebody has put a file into the cache.
    @Test void half_a_text_is_not_taken_for_the_whole_wherever_it_comes_from() throws Exception {
        var half = Arrays.copyOf(text(GATES), text(GATES).length / 2);
        serve(GATES, whole(half));
        Files.write(Files.createDirectories(cache()).resolve("rfc99902.txt"), half);
        var done = fetch(GATES, HEDGES);
        assertThat(done.missing()).containsExactly(GATES);
        assertThat(done.fetched()).containsExactly(text(HEDGES).length);
        assertThat(progress.toString()).contains("RFC 99901: " + from() + "rfc99901.txt is not the"
                + " text that was numbered; it is not kept");
    }

    @Test void wrong_bytes_of_any_kind_are_refused() throws Exception {
        var noise = new byte[5000];
        new Random(1).nextBytes(noise);
        for (var wrong : List.of(noise, new byte[0], text(HEDGES), "\f\n\n".getBytes(),
                "<html><body>Please log in</body></html>".getBytes())) {
            serve(GATES, whole(wrong));
            assertThat(fetch(GATES).missing()).containsExactly(GATES);
        }
        assertThat(cache()).doesNotExist();
    }

    @Test void an_rfc_without_an_index_is_taken_if_it_is_an_rfc_and_has_its_number()
            throws Exception {
        assertThat(Fetch.isOf(7, "RFC 7\n\n1.  Gates\n\n   They MUST open.\n".getBytes())).isTrue();
        assertThat(Fetch.isOf(8, "RFC 7\n\n1.  Gates\n\n   They MUST open.\n".getBytes()))
                .isFalse();
        assertThat(Fetch.isOf(7, "RFC 7 was not found\n".getBytes())).isFalse();
    }

    @Test void an_answer_that_does_not_end_is_left_and_the_next_text_asked_for() throws Exception {
        serve(GATES, exchange -> {
            exchange.sendResponseHeaders(200, text(GATES).length);
            exchange.getResponseBody().write(text(GATES), 0, 100);
            exchange.getResponseBody().flush();
            await();
        });
        patience = Duration.ofSeconds(1);
        assertThat(fetch(GATES, HEDGES).missing()).containsExactly(GATES);
        assertThat(progress.toString()).contains("rfc99901.txt did not come within");
        assertThat(kept()).containsExactly("rfc99902.txt");
    }

    @Test void a_server_that_says_nothing_three_times_is_asked_no_more() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            await();
        });
        patience = Duration.ofMillis(100);
        assertThat(fetch(1, 2, 3, 4, 5).missing()).containsExactly(1, 2, 3, 4, 5);
        assertThat(asked).hasSize(3);
        assertThat(progress.toString()).contains("; no more is asked of it");
    }

    @Test void an_answer_larger_than_any_rfc_is_not_read_to_its_end() throws Exception {
        serve(GATES, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 5; i++) exchange.getResponseBody().write(new byte[1 << 20]);
            exchange.close();
        });
        assertThat(fetch(GATES).missing()).containsExactly(GATES);
        assertThat(progress.toString()).contains("cannot download ");
    }

    /// As a user types it: the exit code, one line at the end, and the rest where faults go.
    @Test void the_command_says_in_one_line_what_it_did_and_what_it_could_not() {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = new CommandLine(new RfcVerb(Optional.empty(),
                Map.of("XDG_CACHE_HOME", folder.toString())));
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(command.execute("fetch", "--from", from(), "" + GATES, "4711")).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("1 text fetched (0.0 MB), 0 there"
                + " before, in " + cache() + "; 1 not to be had, the pages have our own words for"
                + " them; the same command tries them again");
        assertThat(err.toString().lines()).containsExactly("1 of 2: rfc99901.txt",
                "2 of 2: rfc4711.txt", "RFC 4711: " + from() + "rfc4711.txt answered 404");
        assertThat(command.execute("fetch", "--from", from(), "" + GATES)).isZero();
    }

    @Test void on_a_terminal_it_is_one_line_that_changes_and_goes() {
        var progress = new Progress(new PrintWriter(this.progress), true);
        progress.step("1 of 2: a");
        progress.fault("a: why");
        progress.step("2 of 2: b");
        progress.done();
        assertThat(this.progress.toString().replace("\r\u001b[K", "<").replace("\r", ""))
                .isEqualTo("<1 of 2: a<a: why\n<2 of 2: b<");
    }

    @Test void what_is_no_server_is_the_users_mistake() {
        for (var address : List.of("ftp://a/", "a", "http:///x", "http://a b/"))
            assertThatThrownBy(() -> Fetch.server(address)).isInstanceOf(UserMistake.class)
                    .hasMessage("--from " + address + " is no address of a web server: give one as"
                            + " http://HOST/FOLDER/, where rfc3261.txt is");
        assertThat(Fetch.server("http://a/b")).hasToString("http://a/b/");
    }

    private Fetch.Done fetch(int... rfcs) throws InterruptedException {
        return new Fetch(URI.create(from()), cache(), patience).all(
                Arrays.stream(rfcs).boxed().toList(),
                new Progress(new PrintWriter(progress), false));
    }

    private void serve(int rfc, HttpHandler how) { files.put("/rfc/rfc" + rfc + ".txt", how); }

    private static HttpHandler whole(byte[] text) {
        return exchange -> {
            exchange.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        };
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String from() { return "http://localhost:" + server.getAddress().getPort() + "/rfc/"; }

    private Path cache() { return folder.resolve("p2psip/rfc"); }

    private List<String> kept() throws IOException {
        try (var files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] text(int rfc) {
        return RfcReaderTest.text(rfc).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
