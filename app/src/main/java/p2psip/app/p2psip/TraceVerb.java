package p2psip.app.p2psip;

import module java.base;
import p2psip.app.capture.*;
import p2psip.app.p2p.Overlay;
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

    @Option(names = "--html", paramLabel = "OUT",
            description = "Write one FILE as a page that stands alone.")
    Optional<Path> page = Optional.empty();

    @Mixin Terminal terminal;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        if (page.isPresent() && files.size() != 1)
            throw new UserMistake("--html shows one capture, and here are " + files.size()
                    + ": name one, or join them, as mergecap does");
        var screen = terminal.screen();
        boolean clean = true;
        for (var file : files) {
            var ladder = new Ladder();
            var traces = new ArrayList<Trace>();
            Consumer<Trace> listener = trace -> {
                if (drawn && !(trace.what() instanceof Trace.What.Remark)) ladder.accept(trace);
                if (page.isPresent()) traces.add(trace);
            };
            var report = Inspector.inspect(read(file), listener);
            clean &= report.problems().isEmpty();
            report.problems().forEach(out::println);
            out.print(ladder.draw(screen));
            out.println(file + ": " + report);
            page.ifPresent(to -> out.println(show(file, report, traces, to)));
        }
        return clean ? 0 : 1;
    }

    /// Writes the page; answers what was written.
    private static String show(Path file, Report report, List<Trace> traces, Path to) {
        var conversation = Conversation.of(traces, Overlay.DISSECTOR);
        var sentences = ServiceLoader.load(Sentences.class).findFirst().orElse(Sentences.LINKS);
        var title = file.getFileName().toString();
        var seen = conversation.steps().stream().filter(step -> !step.isNote()).count()
                + " arrows between " + conversation.columns().size() + " hosts";
        try {
            Files.writeString(to, new Viewer(conversation, sentences)
                    .page(title, List.of(seen + ". " + report)));
        } catch (IOException e) {
            throw UserMistake.writing(to, e, "give --html a file that you may write");
        }
        return to + ": " + seen;
    }

    /// What a file holds.
    static Capture read(Path file) {
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
