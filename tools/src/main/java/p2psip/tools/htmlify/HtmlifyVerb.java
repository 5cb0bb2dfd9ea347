package p2psip.tools.htmlify;

import module java.base;
import p2psip.app.p2psip.*;
import p2psip.tools.rfc.*;
import picocli.CommandLine.*;

/// `p2psip htmlify`: the annotated source as pages.
@Command(name = "htmlify", mixinStandardHelpOptions = true,
        description = "Write the annotated source: each rule beside the lines that obey it.")
public final class HtmlifyVerb implements Verb {
    @Option(names = "--rfc", paramLabel = "DIR",
            description = "A folder with the texts of RFCs, rfcNNNN.txt (default: P2PSIP_RFC,"
            + " else where rfc fetch puts them, else /usr/share/doc/RFC).")
    private Path folder = Path.of("");

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where to write (default: docs/target/site/source).")
    private Path out = Path.of("");

    @Option(names = "--guide", paramLabel = "URL",
            description = "Where the guide is, from the front page, for a link to it.")
    private String guide = "";

    @Option(names = "--api", paramLabel = "URL",
            description = "Where the javadoc is, from the front page, for links to it.")
    private String api = "";

    @Override public Integer call() {
        var root = Sources.repository().orElseThrow(() -> new UserMistake(
                "the pages are made of the sources: run this in a clone of the repository"));
        var library = Library.of(Optional.of(folder).filter(f -> !f.toString().isEmpty()),
                System.getenv());
        var to = out.toString().isEmpty() ? root.resolve("docs/target/site/source") : out;
        var sources = Sources.under(root);
        var site = new Site(Book.of(sources, Snapshot.counted(sources), library::rfc),
                library::errata, new FrontPage.Beside(
                        Optional.of(guide).filter(Predicate.not(String::isEmpty)),
                        Optional.of(api).filter(Predicate.not(String::isEmpty))));
        var pages = site.pages();
        try {
            site.write(pages, to);
        } catch (IOException e) {
            throw UserMistake.writing(to, e, "name another folder with --out");
        }
        System.out.println(pages.size() + " pages in " + to);
        var faults = new Check(pages).faults();
        faults.forEach(System.err::println);
        return faults.isEmpty() ? 0 : 1;
    }
}
