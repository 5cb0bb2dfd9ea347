package p2psip.tools.guide;

import module java.base;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import p2psip.tools.htmlify.Rules;
import p2psip.tools.rfc.*;

/// Makes the guide: `Guide SOURCE OUT html5|pdf [NAME=VALUE...]`, with attributes for the text.
/// Each chapter becomes a page, and the index one of several; a PDF is made of the index alone. A
/// warning of AsciiDoc, or a link of ours that leads nowhere, fails the build.
///
/// Runs as part of `mvn verify` after the annotated pages, and with `-Ppdf` once more for the PDF.
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
        var rules = Rules.of(sources, Library.of(Optional.empty(), System.getenv()));
        var problems = guide.make(new Macros(sources, rules), attributes(arguments));
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) System.exit(1);
    }

    private static Map<String, String> attributes(String[] arguments) {
        return Arrays.stream(arguments).skip(3).map(a -> a.split("=", 2))
                .collect(Collectors.toMap(a -> a[0], a -> a[1], (_, last) -> last, TreeMap::new));
    }

    /// Writes the pages, and says what is wrong with them, a line each.
    SequencedSet<String> make(Macros macros, Map<String, String> attributes) throws IOException {
        var problems = new LinkedHashSet<String>();
        Files.createDirectories(out);
        LOGGER.setUseParentHandlers(false);   // we tell
        try (var asciidoctor = Asciidoctor.Factory.create()) {
            macros.register(asciidoctor);
            asciidoctor.registerLogHandler(record -> {
                if (record.getSeverity().compareTo(Severity.WARN) >= 0) problems.add(line(record));
            });
            for (var chapter : chapters())
                asciidoctor.convertFile(chapter.toFile(), options(attributes));
        }
        if (backend.equals("pdf")) return problems;
        copy();
        problems.addAll(new Links(out).dead());
        return problems;
    }

    private static String line(LogRecord record) {
        var at = record.getCursor();
        return (at == null ? "" : at.getPath() + ":" + at.getLineNumber() + ": ")
                + record.getMessage();
    }

    private List<Path> chapters() throws IOException {
        if (backend.equals("pdf")) return List.of(source.resolve("index.adoc"));
        try (var files = Files.list(source)) {
            return files.filter(f -> f.toString().endsWith(".adoc")).sorted().toList();
        }
    }

    private Options options(Map<String, String> more) {
        var attributes = Attributes.builder().attribute("source-highlighter", "rouge")
                .attribute("webfonts!", "").attribute("prewrap!", "").attribute("toc", "left")
                .attribute("docinfo", "shared").attribute("reproducible", "")
                .attribute("title-page", "");
        more.forEach(attributes::attribute);
        return Options.builder().backend(backend).safe(SafeMode.UNSAFE).toDir(out.toFile())
                .mkDirs(true).attributes(attributes.build()).build();
    }

    /// Style sheets and whatever else a page shows.
    private void copy() throws IOException {
        try (var files = Files.list(source)) {
            for (var file : files.filter(f -> f.toString().endsWith(".css")).toList())
                Files.copy(file, out.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
