package p2psip.app.p2psip;

import module java.base;
import p2psip.app.capture.PcapngWriter;
import p2psip.app.host.Host;
import p2psip.app.trace.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.*;

/// The options `-d` and `--pcap` of every verb that runs a node: who listens to what happens.
public final class Tracing {
    @Option(names = "-d", arity = "0..1", parameterConsumer = Subjects.class,
            paramLabel = "sip,ring,stun,media", description = "Show messages and states, each with"
            + " its section of the RFC: those of SIP, or of what is listed.")
    Set<Trace.Subject> shown = Set.of();

    /// Takes the next word if it lists subjects, also where a verb is called as one.
    static final class Subjects implements IParameterConsumer {
        @Override public void consumeParameters(
                Stack<String> words, ArgSpec option, CommandSpec verb) {
            var next = words.isEmpty() ? "-" : words.peek();
            var all = Stream.of(Trace.Subject.values()).map(Enum::name).toList();
            var named = List.of(next.toUpperCase(Locale.ROOT).split(","));
            boolean listed = all.containsAll(named);
            if (listed) words.pop();
            else if (!next.startsWith("-") && !verb.subcommands().containsKey(next))
                throw new ParameterException(verb.commandLine(),
                        "-d " + next + " is none of sip, ring, stun and media");
            option.setValue((listed ? named.stream() : Stream.of("SIP"))
                    .map(Trace.Subject::valueOf).collect(Collectors.toSet()));
        }
    }

    @Option(names = "--pcap", paramLabel = "FILE",
            description = "Write what is sent and received to a capture that tshark reads.")
    Path capture;

    @Mixin Terminal terminal;

    /// Shows these, in place of what the command line says.
    void show(List<Trace.Subject> subjects) { shown = Set.copyOf(subjects); }

    /// What the command line says, as a list of words.
    String kinds() {
        return shown.stream().map(Enum::name).sorted().collect(Collectors.joining(","))
                .toLowerCase(Locale.ROOT);
    }

    /// What to draw on.
    Screen screen() { return terminal.screen(); }

    /// Whether nodes are to note messages and states.
    public boolean traced() { return !shown.isEmpty(); }

    /// Runs something with a listener for all that its hosts note, and closes the capture after it.
    ///
    /// @throws UserMistake if the capture cannot be written
    public int with(PrintWriter out, Function<Consumer<Trace>, Integer> what) {
        var all = new Printer(line -> {
            out.println(line);
            out.flush();
        }, ZoneId.systemDefault(), screen());
        Consumer<Trace> printer = trace -> {
            if (trace.what().subject().filter(shown::contains).isPresent()) all.accept(trace);
        };
        if (capture == null) return what.apply(shown.isEmpty() ? Host.NOBODY : printer);
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
