package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc1035.ResourceRecord.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// A name server on a bench, whose zone is written as in a file: what a [Locator] asks and finds is
/// a line each.
final class Zone {
    static final Duration TTL = Duration.ofSeconds(60);

    private final List<ResourceRecord> records = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private boolean generous;
    private final List<String> lines = new ArrayList<>();
    private final Locator locator;
    Instant now = Instant.EPOCH;

    Zone(Locator locator, String zone) {
        this.locator = locator;
        enter(zone);
    }

    /// Takes the place of what was there.
    void enter(String zone) {
        records.clear();
        zone.lines().map(line -> line.trim().split("\\s+")).filter(word -> word.length > 2)
                .forEach(word -> records.add(record(word)));
    }

    private static ResourceRecord record(String[] word) {
        return switch (word[1]) {
            case "CNAME" -> new Alias(word[0], TTL, word[2]);
            case "SRV" -> new Server(word[0], TTL, Integer.parseInt(word[2]),
                    Integer.parseInt(word[3]), Integer.parseInt(word[4]), word[5]);
            case "NAPTR" -> new Pointer(word[0], TTL, Integer.parseInt(word[2]),
                    Integer.parseInt(word[3]), word[4].replace("\"", ""),
                    word[5].replace("\"", ""), word[6].replace("\"", ""), word[7]);
            default -> new Address(word[0], TTL, InetAddress.ofLiteral(word[2]));
        };
    }

    /// Nobody answers for this name.
    void dies(String name) { dead.add(name); }

    /// Whether it adds all it knows to each answer.
    void generous() { generous = true; }

    /// What is asked, and then what is found.
    List<String> find(String uri) { return play(new ServerLocation.Input.Locate(1, uri, false)); }

    List<String> findSteadily(String uri) {
        return play(new ServerLocation.Input.Locate(1, uri, true));
    }

    List<String> play(ServerLocation.Input input) {
        lines.clear();
        carry(input);
        return List.copyOf(lines);
    }

    private void carry(ServerLocation.Input input) {
        for (var output : locator.handle(input, now)) switch (output) {
            case Stack.Output.Query(long query, var question) -> {
                lines.add(question.type() + " " + question.name());
                carry(new Stack.Input.Answered(query, answer(question)));
            }
            case ServerLocation.Output.Located(_, var targets) -> targets.forEach(target ->
                    lines.add("-> " + target.transport() + " " + HostName.text(target.address())
                            + target.domain().map(domain -> " as " + domain).orElse("")));
            case Stack.Output.Remark(var text, _) -> lines.add("! " + text);
        }
    }

    private Answer answer(Question question) {
        if (dead.contains(question.name())) return new Answer.Failed("silence");
        var found = records.stream().filter(record -> record.name().equals(question.name())
                && (record.is(question.type()) || record instanceof Alias)).toList();
        return found.isEmpty() ? new Answer.None(TTL)
                : new Answer.Found(found, generous ? records : List.of());
    }
}
