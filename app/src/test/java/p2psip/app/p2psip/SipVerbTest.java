package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SipVerbTest {
    private static final String OPTIONS = """
            OPTIONS sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
            From: <sip:alice@example.com>;tag=1
            To: <sip:bob@example.com>
            Call-ID: c
            CSeq: 1 OPTIONS
            Max-Forwards: 70

            """;

    @TempDir Path folder;

    private String check(String message, int code) throws IOException {
        var file = Files.writeString(folder.resolve("x.sip"), message.replace("\n", "\r\n"));
        var out = new StringWriter();
        assertThat(new CommandLine(new SipVerb()).setOut(new PrintWriter(out))
                .execute("check", file.toString())).isEqualTo(code);
        return out.toString().strip().replace(file + ": ", "");
    }

    @Test void a_message_gets_a_line_that_says_what_its_sender_is_owed() throws IOException {
        assertThat(check(OPTIONS, 0)).isEqualTo("ok OPTIONS");
        assertThat(check(OPTIONS.replace("Max-Forwards: 70\n", ""), 0))
                .isEqualTo("ok OPTIONS, without Max-Forwards (§8.1.1.6)");
        assertThat(check(OPTIONS.replace("bob@", "bob@x@"), 1)).startsWith("400 '@' or '['");
        assertThat(check(OPTIONS.replace("1 OPTIONS", "1 OPTIONS\u0007"), 1))
                .startsWith("400").doesNotContain("\u0007");
        assertThat(check("hello\n\n", 1)).startsWith("drop ");
    }
}
