package p2psip.app.p2psip;

import module java.base;
import p2psip.app.capture.*;
import p2psip.app.fuzz.*;
import p2psip.app.host.RealHost;
import p2psip.std.Bytes;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The hidden verb `assault`: what is nearly right, at a port of ours, to see what breaks.
@Command(name = "assault", mixinStandardHelpOptions = true, hidden = true, description = {
    "Send mutated datagrams to a port, and say how many.",
    "They name addresses of strangers: use it where no datagram can leave, as in `unshare -n`."})
public final class AssaultVerb implements Verb {
    @Parameters(paramLabel = "HOST:PORT", description = "The port.")
    String target;

    @Option(names = "--seeds", paramLabel = "FILE,...", required = true, split = ",",
            hideParamSyntax = true, description =
            "Right ones to begin with: captures, whose datagrams count, or files of one each.")
    List<Path> seeds;

    @Option(names = "--for", paramLabel = "sip|stun|rtp|overlay", defaultValue = "sip",
            description = "What the port is for: half is of this kind (default: ${DEFAULT-VALUE}).")
    Mutations.Kind kind;

    @Option(names = "--count", paramLabel = "N", defaultValue = "100000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    long count;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "2000",
            description = "How many a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of chance: the same seed sends the same.")
    long seed;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var at = Addresses.socket("HOST:PORT", target);
        Numbers.within(0, 1e12, "--count", count);
        Numbers.within(1, 1e6, "--rate", rate);
        var mutations = mutations(seeds.stream().flatMap(file -> read(file).stream()).toList());
        var from = new InetSocketAddress(at.getAddress().isLoopbackAddress() ? at.getAddress()
                : InetAddress.ofLiteral("0.0.0.0"), 0);
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("assailant",
                    _ -> new Assailant(from, at, mutations::next, count, rate));
            var told = line.told(Duration.ofDays(1)).getFirst();
            if (!(told instanceof Assailant.Done(long sent, long answers)))
                throw new UserMistake("cannot send: "
                        + (told instanceof Assailant.NotReady(var why) ? why : told));
            spec.commandLine().getOut().println("sent=" + sent + " answers=" + answers);
            return 0;
        }
    }

    private Mutations mutations(List<Bytes> right) {
        try {
            return new Mutations(right, kind, new SplittableRandom(seed));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--seeds: " + e.getMessage() + ": name a capture with some");
        }
    }

    private static List<Bytes> read(Path file) {
        try {
            var bytes = Bytes.wrap(Files.readAllBytes(file));
            return file.toString().endsWith(".pcapng") ? Capture.parse(bytes).packets().stream()
                    .filter(p -> p.transport() == Packet.Transport.UDP)
                    .map(Packet::payload).toList()
                    : List.of(bytes);
        } catch (IOException e) {
            throw UserMistake.reading(file, e,
                    "name captures (*.pcapng) or files of one datagram each");
        } catch (p2psip.app.capture.SyntaxException e) {
            throw new UserMistake(file + ": " + e.getMessage() + "; name captures");
        }
    }
}
