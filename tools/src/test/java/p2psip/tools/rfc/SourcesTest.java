package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;

/// The annotated pages show the code beside the RFC, so a line has room for so many columns. What
/// stands in a text block is data and may be wider: [Sources.Source] reads it as quotation marks.
class SourcesTest {
    private static final int COLUMNS = 100;

    @Test void no_line_is_wider_than_its_place_beside_the_rfc() {
        var sources = Sources.under(Sources.repository().orElseThrow());
        assertThat(sources.files()).isNotEmpty();
        assertThat(wide(sources)).isEmpty();
    }

    @Test void a_line_that_is_wider_is_named_unless_it_is_data() {
        var file = new Sources.Source(Path.of("Gate.java"), List.of("x".repeat(COLUMNS),
                "x".repeat(COLUMNS + 1), "play(\"\"\"", "x".repeat(COLUMNS + 1), "\"\"\");",
                "x".repeat(2 * COLUMNS)));
        assertThat(wide(new Sources(Path.of(""), List.of(file), List.of())))
                .containsExactly("Gate.java:2: 101 columns", "Gate.java:6: 200 columns");
    }

    @Test void a_class_is_found_by_its_name_and_by_more_of_it_where_two_have_it() {
        var sources = new Sources(Path.of(""), Stream.of("std/src/main/java/a/Gate.java",
                "std/src/main/java/b/Gate.java", "std/src/test/java/a/GateTest.java",
                "std/src/main/java/a/Bell.java", "std/src/test/java/b/Bell.java").map(path ->
                new Sources.Source(Path.of(path), List.of())).toList(), List.of());
        assertThat(sources.named("b.Gate")).isEqualTo(Path.of("std/src/main/java/b/Gate.java"));
        assertThat(sources.named("GateTest")).hasFileName("GateTest.java");
        assertThat(sources.named("Bell")).isEqualTo(Path.of("std/src/main/java/a/Bell.java"));
        assertThatThrownBy(() -> sources.named("Gate")).hasMessageStartingWith(
                "2 classes have that name: [std/src/main/java/a/Gate.java, ");
        assertThatThrownBy(() -> sources.named("ate")).hasMessage("no class has that name");
    }

    private static List<String> wide(Sources sources) {
        return Stream.concat(
                sources.files().stream().flatMap(file -> wide(file.path(), file.lines())),
                sources.leftOut().stream().flatMap(left -> wide(left.path(), left.lines())))
                .toList();
    }

    private static Stream<String> wide(Path path, List<String> lines) {
        return IntStream.range(0, lines.size()).filter(i -> lines.get(i).length() > COLUMNS)
                .mapToObj(i -> path + ":" + (i + 1) + ": " + lines.get(i).length() + " columns");
    }
}
