package p2psip.app.p2psip;

import module java.base;
import p2psip.app.trace.Screen;
import picocli.CommandLine.Option;

/// The option `--color` of every verb that draws or quotes: what it writes to, as far as a drawing
/// has to know.
public final class Terminal {
    /// What a file or a pipe gets, and the least that is drawn.
    private static final int PAGE = 100, NARROW = 60;

    @Option(names = "--color", paramLabel = "auto|always|never", defaultValue = "auto",
            description = "Colours and links: on a terminal without NO_COLOR (auto), or as you say"
            + " (default: ${DEFAULT-VALUE}).")
    String colour = "auto";

    /// Whether somebody sits at a terminal, and sees what is printed.
    public static boolean here() {
        return System.console() != null && System.console().isTerminal();
    }

    /// Whether a line of standard error may change before somebody's eyes. The launcher says where
    /// that is a file, as `P2PSIP_STDERR`.
    public static boolean watched(Map<String, String> environment) {
        return here() && !environment.containsKey("P2PSIP_STDERR");
    }

    /// What to draw on.
    public Screen screen() { return screen(here(), System.getenv(), BuiltSite.here()); }

    /// The launcher says how wide the window is, as `COLUMNS`.
    Screen screen(boolean terminal, Map<String, String> environment, BuiltSite site) {
        var columns = environment.getOrDefault("COLUMNS", "");
        int width = terminal && columns.matches("[1-9]\\d{0,3}")
                ? Math.max(NARROW, Integer.parseInt(columns)) : PAGE;
        boolean able = terminal && !environment.getOrDefault("TERM", "").equals("dumb");
        boolean coloured = switch (colour) {
            //  By the word of no-color.org: set to anything but nothing
            case "auto" -> able && environment.getOrDefault("NO_COLOR", "").isEmpty();
            case "always" -> true;
            case "never" -> false;
            default -> throw new UserMistake("--color " + colour
                    + " is none: give auto, always or never");
        };
        return new Screen(width, coloured, able ? Optional.of(site) : Optional.empty());
    }
}
