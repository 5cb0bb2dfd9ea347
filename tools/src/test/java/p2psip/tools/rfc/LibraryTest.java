package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.UserMistake;

class LibraryTest {
    @Test void folders_are_asked_in_order(@TempDir Path home) throws IOException {
        var named = Files.createDirectories(home.resolve("named"));
        var shelf = Files.createDirectories(home.resolve("shelf"));
        var cache = Files.createDirectories(home.resolve("cache/p2psip/rfc"));
        var environment = Map.of("P2PSIP_RFC", shelf.toString(),
                "XDG_CACHE_HOME", home.resolve("cache").toString());
        var library = Library.of(Optional.of(named), environment);
        assertThat(library.text(99901)).isEmpty();
        Files.writeString(cache.resolve("rfc99901.txt"), "cache");
        assertThat(library.text(99901)).contains("cache");
        Files.writeString(shelf.resolve("rfc99901.txt"), "shelf");
        assertThat(library.text(99901)).contains("shelf");
        Files.writeString(named.resolve("rfc99901.txt"), "named");
        assertThat(library.text(99901)).contains("named");
        assertThat(Library.of(Optional.empty(), environment).text(99901)).contains("shelf");
    }

    @Test void a_folder_that_was_named_and_is_not_there_is_the_users_mistake(@TempDir Path home) {
        var gone = home.resolve("gone");
        assertThatThrownBy(() -> Library.of(Optional.of(gone), Map.of()))
                .isInstanceOf(UserMistake.class).hasMessage("--rfc " + gone + " is no folder: name"
                        + " the one with the texts, rfcNNNN.txt, or none");
        assertThatThrownBy(() -> Library.of(Optional.empty(), Map.of("P2PSIP_RFC", "" + gone)))
                .isInstanceOf(UserMistake.class).hasMessageStartingWith("P2PSIP_RFC=" + gone);
    }

    /// As Debian's doc-rfc has them.
    @Test void a_compressed_text_is_read(@TempDir Path folder) throws IOException {
        try (var out = new GZIPOutputStream(
                Files.newOutputStream(folder.resolve("rfc99902.txt.gz")))) {
            out.write(RfcReaderTest.text(99902).getBytes());
        }
        assertThat(new Library(List.of(folder)).rfc(99902).orElseThrow().title())
                .isEqualTo("Hedges before Gates");
    }

    @Test void a_mark_of_byte_order_is_no_text_and_old_texts_need_not_be_utf_8() {
        assertThat(Library.decode(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a'}))
                .isEqualTo("a");
        assertThat(Library.decode(new byte[] {(byte) 0xe9, 'a'})).isEqualTo("\u00e9a");
    }
}
