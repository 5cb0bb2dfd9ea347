package p2psip.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.lookup.Pins.Policy;
import p2psip.std.Net;

class SettingsTest {
    @TempDir Path home;

    private final List<Config> done = new ArrayList<>();

    private Settings running(Map<Key<?>, String> given) {
        var store = new Store(home);
        return new Settings(store, new Config(store.read(), given), done::add);
    }

    private String file() throws IOException {
        return Files.readString(home.resolve(Store.FILE));
    }

    @Test void a_change_counts_now_or_after_a_restart_and_says_which() throws IOException {
        var settings = running(Map.of());
        assertThat(settings.set(Key.POLICY, "strict")).isEqualTo("now");
        assertThat(done).singleElement().satisfies(
                now -> assertThat(now.get(Key.POLICY)).isEqualTo(Policy.STRICT));
        assertThat(settings.set(Key.SIP_PORT, "5070")).isEqualTo("after a restart");
        assertThat(done).hasSize(1);
        assertThat(settings.get(Key.SIP_PORT)).isEqualTo(new Settings.Entry(
                Key.SIP_PORT, "5070", "auto", Settings.From.FILE));
        assertThat(settings.get(Key.POLICY).running()).isEqualTo("strict");
        assertThat(file()).isEqualTo("policy = strict\nsip-port = 5070\n");
        assertThat(settings.unset(Key.POLICY)).isEqualTo("now");
        assertThat(done.getLast().get(Key.POLICY)).isEqualTo(Policy.TOFU);
        assertThat(running(Map.of()).get(Key.SIP_PORT).running()).isEqualTo("5070");
    }

    @Test void networks_are_written_as_address_and_bits() {
        var config = running(Map.of(Key.ALLOW_PLAIN, "192.0.2.0/24,2001:db8::7"));
        assertThat(config.get(Key.ALLOW_PLAIN).running()).isEqualTo("192.0.2.0/24,2001:db8::7");
        assertThat(new Config(new Store(home).read(), Map.of(Key.ALLOW_PLAIN,
                "192.0.2.0/24,2001:db8::7")).get(Key.ALLOW_PLAIN)).containsExactly(
                Net.parse("192.0.2.0/24"), Net.parse("2001:db8::7/128"));
        assertThatThrownBy(() -> config.set(Key.ALLOW_PLAIN, "10.0.0.0/33"))
                .isInstanceOf(ConfigMistake.class).hasMessage("allow-plain 10.0.0.0/33 is no"
                        + " network: give one as 192.0.2.0/24");
        assertThatThrownBy(() -> running(Map.of(Key.ALLOW_PLAIN, "home"))).hasMessage(
                "--allow-plain home is no network: give one as 192.0.2.0/24");
    }

    @Test void the_command_line_overrides_the_file() throws IOException {
        var settings = running(Map.of(Key.POLICY, "open", Key.SIP_PORT, "5080"));
        assertThat(settings.set(Key.POLICY, "strict"))
                .isEqualTo("after a restart without --policy");
        assertThat(done).isEmpty();
        assertThat(settings.get(Key.POLICY)).isEqualTo(new Settings.Entry(
                Key.POLICY, "open", "open", Settings.From.COMMAND_LINE));
        assertThat(file()).isEqualTo("policy = strict\n");
        assertThatThrownBy(() -> running(Map.of(Key.SIP_PORT, "x"))).hasMessage(
                "-p x is no port: give one from 1 to 65535, or 0 for any");
    }

    /// What a person has written into the file while the node runs is kept, and looked at.
    @Test void the_file_on_disk_counts() throws IOException {
        var settings = running(Map.of());
        Files.writeString(home.resolve(Store.FILE), "# mine\nopen = yes\n");
        settings.set(Key.STATS, "5m");
        assertThat(file()).isEqualTo("# mine\nopen = yes\nstats = 5m\n");
        Files.writeString(home.resolve(Store.FILE), "# mine\nopen = mine\n");
        assertThatThrownBy(() -> settings.set(Key.STATS, "6m")).isInstanceOf(ConfigMistake.class)
                .hasMessage(home.resolve(Store.FILE) + ", line 2: open mine is neither yes nor no");
        assertThat(file()).isEqualTo("# mine\nopen = mine\n");
    }

    @Test void the_file_is_for_its_owner_and_whole() throws IOException {
        running(Map.of()).set(Key.OPEN, "yes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                home.resolve(Store.FILE)))).isEqualTo("rw-------");
        Files.createDirectory(home.resolve(Store.FILE + ".new"));
        Files.createFile(home.resolve(Store.FILE + ".new/x"));
        assertThatThrownBy(() -> running(Map.of()).set(Key.OPEN, "no"))
                .isInstanceOf(ConfigMistake.class).hasMessageContaining("cannot write");
        assertThat(file()).isEqualTo("open = yes\n");
    }
}
