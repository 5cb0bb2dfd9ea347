package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.UserMistake;
import p2psip.tools.rfc.*;
import picocli.CommandLine;

/// What the command says before and after its work.
class HtmlifyVerbTest {
    @TempDir Path folder;

    @Timeout(5)
    @Test void where_nothing_can_be_written_it_says_so_before_the_work() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(mistake("--out", file.resolve("site").toString())).isEqualTo("cannot write "
                + file.resolve("site") + ": not a directory; name another folder with --out");
        assertThat(mistake("--out", file.toString())).isEqualTo("cannot write " + file
                + ": a file of that name is there already; name another folder with --out");
    }

    @Test void a_folder_of_texts_that_is_not_there_is_the_users_mistake() {
        assertThat(mistake("--rfc", folder.resolve("gone").toString())).startsWith("--rfc ")
                .contains(" is no folder");
    }

    @Test void texts_that_are_missing_are_told_with_what_gets_them() throws IOException {
        var garden = Garden.in(folder);
        assertThat(HtmlifyVerb.missing(book(garden, "nowhere"))).contains("no text of 1 of 1 RFCs:"
                + " their rules stand in our own words; app/p2psip rfc fetch gets the texts once");
        assertThat(HtmlifyVerb.missing(book(garden, "rfcs"))).isEmpty();
    }

    @Test void a_browser_is_told_the_page_and_where_there_is_none_the_reader() throws IOException {
        var page = Files.writeString(folder.resolve("index.html"), "");
        assertThat(Browser.open(page, Map.of())).isEqualTo(
                "no browser was found here; open " + page.toUri());
        assertThat(Browser.open(page, Map.of("BROWSER", folder.resolve("gone").toString())))
                .startsWith("no browser was found");
        assertThat(Browser.open(page, Map.of("BROWSER", "/bin/false")))
                .startsWith("no browser was found");
        assertThat(Browser.open(page, Map.of("BROWSER", "/bin/true")))
                .isEqualTo("opened " + page.toUri());
    }

    private static Book book(Garden garden, String texts) {
        var sources = garden.sources();
        return Book.of(sources, Snapshot.counted(sources),
                new Library(List.of(garden.root().resolve(texts)))::rfc);
    }

    private static String mistake(String... line) {
        var said = new StringBuilder();
        var command = new CommandLine(new HtmlifyVerb());
        command.setExecutionExceptionHandler((failure, _, _) -> {
            if (!(failure instanceof UserMistake)) throw failure;
            said.append(failure.getMessage());
            return 2;
        });
        assertThat(command.execute(line)).isEqualTo(2);
        return said.toString();
    }
}
