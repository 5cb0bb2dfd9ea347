package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `console`: where a browser finds the page that shows a running node.
@Command(name = "console", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Print the address of a page that shows a running node: the ring, the records, the calls.",
    "Open it in a browser of this machine, within ten minutes: it is good once, so that nobody who"
            + " reads it later comes in by it."})
public final class ConsoleVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().post(new JsonObject(), "tickets"),
                answer -> out.println(Running.text(answer, "address")));
    }
}
