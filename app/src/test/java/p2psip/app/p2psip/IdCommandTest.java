package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.crypto.IdentityStore;

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
