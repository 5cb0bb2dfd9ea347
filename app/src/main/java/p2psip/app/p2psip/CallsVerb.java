package p2psip.app.p2psip;

import module java.base;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `calls`: which calls go through a running node.
@Command(name = "calls", mixinStandardHelpOptions = true, sortOptions = false, description =
        "Show the calls that go through a running node, and how far they are.")
public final class CallsVerb implements Verb {
    @Mixin Running running;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var out = spec.commandLine().getOut();
        return running.print(out, running.node().get("calls"), answer -> {
            var now = Instant.now();
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("FROM", "TO", "STATE", "SINCE", "CALL-ID"));
            Running.list(answer, "calls").map(call -> List.of(Running.text(call, "from"),
                    Running.text(call, "to"), Running.text(call, "state"),
                    Running.ago(Running.text(call, "since"), now),
                    Running.text(call, "callId"))).forEach(rows::add);
            if (rows.size() == 1) out.println("no call goes through this node");
            else Running.table(out, rows);
        });
    }
}
