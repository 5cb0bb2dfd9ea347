package p2psip.app.p2psip;

import module java.base;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `health`: whether a running node reaches the others.
@Command(name = "health", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Say whether a running node reaches the others: it asks them when none has been heard for a"
            + " few seconds.",
    "Exit code 0 if it does, or is alone; 1 if it is cut off, or does not run: the line says"
            + " which."})
public final class HealthVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var health = running.node().get("health");
        boolean well = health.get("well").getAsBoolean();
        var lines = well ? spec.commandLine().getOut() : spec.commandLine().getErr();
        running.print(running.json ? spec.commandLine().getOut() : lines, health, answer ->
                lines.println((well ? "" : "p2psip: ") + Running.text(answer, "text")));
        return well ? 0 : 1;
    }
}
