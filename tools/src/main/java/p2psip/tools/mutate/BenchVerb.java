package p2psip.tools.mutate;

import module java.base;
import p2psip.app.p2psip.*;
import p2psip.tools.rfc.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip bench`: measures what is there; `mutate`, how much of it the tests notice.
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measure this program.")
public final class BenchVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override public Integer call() {
        throw new UserMistake("measure what? try: p2psip bench mutate 2617");
    }

    @Command(name = "mutate", mixinStandardHelpOptions = true, description = "Break each line that"
            + " cites an RFC in every small way, and see whether a test notices. Exit 1 when less"
            + " than 80 %% is noticed of one.")
    int mutate(@Parameters(paramLabel = "RFC", arity = "0..*",
                    description = "Which; without any, all that the sources cite.")
            List<Integer> numbers,
            @Option(names = "--jobs", paramLabel = "N",
                    description = "So many processes at a time (default: one for each core).")
            int jobs,
            @Option(names = "--at", paramLabel = "TEXT", description = "Only lines whose FILE:LINE"
                    + " has this text.") String at,
            @Option(names = "--write", description = "Write the scores and what no test noticed to"
                    + " docs/src/mutation.txt.") boolean write) throws IOException {
        var root = Sources.repository().orElseThrow(() -> new UserMistake(
                "what is broken is the sources: run it in a clone of the repository"));
        if (jobs < 0) throw new UserMistake("--jobs " + jobs + " is less than one process");
        if (write && at != null) throw new UserMistake(
                "--at leaves lines out, and --write would count them: use one of the two");
        var out = spec.commandLine().getOut();
        var campaign = new Campaign(Sources.under(root), jobs > 0 ? jobs
                : Runtime.getRuntime().availableProcessors(), out);
        var rfcs = numbers == null ? campaign.rfcs() : new TreeSet<>(numbers);
        rfcs.stream().filter(rfc -> !campaign.rfcs().contains(rfc)).findFirst().ifPresent(rfc -> {
            throw new UserMistake("no line of the sources cites RFC " + rfc);
        });
        var scores = campaign.scores(rfcs, at == null ? "" : at, LocalDate.now());
        out.println();
        scores.forEach(score -> {
            out.println(score);
            score.survivors().forEach(survivor -> out.println("  " + survivor));
        });
        out.println();
        scores.forEach(out::println);
        if (write) Files.writeString(root.resolve(Scores.FILE),
                Scores.under(root).with(scores).toString());
        out.flush();
        return scores.stream().anyMatch(score -> score.percent() < Scores.LEAST) ? 1 : 0;
    }
}
