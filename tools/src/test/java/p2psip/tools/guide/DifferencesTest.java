package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.rfc.Sources;

/// Each defect of the ancestors that the guide says is not here has the test that it names, and so
/// has each attack that it says does not succeed.
class DifferencesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.([a-z]\\w+)`");
    private static final Pattern LABELS = Pattern.compile("^\\|([A-Z]\\d+(?:, [A-Z]\\d+)*) \\|.*");

    private final Path root = Sources.repository().orElseThrow();

    @Test void every_test_that_is_named_exists() throws IOException {
        var methods = methods();
        assertThat(named(chapter())).hasSizeGreaterThan(50).isSubsetOf(methods);
        assertThat(named(Files.readAllLines(root.resolve("docs/src/protection.adoc"))))
                .hasSizeGreaterThan(20).isSubsetOf(methods);
    }

    @Test void every_defect_has_a_test() throws IOException {
        var labels = new TreeSet<String>();
        for (var line : chapter()) {
            var row = LABELS.matcher(line);
            if (!row.matches()) continue;
            assertThat(named(List.of(line))).as(line).isNotEmpty();
            labels.addAll(List.of(row.group(1).split(", ")));
        }
        for (var series : List.of("S16", "A4", "R9", "P4", "D12"))
            assertThat(labels).containsAll(IntStream.rangeClosed(1,
                    Integer.parseInt(series.substring(1))).mapToObj(i -> series.charAt(0) + "" + i)
                    .toList());
    }

    private List<String> chapter() throws IOException {
        return Files.readAllLines(root.resolve("docs/src/differences.adoc"));
    }

    private static List<String> named(List<String> lines) {
        return lines.stream().flatMap(line -> NAMED.matcher(line).results())
                .map(named -> named.group(1) + "." + named.group(2)).toList();
    }

    /// All tests of std and app, as `Class.method`.
    private Set<String> methods() {
        var methods = new TreeSet<String>();
        for (var source : Sources.under(root).files())
            for (var line : source.lines()) {
                var method = Pattern.compile(" void ([a-z]\\w+)\\(").matcher(line);
                if (method.find()) methods.add(source.path().getFileName().toString()
                        .replace(".java", ".") + method.group(1));
            }
        return methods;
    }
}
