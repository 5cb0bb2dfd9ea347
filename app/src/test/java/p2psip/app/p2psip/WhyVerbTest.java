package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.capture.PcapngWriter;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;

/// Captures of calls between two telephones, and what is said of them.
class WhyVerbTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();

    private int why(String... words) {
        return Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true))
                .execute(Stream.concat(Stream.of("why"), Stream.of(words)).toArray(String[]::new));
    }

    /// What passes the wire of both, as far as it is captured, in a file.
    private Path capture(Predicate<Trace> such, BiConsumer<Telephone, SimHost> play)
            throws IOException {
        var file = folder.resolve("call.pcapng");
        try (var writer = new PcapngWriter(Files.newOutputStream(file))) {
            var network = new Network(1, trace -> {
                if (such.test(trace)) writer.accept(trace);
            });
            var there = network.host("10.0.0.2");
            Telephone.start(there, "bob", setup("sip:bob@10.0.0.2"));
            play.accept(Telephone.start(network.host("10.0.0.1"), "alice",
                    setup("sip:alice@10.0.0.1")), there);
        }
        return file;
    }

    private static PhoneSetup setup(String aor) {
        return PhoneSetup.of(aor).port(5060).calls(10).untraced();
    }

    private static void talk(Telephone alice) {
        var call = alice.call(BOB);
        call.talk(Duration.ofSeconds(8));
        call.hangUp();
    }

    @Test void a_call_that_got_through_is_healthy() throws IOException {
        var file = capture(_ -> true, (alice, _) -> talk(alice));
        assertThat(why("" + file)).as("" + out).isZero();
        assertThat("" + out).startsWith("No cause found: the call was healthy.\n")
                .contains("INVITE from the phone at 10.0.0.1:5060", "sound from who was called");
    }

    @Test void a_phone_that_is_off_is_named_with_the_sentence() throws IOException {
        var file = capture(_ -> true, (alice, there) -> {
            there.pause();
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("408");
        });
        assertThat(why("" + file, "last")).as("" + out).isZero();
        assertThat("" + out).startsWith("The phone at 10.0.0.2:5060 does not answer (Timer B")
                .contains("[rfc3261#17.1.1.2-13]");
    }

    @Test void a_side_that_is_not_heard_is_named() throws IOException {
        var file = capture(trace -> !(trace.node().equals("bob") && trace.what()
                instanceof Trace.What.Wire wire && (wire.bytes().at(0) & 0xc0) == 0x80),
                (alice, _) -> talk(alice));
        assertThat(why("" + file)).as("" + out).isZero();
        assertThat("" + out).startsWith("Of the sound of who was called nothing has come.");
    }

    @Test void what_is_not_there_is_one_line() throws IOException {
        var file = capture(_ -> true, (alice, _) -> talk(alice));
        assertThat(why("" + file, "another")).isEqualTo(1);
        assertThat("" + out).isEqualTo("p2psip: there is no call another in " + file + "\n");
        assertThat(why("" + folder.resolve("none.pcap"))).isEqualTo(2);
        assertThat(why("a", "b", "c")).isEqualTo(2);
    }
}
