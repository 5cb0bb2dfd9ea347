package p2psip.tools.book;

import module java.base;

/// An exercise of the book: a task, hints, and tests that fail until the task is done.
///
/// One file of `docs/exercises` holds all of it, so that nothing is said twice:
/// ```
/// /// # The branch of an ACK
/// ///
/// /// The task, in paragraphs.
/// ///
/// /// Hint: a paragraph each.
/// class Exercise3_2 {
///     // answer
///     String branch() {
///         return other;   //~ return same;
///     }
///     // start
///     //| String branch() { return "?"; }
///     // end
///     // tests ...
/// }
/// ```
/// Behind `//~` stands the line as somebody gets it wrong: the tests must notice.
///
/// @param number chapter and exercise, `3.2`
/// @param task   what is to be done, a paragraph each
/// @param hints  what helps, the least telling first
/// @param start  the file as a reader gets it
/// @param answer the file with the task done
/// @param broken the file with the task done wrong, once for each way that is known
public record Exercise(String number, String title, List<String> task, List<String> hints,
        String start, String answer, List<String> broken) {
    private static final Pattern NAME = Pattern.compile("Exercise(\\d+)_(\\d+)\\.java");
    private static final String HINT = "Hint: ", WRONG = "//~";

    public Exercise {
        task = List.copyOf(task);
        hints = List.copyOf(hints);
        broken = List.copyOf(broken);
    }

    /// All exercises of a folder, in the order of the book.
    public static List<Exercise> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .map(Exercise::read).sorted(Comparator.comparing(Exercise::chapter)
                            .thenComparing(Exercise::place)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exercise read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException if the file is not made as an exercise is
    static Exercise parse(String file, List<String> lines) {
        var name = NAME.matcher(file);
        if (!name.matches()) throw new IllegalArgumentException("no name of an exercise: " + file);
        var number = name.group(1) + "." + name.group(2);
        var paragraphs = paragraphs(lines);
        if (paragraphs.size() < 2 || !paragraphs.getFirst().startsWith("# "))
            throw new IllegalArgumentException(number + " has no title and task above its class");
        int answer = marker(number, lines, "answer"), start = marker(number, lines, "start");
        int end = marker(number, lines, "end");
        if (answer > start || start > end)
            throw new IllegalArgumentException(number + " is not: answer, start, end");
        var before = lines.subList(0, answer);
        var done = lines.subList(answer + 1, start);
        var given = lines.subList(start + 1, end).stream()
                .map(line -> line.replaceFirst("//\\| ?", "")).toList();
        var after = lines.subList(end + 1, lines.size());
        return new Exercise(number, paragraphs.getFirst().substring(2),
                paragraphs.stream().skip(1).filter(p -> !p.startsWith(HINT)).toList(),
                paragraphs.stream().filter(p -> p.startsWith(HINT))
                        .map(p -> p.substring(HINT.length())).toList(),
                file(before, given, after), file(before, right(done), after),
                IntStream.range(0, done.size()).filter(i -> done.get(i).contains(WRONG))
                        .mapToObj(i -> file(before, wrong(done, i), after)).toList());
    }

    private static List<String> paragraphs(List<String> lines) {
        var doc = lines.stream().filter(line -> line.startsWith("///"))
                .map(line -> line.substring(3).strip()).collect(Collectors.joining("\n"));
        return Arrays.stream(doc.split("\n{2,}")).map(p -> p.replace('\n', ' ').strip())
                .filter(p -> !p.isEmpty()).toList();
    }

    private static int marker(String number, List<String> lines, String word) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().equals("// " + word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(number + " has no // " + word));
    }

    private static List<String> right(List<String> done) {
        return done.stream().map(Exercise::right).toList();
    }

    private static String right(String line) {
        int at = line.indexOf(WRONG);
        return at < 0 ? line : line.substring(0, at).stripTrailing();
    }

    private static List<String> wrong(List<String> done, int at) {
        var lines = new ArrayList<>(right(done));
        var line = done.get(at);
        lines.set(at, line.substring(line.indexOf(WRONG) + WRONG.length()).strip());
        return lines;
    }

    private static String file(List<String> before, List<String> middle, List<String> after) {
        return Stream.of(before, middle, after).flatMap(List::stream)
                .map(line -> line + "\n").collect(Collectors.joining());
    }

    public int chapter() { return Integer.parseInt(number.split("\\.")[0]); }

    int place() { return Integer.parseInt(number.split("\\.")[1]); }

    /// The class that the file declares.
    String type() { return "Exercise" + number.replace('.', '_'); }
}
