package p2psip.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final Map<Key<?>, List<String>> VALUES = Map.of(Key.SUPER_NODE,
            List.of("yes", "no"), Key.SIP_PORT, List.of("auto", "0", "5070"), Key.BOOTSTRAP,
            List.of("", "192.0.2.7:5063", "a.example:1,[2001:db8::1]:65535"), Key.LOOKUP,
            List.of("dht", "lan, DHT"), Key.HOST, List.of("127.0.0.1,::1"), Key.STATS,
            List.of("off", "90", "5m"), Key.USERS, List.of("my users = #1.txt"));

    @Provide Arbitrary<Key<?>> keys() { return Arbitraries.of(VALUES.keySet()); }

    @Provide Arbitrary<String> files() {
        var comment = Arbitraries.of("", "  ", "# a comment", " #policy = strict", "\t", "#\r");
        return comment.list().ofMaxSize(4).flatMap(comments -> Arbitraries.shuffle(
                List.copyOf(VALUES.keySet())).flatMap(all -> Arbitraries.integers()
                .between(0, 4).flatMap(count -> lines(comments, all.subList(0, count)))))
                .flatMap(lines -> Arbitraries.of(String.join("\n", lines),
                        String.join("\n", lines) + "\n"));
    }

    private static Arbitrary<List<String>> lines(List<String> comments, List<Key<?>> keys) {
        return Combinators.combine(keys.stream().map(key -> Combinators.combine(
                        Arbitraries.of(VALUES.get(key)), Arbitraries.of("=", " = ", "  =\t"))
                .as((value, sign) -> key.name() + sign + value)).toList())
                .as(lines -> Stream.concat(comments.stream(), lines.stream()).toList())
                .flatMap(Arbitraries::shuffle);
    }

    @Property(tries = 200) void a_file_is_read_as_it_is_written(@ForAll("files") String text) {
        assertThat("" + ConfigFile.parse("f", text)).isEqualTo(text);
    }

    /// All other lines are where and what they were, comments too.
    @Property(tries = 200)
    void where_a_value_is_set_nothing_else_changes(@ForAll("files") String text,
            @ForAll("keys") Key<?> key, @ForAll Random random) {
        var value = VALUES.get(key).get(random.nextInt(VALUES.get(key).size()));
        var before = ConfigFile.parse("f", text);
        var after = ConfigFile.parse("f", "" + before.with(key, value));
        assertThat(after.get(key)).contains(value);
        VALUES.keySet().stream().filter(other -> other != key).forEach(other ->
                assertThat(after.get(other)).isEqualTo(before.get(other)));
        assertThat(others(after, key)).isEqualTo(others(before, key));
        if (before.get(key).isPresent())
            assertThat(line(after, key)).isEqualTo(line(before, key));
        assertThat(others(after.without(key), key)).isEqualTo(others(before, key));
        assertThat(after.without(key).get(key)).isEmpty();
    }

    private static List<String> others(ConfigFile file, Key<?> key) {
        return ("" + file).lines().filter(line -> !line.matches(key.name() + "\\s*=.*")).toList();
    }

    private static int line(ConfigFile file, Key<?> key) {
        return ("" + file).lines().toList().indexOf(("" + file).lines().filter(
                line -> line.matches(key.name() + "\\s*=.*")).findFirst().orElseThrow());
    }

    /// `|` ends a line.
    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "#|sip-port = 99999;    f, line 2: sip-port 99999 is no port: give one from 1 to 65535,",
        "sip-port = x;          f, line 1: sip-port x is no port: give one from 1 to 65535, or 0",
        "|control = auto;       f, line 2: control auto is no port: give one from 1 to 65535",
        "open = maybe;          f, line 1: open maybe is neither yes nor no",
        "host = here;           f, line 1: host here is no IP address: give one of this machine's",
        "host = ::1,here;       f, line 1: host ::1,here: here is no IP address",
        "bootstrap = a;         f, line 1: bootstrap a: not host:port: a; give host:port, with",
        "lookup = dht,x;        f, line 1: lookup dht,x: x is none: give dht or lan",
        "policy = any;          f, line 1: policy any is none: give tofu or strict or open",
        "stats = 5 m;           f, line 1: stats 5 m is out of range: give 10s, 5m or 2h, at most",
        "stats = 0;             f, line 1: stats 0 is out of range: give 10s, 5m or 2h, at most",
        "stats = 25h;           f, line 1: stats 25h is out of range: give 10s, 5m or 2h, at most",
        "trace = sip,smoke;     f, line 1: trace sip,smoke: smoke is none: give sip or ring or",
        "algorithms = MD4;      f, line 1: algorithms MD4 is not known: [",
        "sipport = 1;           f, line 1: sipport is no key: remove the line, or see p2psip",
        "open;                  f, line 1: write key = value, or # before a comment",
        "= 1;                   f, line 1:  is no key: remove the line",
        "open=no|#|open = no;   f, line 3: open is set a second time: remove one of the two lines"})
    void what_is_wrong_is_said_with_its_line(String text, String said) {
        assertThatThrownBy(() -> ConfigFile.parse("f", text.replace('|', '\n')))
                .isInstanceOf(ConfigMistake.class).message().startsWith(said).hasLineCount(1);
    }

    @Property(tries = 200)
    void nonsense_is_a_mistake_of_one_line_or_none(@ForAll String text) {
        try {
            assertThat("" + ConfigFile.parse("f", text)).isEqualTo(text);
        } catch (ConfigMistake e) {
            assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(400);
        }
    }

    @Example void a_value_of_two_lines_is_none() {
        assertThatThrownBy(() -> ConfigFile.parse("f", "").with(Key.USERS, "a\nopen = yes"))
                .hasMessage("users a?open = yes is to be one line, without blanks around");
        assertThatThrownBy(() -> ConfigFile.parse("f", "#".repeat(ConfigFile.LIMIT + 1)))
                .hasMessageContaining("longer than 65536");
    }

    @Example void what_is_usual_is_a_value_of_its_kind() {
        for (var key : Key.ALL) key.check(key.usual());
        assertThat(Key.ALL).extracting(Key::name).doesNotHaveDuplicates();
        assertThat(Key.STATS.read("", "2h")).contains(Duration.ofHours(2));
        assertThat(Key.CONTROL.read("", "off")).isEmpty();
    }
}
