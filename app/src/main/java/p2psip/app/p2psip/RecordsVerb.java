package p2psip.app.p2psip;

import module java.base;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `records`: what a running node keeps.
@Command(name = "records", mixinStandardHelpOptions = true, sortOptions = false, description =
        "Show the records that a running node keeps: those of others that lie with it, and its own"
        + " that it puts again and again.")
public final class RecordsVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().get("records"), answer -> {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("KEY", "KIND", "OWNER", "EXPIRES"));
            Running.list(answer, "records").forEach(each -> rows.add(Stream.of(
                    "key", "kind", "owner", "expires").map(name -> Running.text(each, name))
                    .toList()));
            if (rows.size() == 1) out.println("it keeps no record");
            else Running.table(out, rows);
        });
    }
}
