package p2psip.tools.book;

import module java.base;
import p2psip.app.p2psip.*;
import p2psip.tools.rfc.Sources;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip exercise`: gives a reader an exercise of the book, and says whether it is done.
@Command(name = "exercise", mixinStandardHelpOptions = true, description = {
    "Do an exercise of the book: 3.2 is the second of chapter 3; without a number all are listed.",
    "It prints the task and hints, and puts a file to work on into --dir; --check tries that"
            + " file. Exit 1 while it is not done."})
public final class ExerciseVerb implements Verb {
    /// Where the exercises stand in the repository.
    static final Path FOLDER = Path.of("docs/exercises");

    @Parameters(paramLabel = "N.N", arity = "0..1", description = "Which exercise.")
    private String number;

    @Option(names = "--check", description = "Compile the file and run the tests in it.")
    private boolean check;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "exercises",
            description = "Where your files are (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var root = Sources.repository().orElseThrow(() -> new UserMistake(
                "the exercises stand beside the sources: run it in a clone of the repository"));
        var all = Exercise.in(root.resolve(FOLDER));
        var out = spec.commandLine().getOut();
        if (number == null && check)
            throw new UserMistake("check which? try: app/p2psip exercise 3.2 --check");
        if (number == null) {
            all.forEach(e -> out.println("  %-5s %s".formatted(e.number(), e.title())));
            return 0;
        }
        var exercise = all.stream().filter(e -> e.number().equals(number)).findFirst()
                .orElseThrow(() -> new UserMistake("there is no exercise " + number
                        + ": app/p2psip exercise lists all"));
        var file = folder.resolve(exercise.type() + ".java");
        return check ? check(exercise, file, out) : give(exercise, file, out);
    }

    private int give(Exercise exercise, Path file, PrintWriter out) {
        out.println(exercise.number() + " " + exercise.title());
        exercise.task().forEach(p -> out.print("\n" + wrapped(p)));
        exercise.hints().forEach(hint -> out.print("\n" + wrapped("Hint: " + hint)));
        boolean there = Files.exists(file);
        if (!there) write(file, exercise.start());
        out.println("\nYour file" + (there ? " is there already: " : ": ") + file
                + "\nWhen it is changed: app/p2psip exercise " + exercise.number() + " --check"
                + (folder.equals(Path.of("exercises")) ? "" : " --dir " + folder));
        return 0;
    }

    /// A paragraph in lines that a terminal has room for.
    private static String wrapped(String paragraph) {
        return paragraph.replaceAll("(.{1,78})(?: +|$)", "$1\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw UserMistake.writing(file, e, "give --dir a folder that you may write");
        }
    }

    private int check(Exercise exercise, Path file, PrintWriter out) {
        var attempt = Attempt.at(exercise.type(), read(exercise, file));
        attempt.results().forEach(result -> out.println(result.wrong()
                .map(why -> "  not  " + result.name() + "\n" + why.indent(9))
                .orElse("  ok   " + result.name())));
        out.println(exercise.number() + (attempt.done() ? ": done" : ": not yet"));
        return attempt.done() ? 0 : 1;
    }

    private static String read(Exercise exercise, Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserMistake("there is no " + file + ": app/p2psip exercise "
                    + exercise.number() + " puts it there");
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "make it readable");
        }
    }
}
