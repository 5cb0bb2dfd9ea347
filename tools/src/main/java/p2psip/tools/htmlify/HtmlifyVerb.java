package p2psip.tools.htmlify;

import module java.base;
import p2psip.app.p2psip.*;
import p2psip.tools.rfc.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip htmlify`: the annotated source as pages.
@Command(name = "htmlify", mixinStandardHelpOptions = true,
        description = "Write the annotated source: each rule beside the lines that obey it.")
public final class HtmlifyVerb implements Verb {
    @Option(names = "--rfc", paramLabel = "DIR",
            description = "A folder with the texts of RFCs, rfcNNNN.txt (default: P2PSIP_RFC,"
            + " else where rfc fetch puts them, else /usr/share/doc/RFC).")
    private Path folder = Path.of("");

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where to write (default: " + BuiltSite.FOLDER + ").")
    private Path out = Path.of("");

    @Option(names = "--open", description = "Open the front page in the browser.")
    private boolean open;

    @Option(names = "--pictures", description = "Only draw the pictures of the README again, into "
            + Pictures.FOLDER + ".")
    private boolean pictures;

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var root = Sources.repository().orElseThrow(() -> new UserMistake(
                "the pages are made of the sources: run this in a clone of the repository"));
        if (pictures) return pictures(Sources.under(root));
        var library = Library.of(Optional.of(folder).filter(f -> !f.toString().isEmpty()),
                System.getenv());
        var to = out.toString().isEmpty() ? root.resolve(BuiltSite.FOLDER) : out;
        writable(to);
        var site = Site.of(Sources.under(root), library,
                Chapters.of(root.resolve("docs/src")).in(to), to);
        var pages = site.pages();
        try {
            site.write(pages, to);
        } catch (IOException e) {
            throw cannotWrite(to, e);
        }
        var told = spec.commandLine().getOut();
        told.println(pages.size() + " pages in " + to);
        missing(site.book()).ifPresent(told::println);
        if (open) told.println(Browser.open(to.resolve(BuiltSite.FRONT), System.getenv()));
        told.flush();
        var faults = Site.faults(pages, to);
        faults.forEach(spec.commandLine().getErr()::println);
        return faults.isEmpty() ? 0 : 1;
    }

    private int pictures(Sources sources) {
        try {
            Pictures.write(sources).forEach(spec.commandLine().getOut()::println);
            return 0;
        } catch (IOException e) {
            throw cannotWrite(sources.root().resolve(Pictures.FOLDER), e);
        }
    }

    /// Before the work, which takes half a minute.
    private static void writable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "page", ".html"));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static UserMistake cannotWrite(Path folder, IOException why) {
        return UserMistake.writing(folder, why, "name another folder with --out");
    }

    /// What the pages lack, and who gets it.
    static Optional<String> missing(Book book) {
        int all = book.shown().size(), missing = all - book.texts().size();
        return missing == 0 ? Optional.empty() : Optional.of("no text of " + missing + " of " + all
                + " RFCs: their rules stand in our own words; app/p2psip rfc fetch gets the texts"
                + " once");
    }
}
