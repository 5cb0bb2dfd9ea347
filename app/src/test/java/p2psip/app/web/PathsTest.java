package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;

class PathsTest {
    @Property(tries = 300) void what_is_written_is_read(@ForAll @Size(min = 1, max = 3)
            List<@From("segments") String> segments) {
        assertThat(Paths.segments(URI.create(Paths.path(segments)))).isEqualTo(segments);
    }

    @Provide Arbitrary<String> segments() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars("äß€日").ofMinLength(1)
                .filter(text -> !text.matches("\\.\\.?|.*[/\\\\].*"));
    }

    /// Of all that decode to the same there is one that is let in.
    @Property(tries = 300) void a_path_has_one_spelling(@ForAll @From("segments") String segment,
            @ForAll @IntRange(max = 100) int at) {
        var path = Paths.path(List.of(segment));
        var other = new StringBuilder(path);
        int i = 1 + at % (path.length() - 1);
        if (path.charAt(i) == '%' || i > 1 && path.charAt(i - 1) == '%'
                || i > 2 && path.charAt(i - 2) == '%') return;
        other.replace(i, i + 1, "%%%02X".formatted((int) path.charAt(i)));
        Assertions.refused(URI.create("" + other));
    }

    private static final class Assertions {
        static void refused(URI target) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Paths.segments(target))
                    .isInstanceOfSatisfying(Refused.class,
                            e -> assertThat(e.status).isEqualTo(400));
        }
    }
}
