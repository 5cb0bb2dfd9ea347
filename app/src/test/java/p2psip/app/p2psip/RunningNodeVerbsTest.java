package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.crypto.NodeId;
import p2psip.app.host.Home;

/// Nodes as their user starts them, each a program of its own, asked by the verbs.
class RunningNodeVerbsTest {
    private static final String BOB = "sip:bob@example.com", KEY = "" + NodeId.of("bob");

    @TempDir Path home;

    private final List<Process> nodes = new ArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    /// Starts a node on loopback and waits until it is ready.
    private Process node(String... more) throws IOException {
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
                "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")), Main.class.getName(), "-s", "--home",
                "" + home, "--host", "127.0.0.1", "-p", "0", "-P", "0"));
        words.addAll(List.of(more));
        var node = new ProcessBuilder(words).redirectErrorStream(true).start();
        nodes.add(node);
        var out = node.inputReader();
        for (var line = out.readLine(); ; line = out.readLine()) {
            assertThat(line).as("said until now: " + said).isNotNull();
            said.add(line);
            if (line.startsWith("ready ")) break;
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
        return node;
    }

    @AfterEach void end() throws InterruptedException {
        for (var node : nodes) node.destroyForcibly().waitFor();
    }

    private String verb(int code, String... words) {
        var out = new StringWriter();
        assertThat(Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(words)).as("" + out).isEqualTo(code);
        return out.toString();
    }

    private String at(int code, Path where, String... words) {
        return verb(code, Stream.concat(Stream.of(words), Stream.of("--home", "" + where))
                .toArray(String[]::new));
    }

    private static String token(Path home) throws IOException {
        return Files.readString(home.resolve("control.token")).strip();
    }

    @Test void a_node_is_asked_and_changed_while_it_runs() throws Exception {
        var first = node("--control", "0");
        var place = said.stream().filter(line -> line.startsWith("ready ")).findFirst()
                .orElseThrow().replaceAll(".* overlay=(\\S+) .*", "$1");
        var second = node("--control", "0", "-S", place);
        var beside = home.resolve("node-2");
        assertThat(said).contains(home + " is in use: this node lives in " + beside);

        String peers;
        do peers = at(0, beside, "peers"); while (!peers.contains("neighbour"));
        assertThat(peers).contains("a super-node", "ROLE", "LINK", place);
        assertThat(at(0, home, "peers", "--json")).contains("\"superNode\": true");
        assertThat(at(0, home, "calls")).isEqualTo("no call goes through this node\n");
        assertThat(at(1, home, "why")).startsWith("No call has come by this node, and nothing is");
        assertThat(at(1, home, "why", "a/b@c")).startsWith("p2psip: no call a/b@c has come by");
        assertThat(at(1, home, "why", "--json")).contains("\"verdict\": \"nothing\"");
        var console = at(0, home, "console");
        assertThat(console).matches("http://127\\.0\\.0\\.1:" + Files.readString(
                home.resolve("control.port")).strip() + "/console#[\\w-]{43}\n");
        assertThat(at(0, home, "console")).isNotEqualTo(console);
        assertThat(at(0, home, "stats")).contains("seconds ", "overlay.ring.known");

        String health;
        do health = at(0, home, "health"); while (!health.startsWith("well"));
        assertThat(health).isEqualTo("well: it speaks with 1 other node\n");
        assertThat(at(0, beside, "dht", "put", "greeting", "hello", "--ttl", "60"))
                .startsWith("put greeting of ").contains(", 2 copies");
        assertThat(at(0, home, "dht", "get", "greeting")).startsWith("hello   of ");
        assertThat(at(0, home, "records")).contains("greeting", "text");
        assertThat(at(0, home, "dht", "ring")).hasLineCount(2).contains("this node", place);
        assertThat(at(0, beside, "dht", "rm", "greeting")).startsWith("removed greeting of ");
        assertThat(at(1, home, "dht", "get", "greeting"))
                .isEqualTo("p2psip: nothing is there under greeting\n");
        assertThat(at(1, home, "dht", "put", BOB, "me")).contains("take another key than " + BOB);
        assertThat(at(2, home, "dht", "put", "key", "x", "--ttl", "0")).contains("--ttl 0");

        assertThat(at(0, home, "id", "pins", "list")).startsWith("nobody was called yet");
        at(0, home, "id", "pins", "confirm", BOB, KEY);
        assertThat(at(0, home, "id", "pins", "list")).startsWith(BOB + " " + KEY + " confirmed");
        at(0, home, "id", "pins", "drop", BOB);
        assertThat(at(2, home, "id", "pins", "drop", BOB)).contains("no key is known of " + BOB);
        at(0, home, "id", "pins", "confirm", BOB, KEY);

        assertThat(at(0, home, "config", "set", "policy", "strict"))
                .isEqualTo("policy = strict: now\n");
        assertThat(at(0, home, "config", "set", "sip-port", "5070"))
                .isEqualTo("sip-port = 5070: after a restart without -p\n");
        assertThat(at(2, home, "config", "set", "policy", "x"))
                .isEqualTo("p2psip: policy x is none: give tofu or strict or open\n");
        at(0, home, "config", "set", "stats", "1s");
        while (said.stream().noneMatch(line -> line.startsWith("stats "))) Thread.onSpinWait();

        for (var each : List.of(token(home), token(beside))) {
            assertThat(said).noneMatch(line -> line.contains(each));
            assertThat(nodes.stream().map(p -> p.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains(each));
        }
        second.destroy();
        second.waitFor();
        assertThat(beside.resolve("control.token")).doesNotExist();
        assertThat(beside.resolve("control.port")).doesNotExist();

        first.destroyForcibly().waitFor();   // as kill -9
        assertThat(home.resolve("control.token")).exists();
        assertThat(at(1, home, "peers")).isEqualTo("p2psip: no node is running in " + home
                + ", where one was killed; start one with p2psip, or name another folder with"
                + " --home\n");
        assertThat(at(1, home, "health")).startsWith("p2psip: no node is running in ");
        assertThat(at(0, home, "id", "pins", "list")).startsWith(BOB + " " + KEY + " confirmed");
        assertThat(at(0, home, "config", "get", "policy")).isEqualTo("strict\n");
    }

    @Test void one_invites_another_joins_and_remembers() throws Exception {
        node("--control", "0");
        var line = at(0, home, "invite").lines().findFirst().orElseThrow();
        assertThat(line).startsWith("p2psip:join?");
        assertThat(at(0, home, "invite", "--call", BOB)).startsWith("p2psip:join?")
                .contains("within this network alone").doesNotStartWith(line);
        assertThat(at(0, home, "invite", "--qr").lines().count()).isGreaterThan(20);
        assertThat(at(2, home, "invite", "--call", "bob")).contains("--call bob is no address");

        var other = home.resolve("other");
        var wrong = line.substring(0, line.length() - 1);
        assertThat(at(2, other, "join", wrong)).isEqualTo("p2psip: this is an invitation with a"
                + " letter wrong or missing: copy it again, from p2psip:join? to its end\n");
        assertThat(at(2, other, "join", "x")).startsWith("p2psip: this is no invitation");
        var mine = home;
        home = other;
        var joined = node("--control", "0", "--join", line);
        assertThat(at(0, other, "config", "get", "invitation")).isEqualTo(line + "\n");
        String peers;
        do peers = at(0, other, "peers"); while (!peers.contains("neighbour"));

        assertThat(at(0, other, "join", at(0, mine, "invite", "--call", BOB).lines().findFirst()
                .orElseThrow())).isEqualTo(
                "the node that runs is told; it counts now\nto call: " + BOB + "\n");
        joined.destroy();
        joined.waitFor();
        node("--control", "0");
        do peers = at(0, other, "peers"); while (!peers.contains("neighbour"));
    }

    @Test void without_a_node_the_file_is_written_and_all_else_is_one_line() throws IOException {
        var fresh = home.resolve("fresh");
        assertThat(at(1, fresh, "stats")).isEqualTo("p2psip: no node has lived in " + fresh
                + "; name its folder with --home\n");
        assertThat(at(0, fresh, "config", "set", "stats", "5m"))
                .isEqualTo("stats = 5m: when a node starts\n");
        assertThat(at(1, fresh, "calls")).isEqualTo("p2psip: no node is running in " + fresh
                + "; start one with p2psip, or name another folder with --home\n");
        assertThat(at(2, fresh, "config", "set", "sip-prt", "1"))
                .isEqualTo("p2psip: sip-prt is no key: see p2psip config list\n");
        assertThat(at(0, fresh, "config", "list")).contains("stats = 5m\n", "super-node = no\n");
        assertThat(at(0, fresh, "config", "unset", "stats"))
                .isEqualTo("stats = off: when a node starts\n");
        Files.writeString(fresh.resolve("config.properties"), "\nopen: yes\n");
        for (var words : List.of(List.of("config", "list"), List.<String>of()))
            assertThat(at(2, fresh, words.toArray(String[]::new))).isEqualTo("p2psip: "
                    + fresh.resolve("config.properties")
                    + ", line 2: write key = value, or # before a comment\n");
    }

    @Test void a_node_that_cannot_be_asked_is_said_to_be_one() {
        try (var _ = Home.open(home)) {
            assertThat(at(1, home, "peers")).isEqualTo("p2psip: the node in " + home
                    + " cannot be asked: it was started with --no-control, or is starting\n");
            assertThat(at(0, home, "config", "set", "open", "yes"))
                    .isEqualTo("open = yes: after a restart\n");
        }
    }

    /// Somebody else listens where a node once did: he is told no token, for the home is free.
    @Test void where_another_program_has_the_port_nobody_is_asked() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Files.writeString(home.resolve("control.port"), "" + other.getLocalPort());
            Files.writeString(home.resolve("control.token"), "old");
            Files.createFile(home.resolve("lock"));
            assertThat(at(1, home, "peers")).contains("no node is running in " + home);
            try (var asked = other.accept()) {
                assertThat(asked.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }
}
