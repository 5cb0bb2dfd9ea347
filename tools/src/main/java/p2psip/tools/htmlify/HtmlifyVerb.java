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
            description = "Where to write (default: docs/target/site).")
    private Path out = Path.of("");

    @Override public Integer call() {
        var root = Sources.repository().orElseThrow(() -> new UserMistake(
                "the pages are made of the sources: run this in a clone of the repository"));
        var library = Library.of(Optional.of(folder).filter(f -> !f.toString().isEmpty()),
                System.getenv());
        var to = out.toString().isEmpty() ? root.resolve("docs/target/site") : out;
        var site = Site.of(Sources.under(root), library,
                Chapters.of(root.resolve("docs/src")).in(to), to);
        var pages = site.pages();
        try {
            site.write(pages, to);
        } catch (IOException e) {
            throw UserMistake.writing(to, e, "name another folder with --out");
        }
        System.out.println(pages.size() + " pages in " + to);
        var faults = Site.faults(pages, to);
        faults.forEach(System.err::println);
        return faults.isEmpty() ? 0 : 1;
    }
}
