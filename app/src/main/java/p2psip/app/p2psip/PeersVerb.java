package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `peers`: with whom a running node speaks.
@Command(name = "peers", mixinStandardHelpOptions = true, sortOptions = false, description =
        "Show the other nodes that a running node speaks with, and what they are to it.")
public final class PeersVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().get("peers"), answer -> {
            out.println("this node: " + Running.text(answer, "id") + " "
                    + Running.text(answer, "address") + (answer.get("superNode").getAsBoolean()
                    ? ", a super-node" : ", no super-node"));
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("ID", "ADDRESS", "ROLE", "LINK", "SINCE", "HEARD"));
            Running.list(answer, "peers").map(PeersVerb::row).forEach(rows::add);
            if (rows.size() == 1) out.println("it speaks with nobody yet");
            else Running.table(out, rows);
        });
    }

    private static List<String> row(JsonObject peer) {
        var now = Instant.now();
        boolean relayed = peer.has("relay");
        return List.of(Running.text(peer, "id"), relayed
                ? "by " + Running.text(peer, "relay") : Running.text(peer, "address"),
                Running.text(peer, "role"), !peer.get("link").getAsBoolean() ? "-"
                : relayed ? "relayed" : "straight", Running.ago(Running.text(peer, "since"), now),
                Running.ago(Running.text(peer, "heard"), now));
    }
}
