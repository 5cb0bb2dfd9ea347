package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sim.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `sim paper`: the figures of papers, had again.
@Command(name = "paper", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Have figures of papers again with nodes of ours and of Chord; without a name, list them.",
    "Each value is a mean of several seeds, with the interval in which the true mean lies in 95 of"
            + " 100 cases. The same seeds give the same figure."})
final class SimPaperCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which figures.")
    List<String> names = List.of();

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "100",
            description = "How many nodes there are, where that is not what is varied"
                    + " (default: ${DEFAULT-VALUE}).")
    int nodes;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "5",
            description = "How many seeds, from 1 on (default: ${DEFAULT-VALUE}).")
    int seeds;

    @Option(names = "--plot", paramLabel = "DIR",
            description = "Draw them there, NAME.svg, and write their numbers, NAME.csv.")
    Optional<Path> plot;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        Numbers.within(2, 100_000, "--nodes", nodes);
        Numbers.within(1, 100, "--seeds", seeds);
        var out = spec.commandLine().getOut();
        if (names.isEmpty()) for (var paper : Paper.values())
            out.println("%-9s%s".formatted(lower(paper), paper.title()));
        //  figures of one paper are of the same runs
        var found = new HashMap<RingSetting, RingFindings>();
        for (var paper : names.stream().map(SimPaperCommand::named).toList())
            draw(paper, setting -> found.computeIfAbsent(setting,
                    one -> RingTrial.run(one, _ -> { })), out);
        return 0;
    }

    private static Paper named(String name) {
        return Arrays.stream(Paper.values()).filter(one -> lower(one).equals(name)).findFirst()
                .orElseThrow(() -> new UserMistake("there is no figure " + name
                        + ": app/p2psip sim paper lists them"));
    }

    private void draw(Paper paper, Function<RingSetting, RingFindings> trial, PrintWriter out) {
        var drawn = paper.run(nodes, seeds, trial,
                SimDhtCommand.progress(spec.commandLine().getErr()));
        out.print(text(drawn));
        out.println("published: " + paper.published());
        out.flush();
        plot.ifPresent(folder -> {
            write(folder, lower(paper) + ".svg", drawn.svg());
            write(folder, lower(paper) + ".csv", csv(drawn));
        });
    }

    private static String lower(Paper paper) { return paper.name().toLowerCase(Locale.ROOT); }

    /// A line for each value of the horizontal axis.
    private static String text(Plot plot) {
        var lines = new StringBuilder(plot.title() + " (" + plot.up() + ")\n");
        lines.append("%12s".formatted(plot.across().split(" ")[0]));
        plot.series().forEach(each -> lines.append("%22s".formatted(each.name())));
        for (int i = 0; i < plot.points().size(); i++) {
            lines.append("%n%12.1f".formatted(plot.points().get(i).x()));
            for (var each : plot.series()) lines.append("%22s".formatted("%.2f +- %.2f".formatted(
                    each.points().get(i).y(), each.points().get(i).spread())));
        }
        return lines.append('\n').toString();
    }

    private static String csv(Plot plot) {
        var lines = new StringBuilder("series,x,mean,interval\n");
        for (var each : plot.series()) for (var point : each.points())
            lines.append("%s,%s,%.4f,%.4f%n".formatted(each.name().replace(',', ';'), point.x(),
                    point.y(), point.spread()));
        return lines.toString();
    }

    private static void write(Path folder, String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw UserMistake.writing(folder.resolve(name), e, "give another place");
        }
    }
}
