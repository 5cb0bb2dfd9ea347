package p2psip.app.p2psip;

import module java.base;
import p2psip.std.rfc4103.TextPage;

/// What peers type in calls, until each line is whole and can be said.
final class Typescript {
    private final Map<Long, TextPage> pages = new HashMap<>();

    /// Answers the lines that are whole by this.
    List<String> add(long call, String text) {
        var page = pages.computeIfAbsent(call, _ -> new TextPage());
        page.add(text);
        var lines = page.lines();
        if (lines.size() == 1) return List.of();
        //  what was said is not erased any more
        var rest = new TextPage();
        rest.add(lines.getLast());
        pages.put(call, rest);
        return lines.subList(0, lines.size() - 1).stream().map(Announcer::printable).toList();
    }

    /// The line that is typed now; empty if there is none.
    String line(long call) {
        var page = pages.get(call);
        return page == null ? "" : Announcer.printable(page.lines().getLast());
    }

    /// The call is over; answers what its last line has come to.
    Optional<String> end(long call) {
        var last = line(call);
        pages.remove(call);
        return Optional.of(last).filter(line -> !line.isEmpty());
    }
}
