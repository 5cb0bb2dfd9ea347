package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
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
    @Parameters(arity = "0..2", paramLabel = "[FILE] CALL-ID|last",
            description = "Which call; the last one if none is named.")
    List<String> words = List.of();

    @Mixin Running running;
    @Mixin Terminal terminal;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        if (words.size() == 2 || words.size() == 1 && isFile(words.getFirst()))
            return show(ofFile());
        var callId = words.stream().findFirst().filter(name -> !name.equals("last"));
        var answer = ofNode(callId);
        if (answer.isEmpty()) return unknown(callId.orElse("last"));
        return running.json ? running.print(spec.commandLine().getOut(), answer.get(), _ -> { })
                : show(Explaining.read(answer.get()));
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

    private Explanation ofFile() {
        throw new UserMistake("captures are not read yet");
    }

    private int show(Explanation why) {
        var out = spec.commandLine().getOut();
        out.print(new Narration(terminal.screen(), ServiceLoader.load(Sentences.class).findFirst()
                .orElse(Sentences.LINKS)).of(why));
        out.flush();
        return why.verdict() == Explanation.Verdict.NOTHING ? 1 : 0;
    }
}
