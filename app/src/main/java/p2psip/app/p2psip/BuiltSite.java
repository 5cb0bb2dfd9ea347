package p2psip.app.p2psip;

import module java.base;
import p2psip.app.trace.*;

/// Where a rule is read: on the annotated pages where they are built, else at rfc-editor.org.
///
/// @param folder the root of the pages, if they are there
public record BuiltSite(Optional<Path> folder) implements Screen.Pages {
    /// Where the build puts the pages, in a clone of the repository, and which is the first.
    public static final String FOLDER = "docs/target/site", FRONT = "index.html";

    private static final Pattern CITATION =
            Pattern.compile("rfc(\\d+)#([0-9A-Z]+)((?:\\.\\d+)*)((?:-\\d+)?)");

    /// Of the clone that this program was built in, if it was and if its pages are built.
    public static BuiltSite here() {
        try {
            var classes = Path.of(BuiltSite.class.getProtectionDomain().getCodeSource()
                    .getLocation().toURI());
            return new BuiltSite(Stream.iterate(classes, Objects::nonNull, Path::getParent)
                    .map(above -> above.resolve(FOLDER))
                    .filter(site -> Files.isReadable(site.resolve(FRONT))).findFirst());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);   // a location on this machine is a URI
        }
    }

    @Override public Optional<URI> address(String citation) {
        var m = CITATION.matcher(citation);
        if (!m.matches()) return Optional.empty();
        var section = m.group(2) + m.group(3);
        var page = folder.map(f -> f.resolve("source", "rfc" + m.group(1),
                        m.group(2) + ".html"))
                .filter(Files::isReadable);
        return Optional.of(page.map(p -> URI.create(p.toUri() + "#s" + section + m.group(4)))
                .orElseGet(() -> URI.create(Sentences.LINKS.of(citation).address())));
    }
}
