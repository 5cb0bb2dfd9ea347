package p2psip.tools.mutate;

import module java.base;

/// Which test classes of a module run which lines, and how long they take.
record Reach(List<Line> tests) {
    /// @param failing what fails by itself and so notices nothing, and why
    /// @param lines those of main code and tests that it ran, by class
    record Line(String test, Map<String, String> failing, Duration took,
            Map<String, BitSet> lines) implements Serializable {

        boolean ran(String topClass, int first, int last) {
            var ran = lines.get(topClass);
            if (ran == null) return false;
            int next = ran.nextSetBit(first);
            return next >= 0 && next <= last;
        }

        /// Asked to notice; slowed by a mutant, or on a machine that has other work, it may take
        /// longer.
        Witness witness() {
            return new Witness(test, took.multipliedBy(10).plusSeconds(5),
                    Set.copyOf(failing.keySet()));
        }
    }

    /// A test class, how long it may take, and what in it fails by itself.
    record Witness(String test, Duration limit, Set<String> failing) implements Serializable {}

    /// Names of the test classes below a folder, as surefire would find them.
    static List<String> tests(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.map(f -> folder.relativize(f).toString().replace(File.separatorChar, '.'))
                    .filter(name -> name.endsWith("Test.class") && !name.contains("$"))
                    .map(name -> name.replaceFirst("\\.class$", "")).sorted().toList();
        }
    }

    /// The tests that could see a mutant: those that cite the same first, then those of its
    /// package, then the others, the quick ones first.
    List<Witness> of(Mutant mutant, Set<String> citing) {
        var top = Mutant.topClass(mutant.file());
        var own = top.substring(0, top.lastIndexOf('.') + 1);
        return tests.stream().filter(line -> !mutant.word().isEmpty()
                        ? line.lines.containsKey(top)
                        : line.ran(top, mutant.first(), mutant.last()))
                .sorted(Comparator.comparing((Line line) -> !citing.contains(line.test))
                        .thenComparing(line -> !line.test.startsWith(own))
                        .thenComparing(Line::took)).map(Line::witness).toList();
    }
}
