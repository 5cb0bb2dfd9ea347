package p2psip.tools.dissect;

import module java.base;
import p2psip.app.p2psip.*;
import p2psip.app.trace.*;
import p2psip.tools.htmlify.Rules;
import p2psip.tools.rfc.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip illustrate`: runs one call in virtual time and explains its bytes.
@Command(name = "illustrate", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Run one call in virtual time, and explain what was sent, byte by byte.",
    "It prints a line for each message explained. --html writes all of it as a page that stands"
            + " alone; --out writes the parts that the guide's chapter `The illustrated call`"
            + " includes."})
public final class IllustrateVerb implements Verb {
    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--html", paramLabel = "OUT", description = "Where to write the page.")
    private Optional<Path> page = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the parts.")
    private Optional<Path> out = Optional.empty();

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var recording = Recording.ofCall(seed);
        var story = Story.of(recording);
        page.ifPresent(file -> write(file, new Viewer(story.conversation(), new Quoted())
                .page("The illustrated call", List.of("Alice calls Bob: " + recording.outcome()))));
        out.ifPresent(folder -> Chapter.parts(story, recording.outcome(), sentences())
                .forEach((name, text) -> write(folder.resolve(name), text)));
        var print = spec.commandLine().getOut();
        for (var told : story.told()) {
            var shot = told.step().shot();
            print.printf("%.4f  %-45s %5d bytes, %3d fields%n", Duration.between(
                    story.conversation().begin(), shot.at()).toNanos() / 1e9, told.title(),
                    shot.outside().bytes().size(), shot.outside().fields().size()
                            + shot.inside().stream().mapToInt(in -> in.fields().size()).sum());
        }
        print.println("call: ok " + recording.outcome());
        return 0;
    }

    /// As the site has them, where the sources are at hand.
    private static Sentences sentences() {
        return Sources.repository().<Sentences>map(root -> new SiteSentences(Rules.of(
                Sources.under(root), Library.of(Optional.empty(), System.getenv()))))
                .orElseGet(Quoted::new);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw UserMistake.writing(file, e, "name what you may write");
        }
    }
}
