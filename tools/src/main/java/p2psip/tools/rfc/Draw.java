package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.*;

/// A lot: a sentence, a line that says it obeys it and a test that says it proves it.
///
/// Who breaks the line should see the test fail. Drawn at random, some pairs speak for all.
record Draw(Statements sentence, Citation code, Citation test) {

    /// Draws from the sentences that are implemented and tested, each at most once; one seed is one
    /// draw as long as the citations stay.
    static List<Draw> of(List<Coverage> coverages, int size, long seed) {
        var random = new Random(seed);
        var lots = new ArrayList<Draw>();
        for (var coverage : coverages)
            for (var sentence : coverage.sentences(_ -> true)) {
                var code = citing(coverage, sentence, Type.IMPLEMENTED);
                var tests = citing(coverage, sentence, Type.TEST);
                if (!code.isEmpty() && !tests.isEmpty()) lots.add(new Draw(sentence,
                        code.get(random.nextInt(code.size())),
                        tests.get(random.nextInt(tests.size()))));
            }
        Collections.shuffle(lots, random);
        return List.copyOf(lots.subList(0, Math.min(size, lots.size())));
    }

    private static List<Citation> citing(Coverage coverage, Statements sentence, Type type) {
        return coverage.of(sentence.section(), sentence.numbers().getFirst()).stream()
                .filter(c -> c.type() == type).toList();
    }

    /// Three lines: the sentence, the line to break, the test that should fail.
    String told(Sources sources) {
        var methods = Methods.of(sources.root(), List.of(test.file())).get(test.file());
        return "%s%n    break %s:%d: %s%n    fails %s: %s".formatted(sentence, code.file(),
                code.target(), sources.line(code), test.where(), methods.name(test));
    }
}
