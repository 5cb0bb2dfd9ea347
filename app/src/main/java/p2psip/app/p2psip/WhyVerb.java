package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.capture.Inspector;
import p2psip.app.trace.Sentences;
import p2psip.app.web.*;
import p2psip.app.why.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `why`: why a call failed, by the journal of a running node or by a capture.
@Command(name = "why", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Say why a call failed: which packet was missing, and which sentence asked for it.",
    "Asks a running node for its last call, or the one named. Of a file (pcapng, pcap) it says"
            + " the same by what passed there. Exit code 0 if it is explained or was healthy, 1 if"
            + " there is no such call, 2 for a mistake."})
public final class WhyVerb implements Verb {
    @Parameters(index = "0..1", arity = "0..2", paramLabel = "[FILE] CALL-ID|last",
            description = "Which call; the last one if none is named.")
    List<String> words = List.of();

    @Mixin Running running;
    @Mixin Terminal terminal;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        if (words.size() == 2 || words.size() == 1 && isFile(words.getFirst()))
            return ofFile();
        var callId = words.stream().findFirst().filter(name -> !name.equals("last"));
        var answer = ofNode(callId);
        if (answer.isEmpty()) return unknown(callId.orElse("last"));
        var why = Explaining.read(answer.get());
        if (!running.json) return show(why);
        running.print(spec.commandLine().getOut(), answer.get(), _ -> { });
        return code(why);
    }

    /// A Call-ID has no such end.
    private static boolean isFile(String word) {
        return word.endsWith(".pcap") || word.endsWith(".pcapng") || Files.isRegularFile(
                Path.of(word));
    }

    private Optional<JsonObject> ofNode(Optional<String> callId) {
        try {
            return Optional.of(callId.map(name -> running.node().post(named(name), "why"))
                    .orElseGet(() -> running.node().get("why")));
        } catch (Client.Failed e) {
            if (e.isOfNothing()) return Optional.empty();
            throw e;
        }
    }

    private static JsonObject named(String callId) {
        var object = new JsonObject();
        object.addProperty("callId", callId);
        return object;
    }

    private int unknown(String callId) {
        spec.commandLine().getErr().println("p2psip: no call " + callId + " has come by that is"
                + " remembered; `p2psip calls` shows those that go on");
        return 1;
    }

    private int ofFile() {
        var file = Path.of(words.getFirst());
        var observed = new Observed();
        Inspector.inspect(TraceVerb.read(file), observed);
        var callId = words.stream().skip(1).findFirst().filter(name -> !name.equals("last"));
        var account = observed.account(callId);
        if (account.isPresent()) return show(Explanation.of(account.get()));
        spec.commandLine().getErr().println("p2psip: there is no call "
                + callId.orElse("of SIP") + " in " + file);
        return 1;
    }

    private int show(Explanation why) {
        var out = spec.commandLine().getOut();
        out.print(new Narration(terminal.screen(), ServiceLoader.load(Sentences.class).findFirst()
                .orElse(Sentences.LINKS)).of(why));
        out.flush();
        return code(why);
    }

    private static int code(Explanation why) {
        return why.verdict() == Explanation.Verdict.NOTHING ? 1 : 0;
    }
}
