package p2psip.app.p2psip;

import module java.base;
import com.google.gson.*;
import p2psip.app.sim.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `sim dht`: a ring of many nodes that come and go, and how often it is right.
@Command(name = "dht", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Let nodes of the ring come and go in virtual time while others look up where keys belong, and"
            + " print how often the ring was right, how soon, and at what cost.",
    "A session is over without a word, and another node is born at once. Counted is from a minute"
            + " after the last birth of the first crowd. The same seed gives the same output."})
final class SimDhtCommand implements Callable<Integer> {
    @Option(names = "--overlay", paramLabel = "ring|chord", defaultValue = "ring",
            description = "Whose nodes: of the ring of this telephone, or of Chord, which keeps no"
                    + " records (default: ${DEFAULT-VALUE}).")
    String overlay;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "100",
            description = "How many nodes are there at a time (default: ${DEFAULT-VALUE}).")
    int nodes;

    @Option(names = "--session", paramLabel = "TIME|none", defaultValue = "60m",
            description = "How long half of the nodes live at least: 84s, 60m, none"
                    + " (default: ${DEFAULT-VALUE}).")
    String session;

    @Option(names = "--hours", paramLabel = "H", defaultValue = "0.1",
            description = "How long it is counted (default: ${DEFAULT-VALUE}).")
    double hours;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "0.1",
            description = "Look-ups of a node in a second, ten at a time of one point"
                    + " (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed gives the same run (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--latency", paramLabel = "plane|matrix", defaultValue = "plane",
            description = "Places on a plane, or a way of its own for each pair; 50 ms there and"
                    + " back in the mean (default: ${DEFAULT-VALUE}).")
    String latency;

    @Option(names = "--loss", paramLabel = "P", defaultValue = "0",
            description = "How many of hundred datagrams are lost (default: ${DEFAULT-VALUE}).")
    double loss;

    @Option(names = "--values", paramLabel = "N", defaultValue = "100",
            description = "Records that are put at the beginning and looked for at the end"
                    + " (default: ${DEFAULT-VALUE}).")
    int values;

    @Option(names = "--deaths", paramLabel = "P", defaultValue = "0",
            description = "How many of hundred nodes die within ten seconds, in the middle; in the"
                    + " second before as many records as at the beginning are put, and for a"
                    + " minute from then on they are asked for"
                    + " (default: ${DEFAULT-VALUE}).")
    double deaths;

    @Option(names = "--slow", paramLabel = "P", defaultValue = "0",
            description = "How many of hundred nodes need half a second for whatever they hear"
                    + " (default: ${DEFAULT-VALUE}).")
    double slow;

    @Option(names = "--cut", paramLabel = "TIME", defaultValue = "0s",
            converter = TaskOptions.Time.class,
            description = "How long the network is in two parts, from the middle on"
                    + " (default: ${DEFAULT-VALUE}).")
    Duration cut;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes what was found there.")
    Optional<Path> json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes a line for each minute.")
    Optional<Path> csv;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var setting = setting();
        var found = RingTrial.run(setting, progress(spec.commandLine().getErr()));
        var out = spec.commandLine().getOut();
        out.print(text(found));
        out.flush();
        json.ifPresent(file -> write(file,
                new GsonBuilder().setPrettyPrinting().create().toJson(found.json()) + "\n"));
        csv.ifPresent(file -> write(file, found.csv()));
        return 0;
    }

    /// Shows which part is done, where somebody sees it; nothing of it is left at the end.
    static DoubleConsumer progress(PrintWriter err) {
        if (!Terminal.watched(System.getenv())) return _ -> { };
        return done -> {
            err.print(done < 1 ? "\r%3.0f %%".formatted(100 * done) : "\r     \r");
            err.flush();
        };
    }

    private RingSetting setting() {
        Numbers.within(2, 100_000, "--nodes", nodes);
        Numbers.within(0.01, 1_000, "--hours", hours);
        Numbers.within(0, 100, "--rate", rate);
        Numbers.within(0, 90, "--loss", loss);
        Numbers.within(0, 100_000, "--values", values);
        Numbers.within(0, 95, "--deaths", deaths);
        Numbers.within(0, 100, "--slow", slow);
        var median = session.equals("none") ? Optional.<Duration>empty() : Optional.of(life());
        var kind = one(RingKind.values(), "--overlay", overlay);
        return new RingSetting(kind, nodes, median, Duration.ofSeconds(Math.round(hours * 3600)),
                rate, seed, one(Latency.values(), "--latency", latency), kind.growth(),
                loss / 100, values, deaths / 100, slow / 100, cut);
    }

    private Duration life() {
        try {
            var life = new TaskOptions.Time().convert(session);
            Numbers.within(1, 1e9, "--session", life.toSeconds());
            return life;
        } catch (TypeConversionException e) {
            throw new UserMistake("--session " + e.getMessage() + ", or none");
        }
    }

    private static <E extends Enum<E>> E one(E[] all, String option, String name) {
        var names = Arrays.stream(all).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
        if (names.contains(name)) return all[names.indexOf(name)];
        throw new UserMistake(option + " " + name + " is not known: give "
                + String.join(" or ", names));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw UserMistake.writing(file, e, "give another place");
        }
    }

    private static String text(RingFindings found) {
        var out = new StringBuilder();
        var setting = found.setting();
        line(out, "ring", "%d nodes, sessions %s, %d born; %s".formatted(setting.nodes(),
                setting.session().map(life -> "of " + life.toSeconds() + " s in the median")
                        .orElse("without end"), found.births(), setting.length()));
        line(out, "look-ups", found.lookUps() == 0 ? "none" : ("%d: right %.2f %%, consistent"
                + " %.2f %%").formatted(found.lookUps(), found.right(), found.consistent()));
        if (found.lookUps() > 0) {
            line(out, "hops", "%.2f in the mean (%s)".formatted(found.hops(), shares(found)));
            line(out, "latency", "50 of 100 within %d ms, 95 within %d, 99 within %d; %.1f times a"
                    .formatted(found.latency(50).toMillis(), found.latency(95).toMillis(),
                            found.latency(99).toMillis(), found.stretch()) + " straight question");
        }
        line(out, "sent", ("%.0f bytes and %.1f datagrams by a node in a second; %.0f bytes in the"
                + " last minutes").formatted(
                        found.bytes(), found.datagrams(), found.lastBytes()));
        line(out, "records", "%d stored, %d lost".formatted(found.stored(), found.lost()));
        if (found.reads() > 0) {
            line(out, "", "%d stored in the second before the deaths, %d lost".formatted(
                    found.young(), found.youngLost()));
            line(out, "reads", ("%d from the deaths on, %d in vain; 50 of 100 within %d ms, 99"
                    + " within %d").formatted(found.reads(), found.unread(),
                            found.reading(50).toMillis(), found.reading(99).toMillis()));
        }
        return out.toString();
    }

    private static String shares(RingFindings found) {
        var shares = found.hopShares();
        return IntStream.range(0, shares.size()).filter(hops -> shares.get(hops) > 0)
                .mapToObj(hops -> "%d: %.1f %%".formatted(hops, shares.get(hops)))
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder out, String what, String text) {
        out.append("%-9s%s%n".formatted(what, text));
    }
}
