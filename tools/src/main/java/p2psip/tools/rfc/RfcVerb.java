package p2psip.tools.rfc;

import module java.base;
import java.net.http.HttpClient;
import p2psip.app.host.Why;
import p2psip.app.p2psip.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip rfc`: any section of an RFC, numbered, with the code and the tests that cite it.
@Command(name = "rfc", mixinStandardHelpOptions = true,
        description = "Show a section of an RFC with the code and tests that cite it.")
public final class RfcVerb implements Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NUM", description = "The RFC's number.")
    private int rfc;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SECTION",
            description = "The section, as 17.1.1.2; without it the list of sections.")
    private String section = "";

    @Option(names = "--rfc", paramLabel = "DIR", scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "A folder with the texts of RFCs, rfcNNNN.txt (default: P2PSIP_RFC,"
            + " else where rfc fetch puts them, else /usr/share/doc/RFC).")
    private Path folder = Path.of("");

    @Option(names = "--coverage", description = "A line for each RFC cited: how many sentences are"
            + " implemented, tested, excepted, to do, open.")
    private boolean coverage;

    @Option(names = "--level", paramLabel = "LEVEL", description = "With --coverage: count only"
            + " the sentences of this level (must, should or may), and how much of what applies is"
            + " done.")
    private String level = "";

    @Option(names = "--draw", paramLabel = "N", description = "Draw N pairs at random, a line and"
            + " a test that cite one sentence: break the line, and the test should fail.")
    private int draw;

    @Option(names = "--seed", paramLabel = "N", description = "With --draw: one seed is one draw.")
    private long seed;

    @Option(names = "--write", description = "With --coverage: write the snapshot that mvn verify"
            + " compares; run mvn verify first, for a test counts only when it passed.")
    private boolean write;

    @Option(names = "--check", description = "With --coverage: exit 1 when the snapshot is not what"
            + " the sources and the last test run say.")
    private boolean check;

    @Spec private CommandSpec spec;

    private PrintWriter out() { return spec.commandLine().getOut(); }

    private Library library() {
        return Library.of(Optional.of(folder).filter(f -> !f.toString().isEmpty()),
                System.getenv());
    }

    @Override public Integer call() {
        int exit = 0;
        if (coverage) exit = coverage();
        else if (draw > 0) draw();
        else show(Sources.repository().map(root -> Sources.under(root).citations())
                .orElse(List.of()));
        out().flush();
        return exit;
    }

    private Path root() {
        return Sources.repository().orElseThrow(() -> new UserMistake(
                "this is counted in the sources: run it in a clone of the repository"));
    }

    /// What the tests of the last build say; without any, no test counts.
    private TestRun lastRun(Path root) {
        var run = TestRun.under(root);
        if (run.isEmpty()) spec.commandLine().getErr().println(
                "no test has run here, so none counts; run mvn verify first");
        return run;
    }

    /// Tests count when they ran and passed in the last build.
    private int coverage() {
        var root = root();
        var run = lastRun(root);
        var sources = Sources.under(root);
        var counted = Snapshot.counted(sources, run);
        var coverages = Coverage.of(counted);
        var file = root.resolve(Snapshot.FILE);
        try {
            if (check) return check(file, run, Snapshot.of(coverages),
                    new Changes(sources, counted, library()::rfc));
            if (level.isEmpty()) coverages.forEach(out()::println);
            else shares(coverages);
            if (write && run.isEmpty())
                throw new UserMistake("without tests no snapshot: run mvn verify first");
            if (write) Files.writeString(file, Snapshot.of(coverages));
            return 0;
        } catch (IOException e) {
            throw new UserMistake("cannot read or write " + file + ": " + Why.of(e));
        }
    }

    /// The same line over the sentences of one level, for each RFC and for all.
    private void shares(List<Coverage> coverages) {
        var names = Arrays.stream(Keyword.Level.values())
                .map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(level)) throw new UserMistake("there is no level " + level + ": "
                + String.join(", ", names));
        var sum = new Coverage.Counts(0, 0, 0, 0, 0, 0, 0);
        for (var coverage : coverages) {
            var counts = coverage.counts(k -> k.level().ordinal() == names.indexOf(level));
            out().println("rfc" + coverage.index().rfc() + " " + counts + " " + counts.shares());
            sum = sum.plus(counts);
        }
        out().println("all " + sum + " " + sum.shares());
    }

    private void draw() {
        var root = root();
        var sources = Sources.under(root);
        var coverages = Coverage.of(Snapshot.counted(sources, lastRun(root))).stream()
                .filter(coverage -> rfc == 0 || coverage.index().rfc() == rfc).toList();
        Draw.of(coverages, draw, seed).forEach(lot -> out().println(lot.told(sources)));
    }

    private int check(Path file, TestRun run, String now, Changes changes) throws IOException {
        if (!Files.exists(file) || run.isEmpty()) return 0;
        var told = changes.told(Files.readString(file), now);
        var err = spec.commandLine().getErr();
        told.forEach(err::println);
        if (!told.isEmpty()) err.println("coverage is not what " + Snapshot.FILE + " says; if"
                + " that is meant: app/p2psip rfc --coverage --write, and check it in");
        return told.isEmpty() ? 0 : 1;
    }

    private void show(List<Citation> citations) {
        if (rfc == 0) throw new UserMistake("which RFC? try: p2psip rfc 3261 17.1.1.2");
        var text = library().rfc(rfc);
        var index = Index.of(rfc).or(() -> text.map(Index::from)).orElseThrow(() -> new UserMistake(
                "RFC " + rfc + " is not in the index and its text was not found; name a folder"
                + " that has rfc" + rfc + ".txt with --rfc DIR, or run p2psip rfc fetch " + rfc));
        var page = new SectionPage(new Coverage(index, citations), text);
        if (section.isEmpty()) page.contents().forEach(out()::println);
        else page.section(index.section(section).orElseThrow(() -> new UserMistake("RFC " + rfc
                + " has no section " + section + "; p2psip rfc " + rfc + " lists them")))
                .forEach(out()::println);
    }

    @Command(name = "fetch", mixinStandardHelpOptions = true,
            description = "Download texts from rfc-editor.org into the cache.")
    int fetch(@Parameters(paramLabel = "NUM", arity = "0..*",
            description = "Which; without any, all that the sources cite.") List<Integer> numbers)
            throws IOException, InterruptedException {
        var wanted = numbers != null ? numbers : Sources.repository().map(Sources::under)
                .map(Sources::citations).orElse(List.of()).stream()
                .map(c -> c.place().rfc()).distinct().sorted().toList();
        if (wanted.isEmpty()) throw new UserMistake("which RFC? try: p2psip rfc fetch 3261");
        var cache = Library.cache(System.getenv());
        try (var client = HttpClient.newHttpClient()) {
            for (int number : wanted) out().println(Fetch.one(client, number, cache));
        }
        out().flush();
        return 0;
    }

    @Command(name = "freeze", mixinStandardHelpOptions = true,
            description = "Number a text and write its index; once only.")
    int freeze(@Parameters(paramLabel = "NUM", arity = "1..*") List<Integer> numbers)
            throws IOException {
        var root = root();
        for (int number : numbers) {
            var file = root.resolve("tools/src/main/resources/p2psip/tools/rfc/index")
                    .resolve("rfc" + number + ".txt");
            if (Files.exists(file)) throw new UserMistake("rfc" + number
                    + " is frozen: its numbers are cited and must not change");
            var text = library().rfc(number).orElseThrow(() -> new UserMistake("no text of RFC "
                    + number + "; name a folder that has it with --rfc DIR"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, Index.from(text).toString());
            out().println(root.relativize(file));
        }
        out().flush();
        return 0;
    }
}
