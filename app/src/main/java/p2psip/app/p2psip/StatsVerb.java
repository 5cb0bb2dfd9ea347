package p2psip.app.p2psip;

import module java.base;
import com.google.gson.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `stats`: how full the tables of a running node are.
@Command(name = "stats", mixinStandardHelpOptions = true, sortOptions = false, description =
        "Show how long a running node runs, and how full its tables are.")
public final class StatsVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().get("stats"), answer -> {
            var rows = new ArrayList<List<String>>();
            flat("", answer, rows);
            Running.table(out, rows);
        });
    }

    private static void flat(String before, JsonObject object, List<List<String>> rows) {
        object.entrySet().forEach(each -> {
            if (each.getValue() instanceof JsonObject inner)
                flat(before + each.getKey() + ".", inner, rows);
            else rows.add(List.of(before + each.getKey(), each.getValue().getAsString()));
        });
    }
}
