package p2psip.app.p2psip;

import module java.base;
import p2psip.app.capture.PcapngWriter;
import p2psip.app.trace.*;
import picocli.CommandLine.Option;

/// The options `-d` and `--pcap` of every verb that runs a node: who listens to what happens.
public final class Tracing {
    @Option(names = "-d",
            description = "Show every message and state, with its section of the RFC.")
    boolean shown;

    @Option(names = "--pcap", paramLabel = "FILE",
            description = "Write what is sent and received to a capture that tshark reads.")
    Path capture;

    /// Whether nodes are to note messages and states.
    public boolean traced() { return shown; }

    /// Runs something with a listener for all that its hosts note, and closes the capture after it.
    ///
    /// @throws UserMistake if the capture cannot be written
    public int with(PrintWriter out, Function<Consumer<Trace>, Integer> what) {
        Consumer<Trace> printer = shown ? new Printer(line -> {
            out.println(line);
            out.flush();
        }, ZoneId.systemDefault()) : _ -> { };
        if (capture == null) return what.apply(printer);
        try (var file = Files.newOutputStream(capture);
                var pcap = new PcapngWriter(new BufferedOutputStream(file))) {
            int code = what.apply(printer.andThen(pcap));
            pcap.failure().ifPresent(e -> { throw cannotWrite(e); });
            return code;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private UserMistake cannotWrite(IOException e) {
        return UserMistake.writing(capture, e, "give --pcap a file that you may write");
    }
}
