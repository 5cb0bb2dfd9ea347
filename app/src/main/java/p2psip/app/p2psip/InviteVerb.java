package p2psip.app.p2psip;

import module java.base;
import p2psip.app.p2p.*;
import p2psip.std.rfc3261.server.Aor;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `invite`: the line that brings somebody into a running node's ring.
@Command(name = "invite", mixinStandardHelpOptions = true, sortOptions = false, description =
        "Print one line for somebody who is to join the ring of a running node: he types"
        + " p2psip join and the line. It names super-nodes and their keys, so that nobody else is"
        + " taken for them, and is no secret.")
public final class InviteVerb implements Verb {
    @Option(names = "--call", paramLabel = "ADDRESS",
            description = "Whom to call there, as sip:alice@example.com; he is told.")
    String call;

    @Option(names = "--qr", description = "Draw it, too, for the camera of a telephone.")
    boolean drawn;

    @Mixin Running running;
    @Mixin Terminal terminal;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        if (call != null && Aor.parse(call).isEmpty()) throw new UserMistake("--call " + call
                + " is no address: give one as sip:alice@example.com");
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().get("invitation"), answer -> {
            var line = line(Running.text(answer, "line"));
            if (drawn) QrCode.draw(line, terminal.screen().coloured()).forEach(out::println);
            out.println(line);
            if (answer.get("local").getAsBoolean()) spec.commandLine().getErr().println("p2psip:"
                    + " this line is good within this network alone, for no super-node that this"
                    + " node knows can be reached from elsewhere");
        });
    }

    private String line(String line) {
        if (call == null) return line;
        try {
            return "" + new Invitation(Invitation.parse(line).superNodes(), Optional.of(call));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--call " + call + " is longer than " + Invitation.MAX_CALL
                    + " bytes, or has blanks: give a shorter one");
        }
    }
}
