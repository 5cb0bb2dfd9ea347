package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.std.*;
import picocli.CommandLine;

class IdCommandTest {
    @TempDir Path folder;

    private IdentityStore home(String name) throws IOException {
        return IdentityStore.open(folder.resolve(name), new SplittableRandom(name.hashCode()),
                InstantSource.system());
    }

    private int id(String... arguments) {
        return Main.run(Stream.concat(Stream.of("id"), Stream.of(arguments))
                .map(word -> word.replace("$", folder + "/")).toArray(String[]::new));
    }

    @Test void a_key_moves_from_one_node_to_another() throws IOException {
        var alice = home("a").identity("sip:alice@example.com");
        Files.writeString(folder.resolve("word"), "open sesame\n");
        assertThat(id("export", "--home", "$a", "--passphrase-file", "$word",
                "sip:alice@example.com", "$alice.p12")).isZero();
        assertThat(id("import", "--home", "$b", "--passphrase-file", "$word", "$alice.p12"))
                .isZero();
        assertThat(id("list", "--home", "$b")).isZero();
        assertThat(home("b").identities().get("sip:alice@example.com").id()).isEqualTo(alice.id());
    }

    @Test void a_key_of_the_same_name_is_replaced_only_when_told() throws IOException {
        var alice = home("a").identity("sip:alice@example.com");
        var other = home("b").identity("sip:alice@example.com");
        Files.writeString(folder.resolve("word"), "open sesame");
        id("export", "--home", "$a", "--passphrase-file", "$word", "sip:alice@example.com", "$f");
        assertThat(id("import", "--home", "$b", "--passphrase-file", "$word", "$f")).isEqualTo(2);
        assertThat(home("b").identity("sip:alice@example.com").id()).isEqualTo(other.id());
        assertThat(id("import", "--home", "$b", "--replace", "--passphrase-file", "$word", "$f"))
                .isZero();
        assertThat(home("b").identity("sip:alice@example.com").id()).isEqualTo(alice.id());
    }

    private String said(String... arguments) {
        var err = new StringWriter();
        int code = Main.command().setErr(new PrintWriter(err)).execute(
                Stream.concat(Stream.of("id"), Stream.of(arguments)).toArray(String[]::new));
        return code + " " + err.toString().strip();
    }

    @Test void where_no_node_has_lived_there_are_no_identities_and_none_are_made() {
        var nowhere = folder.resolve("nowhere");
        for (var command : List.of(List.of("list"), List.of("export", "sip:x@y", "file")))
            for (var home : List.of(nowhere, folder))
                assertThat(said(Stream.concat(command.stream(), Stream.of("--home", "" + home))
                        .toArray(String[]::new))).isEqualTo("2 p2psip: no identities in " + home
                        + (home == folder ? ": no node has kept any there"
                        : ": there is no such folder") + "; name a node's folder with --home");
        assertThat(folder).isEmptyDirectory();
    }

    @Test void which_of_its_commands_is_asked_for_is_said_by_its_help() {
        assertThat(said()).startsWith("2 Usage: p2psip id").contains("list", "export", "import");
    }

    private static final String BOB = "sip:bob@example.com", ANN = "sip:ann@example.com";
    private static final NodeId RIGHT = NodeId.of("right"), WRONG = NodeId.of("wrong");

    /// What a node has stored, as it stores it.
    private void pinned(String home, Pins pins) {
        try (var folder = Home.open(this.folder.resolve(home));
                var host = new RealHost(RealHost.Options.of(Optional.of(folder)))) {
            var line = host.start("node", _ -> new Storing(pins.changes()));
            line.command("store");
            assertThat(line.told(Duration.ofSeconds(20))).hasSize(1);
        }
    }

    private record Storing(SortedMap<String, Optional<Bytes>> values)
            implements Machine<Event, Effect> {
        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Command ? List.of(new Effect.Store(Id.PROGRAM, values))
                    : List.of(new Effect.Tell(event));
        }

        @Override public List<Effect> wake(Instant now) { return List.of(); }

        @Override public Instant deadline() { return Instant.MAX; }
    }

    private String pins(int code, String... arguments) {
        var out = new StringWriter();
        assertThat(new CommandLine(new PinsCommand())
                .setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .setExecutionExceptionHandler((mistake, _, _) -> {
                    assertThat(mistake).isInstanceOf(UserMistake.class);
                    out.write(mistake.getMessage());
                    return 2;
                }).execute(Stream.of(arguments).map(word -> word.replace("$", folder + "/"))
                        .toArray(String[]::new))).isEqualTo(code);
        return out.toString();
    }

    @Test void pins_are_listed_confirmed_and_dropped_while_the_node_does_not_run() {
        var pins = new Pins(Pins.Policy.TOFU);
        var now = Instant.parse("2026-01-01T00:00:00Z");
        pins.confirm(ANN, RIGHT, now);
        pinned("a", pins);
        assertThat(pins(0, "list", "--home", "$a"))
                .isEqualTo(ANN + " " + RIGHT + " confirmed since 2026-01-01T00:00:00Z\n");
        pins(0, "confirm", "--home", "$a", BOB, WRONG.toString());
        assertThat(pins(0, "list", "--home", "$a")).contains(BOB + " " + WRONG + " confirmed");
        pins(0, "confirm", "--home", "$a", BOB, RIGHT.toString());
        assertThat(pins(0, "list", "--home", "$a")).contains(BOB + " " + WRONG + " seen",
                BOB + " " + RIGHT + " confirmed");
        assertThat(pins(2, "confirm", "--home", "$a", BOB)).contains("2 keys of " + BOB);
        assertThat(pins(2, "confirm", "--home", "$a", BOB, "zz")).contains("no key of " + BOB);
        pins(0, "confirm", "--home", "$a", BOB, WRONG.toString().substring(0, 6));
        assertThat(pins(0, "list", "--home", "$a")).contains(BOB + " " + WRONG + " confirmed");
        pins(0, "drop", "--home", "$a", BOB);
        pins(0, "drop", "--home", "$a", ANN);
        assertThat(pins(0, "list", "--home", "$a")).startsWith("nobody was called yet");
    }

    @Test void mistakes_about_pins_are_one_line() {
        assertThat(pins(2)).contains("list", "drop", "confirm");
        assertThat(pins(2, "list", "--home", "$nope")).contains("no node has lived in");
        assertThat(folder.resolve("nope")).doesNotExist();
        pinned("a", new Pins(Pins.Policy.TOFU));
        assertThat(pins(2, "drop", "--home", "$a", BOB)).contains("no key is known of " + BOB);
        assertThat(pins(2, "confirm", "--home", "$a", "bob", RIGHT.toString()))
                .contains("bob is no address");
        assertThat(pins(2, "confirm", "--home", "$a", BOB, "x".repeat(40))).contains("is no key");
        try (var _ = Home.open(folder.resolve("a"))) {
            assertThat(pins(2, "list", "--home", "$a")).contains("a node runs in").hasLineCount(1);
        }
    }

    @Test void mistakes_are_the_users() throws IOException {
        home("a").identity("sip:alice@example.com");
        Files.writeString(folder.resolve("word"), "open sesame");
        assertThat(id()).isEqualTo(2);
        assertThat(id("export", "--home", "$a", "sip:alice@example.com", "$f")).isEqualTo(2);
        assertThat(id("export", "--home", "$a", "--passphrase-file", "$word", "sip:x@y", "$f"))
                .isEqualTo(2);
        assertThat(id("import", "--home", "$a", "--passphrase-file", "$word", "$word"))
                .isEqualTo(2);
        assertThat(id("list", "--home", "$word")).isEqualTo(2);
    }
}
