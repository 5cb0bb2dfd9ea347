package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.config.*;
import p2psip.app.host.Home;
import p2psip.app.web.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `config`: what is chosen for good about a node, running or not.
@Command(name = "config", mixinStandardHelpOptions = true, description = {
    "Show or change what is chosen for good about a node: the file config.properties of its"
            + " folder, with a line key = value for each choice.",
    "A node that runs is told, and says whether a change counts now or after a restart."})
public final class ConfigVerb implements Verb {
    private static final String KEY = "Which: a name of `config list`.";

    @Spec private CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "list", mixinStandardHelpOptions = true,
            description = "Print each key with its value and what it is for.")
    int list(@Mixin Running running) {
        var answer = running.find().map(node -> node.get("config"))
                .orElseGet(() -> Client.offline(settings(running)));
        return running.print(out(), answer, all ->
                Running.list(all, "settings").forEach(each -> {
                    out().println(Running.text(each, "key") + " = " + value(each));
                    out().println("    " + Running.text(each, "about"));
                    out().println("    " + Running.text(each, "form") + "; from "
                            + Running.text(each, "from") + "; a change counts "
                            + Running.text(each, "counts"));
                }));
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Print a value.")
    int get(@Mixin Running running,
            @Parameters(paramLabel = "KEY", description = KEY) String key) {
        var known = Key.named(key);
        var answer = running.find().map(node -> node.get("config", known.name()))
                .orElseGet(() -> Client.offline(settings(running), known));
        return running.print(out(), answer, one -> out().println(Running.text(one, "value")));
    }

    @Command(name = "set", mixinStandardHelpOptions = true, description =
            "Choose a value, and print when it counts.")
    int set(@Mixin Running running,
            @Parameters(paramLabel = "KEY", description = KEY) String key,
            @Parameters(paramLabel = "VALUE", description = "What: see the form in `config list`.")
            String value) {
        var known = Key.named(key);
        var body = new JsonObject();
        body.addProperty("value", value);
        return changed(running, running.find().map(node -> node.put(body, "config", known.name()))
                .orElseGet(() -> offline(running, known, settings -> settings.set(known, value))));
    }

    @Command(name = "unset", mixinStandardHelpOptions = true, description =
            "Choose nothing, as if nobody ever had.")
    int unset(@Mixin Running running,
            @Parameters(paramLabel = "KEY", description = KEY) String key) {
        var known = Key.named(key);
        return changed(running, running.find().map(node -> node.delete("config", known.name()))
                .orElseGet(() -> offline(running, known, settings -> settings.unset(known))));
    }

    private int changed(Running running, JsonObject answer) {
        return running.print(out(), answer, one -> out().println(Running.text(one, "key") + " = "
                + Running.text(one, "value") + ": " + Running.text(one, "counts")));
    }

    private static String value(JsonObject setting) {
        var value = Running.text(setting, "value");
        var now = Running.text(setting, "running");
        return value + (value.equals(now) ? "" : "   (now " + now + ")");
    }

    private PrintWriter out() { return spec.commandLine().getOut(); }

    /// Those of a node that does not run.
    private static Settings settings(Running running) {
        var store = new Store(running.folder());
        return new Settings(store, new Config(store.read(), Map.of()), _ -> { });
    }

    /// The file of a node that does not run, or cannot be asked, is written all the same.
    private static JsonObject offline(
            Running running, Key<?> key, Function<Settings, String> change) {
        boolean inhabited = Home.inhabited(running.folder());
        try {
            if (!inhabited) Home.make(running.folder());
        } catch (IOException e) {
            throw UserMistake.writing(running.folder(), e, "choose another folder with --home");
        }
        var settings = settings(running);
        change.apply(settings);
        var answer = Client.offline(settings, key);
        answer.addProperty("counts", inhabited ? "" + Key.When.RESTART : "when a node starts");
        return answer;
    }
}
