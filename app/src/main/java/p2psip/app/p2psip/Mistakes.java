package p2psip.app.p2psip;

import module java.base;
import picocli.CommandLine;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.*;

/// What is wrong with a command line, for people: one line that says what, why and what to do.
final class Mistakes {
    /// As picocli says it: of a type, of one of several words, of what we said ourselves.
    private static final Pattern TYPE = Pattern.compile("(?s)'(.*)' is not .*"),
            WORDS = Pattern.compile("(?s)expected one of .* but was '(.*)'"),
            PREFIX = Pattern.compile("(?s)Invalid value for .*?: (.*)");

    private Mistakes() {}

    /// Answers the exit code.
    static int told(ParameterException mistake, String[] line) {
        var command = mistake.getCommandLine();
        command.getErr().println("p2psip: " + what(mistake) + "; see "
                + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    private static String what(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unknown
                && !unknown.getUnmatched().getFirst().startsWith("-"))
            return "nothing here is called " + unknown.getUnmatched().getFirst();
        var option = mistake.getArgSpec();
        var invalid = PREFIX.matcher(mistake.getMessage());
        if (option == null || !invalid.matches())
            return mistake.getMessage().lines().findFirst().orElse("");
        return name(option) + " " + Stream.of(TYPE, WORDS)
                .map(form -> form.matcher(invalid.group(1))).filter(Matcher::matches).findFirst()
                .map(value -> value.group(1) + " is " + kind(option)).orElse(invalid.group(1));
    }

    private static String name(ArgSpec option) {
        return option instanceof OptionSpec named ? named.longestName() : option.paramLabel();
    }

    /// What it is not, and what to give.
    private static String kind(ArgSpec option) {
        var type = option.typeInfo().isCollection() || option.typeInfo().isOptional()
                ? option.auxiliaryTypes()[0] : option.type();
        if (type.isEnum()) return "none: give " + Arrays.stream(type.getEnumConstants())
                .map(each -> ("" + each).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" ->
                    "no whole number, or too large: give one as 10";
            case "double", "Double" -> "no number: give one as 0.5";
            case "Duration" -> "no length of time: give one as PT1.5S";
            case "URI" -> "no address: give one as http://HOST/";
            default -> "nothing that can be read as " + option.paramLabel();
        };
    }
}
