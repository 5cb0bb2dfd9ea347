package p2psip.tools.rfc;

import module java.base;
import p2psip.app.host.Why;
import p2psip.app.p2psip.*;
import p2psip.tools.rfc.Citation.Type;
import p2psip.tools.rfc.Coverage.Counts;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip rfc`: any section of an RFC, numbered, with the code and the tests that cite it.
@Command(name = "rfc", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Show a section of an RFC, or a sentence, with the code and tests that cite it.",
    "Name it as you have it: RFC 3261 §17.1.1.2, rfc3261#17.1.1.2-22, or the address of a section"
            + " at rfc-editor.org; an RFC alone lists its sections."})
public final class RfcVerb implements Verb {
    @Parameters(arity = "0..*", paramLabel = "RFC [SECTION]", description = "What to show: an RFC,"
            + " a section, or sentences of it.")
    private List<String> words = List.of();

    @Option(names = "--rfc", paramLabel = "DIR", scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "A folder with the texts of RFCs, rfcNNNN.txt (default: P2PSIP_RFC,"
            + " else where rfc fetch puts them, else /usr/share/doc/RFC).")
    private Path folder = Path.of("");

    @Option(names = "--coverage", description = "A line for each RFC cited: how many sentences"
            + " apply, and of these how many are implemented, tested, departed from, to do, open;"
            + " and how many ask nothing of us.")
    private boolean coverage;

    @Option(names = "--level", paramLabel = "LEVEL", description = "With --coverage: count only"
            + " the sentences of this level (must, should or may), and how much of what applies is"
            + " done.")
    private String level = "";

    @Option(names = "--left-out", paramLabel = "KIND", description = "Each sentence that is left"
            + " out and why, of one kind (departs, todo, not-ours, nothing-asked, permission,"
            + " superseded) or of all.")
    private String leftOut = "";

    @Option(names = "--draw", paramLabel = "N", description = "Draw N pairs at random, a line and"
            + " a test that cite one sentence: break the line, and the test should fail. With"
            + " --left-out: draw N of those.")
    private int draw;

    @Option(names = "--seed", paramLabel = "N", description = "With --draw: one seed is one draw.")
    private long seed;

    @Option(names = "--write", description = "With --coverage: write the snapshot that mvn verify"
            + " compares; run mvn verify first, for a test counts only when it passed.")
    private boolean write;

    @Option(names = "--check", description = "With --coverage: exit 1 when the snapshot is not what"
            + " the sources and the last test run say, 2 when no test has run.")
    private boolean check;

    @Mixin private Terminal terminal;
    @Spec private CommandSpec spec;

    private final Optional<Path> repository;
    private final Map<String, String> environment;

    public RfcVerb() { this(Sources.repository(), System.getenv()); }

    RfcVerb(Optional<Path> repository, Map<String, String> environment) {
        this.repository = repository;
        this.environment = environment;
    }

    private PrintWriter out() { return spec.commandLine().getOut(); }

    private Library library() {
        return Library.of(Optional.of(folder).filter(f -> !f.toString().isEmpty()), environment);
    }

    @Override public Integer call() {
        int exit = 0;
        if (coverage) exit = coverage();
        else if (!leftOut.isEmpty()) leftOut();
        else if (draw > 0) draw();
        else show(asked().orElseThrow(() -> new UserMistake(
                "which RFC? try: p2psip rfc 3261 17.1.1.2")));
        out().flush();
        return exit;
    }

    private Optional<Asked> asked() {
        return words.isEmpty() ? Optional.empty()
                : Optional.of(Asked.parse(String.join(" ", words)));
    }

    private Path root() {
        return repository.orElseThrow(() -> new UserMistake(
                "this is counted in the sources: run it in a clone of the repository"));
    }

    /// Tests count when they ran and passed in the last build.
    private int coverage() {
        var root = root();
        var run = TestRun.under(root);
        if (run.isEmpty() && (check || write))
            throw new UserMistake("no test has run here: run mvn verify first");
        var sources = Sources.under(root);
        var counted = Snapshot.counted(sources, run);
        var coverages = Coverage.of(counted);
        var file = root.resolve(Snapshot.FILE);
        try {
            if (check) return check(file, Snapshot.of(coverages),
                    new Changes(sources.citations(), Set.copyOf(counted), library()::rfc));
            (level.isEmpty() ? coverages.stream().map(Coverage::toString) : shares(coverages))
                    .map(line -> run.isEmpty() ? line.replaceAll("tested=\\S+", "tested=?") : line)
                    .forEach(out()::println);
            if (write) Files.writeString(file, Snapshot.of(coverages));
            return 0;
        } catch (IOException e) {
            throw new UserMistake("cannot read or write " + file + ": " + Why.of(e));
        }
    }

    /// The same line over the sentences of one level, for each RFC and for all.
    private Stream<String> shares(List<Coverage> coverages) {
        var names = Arrays.stream(Keyword.Level.values())
                .map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(level)) throw new UserMistake("there is no level " + level + ": "
                + String.join(", ", names));
        var lines = new ArrayList<String>();
        var sum = Counts.of(List.of());
        for (var coverage : coverages) {
            var counts = coverage.counts(k -> k.level().ordinal() == names.indexOf(level));
            lines.add("rfc" + coverage.index().rfc() + " " + counts + " " + counts.shares());
            sum = sum.plus(counts);
        }
        lines.add("all " + sum + " " + sum.shares());
        return lines.stream();
    }

    private List<Coverage> coverages(List<Citation> citations) {
        var asked = asked().map(Asked::rfc);
        return Coverage.of(citations).stream()
                .filter(c -> asked.isEmpty() || asked.get() == c.index().rfc()).toList();
    }

    /// Each sentence with its words, where they are at hand, and with ours below it.
    private void leftOut() {
        var kinds = Arrays.stream(Type.values()).skip(2).map(Type::toString).toList();
        if (!leftOut.equals("all") && !kinds.contains(leftOut)) throw new UserMistake(
                "there is no kind " + leftOut + ": " + String.join(", ", kinds) + ", all");
        var lines = new ArrayList<String>();
        for (var coverage : coverages(Sources.under(root()).citations())) {
            var text = library().rfc(coverage.index().rfc());
            for (var sentence : coverage.sentences(_ -> true)) {
                int n = sentence.numbers().getFirst();
                coverage.of(sentence.section(), n).stream()
                        .filter(c -> leftOut.equals("" + c.type())
                                || leftOut.equals("all") && kinds.contains("" + c.type()))
                        .forEach(c -> lines.add(sentence + " " + text
                                .flatMap(t -> t.statement(sentence.section(), n)).orElse("")
                                + "\n    " + c.type() + " " + c.words() + "  " + c.where()));
            }
        }
        if (draw > 0) Collections.shuffle(lines, new Random(seed));
        lines.stream().limit(draw > 0 ? draw : lines.size()).forEach(out()::println);
    }

    private void draw() {
        var root = root();
        var run = TestRun.under(root);
        if (run.isEmpty()) throw new UserMistake("no test has run here: run mvn verify first");
        var sources = Sources.under(root);
        Draw.of(coverages(Snapshot.counted(sources, run)), draw, seed)
                .forEach(lot -> out().println(lot.told(sources)));
    }

    private int check(Path file, String now, Changes changes) throws IOException {
        if (!Files.exists(file)) throw new UserMistake("there is no " + Snapshot.FILE
                + ": app/p2psip rfc --coverage --write makes it");
        var told = changes.told(Files.readString(file), now);
        var err = spec.commandLine().getErr();
        told.forEach(err::println);
        if (!told.isEmpty()) err.println("coverage is not what " + Snapshot.FILE + " says; if"
                + " that is meant: app/p2psip rfc --coverage --write, and check it in");
        return told.isEmpty() ? 0 : 1;
    }

    private void show(Asked asked) {
        int rfc = asked.rfc();
        var sources = repository.map(Sources::under);
        var citations = sources.map(Sources::citations).orElse(List.of());
        var text = library().rfc(rfc);
        var index = Index.of(rfc).or(() -> text.map(Index::from))
                .orElseThrow(() -> unknown(rfc, citations));
        var coverage = new Coverage(index, citations);
        var page = new SectionPage(coverage, text, terminal.screen());
        if (asked.section().isEmpty()) {
            page.contents().forEach(out()::println);
            return;
        }
        var section = index.section(asked.section())
                .orElseThrow(() -> unknown(index, asked.section()));
        asked.place().map(place -> new SentencePage(coverage, text, sources, terminal.screen())
                .lines(section, place)).orElseGet(() -> page.section(section))
                .forEach(out()::println);
    }

    private static UserMistake unknown(int rfc, List<Citation> citations) {
        var there = Coverage.of(citations).stream().map(c -> "" + c.index().rfc())
                .collect(Collectors.joining(", "));
        return new UserMistake("RFC " + rfc + " is not in the index and its text was not found; the"
                + " sources cite " + (there.isEmpty() ? "none here" : there) + "; p2psip rfc fetch "
                + rfc + " gets any other");
    }

    /// Names those beside it.
    private static UserMistake unknown(Index index, String section) {
        int dot = section.lastIndexOf('.');
        var above = dot < 0 ? "" : section.substring(0, dot + 1);
        var beside = index.sections().stream().map(Index.Entry::number)
                .filter(n -> n.startsWith(above) && n.indexOf('.', above.length()) < 0).toList();
        return new UserMistake("RFC " + index.rfc() + " has no section " + section
                + (beside.isEmpty() ? "" : ", but " + String.join(", ", beside)) + "; p2psip rfc "
                + index.rfc() + " lists all");
    }

    @Command(name = "fetch", mixinStandardHelpOptions = true, description = {
        "Get the texts of RFCs from rfc-editor.org, once.",
        "Each is checked against our index and kept in the cache (~/.cache/p2psip/rfc); what is"
                + " there is not fetched again. Exit code 1 if some were not to be had."})
    int fetch(@Parameters(paramLabel = "NUM", arity = "0..*",
            description = "Which; without any, all that the sources cite.") List<Integer> numbers,
            @Option(names = "--from", paramLabel = "URL", defaultValue = Fetch.EDITOR,
                    description = "Another server: the folder where rfc3261.txt is (default:"
                    + " ${DEFAULT-VALUE}).") String from)
            throws InterruptedException {
        var wanted = numbers != null ? numbers : repository.map(Sources::under)
                .map(Sources::citations).orElse(List.of()).stream()
                .map(c -> c.place().rfc()).distinct().sorted().toList();
        if (wanted.isEmpty()) throw new UserMistake("which RFC? try: p2psip rfc fetch 3261");
        var cache = Library.cache(environment);
        var done = new Fetch(Fetch.server(from), cache, Fetch.PATIENCE).all(wanted,
                new Progress(spec.commandLine().getErr(), Terminal.watched(environment)));
        out().println(done.told(cache));
        out().flush();
        return done.all() ? 0 : 1;
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
