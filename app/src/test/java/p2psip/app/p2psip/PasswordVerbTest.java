package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.Home;

class PasswordVerbTest {
    @TempDir Path folder;

    private String said(String... arguments) {
        var out = new StringWriter();
        int code = Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(arguments);
        return code + " " + out.toString().strip();
    }

    @Test void a_node_makes_its_password_once_and_shows_it() {
        try (var home = Home.open(folder)) {
            var password = PasswordVerb.of(home);
            assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
            assertThat(PasswordVerb.of(home)).isEqualTo(password);
            assertThat(said("password", "--home", "" + folder)).isEqualTo("0 " + password);
        }
        try (var other = Home.open(folder.resolve("other"))) {
            assertThat(PasswordVerb.of(other)).isNotEqualTo(said("password", "--home",
                    "" + folder).substring(2));
        }
        assertThat(said("password", "--home", "" + folder.resolve("nowhere")))
                .startsWith("2 ").contains("no password");
    }

    //= rfc2617#4.13-1 the file is protected as what it is, passwords in clear
    @Test void nobody_but_its_owner_reads_the_file() throws IOException {
        try (var home = Home.open(folder)) {
            PasswordVerb.of(home);
            assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }
}
