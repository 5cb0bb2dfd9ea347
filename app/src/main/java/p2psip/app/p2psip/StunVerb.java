package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.RealHost;
import p2psip.app.stun.Asking;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8489.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `stun`: asks a STUN server for the address that the world sees this computer by.
@Command(name = "stun", mixinStandardHelpOptions = true, description = {
    "Ask a STUN server by which address it sees us, and print that.",
    "Exit code 0 if it answers, 1 if it does not, 2 for a mistake."})
public final class StunVerb implements Verb {
    private static final int PORT = 3478;
    private static final double LONGEST = 39.5;

    //= rfc8489#8-1 the server is named by the user: no URI or domain is hard-coded
    @Parameters(paramLabel = "HOST[:PORT]", description = "The server (default port: 3478).")
    private String server;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10",
            description =
            "How long to wait for an answer, at most 39.5 (default: ${DEFAULT-VALUE}).")
    private double timeout;

    @Option(names = "--user", paramLabel = "NAME", description = "A user of the server.")
    private String user = "";

    @Option(names = "--password", paramLabel = "WORD", description = "The user's password.")
    private String password = "";

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var patience = Duration.ofMillis(
                Math.round(1_000 * Numbers.within(0.001, LONGEST, "--timeout", timeout)));
        var at = HostPort.parse(server);
        var authentication = authentication();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("stun", room -> new Asking(at.host, at.port, authentication,
                    room.random()));
            var told = line.told(patience);
            var answer = told.isEmpty() ? new Asking.Answer(Optional.empty(), "no answer")
                    : (Asking.Answer) told.stream().filter(Asking.Answer.class::isInstance)
                            .findFirst().orElseThrow(() -> new IllegalStateException("" + told));
            if (answer.mapped().isEmpty()) {
                spec.commandLine().getErr().println("p2psip: " + server + ": " + answer.why());
                return 1;
            }
            spec.commandLine().getOut().println(HostName.text(answer.mapped().get()));
            return 0;
        }
    }

    private Authentication authentication() {
        if (user.isEmpty() && password.isEmpty()) return new Authentication.None();
        try {
            return new Authentication.LongTerm(new Credential(user, password));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--user and --password go together: " + e.getMessage());
        }
    }

    /// A host by name or address, and a port.
    private record HostPort(String host, int port) {
        private static final Pattern FORM =
                Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+))(?::(\\d{1,5}))?");

        static HostPort parse(String text) {
            var parts = FORM.matcher(text);
            int port = parts.matches() && parts.group(3) != null
                    ? Integer.parseInt(parts.group(3)) : PORT;
            if (!parts.matches() || port < 1 || port > 65_535)
                throw new UserMistake(text + " is no server: say HOST:PORT, or [IPV6]:PORT");
            return new HostPort(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
        }
    }
}
