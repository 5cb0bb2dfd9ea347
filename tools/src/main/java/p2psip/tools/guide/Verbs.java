package p2psip.tools.guide;

import module java.base;
import picocli.CommandLine;

/// What each verb of a command says of itself, as `--help` prints it.
record Verbs(CommandLine command) {
    /// Characters in a line.
    private static final int WIDTH = 96;

    List<String> asciidoc() {
        var lines = new ArrayList<String>();
        described(command, lines);
        return lines;
    }

    private static void described(CommandLine command, List<String> lines) {
        var spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) return;
        command.setUsageHelpAutoWidth(false);
        command.setUsageHelpWidth(WIDTH);
        lines.addAll(List.of("[discrete#" + spec.qualifiedName("-") + "]",
                (spec.parent() == null || spec.parent().parent() == null ? "== " : "=== ")
                + spec.qualifiedName(), "", "...."));
        command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().forEach(lines::add);
        lines.addAll(List.of("....", ""));
        command.getSubcommands().values().forEach(verb -> described(verb, lines));
    }
}
