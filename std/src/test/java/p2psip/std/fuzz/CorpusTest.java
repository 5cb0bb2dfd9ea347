package p2psip.std.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What Jazzer begins with, and what it has once found, goes through each parser; and what becomes
/// of it when bytes are changed by chance.
class CorpusTest {
    /// At night many more.
    private static final int TRIES = Integer.getInteger("tries.least", 0) > 0 ? 100_000 : 200;

    private static List<byte[]> corpus(Target target) throws Exception {
        var folder = Path.of(CorpusTest.class.getResource(
                "ParsersFuzzTestInputs/" + target.name().toLowerCase(Locale.ROOT)).toURI());
        try (var files = Files.list(folder)) {
            return files.sorted().map(file -> {
                try {
                    return Files.readAllBytes(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        }
    }

    @ParameterizedTest @EnumSource
    void each_parser_reads_or_refuses(Target target) throws Exception {
        var corpus = corpus(target);
        assertThat(corpus).hasSizeGreaterThan(2);
        corpus.forEach(target::take);
        for (var whole : corpus) for (int end = 0; end < whole.length; end++)
            target.take(Arrays.copyOf(whole, end));
        var random = new SplittableRandom(3261);
        for (int i = 0; i < TRIES; i++) {
            var bytes = mutated(corpus, random);
            try {
                target.take(bytes);
            } catch (RuntimeException | Error bug) {
                throw new AssertionError(HexFormat.of().formatHex(bytes), bug);
            }
        }
    }

    private static byte[] mutated(List<byte[]> corpus, SplittableRandom random) {
        var bytes = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {   // a piece of another one
                    var other = corpus.get(random.nextInt(corpus.size()));
                    var joined = Arrays.copyOf(bytes, at + other.length);
                    System.arraycopy(other, 0, joined, at, other.length);
                    bytes = joined;
                }
            }
        }
        return bytes;
    }
}
