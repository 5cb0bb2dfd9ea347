package p2psip.tools.guide;

import module java.base;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.OptionsBuilder;
import org.asciidoctor.SafeMode;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import p2psip.tools.htmlify.*;
import p2psip.tools.rfc.*;

/// Makes the whole site, the guide's chapters among it: `Guide SOURCE OUT html5 [NAME=VALUE...]`,
/// with attributes for the text; or with `pdf` a book of the guide. A warning of AsciiDoc, a
/// chapter that the index does not include, or a link that leads nowhere fails the build.
///
/// Runs as part of `mvn verify` after the javadoc, and with `-Ppdf` once more for the PDF.
public final class Guide {
    private static final Logger LOGGER = Logger.getLogger("asciidoctor");   // as long as we live

    private final Path source, out;
    private final String backend;

    Guide(Path source, Path out, String backend) {
        this.source = source;
        this.out = out;
        this.backend = backend;
    }

    public static void main(String[] arguments) throws IOException {
        var guide = new Guide(Path.of(arguments[0]).toAbsolutePath().normalize(),
                Path.of(arguments[1]).toAbsolutePath().normalize(), arguments[2]);
        var sources = Sources.under(Sources.repository().orElseThrow());
        var library = Library.of(Optional.empty(), System.getenv());
        var problems = guide.backend.equals("pdf")
                ? guide.pdf(new Macros(sources, Rules.of(sources, library)), attributes(arguments))
                : guide.site(sources, library, attributes(arguments));
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) System.exit(1);
    }

    private static Map<String, String> attributes(String[] arguments) {
        return Arrays.stream(arguments).skip(3).map(a -> a.split("=", 2))
                .collect(Collectors.toMap(a -> a[0], a -> a[1], (_, last) -> last, TreeMap::new));
    }

    /// Writes the book, and says what is wrong with it, a line each.
    SequencedSet<String> pdf(Macros macros, Map<String, String> attributes) throws IOException {
        Files.createDirectories(out);
        var problems = new LinkedHashSet<String>();
        try (var asciidoctor = asciidoctor(problems)) {
            macros.register(asciidoctor);
            asciidoctor.convertFile(source.resolve("index.adoc").toFile(),
                    options(attributes).toDir(out.toFile()).mkDirs(true).build());
        }
        return problems;
    }

    /// Writes the whole site, and says what is wrong with it, a line each.
    SequencedSet<String> site(Sources sources, Library library, Map<String, String> attributes)
            throws IOException {
        var problems = new LinkedHashSet<String>();
        var starting = CompletableFuture.supplyAsync(() -> asciidoctor(problems));
        var chapters = Chapters.of(source);
        var site = Site.of(sources, library, chapters, out);
        new Api(out.resolve("api")).join();
        var pages = site.pages();
        var searched = new StringBuilder();
        try (var asciidoctor = starting.join()) {
            new Macros(sources, site.rules()).register(asciidoctor);
            for (var chapter : chapters.all()) {
                var text = asciidoctor.convertFile(source.resolve(chapter.name() + ".adoc")
                        .toFile(), options(attributes).toFile(false).standalone(false).build(),
                        String.class);
                var page = new ChapterPage(site.frame(), chapter, text);
                pages.put(chapter.page(), page.html());
                searched.append(page.searched());
            }
        }
        site.write(pages, out);
        Files.writeString(out.resolve("book.js"), searched);
        problems.addAll(forgotten(chapters));
        problems.addAll(Site.faults(pages, out));
        System.out.println(pages.size() + " pages in " + out);
        return problems;
    }

    private static Asciidoctor asciidoctor(Collection<String> problems) {
        LOGGER.setUseParentHandlers(false);   // we tell
        var asciidoctor = Asciidoctor.Factory.create();
        asciidoctor.registerLogHandler(record -> {
            if (record.getSeverity().compareTo(Severity.WARN) >= 0) problems.add(line(record));
        });
        return asciidoctor;
    }

    private static String line(LogRecord record) {
        var at = record.getCursor();
        return (at == null ? "" : at.getPath() + ":" + at.getLineNumber() + ": ")
                + record.getMessage();
    }

    /// Files of the guide that nobody would find.
    private List<String> forgotten(Chapters chapters) throws IOException {
        var known = chapters.all().stream().map(c -> c.name() + ".adoc").toList();
        try (var files = Files.list(source)) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".adoc"))
                    .filter(f -> !f.equals("index.adoc") && !known.contains(f)).sorted()
                    .map(f -> f + ": index.adoc does not include it").toList();
        }
    }

    private OptionsBuilder options(Map<String, String> more) {
        var attributes = Attributes.builder().attribute("source-highlighter", "rouge")
                .attribute("prewrap!", "").attribute("reproducible", "")
                .attribute("title-page", "");
        if (backend.equals("pdf"))
            attributes.attribute("pdf-theme", source.resolve("book-theme.yml").toString());
        else   // the frame has all this
            List.of("toc!", "sectanchors!", "sectlinks!").forEach(a -> attributes.attribute(a, ""));
        more.forEach(attributes::attribute);
        return Options.builder().backend(backend).safe(SafeMode.UNSAFE)
                .attributes(attributes.build());
    }
}
