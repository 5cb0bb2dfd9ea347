package p2psip.app.p2psip;

import module java.base;
import com.google.gson.*;
import p2psip.app.host.Home;
import p2psip.app.trace.Printer;
import p2psip.app.web.Client;
import picocli.CommandLine.Option;

/// The options of every verb that asks a running node, and how its answers are printed.
final class Running {
    @Option(names = "--home", paramLabel = "DIR", description = "The node's folder (default:"
            + " ~/.p2psip, or the first within it where a node runs).")
    Path home;

    @Option(names = "--json", description = "Print what the node answers, as it is.")
    boolean json;

    /// The node that is meant.
    ///
    /// @throws Client.Failed if it does not run, or cannot be asked
    Client node() { return home == null ? Client.first() : Client.of(home); }

    /// The node that is meant, if it runs.
    Optional<Client> find() {
        return home != null ? Client.find(home) : Home.all(Home.usual()).stream()
                .flatMap(each -> Client.find(each).stream()).findFirst();
    }

    /// The folder that is meant, whether a node runs in it or not.
    Path folder() { return home == null ? Home.usual() : home; }

    /// Prints an answer as it is, or as people read it.
    int print(PrintWriter out, JsonObject answer, Consumer<JsonObject> forPeople) {
        if (json) out.println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create()
                .toJson(answer));
        else forPeople.accept(answer);
        out.flush();
        return 0;
    }

    static String text(JsonObject object, String name) {
        return object.has(name) ? Printer.visible(object.get(name).getAsString()) : "";
    }

    static Stream<JsonObject> list(JsonObject object, String name) {
        return object.getAsJsonArray(name).asList().stream().map(JsonElement::getAsJsonObject);
    }

    /// How long ago something was, in the largest unit that it fills.
    static String ago(String time, Instant now) {
        long seconds = Math.max(0, Duration.between(Instant.parse(time), now).toSeconds());
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min"
                : seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /// Rows below a heading, each column as wide as it needs.
    static void table(PrintWriter out, List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size()).map(column -> rows.stream()
                .mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++)
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            out.println(line.toString().stripTrailing());
        }
    }
}
