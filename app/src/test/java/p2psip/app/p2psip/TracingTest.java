package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `-d` shows, of a call that has something of each kind.
class TracingTest {
    private static List<String> lines(String... words) {
        var out = new StringWriter();
        assertThat(Main.command().setOut(new PrintWriter(out)).execute(words)).isZero();
        return out.toString().lines().toList();
    }

    /// In the demonstration the nodes also ask each other, and sound flows.
    @ParameterizedTest @CsvSource({
        "-d,               SIP INVITE;INVITE client;registration:,          DHT ;P2P ;RTP ",
        "-d sip,           SIP INVITE;INVITE client;registration:,          DHT ;P2P ;RTP ",
        "-d ring,          DHT Route Put;P2P Ask,                    SIP INVITE;INVITE client",
        "-d Media,         RTP PCMU;RTCP;RTP: ,                             SIP INVITE;DHT ",
        "-d ring;sip,      DHT Route Put;SIP INVITE,                        RTP PCMU",
        "-d stun,          ,                                      SIP INVITE;DHT ;P2P ;RTP PCMU"})
    void it_shows_the_kinds_that_are_named(String option, String shown, String hidden) {
        var words = Stream.concat(Stream.of("demo", "--sim"),
                Stream.of(option.replace(';', ',').split(" "))).toArray(String[]::new);
        var traced = lines(words).stream().filter(line -> line.matches("\\d\\d:\\d\\d:.*"))
                .toList();
        for (var text : Optional.ofNullable(shown).stream().flatMap(s -> Stream.of(s.split(";")))
                .toList())
            assertThat(traced).as(text).anyMatch(line -> line.contains(text));
        for (var text : hidden.split(";"))
            assertThat(traced).as(text).noneMatch(line -> line.contains(text));
    }

    @Test void without_it_nothing_is_shown() {
        assertThat(lines("demo", "--sim")).noneMatch(line -> line.matches("\\d\\d:\\d\\d:.*"));
    }

    private static String mistake(String... words) {
        var err = new StringWriter();
        assertThat(Main.command().setErr(new PrintWriter(err)).execute(words)).isEqualTo(2);
        return err.toString();
    }

    @Test void a_kind_that_is_none_is_one_line() {
        assertThat(mistake("demo", "-d", "sip,smoke")).isEqualTo("p2psip: -d sip,smoke is none of"
                + " sip, ring, stun and media; see p2psip demo --help\n");
    }

    /// A verb that follows is no kind, and a kind that is called as a verb is a kind.
    @Test void what_follows_may_be_a_verb(@TempDir Path home) {
        assertThat(mistake("-d", "id")).startsWith("Usage: p2psip id");
        assertThat(mistake("--home", "" + home, "-d", "sip", "-p", "99999"))
                .contains("-p 99999 is no port");
        assertThat(mistake("-d", "stun", "smoke")).contains("nothing here is called smoke");
    }
}
