package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sim.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `sim`: the laboratory.
@Command(name = "sim", mixinStandardHelpOptions = true,
        description = "Run whole networks in virtual time.", subcommands = {
            SimDhtCommand.class, SimCompareCommand.class, SimPaperCommand.class,
            SimRingCommand.class, SimVerb.OfNat.class})
public final class SimVerb implements Verb {
    @Spec CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    /// `sim nat`: who gets through to whom.
    @Command(name = "nat", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Let nodes behind each kind of router call each other, and print by which way they get"
                + " through.",
        "Rows call columns: = straight at once; o a hole was punched, so many milliseconds after"
                + " the relay; r by the relay; - not at all. A ! marks what is worse than RFC 4787"
                + " and RFC 8445 owe. Kinds: full, addr and port filter by nothing, address, or"
                + " address and port; sym gives each destination a port of its own; linux, and"
                + " linux+ that answers strangers; NAME/2 is behind a second router; six has IPv6.",
        "Exit code 0 if all is as owed, 1 if not."})
    static final class OfNat implements Callable<Integer> {
        @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
                description = "The same seed gives the same run (default: ${DEFAULT-VALUE}).")
        long seed;

        @Option(names = "--seeds", paramLabel = "N", defaultValue = "1",
                description = "How many seeds to run; the table is of the first.")
        int seeds;

        @Spec CommandSpec spec;

        @Override public Integer call() {
            Numbers.within(1, 1_000, "--seeds", seeds);
            var out = spec.commandLine().getOut();
            var all = new ArrayList<NatMatrix.Cell>();
            for (long s = seed; s < seed + seeds; s++) {
                var cells = NatMatrix.run(Home.ALL, s);
                if (s == seed) out.print(NatMatrix.table(Home.ALL, cells));
                all.addAll(cells);
                out.flush();
            }
            all.addAll(LongStream.range(seed, seed + seeds)
                    .mapToObj(s -> NatMatrix.inside(Home.HAIRPIN, s)).toList());
            all.stream().filter(cell -> !cell.right()).limit(10).forEach(cell -> out.println(
                    cell.caller().name() + " calls " + cell.callee().name() + ": "
                            + cell.outcome().name().toLowerCase(Locale.ROOT) + ", owed: "
                            + (cell.owed() ? "without a relay" : "by a relay")));
            out.println(summary(all));
            return all.stream().allMatch(NatMatrix.Cell::right) ? 0 : 1;
        }

        private static String summary(List<NatMatrix.Cell> all) {
            var owed = all.stream().filter(NatMatrix.Cell::owed).toList();
            var punched = all.stream().filter(
                    cell -> cell.outcome() == NatMatrix.Outcome.PUNCHED).toList();
            return ("%d calls: %d connected; of %d owed a way without a relay %d have one; %d holes"
                    + " punched, 95 of 100 within %d ms, by %.1f checks; Links in %d ms, first"
                    + " sound %d ms after the answer (95 of 100)").formatted(all.size(),
                    all.stream().filter(c -> c.outcome() != NatMatrix.Outcome.NONE).count(),
                    owed.size(), owed.stream().filter(NatMatrix.Cell::direct).count(),
                    punched.size(), p95(punched, NatMatrix.Cell::opened),
                    punched.stream().mapToInt(NatMatrix.Cell::checks).average().orElse(0),
                    p95(all, NatMatrix.Cell::set), p95(all, NatMatrix.Cell::media));
        }

        private static long p95(List<NatMatrix.Cell> cells,
                Function<NatMatrix.Cell, Duration> what) {
            var sorted = cells.stream().map(what).sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * 95 / 100).toMillis();
        }
    }
}
