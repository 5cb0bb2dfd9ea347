package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.BuiltSite;
import p2psip.tools.rfc.*;

/// What the README shows and says is what is there.
class PicturesTest {
    private static final Path ROOT = Sources.repository().orElseThrow();
    private static final Sources SOURCES = Sources.under(ROOT);

    @Test void the_pictures_are_what_the_code_draws_today() throws Exception {
        for (var picture : Pictures.of(SOURCES).entrySet()) {
            assertThat(ROOT.resolve(Pictures.FOLDER, picture.getKey())).as("if that is meant:"
                    + " app/p2psip htmlify --pictures, and check it in")
                    .hasContent(picture.getValue()).satisfies(file ->
                            assertThat(Files.size(file)).isLessThan(100_000));
            assertThat(javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new ByteArrayInputStream(picture.getValue().getBytes(
                            StandardCharsets.UTF_8))).getDocumentElement().getTagName())
                    .isEqualTo("svg");
            assertThat(picture.getValue()).contains("prefers-color-scheme: dark")
                    .doesNotContain("<script", "url(");
        }
    }

    @Test void the_readme_shows_them_and_names_pages_that_are_made() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme.lines().count()).isLessThanOrEqualTo(100);
        assertThat(readme).contains(Pictures.FOLDER + "/page.svg", Pictures.FOLDER + "/ladder.svg");
        var pages = Pattern.compile(BuiltSite.FOLDER + "/([\\w/.-]+\\.html)").matcher(readme)
                .results().map(m -> m.group(1)).toList();
        assertThat(pages).contains(BuiltSite.FRONT).hasSizeGreaterThan(1);
        var made = new ArrayList<>(List.of(BuiltSite.FRONT));
        SOURCES.files().forEach(source -> made.add(Html.page(source.path())));
        assertThat(made).containsAll(pages);
    }

    @Test void the_places_it_links_to_are_there() throws IOException {
        assertThat(Pattern.compile(
                "\\]\\((?!http)([^)#]+)|`((?:docs/src|std|app|tools)/[\\w/.-]+)`")
                .matcher(Files.readString(ROOT.resolve("README.md"))).results()
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1)).toList())
                .isNotEmpty().allMatch(place -> Files.exists(ROOT.resolve(place)));
    }

    /// A link on the terminal leads to the page that the site has of a rule.
    @Test void a_citation_leads_to_the_page_of_its_rule(@TempDir Path root) throws IOException {
        var site = new BuiltSite(Optional.of(root));
        for (var citation : List.of("rfc3261#17.1.1.2-22", "rfc3550#A.1-3", "rfc3261#9-1")) {
            var address = Book.address(Citation.place(citation).orElseThrow());
            var page = root.resolve(address.split("#")[0]);
            Files.createDirectories(page.getParent());
            Files.writeString(page, "");
            assertThat(site.address(citation)).contains(
                    URI.create(page.toUri() + "#" + address.split("#")[1]));
            var section = citation.replaceFirst("-\\d+$", "");
            assertThat(new BuiltSite(Optional.empty()).address(section)).contains(URI.create(
                    Book.original(Integer.parseInt(section.replaceAll("rfc|#.*", "")),
                            section.replaceFirst(".*#", ""))));
        }
    }
}
