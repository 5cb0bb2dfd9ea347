package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.app.lookup.TextValue;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `dht`: what lies on the ring, by a running node.
@Command(name = "dht", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Put values on the ring by a running node and get them, signed by that node's key.",
    "Exit code 0 if that was done, 1 if there is none or it could not be, 2 for a mistake."})
public final class DhtVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "put", mixinStandardHelpOptions = true,
            description = "Put a value under a key, in the place of this node's last.")
    int put(@Mixin Running running, @Option(names = "--ttl", paramLabel = "SECONDS",
                    defaultValue = "3600", description = "How long it is good for, at most a week"
                    + " (default: ${DEFAULT-VALUE}).") int ttl,
            @Parameters(paramLabel = "KEY", description = "Any word: where it is to be found.")
            String key, @Parameters(paramLabel = "VALUE", description = "A text.") String value) {
        if (value.length() > TextValue.MAX) throw new UserMistake("VALUE has " + value.length()
                + " characters: give at most " + TextValue.MAX);
        Numbers.within(1, SignedRecord.MAX_LIFETIME.toSeconds(), "--ttl", ttl);
        var body = new JsonObject();
        body.addProperty("value", value);
        body.addProperty("ttl", ttl);
        return running.print(out(), running.node().put(body, "dht", key), this::done);
    }

    @Command(name = "get", mixinStandardHelpOptions = true,
            description = "Print the values of a key, each with the key of who has signed it.")
    int get(@Mixin Running running, @Parameters(paramLabel = "KEY",
            description = "The word that it was put under.") String key) {
        var answer = running.node().get("dht", key);
        var living = Running.list(answer, "records")
                .filter(each -> !Running.text(each, "kind").equals("removed")).toList();
        running.print(out(), answer, _ -> living.forEach(each -> out().println(
                Running.text(each, "value") + "   of " + Running.text(each, "owner") + " until "
                        + Running.text(each, "expires"))));
        if (living.isEmpty())
            spec.commandLine().getErr().println("p2psip: nothing is there under " + key);
        return living.isEmpty() ? 1 : 0;
    }

    @Command(name = "rm", mixinStandardHelpOptions = true,
            description = "Remove this node's value of a key: nobody finds it any more.")
    int rm(@Mixin Running running, @Parameters(paramLabel = "KEY",
            description = "The word that it was put under.") String key) {
        return running.print(out(), running.node().delete("dht", key), this::done);
    }

    @Command(name = "ring", mixinStandardHelpOptions = true, description = "Print the node and its"
            + " neighbours on the ring, in the order of the ring.")
    int ring(@Mixin Running running) {
        var answer = running.node().get("peers");
        return running.print(out(), answer, _ -> {
            var all = new TreeMap<String, String>();
            Running.list(answer, "peers").filter(each ->
                    Running.text(each, "role").equals("neighbour")).forEach(each ->
                    all.put(Running.text(each, "id"), Running.text(each, "address")));
            if (answer.get("superNode").getAsBoolean()) all.put(Running.text(answer, "id"),
                    Running.text(answer, "address") + "   this node");
            all.forEach((id, address) -> out().println(id + " " + address));
            if (!answer.get("superNode").getAsBoolean()) out().println(
                    "this node is not on the ring: a super-node serves it, see p2psip peers");
            else if (all.size() == 1) out().println("it is alone on the ring");
        });
    }

    private PrintWriter out() { return spec.commandLine().getOut(); }

    private void done(JsonObject answer) {
        var copies = answer.has("copies") ? answer.get("copies").getAsInt() : 0;
        out().println((Running.text(answer, "kind").equals("removed") ? "removed " : "put ")
                + Running.text(answer, "key") + " of " + Running.text(answer, "owner") + " until "
                + Running.text(answer, "expires") + switch (copies) {
                    case 0 -> "";
                    case 1 -> ", 1 copy: this ring is one node, start another";
                    default -> ", " + copies + " copies";
                });
    }
}
