package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the system says of files, in words that name no class and no path.
class WhyTest {
    @TempDir private Path folder;

    @Test void a_file_that_cannot_be_used_is_told_why() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(List.of(
                why(() -> Files.readAllBytes(folder.resolve("nothing"))),
                why(() -> Files.readAllBytes(folder)),
                why(() -> Files.readAllBytes(file.resolve("below"))),
                why(() -> Files.createDirectories(file)),
                why(() -> new DataInputStream(new ByteArrayInputStream(new byte[0])).readByte())))
                .containsExactly("there is no such file or folder", "is a directory",
                        "not a directory", "a file of that name is there already",
                        "it ends too early");
        assertThat(Why.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    }

    private static String why(Callable<?> attempt) {
        return Why.of(catchThrowable(attempt::call));
    }
}
