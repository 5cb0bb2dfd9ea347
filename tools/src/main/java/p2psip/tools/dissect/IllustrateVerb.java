package p2psip.tools.dissect;

import module java.base;
import p2psip.app.p2psip.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip illustrate`: runs one call in virtual time and explains its bytes.
@Command(name = "illustrate", mixinStandardHelpOptions = true, description = {
    "Run one call in virtual time, and explain what was sent, byte by byte.",
    "It prints a line for each message explained; --out writes the parts that the guide's chapter"
            + " `The illustrated call` includes."})
public final class IllustrateVerb implements Verb {
    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where to write the parts (default: nowhere).")
    private Path out = Path.of("");

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var recording = Recording.ofCall(seed);
        var story = Story.of(recording);
        if (!out.toString().isEmpty()) write(parts(story, recording.outcome()));
        var print = spec.commandLine().getOut();
        var begin = story.shots().getFirst().at();
        for (var told : story.told())
            print.printf("%.4f  %-32s %5d bytes, %3d fields%n",
                    Duration.between(begin, told.shot().at()).toNanos() / 1e9, told.title(),
                    told.shot().bytes().size(), fields(told, story.formats()));
        print.println("call: ok " + recording.outcome());
        return 0;
    }

    private static int fields(Story.Told told, Map<Integer, String> formats) {
        var frame = told.shot().frame();
        return Dissection.of(told.shot().bytes(), formats).fields().size()
                + (frame.isEmpty() ? 0 : Dissection.ofFrame(frame).fields().size());
    }

    /// The files of the chapter by name.
    static SortedMap<String, String> parts(Story story, String outcome) {
        var parts = new TreeMap<String, String>();
        var begin = story.shots().getFirst().at();
        for (var told : story.told())
            parts.put(told.id() + ".html", MessagePage.html(told, story.formats(), begin));
        parts.put("everything.html", everything(story));
        parts.put("numbers.adoc", """
                :call-outcome: %s
                :call-datagrams: %d
                :call-bytes: %d
                :call-told: %d
                """.formatted(outcome, story.shots().size(), story.shots().stream()
                .mapToInt(shot -> shot.bytes().size()).sum(), story.told().size()));
        return parts;
    }

    /// All that was sent, by kind.
    private static String everything(Story story) {
        var kinds = new LinkedHashMap<String, List<Shot>>();
        for (var shot : story.shots())
            kinds.computeIfAbsent(shot.kind(), _ -> new ArrayList<>()).add(shot);
        var out = new StringBuilder("<table class=\"fields\">\n<tr><th>what</th><th>datagrams</th>"
                + "<th>bytes</th><th>shown above</th></tr>\n");
        kinds.forEach((kind, shots) -> out.append(
                "<tr><td>%s</td><td>%d</td><td>%d</td><td>%s</td></tr>\n".formatted(
                        Markup.escape(kind), shots.size(),
                        shots.stream().mapToInt(shot -> shot.bytes().size()).sum(),
                        story.told().stream().filter(told -> told.shot().kind().equals(kind))
                                .map(told -> "<a href=\"#message-" + told.id() + "\">" + told.id()
                                        + "</a>").collect(Collectors.joining(" ")))));
        return out.append("</table>\n").toString();
    }

    private void write(SortedMap<String, String> parts) {
        try {
            Files.createDirectories(out);
            for (var part : parts.entrySet())
                Files.writeString(out.resolve(part.getKey()), part.getValue());
        } catch (IOException e) {
            throw UserMistake.writing(out, e, "give --out a folder that you may write");
        }
    }
}
