package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

class HomeTest {
    @TempDir Path folder;

    @Test void folders_and_files_are_for_their_owner_only() throws IOException {
        try (var home = Home.open(folder.resolve("a/home"));
                var host = new RealHost(RealHost.Options.of(Optional.of(home)))) {
            assertThat(modes(home.path())).isEqualTo("rwx------");
            new Strings(host, "node").pull(new Effect.Exit());
            try (var files = Files.list(home.path())) {
                assertThat(files).hasSizeGreaterThan(1)
                        .allSatisfy(file -> assertThat(modes(file)).isEqualTo("rw-------"));
            }
        }
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test void a_second_node_lives_beside_the_first_and_says_so() {
        try (var first = Home.open(folder); var second = Home.open(folder);
                var third = Home.open(folder)) {
            assertThat(first.taken()).isEmpty();
            assertThat(second.path()).isEqualTo(folder.resolve("node-2"));
            assertThat(third.path()).isEqualTo(folder.resolve("node-3"));
            assertThat(second.taken().orElseThrow()).contains("in use", "node-2");
        }
        try (var again = Home.open(folder)) {
            assertThat(again.path()).isEqualTo(folder);
        }
    }

    @Test void a_home_that_cannot_be_is_one_line_for_the_user() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        for (var home : List.of(file, file.resolve("below"), Path.of("/proc/home")))
            assertThatThrownBy(() -> Home.open(home)).isInstanceOf(Home.Unusable.class)
                    .message().startsWith("cannot use " + home).endsWith("--home DIR")
                    .hasLineCount(1);
    }

    @Test void a_damaged_store_is_one_line_for_the_user() throws IOException {
        Files.writeString(folder.resolve("store.mv"), "nonsense ".repeat(2_000));
        try (var home = Home.open(folder)) {
            assertThatThrownBy(() -> new RealHost(RealHost.Options.of(Optional.of(home))))
                    .isInstanceOf(Home.Unusable.class).hasMessageContaining("damaged");
        }
    }

    private RealHost host(Home home) {
        return new RealHost(RealHost.Options.of(Optional.of(home)));
    }

    @Test void what_was_lost_is_told_to_the_first_node_that_comes() throws IOException {
        try (var home = Home.open(folder); var host = host(home)) {
            var node = new Strings(host, "node");
            node.pull(store(1));
            node.hear(Event.Stored.class);
        }
        Files.write(folder.resolve("store.mv"), new byte[0]);
        try (var home = Home.open(folder); var host = host(home)) {
            var node = new Strings(host, "node");
            assertThat(node.hear(Host.Notice.class).line()).contains("store.mv", "of 1 entries 0");
            node.pull(new Effect.Load(HostContract.id(2), ""));
            assertThat(node.hear(Event.Loaded.class).values()).isEmpty();
        }
    }

    @Test void keys_that_cannot_be_kept_are_told_once_and_those_known_are_used()
            throws IOException {
        try (var home = Home.open(folder); var host = host(home)) {
            var node = new Strings(host, "node");
            identify(node, "sip:alice@example.com");
            node.hear(Event.Identified.class);
            Files.writeString(folder.resolve("identity.p12"), "nonsense");
            identify(node, "sip:bob@example.com");
            assertThat(node.hear(Host.Notice.class).line())
                    .startsWith("no key for sip:bob@example.com: identity.p12 or its passphrase");
            node.hear(Event.NotIdentified.class);
            identify(node, "sip:bob@example.com");
            assertThat(node.rest(Duration.ofSeconds(5))).singleElement()
                    .isInstanceOf(Event.NotIdentified.class);
            identify(node, "sip:alice@example.com");
            node.hear(Event.Identified.class);
        }
    }

    private static void identify(Strings node, String name) {
        node.pull(new Effect.Identify(HostContract.id(1), name));
    }

    @Test void what_was_acknowledged_survives_kill_9() throws Exception {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")), HomeTest.class.getName(),
                folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var acknowledged = new ArrayList<String>();
        try (var out = child.inputReader()) {
            while (acknowledged.size() < 300) acknowledged.add(out.readLine());
            child.toHandle().destroyForcibly();   // leaves the pipe open
            out.lines().forEach(acknowledged::add);
        }
        child.waitFor();
        try (var home = Home.open(folder);
                var host = new RealHost(RealHost.Options.of(Optional.of(home)))) {
            assertThat(home.path()).as("the lock died with the process").isEqualTo(folder);
            var node = new Strings(host, "node");
            node.pull(new Effect.Load(HostContract.id(1), ""));
            assertThat(node.hear(Event.Loaded.class).values().keySet())
                    .containsAll(acknowledged);
        }
    }

    /// The process that is killed: stores key after key and prints each that is acknowledged.
    public static void main(String[] args) {
        var home = Home.open(Path.of(args[0]));
        var node = new Strings(new RealHost(RealHost.Options.of(Optional.of(home))), "node");
        for (int i = 0; i < 8; i++) node.pull(store(i));
        for (int i = 8;; i++) {
            IO.println("key " + node.hear(Event.Stored.class).id().number());
            node.pull(store(i));
        }
    }

    private static Effect.Store store(long number) {
        return new Effect.Store(HostContract.id(number), new TreeMap<>(Map.of("key " + number,
                Optional.of(Bytes.wrap(new byte[1_000])))));
    }
}
