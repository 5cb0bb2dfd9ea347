package p2psip.tools.htmlify;

import module java.base;

/// Shows a page in the browser of whoever has a desktop.
final class Browser {
    /// How long it may take to say that it cannot; many stay until they are closed.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Browser() {}

    /// Opens a file with `BROWSER`, or as the system does it, and answers the line that says so;
    /// where nothing opens it the line says where it is.
    static String open(Path file, Map<String, String> environment) {
        var page = file.toAbsolutePath().normalize().toUri();
        for (var command : commands(environment)) {
            try {
                var started = new ProcessBuilder(command, page.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
                if (!started.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        || started.exitValue() == 0)
                    return "opened " + page;
            } catch (IOException e) {
                // this one is not there
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return "no browser was found here; open " + page;
    }

    /// Without a desktop `xdg-open` would fill the terminal with a browser for terminals.
    private static List<String> commands(Map<String, String> environment) {
        var commands = new ArrayList<String>();
        Optional.ofNullable(environment.get("BROWSER")).filter(b -> !b.isBlank())
                .ifPresent(commands::add);
        if (System.getProperty("os.name").startsWith("Mac")) commands.add("open");
        else if (environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY"))
            commands.add("xdg-open");
        return commands;
    }
}
