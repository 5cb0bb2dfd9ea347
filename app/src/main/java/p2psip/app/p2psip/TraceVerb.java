package p2psip.app.p2psip;

import module java.base;
import p2psip.app.capture.*;
import p2psip.app.trace.*;
import p2psip.std.Bytes;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `trace`: reads captures with our own parsers.
@Command(name = "trace", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Read captures (pcapng, pcap), and say which packets our parsers refuse.",
    "Every packet is read: SIP, SDP, RTP, RTCP, telephone events, STUN, the overlay. Each that is"
            + " refused gets a line; then come the numbers of each protocol. Exit code 0 if none"
            + " is refused, 1 if one is, 2 for a mistake."})
public final class TraceVerb implements Verb {
    /// A larger file does not fit into memory with all that is made of it.
    private static final long LARGEST = 256 << 20;

    @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files;

    @Option(names = "--ladder", description = "Draw who said what to whom.")
    boolean drawn;

    @Mixin Terminal terminal;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        boolean clean = true;
        for (var file : files) {
            var ladder = new Ladder();
            Consumer<Trace> listener = drawn ? ladder : _ -> { };
            var report = Inspector.inspect(read(file), listener);
            clean &= report.problems().isEmpty();
            report.problems().forEach(out::println);
            out.print(ladder.draw(terminal.screen()));
            out.println(file + ": " + report);
        }
        return clean ? 0 : 1;
    }

    private static Capture read(Path file) {
        try {
            if (Files.size(file) > LARGEST) throw new UserMistake(file + " is larger than "
                    + (LARGEST >> 20) + " MiB: cut it into pieces, as editcap does");
            return Capture.parse(Bytes.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "name captures");
        } catch (p2psip.app.capture.SyntaxException e) {
            throw new UserMistake(file + ": " + e.getMessage() + "; name captures");
        }
    }
}
