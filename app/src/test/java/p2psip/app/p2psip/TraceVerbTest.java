package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.capture.PcapngWriter;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.Bytes;
import picocli.CommandLine;

class TraceVerbTest {
    private static final InetSocketAddress A = new InetSocketAddress(
            InetAddress.ofLiteral("192.0.2.1"), 5060), B = new InetSocketAddress(
            InetAddress.ofLiteral("192.0.2.2"), 5060);

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();

    private int trace(Path... files) {
        return new CommandLine(new TraceVerb()).setOut(new PrintWriter(out, true))
                .setExecutionExceptionHandler((mistake, _, _) -> {
                    out.append(((UserMistake) mistake).getMessage()).append('\n');
                    return 2;
                }).execute(Stream.of(files).map(Path::toString).toArray(String[]::new));
    }

    private Path capture(String datagram) throws IOException {
        var file = folder.resolve("test.pcapng");
        try (var writer = new PcapngWriter(Files.newOutputStream(file))) {
            writer.accept(new Trace("test", Instant.EPOCH,
                    new Wire(Wire.Kind.DATAGRAM, true, A, B, Bytes.utf8(datagram))));
        }
        return file;
    }

    @Test void a_line_for_each_problem_and_one_for_the_file() throws IOException {
        var file = capture("SIP/2.0 200 OK\r\nVia: here\r\n\r\n");
        assertThat(trace(file)).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(2).first().asString()
                .startsWith("packet 1 0.000000 192.0.2.1:5060 -> 192.0.2.2:5060: SIP: drop ");
        assertThat(out.toString()).contains(file + ": IP 1 ok 0 refused; SIP 0 ok 1 refused; ");
    }

    @Test void a_mistake_is_one_line() throws IOException {
        var text = Files.writeString(folder.resolve("text"), "INVITE sip:bob@example.com SIP/2.0");
        for (var wrong : List.of(text, folder, folder.resolve("nothing")))
            assertThat(trace(wrong)).as("" + wrong).isEqualTo(2);
        assertThat(out.toString()).hasLineCount(3).contains(
                "text: no capture: neither pcapng nor pcap",
                folder.resolve("nothing") + ": there is no such file or folder; name captures");
    }

    @Test void a_capture_becomes_a_page_that_stands_alone() throws IOException {
        var file = capture("OPTIONS sip:<b>@c SIP/2.0\r\n\r\n");
        var page = folder.resolve("page.html");
        assertThat(trace(file, Path.of("--html"), page)).isEqualTo(1);
        assertThat(out.toString()).endsWith(page + ": 1 arrows between 2 hosts\n");
        assertThat(page).content().contains("<title>test.pcapng</title>",
                "OPTIONS sip:&lt;b&gt;@c", "<a class=\"sip s0 e1 to\" href=\"#m1\">");
    }

    @Test void a_page_is_of_one_capture_and_goes_where_one_may_write() throws IOException {
        var file = capture("\r\n\r\n");
        assertThat(trace(file, file, Path.of("--html"), folder.resolve("page.html"))).isEqualTo(2);
        assertThat(trace(file, Path.of("--html"), folder)).isEqualTo(2);
        assertThat(out.toString()).contains("--html shows one capture, and here are 2: ",
                "cannot write " + folder);
        assertThat(folder.resolve("page.html")).doesNotExist();
    }
}
