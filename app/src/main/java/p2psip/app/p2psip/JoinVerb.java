package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.config.Key;
import p2psip.app.p2p.*;
import p2psip.app.web.Client;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `join`: a node that was invited, begun or told.
@Command(name = "join", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Join the ring of who has sent this line, which p2psip invite has printed. A node that runs is"
            + " told; where none does one is started, as p2psip alone does it.",
    "It is remembered: the next time p2psip is enough. Whoever answers in the place of a"
            + " super-node and has another key is not believed."})
public final class JoinVerb implements Verb {
    @Parameters(index = "0", paramLabel = "LINE", description = "It begins with "
            + Invitation.BEGIN + "; the shell wants it in quotes.")
    String line;

    @Option(names = "--home", paramLabel = "DIR", description = "The node's folder (default:"
            + " ~/.p2psip, or the first within it where a node runs).")
    Path home;

    /// Those of the node.
    @Unmatched List<String> options = new ArrayList<>();

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var invitation = invitation();
        var out = spec.commandLine().getOut();
        var running = new Running();
        running.home = home;
        var node = running.find();
        node.ifPresent(client -> out.println("the node that runs is told; it counts "
                + told(client, invitation)));
        invitation.call().ifPresent(whom -> out.println("to call: " + whom));
        out.flush();
        return node.isPresent() ? 0 : begun(invitation);
    }

    private Invitation invitation() {
        try {
            return Invitation.parse(line);
        } catch (SyntaxException e) {
            throw new UserMistake("this is " + e.getMessage());
        }
    }

    private static String told(Client node, Invitation invitation) {
        var body = new JsonObject();
        body.addProperty("value", "" + invitation);
        return Running.text(node.put(body, "config", Key.INVITATION.name()), "counts");
    }

    /// Becomes the node itself.
    private int begun(Invitation invitation) {
        var words = new ArrayList<>(List.of("--join", "" + invitation));
        if (home != null) words.addAll(List.of("--home", "" + home));
        words.addAll(options);
        var command = Main.command();
        return command.setOut(spec.commandLine().getOut()).setErr(spec.commandLine().getErr())
                .execute(words.toArray(String[]::new));
    }
}
